#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which differences a number of rounds can show.
package enum Resolution {
  /// The variation that is assumed before anything was measured: 25 %, usual for hosted models.
  package static let usualVariation = 0.25

  /// The half-width, as a share, of the interval to be expected: 0.2 means that differences
  /// below about 20 % will not be seen. `nil` where the rounds are too few for any verdict.
  ///
  /// A fit to simulated rounds with log-normal noise and a heavy tail; within a tenth of them
  /// for 10 to 30 rounds.
  ///
  /// - Parameters:
  ///   - rounds: how many complete pairs there will be.
  ///   - variation: standard deviation over mean of a single target's values.
  package static func expected(rounds: Int, variation: Double = usualVariation) -> Double? {
    guard rounds >= Verdict.leastPairs, variation.isFinite, variation >= 0 else { return nil }
    let count = Double(rounds)
    let deviation = (2 * log(1 + variation * variation)).squareRoot()
    let factor = 2.1 + 46 / (count * count)
    return exp(factor * deviation / count.squareRoot()) - 1
  }

  /// The least number of rounds at which a verdict over this many comparisons can exist: the
  /// rarest result, all pairs on one side, must be rarer than 5 % shared among them.
  package static func leastRounds(comparisons: Int) -> Int {
    var rounds = Verdict.leastPairs
    var rarest = 2.0 / 64
    while rarest > 0.05 / Double(max(1, comparisons)) {
      rarest /= 2
      rounds += 1
    }
    return rounds
  }
}
