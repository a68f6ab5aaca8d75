import SheepCore

/// Keeps the probability of a single false verdict among several comparisons at `level`
/// (Holm 1979).
package enum Holm {
  /// What became of one comparison.
  package struct Decision: Equatable, Sendable {
    /// The level at which the comparison was tested; its interval is to be shown at this level,
    /// so that it holds 1 exactly when the verdict is a tie.
    package let level: Double
    /// Whether "no difference" was rejected.
    package let isRejected: Bool
    /// The p value after the correction, 0 ... 1.
    package let adjusted: Double
  }

  /// Decides over all comparisons, in the order given.
  package static func decide(_ pValues: [Double], level: Double = 0.05) -> [Decision] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var decisions = pValues.map { Decision(level: level, isRejected: false, adjusted: $0) }
    var stopped: Double?
    var adjusted = 0.0
    for (position, index) in order.enumerated() {
      let remaining = Double(order.count - position)
      let own = level / remaining
      adjusted = max(adjusted, min(1, pValues[index] * remaining))
      if stopped == nil, pValues[index] > own { stopped = own }
      decisions[index] = Decision(level: stopped ?? own, isRejected: stopped == nil, adjusted: adjusted)
    }
    return decisions
  }
}
