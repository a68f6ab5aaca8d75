/// When a comparison has seen enough: a fixed width of the intervals, looked at seldom.
///
/// Looking again and again until a difference appears finds one sooner or later where there is
/// none. This rule never looks at who leads, only at how wide the intervals are, and does so
/// after rounds that are fixed before the first call, each half as many again as the one before.
/// What is left of the harm is simulated in the tests: see docs/compare-judging.md.
package struct PrecisionRule: Equatable, Sendable {
  /// The resolution to reach, a share: 0.15 for 15 %.
  package let share: Double
  /// The rounds after which to look, ascending; the last round is none of them.
  package let looks: [Int]

  /// So many pairs are there at the first look, at least: the width of fewer is itself a matter
  /// of luck.
  package static let firstLook = 10

  /// A rule for `prompts` pairs a round and `rounds` rounds at most.
  package init(share: Double, prompts: Int, rounds: Int) {
    self.share = share
    var looks: [Int] = []
    let prompts = max(1, prompts)
    var next = max(2, (Self.firstLook + prompts - 1) / prompts)
    while next < rounds {
      looks.append(next)
      next += max(1, next / 2)
    }
    self.looks = looks
  }

  /// Whether to end after `round`; `resolution` is asked for only where there is a look.
  package func ends(after round: Int, resolution: () -> Double?) -> Bool {
    guard looks.contains(round), let resolution = resolution() else { return false }
    return resolution <= share
  }
}
