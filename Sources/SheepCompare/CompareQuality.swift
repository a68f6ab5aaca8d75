package import SheepCore

/// How often a target's answers were what was expected, and what that cost.
package struct CompareQuality: Sendable {
  /// Attempts of which something was expected; what failed counts, what was interrupted does not.
  package let expected: Int
  /// Attempts that met all of it.
  package let solved: Int
  /// The cost of all of these attempts over those that met it, exact to 10⁻¹⁸ USD; `nil` when
  /// none did or a price is unknown.
  package let costPerSolved: Money?
  /// Expectations that were missed, by what they say, the most frequent first.
  package let missed: [(text: String, count: Int)]

  /// The quality of these attempts of one target.
  init(_ records: [CompareRecord]) {
    let tasks = records.filter { $0.isCounted && $0.missed != nil }
    expected = tasks.count
    solved = tasks.count { $0.hasPassed == true }
    missed = CompareFigures.tally(tasks.filter(\.isOK).flatMap { $0.missed ?? [] }).map { ($0.0, $0.1) }
    // What failed before its first token is not billed by anyone.
    let billed = tasks.filter { $0.isOK || $0.cost != nil || $0.outputTokens != nil }
    var sum: Money? = .zero
    for record in billed { sum = sum.flatMap { sum in record.cost.flatMap { sum.adding($0) } } }
    costPerSolved = solved > 0 ? sum?.divided(by: solved) : nil
  }
}

extension CompareRecord {
  /// Whether the answer is all that was expected of it; `nil` where nothing was.
  package var hasPassed: Bool? { missed.map { $0.isEmpty && isOK } }
}
