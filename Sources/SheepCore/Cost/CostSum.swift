/// The costs of several calls together, exact, with those of unknown price counted apart.
package struct CostSum: Equatable, Sendable {
  /// The sum of what is known; `nil` beyond the range of money.
  package private(set) var known: Money? = .zero
  /// How many calls were added.
  package private(set) var count = 0
  /// How many of them have an unknown cost.
  package private(set) var unpriced = 0
  /// Whether any of the amounts is an estimate.
  package private(set) var isEstimate = false

  /// Nothing yet.
  package init() {}

  /// Adds the cost of one call.
  package mutating func add(_ cost: Cost) {
    count += 1
    guard let amount = cost.total else {
      unpriced += 1
      return
    }
    known = known.flatMap { $0.adding(amount) }
    if cost.isEstimate { isEstimate = true }
  }

  /// Adds the costs of other calls.
  package mutating func add(_ other: CostSum) {
    count += other.count
    unpriced += other.unpriced
    known = known.flatMap { known in other.known.flatMap { known.adding($0) } }
    if other.isEstimate { isEstimate = true }
  }

  /// The sum for people: `$0.0123`, `~$0.0123`, `>= $0.0123 (2 requests unpriced)`, `unknown`.
  package var display: String {
    guard let known, unpriced == 0 || unpriced < count else { return "unknown" }
    let amount = (isEstimate ? "~" : "") + known.display
    if unpriced == 0 { return amount }
    return ">= " + amount + " (\(Figures.count(unpriced, "request")) unpriced)"
  }
}
