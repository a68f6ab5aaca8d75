import SheepCatalog
import SheepCore
import SheepOptions
import SheepRun
import SheepWire

/// One model as `sheep models` shows it, from whichever list it is known.
struct ModelsRow: Equatable {
  /// Where its prices come from.
  enum PriceSource: String {
    case catalogue, endpoint, unknown
  }

  var id: String
  /// The profile whose model it is; `nil` for an address without one.
  var profile: String?
  var aliases: [String] = []
  var context: Int?
  var maxOutput: Int?
  var retires: Day?
  /// The prices of the day; `nil` when none are known.
  var prices: Prices?
  var priceSource = PriceSource.unknown
  /// Where limits and prices were read; `nil` when the endpoint said all of it.
  var source: String?
  var checked: Day?
  var note: String?

  /// A model of the built-in list, at the prices of `day`.
  init(_ entry: CatalogueEntry, on day: Day) {
    id = entry.id
    profile = entry.profile
    aliases = entry.aliases
    context = entry.context
    maxOutput = entry.maxOutput
    retires = entry.retires
    prices = entry.prices(on: day)
    priceSource = prices == nil ? .unknown : .catalogue
    source = entry.source
    checked = entry.checked
    note = entry.note
  }

  /// A model that an endpoint lists, with what the built-in list knows of it where the
  /// endpoint is silent.
  init(_ model: ListedModel, profile: String?, known entry: CatalogueEntry?, on day: Day) {
    if let entry {
      self.init(entry, on: day)
      aliases = []
    } else {
      self.init(id: model.id)
    }
    id = model.id
    self.profile = profile
    context = model.context ?? context
    maxOutput = model.maxOutput ?? maxOutput
    retires = model.retirement.flatMap(Self.day) ?? retires
    guard let listed = model.prices.flatMap(Prices.init(listed:)) else { return }
    prices = listed
    priceSource = .endpoint
    (source, checked, note) = (nil, nil, nil)
  }

  private init(id: String) {
    self.id = id
  }

  /// The day of an endpoint's announcement; `nil` when it cannot be read.
  static func day(_ retirement: ListedModel.Retirement) -> Day? {
    switch retirement {
    case .unixSeconds(let seconds): seconds < 253_402_300_800 ? Day(unixSeconds: seconds) : nil
    case .text(let text): Day(String(decoding: text.utf8.prefix(10), as: UTF8.self))
    }
  }
}

extension Prices {
  /// What an endpoint lists; `nil` when it names neither price of a token.
  init?(listed: ListedPrices) {
    self.init()
    base.input = listed.input.flatMap(TokenPrice.init(perToken:))
    base.output = listed.output.flatMap(TokenPrice.init(perToken:))
    base.cacheRead = listed.cacheRead.flatMap(TokenPrice.init(perToken:))
    base.cacheWrite = listed.cacheWrite.flatMap(TokenPrice.init(perToken:))
    // Zero beside a priced answer is how OpenRouter says that reasoning is billed as output.
    if let reasoning = listed.reasoning, reasoning > .zero {
      base.reasoning = TokenPrice(perToken: reasoning)
    }
    if let fee = listed.request, fee > .zero { request = fee }
    if let fee = listed.webSearch, fee > .zero { webSearch = fee }
    if base.input == nil, base.output == nil { return nil }
  }
}

extension ModelsOrder {
  /// The rows in this order; what is unknown comes last, and ids decide between equals.
  func sorted(_ rows: [ModelsRow]) -> [ModelsRow] {
    rows.sorted { left, right in
      switch self {
      case .id: break
      case .input:
        if let order = Self.rising(left.prices?.base.input, right.prices?.base.input) { return order }
      case .output:
        if let order = Self.rising(left.prices?.base.output, right.prices?.base.output) { return order }
      case .context:
        if left.context != right.context { return (left.context ?? -1) > (right.context ?? -1) }
      }
      if left.id != right.id { return NaturalOrder.precedes(left.id, right.id) }
      return (left.profile ?? "") < (right.profile ?? "")
    }
  }

  /// `nil` when neither comes first.
  private static func rising(_ left: TokenPrice?, _ right: TokenPrice?) -> Bool? {
    switch (left, right) {
    case (let left?, let right?): left == right ? nil : left < right
    case (nil, nil): nil
    case (_, nil): true
    case (nil, _): false
    }
  }
}
