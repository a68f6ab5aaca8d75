import SheepCompare
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The signed-rank test against published tables and against scipy.
@Suite("signed-rank test")
struct SignedRankTests {
  /// Critical sums of two-sided tests, from Wilcoxon and Wilcox, "Some rapid approximate
  /// statistical procedures" (1964), table 2; −1 where there is none.
  @Test(
    "critical sums are those of the published tables",
    arguments: [
      (5, -1, -1), (6, 0, -1), (7, 2, -1), (8, 3, 0), (9, 5, 1), (10, 8, 3), (11, 10, 5), (12, 13, 7),
      (13, 17, 9), (14, 21, 12), (15, 25, 15), (16, 29, 19), (17, 34, 23), (18, 40, 27), (19, 46, 32),
      (20, 52, 37), (25, 89, 68), (30, 137, 109),
    ])
  func criticalSums(pairs: Int, fivePercent: Int, onePercent: Int) {
    let distribution = SignedRankDistribution(pairs: pairs)
    #expect(distribution.criticalSum(tail: 0.025) == fivePercent)
    #expect(distribution.criticalSum(tail: 0.005) == onePercent)
  }

  @Test("the approximation for many pairs goes on where counting ends")
  func approximation() {
    let exact = SignedRankDistribution(pairs: 200)
    let near = SignedRankDistribution(pairs: 201)
    for share in [0.4, 0.45, 0.5, 0.55] {
      let left = exact.probability(atMost: Int(Double(exact.largestSum) * share))
      let right = near.probability(atMost: Int(Double(near.largestSum) * share))
      #expect(abs(left - right) < 0.003)
    }
    #expect(near.probability(atMost: -1) == 0 && near.probability(atMost: near.largestSum) == 1)
  }

  @Test("estimate, interval and p value are scipy's", arguments: ScipyAnswers.paired)
  func scipy(answer: ScipyAnswers.Paired) throws {
    let values = answer.logarithms.map { 100 * exp($0) }
    let paired = PairedRatio(values, to: values.map { _ in 100 })
    #expect(abs(paired.pValue - answer.pValue) < 1e-9)
    #expect(abs(log(try #require(paired.ratio)) - answer.center) < 1e-9)
    let interval = paired.interval(level: 0.05)
    if answer.low == -.infinity {
      #expect(interval.lowerBound == 0 && interval.upperBound == .infinity)
    } else {
      #expect(abs(log(interval.lowerBound) - answer.low) < 1e-9)
      #expect(abs(log(interval.upperBound) - answer.high) < 1e-9)
    }
  }

  @Test("Wilson's interval is scipy's", arguments: ScipyAnswers.wilson)
  func wilson(successes: Int, count: Int, low: Double, high: Double) throws {
    let interval = try #require(WilsonInterval(successes: successes, of: count))
    #expect(abs(interval.low - low) < 1e-9 && abs(interval.high - high) < 1e-9)
  }

  @Test("an impossible share has no interval", arguments: [(0, 0), (-1, 5), (6, 5), (1, -1)])
  func noWilson(successes: Int, count: Int) {
    #expect(WilsonInterval(successes: successes, of: count) == nil)
  }

  @Test("Holm's correction", arguments: ScipyAnswers.holm)
  func holm(values: [Double], adjusted: [Double]) {
    let decisions = Holm.decide(values)
    for (decision, expected) in zip(decisions, adjusted) {
      #expect(abs(decision.adjusted - expected) < 1e-12)
      #expect(decision.isRejected == (expected <= 0.05))
    }
  }

  @Test("failures are infinitely slow, and a round without any answer says nothing")
  func failures() throws {
    let good: [Double?] = Array(repeating: 100, count: 10)
    var bad = good.map { $0.map { $0 * 1.01 } }
    bad.replaceSubrange(0..<4, with: [nil, nil, nil, .infinity])
    let paired = PairedRatio(bad, to: good)
    #expect(paired.pairs == 10 && paired.completePairs == 6)
    #expect(paired.interval(level: 0.05).upperBound == .infinity)
    let mirrored = PairedRatio(good, to: bad)
    #expect(mirrored.pValue == paired.pValue)
    #expect(mirrored.interval(level: 0.05).lowerBound == 0)
    let both = PairedRatio([nil, 100], to: [nil, 100])
    #expect(both.pairs == 1)
    #expect(PairedRatio([nil, 1], to: [1, nil]).ratio == 1, "one failure each cancels out")
  }

  @Test("ties count half for either side")
  func ties() {
    let same: [Double?] = Array(repeating: 5, count: 12)
    let paired = PairedRatio(same, to: same)
    #expect(paired.pValue == 1 && paired.ratio == 1 && paired.interval(level: 0.05) == 1...1)
  }

  @Test("nothing at all is no difference", arguments: [[], [nil], [0.0], [-1.0]] as [[Double?]])
  func empty(values: [Double?]) {
    let paired = PairedRatio(values, to: values)
    #expect(paired.ratio == nil && paired.pValue == 1)
    #expect(paired.interval(level: 0.05) == 0 ... .infinity)
  }
}
