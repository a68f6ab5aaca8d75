/// What can honestly be said about one target against the baseline.
package struct Verdict: Equatable, Sendable {
  /// The conclusion.
  package enum Word: String, Sendable {
    case faster
    case slower
    /// The interval holds 1: no difference can be seen.
    case tied = "~"
    /// A difference, but of less than the smallest that matters.
    case negligible = "~ (<5%)"
    /// Too few rounds in which both sides succeeded: six at least, and more where there are
    /// several comparisons.
    case undecided = "-"
    /// Measured in other rounds than the baseline, so that nothing can be said of the two.
    case unpaired = "not interleaved"
  }

  package let word: Word
  /// Value over baseline; infinite (or 0) when failures decide; `nil` without pairs. Of what is
  /// unpaired the ratio of the medians.
  package let ratio: Double?
  /// The interval of the ratio, corrected for the number of comparisons.
  package let low: Double
  package let high: Double
  /// The level of the interval: 0.05 for 95 %.
  package let level: Double
  /// The p value after the correction.
  package let pValue: Double
  /// Rounds in which both sides succeeded.
  package let completePairs: Int

  /// Below this many complete pairs no verdict is given: six is the least number of pairs of
  /// which any result can be rarer than 5 %.
  package static let leastPairs = 6
  /// Differences below this share do not matter.
  package static let leastEffect = 0.05

  /// The verdicts of all targets against one baseline; `nil` for the baseline itself.
  ///
  /// - Parameters:
  ///   - values: one list per target, in round order; `nil` where the target failed.
  ///   - baseline: the index of the target to compare with.
  package static func all(
    _ values: [[Double?]], baseline: Int, leastEffect: Double = Verdict.leastEffect
  ) -> [Verdict?] {
    guard values.indices.contains(baseline) else { return values.map { _ in nil } }
    let others = values.indices.filter { $0 != baseline }
    let ratios = others.map { PairedRatio(values[$0], to: values[baseline]) }
    // Comparisons without enough pairs are not made, and so cost the others nothing.
    let made = ratios.indices.filter { ratios[$0].completePairs >= leastPairs }
    let decisions = Holm.decide(made.map { ratios[$0].pValue })
    var verdicts: [Verdict?] = values.map { _ in nil }
    for index in ratios.indices {
      let decision = made.firstIndex(of: index).map { decisions[$0] }
      verdicts[others[index]] = Verdict(ratios[index], decision, leastEffect: leastEffect)
    }
    return verdicts
  }

  /// No verdict on a target that was measured in other rounds than the baseline.
  /// - Parameter ratio: that of the two medians; `nil` without values.
  package init(unpairedRatio ratio: Double?) {
    word = .unpaired
    self.ratio = ratio
    low = 0
    high = .infinity
    level = 0.05
    pValue = 1
    completePairs = 0
  }

  private init(_ paired: PairedRatio, _ decision: Holm.Decision?, leastEffect: Double) {
    ratio = paired.ratio
    completePairs = paired.completePairs
    level = decision?.level ?? 0.05
    pValue = decision?.adjusted ?? 1
    let interval = decision == nil ? 0 ... .infinity : paired.interval(level: level)
    low = interval.lowerBound
    high = interval.upperBound
    guard let decision, let ratio, paired.canDecide(level: decision.level) else {
      word = .undecided
      return
    }
    if !decision.isRejected {
      word = .tied
    } else if ratio < 1 + leastEffect, ratio > 1 / (1 + leastEffect) {
      word = .negligible
    } else {
      word = ratio > 1 ? .slower : .faster
    }
  }
}
