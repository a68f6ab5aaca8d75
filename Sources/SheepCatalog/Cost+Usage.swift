package import SheepCore

extension Cost {
  /// What `usage` costs at `quote`, unless the provider said it itself.
  ///
  /// - Parameters:
  ///   - usage: the tokens; `nil` makes the cost unknown.
  ///   - reported: the provider's own amount, which outranks every price.
  ///   - quote: the prices and where they come from.
  ///   - service: the service tier that was asked for (`batch`, `flex`); a tier without a
  ///     published factor leaves the prices as they are, with a note.
  package init(of usage: Usage?, reported: Money? = nil, at quote: Quote, service: String? = nil) {
    if let reported {
      self = .reported(reported)
      return
    }
    guard let usage, let prices = quote.prices else {
      self = .unknown
      return
    }
    self.init(of: usage, at: prices, service: service)
    source = total == nil ? .unknown : quote.source
    checked = total == nil ? nil : quote.checked
  }

  /// What `usage` costs at `prices`.
  init(of usage: Usage, at prices: Prices, service: String?) {
    self.init(source: .unknown, total: nil)
    guard usage.hasNoNegativeCount else {
      notes = ["a number of tokens is negative, so it was not priced"]
      return
    }
    var prices = prices
    let own = service.flatMap { prices.servicePrices[$0] }
    if let own { (prices.base, prices.tiers) = (own.base, own.tiers) }
    var reckoning = Reckoning(usage: usage, prices: prices)
    reckoning.price(service: own == nil ? service : nil)
    if let service, own != nil { reckoning.notes.append("\(service): at that tier's own prices") }
    parts = reckoning.parts
    notes = reckoning.notes
    if let note = prices.note { notes.append(note) }
    input = usage.inputTotal == nil ? nil : Self.sum(parts.filter(\.isInput))
    output = usage.outputTotal == nil ? nil : Self.sum(parts.filter(\.isOutput))
    if input != nil, output != nil { total = Self.sum(parts) }
    isEstimate = usage.source != .reported
    isFree = prices.areFree
  }

  private static func sum(_ parts: [Part]) -> Money? {
    var total: Money? = .zero
    for part in parts { total = part.amount.flatMap { total?.adding($0) } }
    return total
  }
}

extension Usage {
  fileprivate var hasNoNegativeCount: Bool {
    (input ?? 0) >= 0 && (cacheRead ?? 0) >= 0 && (cacheWrite ?? 0) >= 0 && (cacheWriteHour ?? 0) >= 0
      && (output ?? 0) >= 0 && (reasoning ?? 0) >= 0
  }
}

extension Cost.Part {
  /// Whether the part belongs to the prompt.
  package var isInput: Bool {
    switch kind {
    case .input, .cached, .cacheWrite, .cacheWriteHour: true
    case .output, .reasoning, .request: false
    }
  }

  /// Whether the part belongs to the answer.
  package var isOutput: Bool { kind == .output || kind == .reasoning }
}

/// The work of pricing one usage: one part for each bucket that holds tokens.
private struct Reckoning {
  let usage: Usage
  let prices: Prices
  var parts: [Cost.Part] = []
  var notes: [String] = []
  /// How many tokens of the prompt are priced already.
  private var reached = 0

  init(usage: Usage, prices: Prices) {
    self.usage = usage
    self.prices = prices
  }

  mutating func price(service: String?) {
    let rates = prices.rates(at: usage.inputTotal ?? 0)
    // In the order in which they fill the prompt: what is cached is its beginning.
    addInput(.cached, usage.cacheRead, rates)
    addInput(.cacheWriteHour, usage.cacheWriteHour, rates)
    addInput(.cacheWrite, usage.cacheWrite, rates)
    addInput(.input, usage.input, rates)
    add(.output, usage.output ?? 0, rates)
    add(.reasoning, usage.reasoning ?? 0, rates)
    if let fee = prices.request {
      parts.append(Cost.Part(kind: .request, count: 1, price: nil, amount: fee))
    }
    if let service { apply(service) }
  }

  /// Prices the next `count` tokens of the prompt, cut at the thresholds of the tiers that hold for a
  /// slice only.
  private mutating func addInput(_ kind: Cost.Kind, _ count: Int?, _ rates: Prices.Rates) {
    guard let count, count > 0 else { return }
    var position = reached
    let (sum, overflow) = reached.addingReportingOverflow(count)
    reached = overflow ? .max : sum
    guard prices.tiers.contains(where: { $0.scope == .slice }) else {
      add(kind, count, rates)
      return
    }
    var current = rates
    for tier in prices.tiers where tier.scope == .slice {
      let edge = max(0, tier.includesThreshold ? tier.threshold - 1 : tier.threshold)
      if edge >= reached { break }
      if edge > position {
        add(kind, edge - position, current)
        position = edge
      }
      current = tier.rates.or(current)
    }
    add(kind, reached - position, current)
  }

  private mutating func add(_ kind: Cost.Kind, _ count: Int, _ rates: Prices.Rates) {
    guard count > 0 else { return }
    let price = self.price(of: kind, rates)
    parts.append(
      Cost.Part(kind: kind, count: count, price: price, amount: price.flatMap { $0.cost(of: count) }))
    if price == nil { note("no price is known for \(kind.label)") }
  }

  /// The price of a kind of token. Where none is published, the one of the kind that providers
  /// bill it as; the note says so.
  private mutating func price(of kind: Cost.Kind, _ rates: Prices.Rates) -> TokenPrice? {
    let published: TokenPrice?
    let substitute: TokenPrice?
    switch kind {
    case .input: return rates.input
    case .output: return rates.output
    case .request: return nil
    case .cached: (published, substitute) = (rates.cacheRead, rates.input)
    case .cacheWrite: (published, substitute) = (rates.cacheWrite, rates.input)
    case .cacheWriteHour: (published, substitute) = (rates.cacheWriteHour, rates.cacheWrite ?? rates.input)
    case .reasoning: (published, substitute) = (rates.reasoning, rates.output)
    }
    if published == nil, substitute != nil {
      note("no published price for \(kind.label); priced as \(kind.substituteLabel(rates))")
    }
    return published ?? substitute
  }

  private mutating func apply(_ service: String) {
    guard let factor = prices.service[service] else {
      note("no published \(service) price; the standard price is used")
      return
    }
    for index in parts.indices { parts[index].amount = parts[index].amount.flatMap { factor.of($0) } }
    note("\(service): \(factor.text) of the standard price")
  }

  private mutating func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }
}

extension Cost.Kind {
  /// The kind in words.
  package var label: String {
    switch self {
    case .input: "input"
    case .cached: "cached input"
    case .cacheWrite: "cache writes"
    case .cacheWriteHour: "one-hour cache writes"
    case .output: "output"
    case .reasoning: "reasoning"
    case .request: "the request"
    }
  }

  fileprivate func substituteLabel(_ rates: Prices.Rates) -> String {
    switch self {
    case .reasoning: Cost.Kind.output.label
    case .cacheWriteHour where rates.cacheWrite != nil: Cost.Kind.cacheWrite.label
    default: Cost.Kind.input.label
    }
  }
}
