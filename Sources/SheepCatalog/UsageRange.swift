package import SheepCore

/// The tokens of a request that was counted, or is still to be made and only estimated.
package struct UsageRange: Equatable, Sendable {
  /// The fewest tokens; the same as `most` where all was counted.
  package var least: Usage
  /// What is most likely; `nil` when nothing is known of the answer's length but its limit.
  package var likely: Usage?
  /// The most tokens; `nil` when the answer has no known limit.
  package var most: Usage?

  /// Tokens that were counted.
  package init(exactly usage: Usage) {
    least = usage
    likely = usage
    most = usage
  }

  /// Tokens between two ends.
  package init(least: Usage, likely: Usage?, most: Usage?) {
    self.least = least
    self.likely = likely
    self.most = most
  }

  /// Whether both ends are one.
  package var isExact: Bool { most == least }
}

/// What the tokens of a range cost.
package struct CostRange: Equatable, Sendable {
  /// The cost of the fewest tokens.
  package var least: Cost
  /// The cost of the likely tokens; `nil` when those are not known.
  package var likely: Cost?
  /// The cost of the most tokens; `nil` when there is no limit. An answer without a count of its
  /// reasoning is taken to be all of what is dearer, reasoning or text.
  package var most: Cost?

  /// The costs of `range` at `quote`.
  package init(of range: UsageRange, at quote: Quote, service: String? = nil) {
    least = Cost(of: range.least, at: quote, service: service)
    likely = range.likely.map { Cost(of: $0, at: quote, service: service) }
    guard let usage = range.most else { return }
    let plain = Cost(of: usage, at: quote, service: service)
    most = plain
    guard !range.isExact, usage.reasoning == nil, range.likely == nil else { return }
    var thinking = usage
    thinking.output = 0
    thinking.reasoning = usage.output
    let thought = Cost(of: thinking, at: quote, service: service)
    if let dearer = thought.total, let total = plain.total, dearer > total { most = thought }
  }

  /// What to sort and to show first: the likely cost, else the highest, else the least.
  package var headline: Cost { likely ?? most ?? least }
}
