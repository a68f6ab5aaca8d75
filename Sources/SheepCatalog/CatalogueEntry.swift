package import SheepCore

/// One model as one profile offers it: its names, limits and prices.
package struct CatalogueEntry: Equatable, Sendable {
  /// The profile (provider or gateway) whose model this is: `holysheep`, `openai`.
  package var profile: String
  /// The id under which the provider knows the model.
  package var id: String
  /// Other names of the same model at the same prices.
  package var aliases: [String] = []
  /// The context window in tokens, prompt and answer together; `nil` unknown.
  package var context: Int?
  /// The most tokens that one answer can have; `nil` unknown.
  package var maxOutput: Int?
  /// The day on which the provider switches the model off; `nil` when none is announced.
  package var retires: Day?
  /// Where limits and prices were read: an address, or a title.
  package var source: String
  /// When they were last compared with the source; `nil` where a user's own list does not say.
  package var checked: Day?
  /// What else there is to know; `nil` when nothing.
  package var note: String?
  /// The prices by the day from which they hold, oldest first; empty when unknown.
  package var prices: [Prices] = []

  /// A model without a price.
  package init(profile: String, id: String, source: String, checked: Day?) {
    self.profile = profile
    self.id = id
    self.source = source
    self.checked = checked
  }

  /// The prices that hold on `day`; `nil` when none are known for it.
  package func prices(on day: Day) -> Prices? {
    prices.last { ($0.from ?? day) <= day }
  }

  /// After this many days since `checked` a price deserves a warning.
  package static let daysUntilStale = 90

  /// Whether the entry was last checked so long before `day` that its prices may have changed.
  package func isStale(on day: Day) -> Bool {
    checked.map { day.days(since: $0) > Self.daysUntilStale } ?? false
  }
}
