import SheepCompare
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why rounds are interleaved: a provider that drifts while it is measured makes two identical
/// models look different when one is measured after the other.
@Suite("verdicts under drift")
struct DriftSimulationTests {
  /// A provider: noise of 25 %, now and then a long wait, and a slow drift.
  private struct Provider {
    var random: RoundShuffler
    private var drift = 0.0

    init(seed: UInt64) {
      random = RoundShuffler(seed: seed)
      drift = 0.2 * normal()
    }

    private mutating func normal() -> Double {
      (-2 * log(1 - random.nextUnit())).squareRoot() * cos(2 * .pi * random.nextUnit())
    }

    /// The next request's time, whoever sends it.
    mutating func next() -> Double {
      let kept = exp(-1.0 / 30)
      drift = kept * drift + 0.2 * (1 - kept * kept).squareRoot() * normal()
      let tail = random.nextUnit() < 0.03 ? 3.0 : 1.0
      return 400 * exp(drift + 0.246 * normal()) * tail
    }
  }

  private static let rounds = 20
  private static let trials = 400

  /// The share of trials in which two identical models get a verdict.
  private static func falseVerdicts(interleaved: Bool) -> Double {
    var wrong = 0
    for trial in 0..<trials {
      var provider = Provider(seed: UInt64(1000 + trial))
      var values: [[Double?]] = [[], []]
      if interleaved {
        for _ in 0..<rounds {
          for target in provider.random.order(of: 2) { values[target].append(provider.next()) }
        }
      } else {
        for target in 0..<2 { for _ in 0..<rounds { values[target].append(provider.next()) } }
      }
      if let verdict = Verdict.all(values, baseline: 0)[1], verdict.word != .tied { wrong += 1 }
    }
    return Double(wrong) / Double(trials)
  }

  @Test("interleaved rounds keep false verdicts near 5 %, blocks do not")
  func drift() {
    let interleaved = Self.falseVerdicts(interleaved: true)
    #expect((0.02...0.08).contains(interleaved), "\(interleaved)")
    let blocked = Self.falseVerdicts(interleaved: false)
    #expect(blocked > 0.15, "\(blocked)")
  }

  @Test("a true difference of one half is found")
  func power() {
    var found = 0
    for trial in 0..<100 {
      var provider = Provider(seed: UInt64(trial))
      var values: [[Double?]] = [[], []]
      for _ in 0..<Self.rounds {
        for target in provider.random.order(of: 2) {
          values[target].append(provider.next() * (target == 1 ? 1.5 : 1))
        }
      }
      if Verdict.all(values, baseline: 0)[1]?.word == .slower { found += 1 }
    }
    #expect(found >= 90, "\(found) of 100")
  }
}
