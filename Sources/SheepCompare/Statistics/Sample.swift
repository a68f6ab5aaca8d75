/// Measured values of one kind, such as the times to first token of one target.
///
/// Only finite values are kept: what failed has no time. Percentiles are interpolated linearly
/// between order statistics, at (n − 1) · p (type 7 of Hyndman and Fan, 1996).
package struct Sample: Equatable, Sendable {
  /// The values, smallest first.
  package let sorted: [Double]

  /// A 95th percentile needs this many values before an interval for it exists: below,
  /// 0.95ⁿ > 0.025, so that even the largest value need not lie beyond it.
  package static let countForPercentile95 = 72

  /// The finite ones among `values`.
  package init(_ values: some Sequence<Double>) {
    sorted = values.filter(\.isFinite).sorted()
  }

  package var count: Int { sorted.count }
  /// `nil` without values.
  package var minimum: Double? { sorted.first }
  /// `nil` without values.
  package var maximum: Double? { sorted.last }
  /// `nil` without values.
  package var median: Double? { percentile(0.5) }

  /// `nil` without values.
  package var mean: Double? {
    sorted.isEmpty ? nil : sorted.reduce(0, +) / Double(sorted.count)
  }

  /// The percentile `fraction`, 0 ... 1; `nil` without values.
  package func percentile(_ fraction: Double) -> Double? {
    guard let first = sorted.first, let last = sorted.last else { return nil }
    let position = Double(sorted.count - 1) * fraction
    guard position > 0 else { return first }
    guard let below = Int(exactly: position.rounded(.down)), below + 1 < sorted.count else { return last }
    return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  /// The 95th percentile; `nil` where there are too few values to say anything of it.
  package var percentile95: Double? {
    count >= Self.countForPercentile95 ? percentile(0.95) : nil
  }

  /// Sample standard deviation over mean; `nil` below two values or around zero.
  package var coefficientOfVariation: Double? {
    guard count >= 2, let mean, mean > 0 else { return nil }
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(count - 1)).squareRoot() / mean
  }

  /// Whether a value lies so far from the median that something else than chance was at work:
  /// farther than ten times 1.4826 · MAD, the rule of hyperfine. Such values are flagged and
  /// never removed.
  package func isOutlier(_ value: Double) -> Bool {
    guard let median, let spread = Sample(sorted.map { abs($0 - median) }).median, spread > 0
    else { return false }
    return abs(value - median) > 10 * 1.4826 * spread
  }

  /// How many of the values are outliers.
  package var outliers: Int {
    guard let median, let spread = Sample(sorted.map { abs($0 - median) }).median, spread > 0
    else { return 0 }
    return sorted.count { abs($0 - median) > 10 * 1.4826 * spread }
  }
}
