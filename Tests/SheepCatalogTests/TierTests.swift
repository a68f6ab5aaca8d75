import SheepCatalog
import SheepCore
import Testing

@Suite("price tiers")
struct TierTests {
  private func prices(scope: Prices.Tier.Scope, includesThreshold: Bool = false) throws -> Prices {
    var prices = Prices(input: try price("3"), output: try price("15"))
    prices.base.cacheRead = try price("1")
    var rates = Prices.Rates()
    rates.input = try price("6")
    rates.output = try price("30")
    prices.tiers = [
      Prices.Tier(threshold: 200_000, includesThreshold: includesThreshold, scope: scope, rates: rates)
    ]
    return prices
  }

  private func total(_ usage: Usage, _ prices: Prices) -> String? {
    Cost(of: usage, at: Quote(prices: prices, source: .user, checked: nil, entry: nil)).total?.decimal
  }

  @Test(
    "the threshold itself is below \"above\" and within \"at or above\"",
    arguments: [
      (199_999, false, "0.614997"), (200_000, false, "0.615"), (200_001, false, "1.230006"),
      (199_999, true, "0.614997"), (200_000, true, "1.23"), (200_001, true, "1.230006"),
    ])
  func keepsTheEdge(input: Int, includesThreshold: Bool, expected: String) throws {
    let usage = Usage(input: input, output: 1_000)
    let edge = try prices(scope: .request, includesThreshold: includesThreshold)
    #expect(total(usage, edge) == expected)
  }

  @Test("cached tokens count towards the threshold, at their own price below and in the tier")
  func countsCachedTokens() throws {
    let usage = Usage(input: 100_000, cacheRead: 150_000, output: 0)
    // 0.1 M × 6 + 0.15 M × 1: the tier has no price of its own for cached input.
    #expect(total(usage, try prices(scope: .request)) == "0.75")
  }

  @Test("300,000 tokens: the whole request at the tier's price, or the last third only")
  func tellsScopesApart() throws {
    let usage = Usage(input: 300_000, output: 0)
    #expect(total(usage, try prices(scope: .request)) == "1.8")
    #expect(total(usage, try prices(scope: .slice)) == "1.2")
  }

  @Test(
    "a slice begins with the first token beyond the threshold",
    arguments: [(false, 200_000, "0.6"), (false, 200_001, "0.600006"), (true, 200_000, "0.600003")])
  func slicesAtTheEdge(includesThreshold: Bool, input: Int, expected: String) throws {
    let sliced = try prices(scope: .slice, includesThreshold: includesThreshold)
    #expect(total(Usage(input: input, output: 0), sliced) == expected)
  }

  @Test("sliced prices leave the output alone, and cached tokens fill the cheap part first")
  func slicesInPromptOrder() throws {
    let usage = Usage(input: 100_000, cacheRead: 150_000, output: 1_000_000)
    // 0.15 M × 1 + 0.05 M × 3 + 0.05 M × 6 + 1 M × 15
    #expect(total(usage, try prices(scope: .slice)) == "15.6")
  }

  @Test("of several tiers the highest that holds wins")
  func climbsTiers() throws {
    var two = try prices(scope: .request)
    var rates = Prices.Rates()
    rates.input = try price("9")
    two.tiers.append(Prices.Tier(threshold: 500_000, rates: rates))
    #expect(total(Usage(input: 1_000_000, output: 1_000_000), two) == "39")
  }

  @Test("the largest numbers pass through every scope without a trap")
  func neverTraps() throws {
    let most = Usage(input: .max, cacheRead: .max, cacheWrite: .max, output: .max)
    for scope in [Prices.Tier.Scope.request, .slice] {
      #expect(total(most, try prices(scope: scope)) != nil)
      #expect(total(most, try prices(scope: scope, includesThreshold: true)) != nil)
    }
  }
}
