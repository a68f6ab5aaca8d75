package import SheepCore

/// The prices that hold for one call, and where they come from.
package struct Quote: Equatable, Sendable {
  /// The prices; `nil` when none are known.
  package var prices: Prices?
  /// `catalogue`, `user`, or `unknown` when there are no prices.
  package var source: Cost.Source
  /// When the prices were last compared with their source; `nil` unless from the catalogue.
  package var checked: Day?
  /// The model's entry in the built-in list, for its limits; `nil` when it has none.
  package var entry: CatalogueEntry?

  /// No price, and no model known.
  package static let unknown = Quote(prices: nil, source: .unknown, checked: nil, entry: nil)

  /// Prices from somewhere.
  package init(prices: Prices?, source: Cost.Source, checked: Day?, entry: CatalogueEntry?) {
    self.prices = prices
    self.source = source
    self.checked = checked
    self.entry = entry
  }

  /// The prices of a model: the user's if there are any for it, else the built-in list's.
  ///
  /// - Parameters:
  ///   - profile: the profile through which the model is called; `nil` for an address without
  ///     one, of which no built-in prices are known.
  ///   - model: the model's name in any spelling.
  ///   - userPrices: what the user gave; for one model before for all, the last one first.
  ///   - day: the day of the call, which chooses between former and new prices.
  package static func find(
    profile: String?, model: String, userPrices: [UserPrice] = [], on day: Day
  ) -> Quote {
    let entry = profile.flatMap { Catalogue.find(profile: $0, model: model) }
    let names = [model] + (entry.map { [$0.id] + $0.aliases } ?? [])
    let own =
      userPrices.last { $0.model.map(names.contains) ?? false } ?? userPrices.last { $0.model == nil }
    if let own {
      return Quote(prices: own.prices, source: .user, checked: nil, entry: entry)
    }
    guard let entry, let prices = entry.prices(on: day) else {
      return Quote(prices: nil, source: .unknown, checked: nil, entry: entry)
    }
    return Quote(prices: prices, source: .catalogue, checked: entry.checked, entry: entry)
  }
}
