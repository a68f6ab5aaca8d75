import SheepCompare
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What looking repeatedly costs: the share of false verdicts on two identical models, and how
/// often the interval holds the true ratio, when the width of the interval ends the rounds.
@Suite("precision rule")
struct PrecisionRuleTests {
  @Test("looks are few, fixed beforehand, and begin with ten pairs")
  func looks() {
    #expect(PrecisionRule(share: 0.1, prompts: 1, rounds: 50).looks == [10, 15, 22, 33, 49])
    #expect(PrecisionRule(share: 0.1, prompts: 1, rounds: 10).looks == [])
    #expect(PrecisionRule(share: 0.1, prompts: 4, rounds: 8).looks == [3, 4, 6])
    #expect(PrecisionRule(share: 0.1, prompts: 100, rounds: 5).looks == [2, 3, 4])
  }

  @Test("it ends at a look whose resolution is reached, and at no other time")
  func ends() {
    let rule = PrecisionRule(share: 0.2, prompts: 1, rounds: 50)
    #expect(rule.ends(after: 10) { 0.2 } && !rule.ends(after: 10) { 0.21 })
    #expect(!rule.ends(after: 10) { nil } && !rule.ends(after: 11) { 0.0 })
  }

  /// The share of trials of two identical models, with 25 % noise, that end with a verdict.
  /// - Parameters:
  ///   - looks: the rounds after which `ends` is asked.
  private static func falseVerdicts(
    trials: Int, rounds: Int, looks: [Int], ends: (_ round: Int, _ verdict: Verdict) -> Bool
  ) -> Double {
    var wrong = 0
    for trial in 0..<trials {
      var random = RoundShuffler(seed: UInt64(7000 + trial))
      func value() -> Double {
        let normal = (-2 * log(1 - random.nextUnit())).squareRoot() * cos(2 * .pi * random.nextUnit())
        return 400 * exp(0.246 * normal) * (random.nextUnit() < 0.03 ? 3 : 1)
      }
      var values: [[Double?]] = [[], []]
      for round in 1...rounds {
        values[0].append(value())
        values[1].append(value())
        guard looks.contains(round), let verdict = Verdict.all(values, baseline: 0)[1] else { continue }
        if ends(round, verdict) { break }
      }
      if let verdict = Verdict.all(values, baseline: 0)[1], verdict.word != .tied { wrong += 1 }
    }
    return Double(wrong) / Double(trials)
  }

  @Test("ending by width keeps false verdicts near 5 %, ending at the first difference does not")
  func repeatedLooks() {
    let rule = PrecisionRule(share: 0.2, prompts: 1, rounds: 40)
    let byWidth = Self.falseVerdicts(trials: 400, rounds: 40, looks: rule.looks) { round, verdict in
      rule.ends(after: round) { (verdict.high / verdict.low).squareRoot() - 1 }
    }
    #expect((0.02...0.08).contains(byWidth), "\(byWidth)")
    let byDifference = Self.falseVerdicts(trials: 150, rounds: 40, looks: Array(6...40)) { _, verdict in
      verdict.word != .tied
    }
    #expect(byDifference > 0.12, "\(byDifference)")
  }
}
