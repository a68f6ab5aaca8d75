#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How likely each rank sum of Wilcoxon's signed-rank test is when there is no difference.
///
/// Exact up to 200 pairs, by counting: each rank joins the sum or does not, with probability
/// one half. Beyond, the normal approximation with continuity correction, which at 200 differs
/// by less than 0.0002.
package struct SignedRankDistribution: Sendable {
  /// The number of pairs; 0 or more.
  package let pairs: Int
  /// The probability of a sum of at most the index; empty where the approximation is used.
  private let cumulative: [Double]

  private static let exactLimit = 200

  /// The distribution for `pairs` pairs.
  package init(pairs: Int) {
    self.pairs = max(0, pairs)
    guard self.pairs <= Self.exactLimit else {
      cumulative = []
      return
    }
    var weights = [Double](repeating: 0, count: self.pairs * (self.pairs + 1) / 2 + 1)
    weights[0] = 1
    var top = 0
    for rank in 0..<self.pairs {
      let rank = rank + 1
      top += rank
      for sum in stride(from: top, through: 0, by: -1) {
        weights[sum] = (weights[sum] + (sum >= rank ? weights[sum - rank] : 0)) / 2
      }
    }
    var total = 0.0
    cumulative = weights.map { weight in
      total += weight
      return min(1, total)
    }
  }

  /// The largest rank sum.
  package var largestSum: Int { pairs * (pairs + 1) / 2 }

  /// The probability of a rank sum of `sum` or less.
  package func probability(atMost sum: Int) -> Double {
    if sum < 0 { return 0 }
    if sum >= largestSum { return 1 }
    if pairs <= Self.exactLimit { return cumulative[sum] }
    let count = Double(pairs)
    let deviation = (count * (count + 1) * (2 * count + 1) / 24).squareRoot()
    let distance = (Double(sum) + 0.5 - Double(largestSum) / 2) / deviation
    return 0.5 * erfc(-distance / 2.0.squareRoot())
  }

  /// The largest sum whose lower tail is at most `tail`; −1 when not even a sum of 0 is that
  /// rare. For `tail` 0.025 this is the critical value of published two-sided tables.
  package func criticalSum(tail: Double) -> Int {
    var low = -1
    var high = largestSum
    while low < high {
      let middle = (low + high + 1) >> 1
      // A hair of tolerance: sums of powers of two are exact, the given level is not.
      if probability(atMost: middle) <= tail * (1 + 1e-12) { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
