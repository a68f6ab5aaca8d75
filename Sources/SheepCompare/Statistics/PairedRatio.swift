#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many times larger one target's values are than another's, from values that were measured
/// in the same rounds.
///
/// The estimate is Hodges and Lehmann's: the median of all averages of two of the logarithms of
/// the ratios. Its interval and p value are those of the signed-rank test, exact and without
/// random numbers, so the same input gives the same answer. A lower value counts as better.
///
/// - A failure is an infinitely large value. Where both failed the round says nothing about
///   the two and is left out.
/// - An exact tie of a pair counts half for either side, as do averages of zero; the p value is
///   then rounded to the cautious side.
package struct PairedRatio: Sendable {
  /// The logarithms' averages of two, smallest first.
  private let averages: [Double]
  /// Pairs that say something: not both failed.
  package let pairs: Int
  /// Pairs in which both sides succeeded.
  package let completePairs: Int
  /// The two-sided p value of "no difference"; 1 without pairs.
  package let pValue: Double
  private let distribution: SignedRankDistribution

  /// Compares values of the same rounds. `infinity` (or `nil`) is a failure; values that are not
  /// positive are taken for missing, and the pair is left out.
  package init(_ values: [Double?], to baseline: [Double?]) {
    var logarithms: [Double] = []
    var complete = 0
    for (value, base) in zip(values, baseline) {
      let value = value ?? .infinity
      let base = base ?? .infinity
      guard value > 0, base > 0, value.isFinite || base.isFinite else { continue }
      if value.isFinite, base.isFinite {
        complete += 1
        logarithms.append(log(value / base))
      } else {
        logarithms.append(value.isFinite ? -.infinity : .infinity)
      }
    }
    pairs = logarithms.count
    completePairs = complete
    distribution = SignedRankDistribution(pairs: logarithms.count)
    averages = Self.averages(of: logarithms)
    pValue = Self.pValue(averages, distribution)
  }

  /// The averages of each value with itself and each other one. Failures of opposite sides
  /// cancel out.
  private static func averages(of values: [Double]) -> [Double] {
    var averages: [Double] = []
    averages.reserveCapacity(values.count * (values.count + 1) / 2)
    for (index, first) in values.enumerated() {
      for second in values[index...] {
        let average = (first + second) / 2
        averages.append(average.isNaN ? 0 : average)
      }
    }
    return averages.sorted()
  }

  private static func pValue(_ averages: [Double], _ distribution: SignedRankDistribution) -> Double {
    guard !averages.isEmpty else { return 1 }
    // The number of positive averages is the rank sum of the positive differences (Tukey).
    let positive = averages.count { $0 > 0 }
    let negative = averages.count { $0 < 0 }
    let ties = averages.count - positive - negative
    let smaller = min(positive, negative) + (ties + 1) / 2
    return min(1, 2 * distribution.probability(atMost: smaller))
  }

  /// The ratio to the baseline: 2 is twice as much. Infinite (or 0) when failures outweigh;
  /// `nil` without pairs.
  package var ratio: Double? {
    guard !averages.isEmpty else { return nil }
    let upper = averages[averages.count / 2]
    let lower = averages[(averages.count - 1) / 2]
    let middle = lower == upper ? lower : (lower + upper) / 2
    return exp(middle.isNaN ? 0 : middle)
  }

  /// Whether any result of so many pairs could be rarer than `level`; where not, that no
  /// difference was seen says nothing.
  package func canDecide(level: Double) -> Bool { distribution.criticalSum(tail: level / 2) >= 0 }

  /// The interval that holds the true ratio with probability 1 − `level` at least; 0 and
  /// infinity where there are too few pairs for a bound.
  package func interval(level: Double) -> ClosedRange<Double> {
    let outside = distribution.criticalSum(tail: level / 2)
    guard outside >= 0, outside < averages.count else { return 0 ... .infinity }
    let low = averages[outside]
    let high = averages[averages.count - 1 - outside]
    return low <= high ? exp(low)...exp(high) : exp(high)...exp(low)
  }
}
