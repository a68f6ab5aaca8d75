import SheepCompare
import Testing

@Suite("sign test")
struct SignTestTests {
  @Test(
    "p values of the binomial distribution at one half",
    arguments: [
      (0, 0, 1.0), (6, 0, 0.03125), (5, 0, 0.0625), (9, 1, 0.021484375), (5, 5, 1), (8, 2, 0.109375),
      (1, 9, 0.021484375), (15, 5, 0.04138946533203125),
    ])
  func values(wins: Int, losses: Int, pValue: Double) {
    #expect(abs(SignTest.pValue(wins: wins, losses: losses) - pValue) < 1e-12)
  }

  @Test("thousands of comparisons stay within the range of numbers")
  func large() {
    #expect(SignTest.pValue(wins: 5000, losses: 5000) == 1)
    let uneven = SignTest.pValue(wins: 5200, losses: 4800)
    // Normal approximation with continuity: 6.6e-5.
    #expect((6e-5...7e-5).contains(uneven), "\(uneven)")
    #expect(SignTest.pValue(wins: 100_000, losses: 0) == 0)
  }

  @Test("six are the least that can be told from chance")
  func least() {
    #expect(SignTest.pValue(wins: SignTest.least, losses: 0) < 0.05)
    #expect(SignTest.pValue(wins: SignTest.least - 1, losses: 0) > 0.05)
  }
}
