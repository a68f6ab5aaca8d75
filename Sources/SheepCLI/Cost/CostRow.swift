import SheepCatalog
import SheepCore
import SheepOptions
import SheepRun

/// One model, or one price, with what it would cost.
struct CostRow {
  /// The model as asked for; the text of a bare price.
  let name: String
  /// The profile whose price it is; `nil` for a bare price.
  let profile: String?
  let quote: Quote
  let range: UsageRange
  let cost: CostRange
  /// The forecast for a month and a year, the fee included; `nil` without `--requests` or price.
  var month: Money?
  var year: Money?
  /// What it saves against `--versus`; `nil` without one or where a price is unknown.
  var saving: CostSaving?

  /// The name with its profile, as it could be typed.
  var label: String {
    guard let profile else { return name }
    return name + "@" + profile
  }

  /// The amount to sort and to draw by.
  var amount: Money? { cost.headline.total }
}

/// What one model saves against another.
struct CostSaving: Equatable {
  /// For one request; without the fee, which no request has.
  var request: Money?
  /// For a month and a year, after the fee; `nil` without `--requests`.
  var month: Money?
  var year: Money?
  /// Tenths of a percent of what the other one costs, before and after the fee.
  var permilleBeforeFee: Int?
  var permille: Int?

  /// What a request at `mine` saves against one at `other`.
  init(of mine: Money, against other: Money, rate: RequestRate?, fee: Money?) {
    request = other.subtracting(mine)
    permilleBeforeFee = request?.permille(of: other)
    permille = permilleBeforeFee
    guard let rate, let theirs = rate.perMonth(other), let theirYear = rate.perYear(other),
      let ours = rate.perMonth(mine), let ourYear = rate.perYear(mine)
    else { return }
    let fee = fee ?? .zero
    month = theirs.subtracting(ours)?.subtracting(fee)
    year = fee.multiplied(by: 12).flatMap { theirYear.subtracting(ourYear)?.subtracting($0) }
    // Of a year's: a month's may be rounded.
    permille = year?.permille(of: theirYear)
  }
}

/// Works out the rows of `sheep cost`.
struct CostPlan {
  let options: CostOptions
  let book: PriceBook
  let input: CostInput
  let profiles: ProfileBook

  /// The service tier asked for.
  var service: String? { options.batch ? PriceService.batch.rawValue : options.service?.rawValue }

  /// The flat fee a month.
  var fee: Money? { options.fee.flatMap { Money(dollars: $0.text) } }

  /// What the others are compared with; `nil` without `--versus`.
  /// - Throws: `usage` for an unknown profile.
  func versus() throws(Failure) -> CostRow? {
    switch options.versus {
    case nil: return nil
    case .model(let target): return forecast(try row(target), fee: nil)
    case .price(let price, let text):
      let quote = Quote(prices: price.prices, source: .user, checked: nil, entry: nil)
      return forecast(row(text, profile: nil, quote), fee: nil)
    }
  }

  /// The models asked for, the cheapest first and those of unknown price last.
  /// - Throws: `usage` for an unknown profile.
  func rows(versus: CostRow?) throws(Failure) -> [CostRow] {
    var rows: [CostRow] = []
    if !options.models.isEmpty {
      for target in options.models { rows.append(try row(target)) }
    } else if let price = options.connection.prices.last(where: { $0.model == nil }) {
      let quote = Quote(prices: price.prices, source: .user, checked: nil, entry: nil)
      rows.append(row("your price", profile: nil, quote))
    } else {
      for id in try ids() { rows.append(try row(ModelTarget(model: id))) }
    }
    rows = rows.map { forecast($0, fee: fee) }
    if let other = versus?.amount {
      for index in rows.indices {
        guard let amount = rows[index].amount else { continue }
        rows[index].saving = CostSaving(of: amount, against: other, rate: options.requests, fee: fee)
      }
    }
    return Self.sorted(rows)
  }

  /// The profile of models that name none.
  var profile: String { options.connection.profile ?? profiles.defaultName }

  /// All models of the profile, those of the user's file included.
  private func ids() throws(Failure) -> [String] {
    var ids = Catalogue.models(profile: profile)
    for entry in book.file?.entries ?? [] where entry.profile == profile {
      if Catalogue.find(profile: profile, model: entry.id) == nil { ids.append(entry.id) }
    }
    if ids.isEmpty { throw KnownProfile.isEmpty(profile, profiles) }
    return ids
  }

  private func row(_ target: ModelTarget) throws(Failure) -> CostRow {
    let name = target.profile ?? profile
    let isKnown =
      profiles.names.contains(name) || Catalogue.profiles.contains(name)
      || book.file?.entries.contains { $0.profile == name } == true
    guard isKnown else { throw KnownProfile.unknown(name, profiles) }
    return row(target.model, profile: name, book.quote(profile: name, model: target.model))
  }

  private func row(_ name: String, profile: String?, _ quote: Quote) -> CostRow {
    let range = input.range(limit: quote.entry?.maxOutput ?? quote.entry?.context)
    return CostRow(
      name: name, profile: profile, quote: quote, range: range,
      cost: CostRange(of: range, at: quote, service: service))
  }

  /// The row with what a month and a year cost, where requests are forecast.
  private func forecast(_ row: CostRow, fee: Money?) -> CostRow {
    guard let rate = options.requests, let amount = row.amount else { return row }
    var row = row
    row.month = rate.perMonth(amount)?.adding(fee ?? .zero)
    row.year = (fee ?? .zero).multiplied(by: 12).flatMap { rate.perYear(amount)?.adding($0) }
    return row
  }

  private static func sorted(_ rows: [CostRow]) -> [CostRow] {
    rows.sorted { left, right in
      switch (left.amount, right.amount) {
      case (let one?, let other?) where one != other: one < other
      case (_?, nil): true
      case (nil, _?): false
      default:
        left.name == right.name
          ? (left.profile ?? "") < (right.profile ?? "") : NaturalOrder.precedes(left.name, right.name)
      }
    }
  }
}
