import SheepCatalog
import SheepCore
import Testing

@Suite("forecasts")
struct ForecastTests {
  @Test("100,000 requests of 3,000 tokens a month: 4,500.00 now, 779.00 then, 44,652.00 a year")
  func holdsTheWorkedExample() throws {
    let tokens = 100_000 * 3_000
    let now = try #require(try price("15.00").cost(of: tokens))
    let then = try #require(try price("2.50").cost(of: tokens))
    let withFee = try #require(then.adding(try dollars("29")))
    #expect(now.display == "$4,500.00" && withFee.display == "$779.00")
    let saved = try #require(now.adding(Money(attodollars: -withFee.attodollars)))
    #expect(saved.display == "$3,721.00" && saved.multiplied(by: 12)?.display == "$44,652.00")
    func perMille(_ part: Int128) -> Int128 { (part * 1_000 + now.attodollars / 2) / now.attodollars }
    #expect(perMille(now.attodollars - then.attodollars) == 833)
    #expect(perMille(saved.attodollars) == 827)
  }

  private func quote(_ prices: Prices, maxOutput: Int? = nil) throws -> Quote {
    var entry = CatalogueEntry(
      profile: "p", id: "m", source: "test", checked: Day("2026-11-21"))
    entry.maxOutput = maxOutput
    return Quote(prices: prices, source: .catalogue, checked: entry.checked, entry: entry)
  }

  private let input = TokenEstimate(tokens: 1_000, low: 850, high: 1_200)

  @Test("before sending: the low prompt alone, and the high prompt with the longest answer")
  func boundsARequest() throws {
    let prices = Prices(input: try price("2"), output: try price("10"))
    let forecast = CostForecast(input: input, maximumTokens: 500, at: try quote(prices))
    #expect(forecast.atLeast?.decimal == "0.0017")
    #expect(forecast.atMost?.decimal == "0.0074")
  }

  @Test("the longest answer is the model's when the request sets none, and unknown without both")
  func takesTheModelsLimit() throws {
    let prices = Prices(input: try price("2"), output: try price("10"))
    let limited = CostForecast(input: input, maximumTokens: nil, at: try quote(prices, maxOutput: 4_000))
    #expect(limited.maximumOutput == 4_000 && limited.atMost?.decimal == "0.0424")
    let open = CostForecast(input: input, maximumTokens: nil, at: try quote(prices))
    #expect(open.atMost == nil && open.atLeast != nil)
    let unpriced = CostForecast(input: input, maximumTokens: 10, at: .unknown)
    #expect(unpriced.atMost == nil && unpriced.atLeast == nil)
  }

  @Test("dearer reasoning counts for the worst case")
  func assumesTheDearestOutput() throws {
    var prices = Prices(input: try price("0"), output: try price("10"))
    prices.base.reasoning = try price("30")
    let forecast = CostForecast(input: input, maximumTokens: 1_000, at: try quote(prices))
    #expect(forecast.atMost?.decimal == "0.03")
  }

  @Test("the running cost is the prompt plus what has come")
  func runs() throws {
    let prices = Prices(input: try price("2"), output: try price("10"))
    let running = try #require(CostForecast.running(inputTokens: 1_000, at: try quote(prices)))
    #expect(running(0)?.decimal == "0.002" && running(300)?.decimal == "0.005")
    #expect(running(-1) == nil)
    #expect(CostForecast.running(inputTokens: 1_000, at: .unknown) == nil)
  }

  @Test("while an answer grows, the dearer of text and reasoning is what it may cost")
  func runsAtTheDearest() throws {
    var prices = Prices(input: try price("2"), output: try price("10"))
    prices.base.reasoning = try price("30")
    let dearer = try #require(CostForecast.running(inputTokens: 1_000, at: try quote(prices)))
    #expect(dearer(100)?.decimal == "0.005")
    prices.base.reasoning = try price("1")
    let cheaper = try #require(CostForecast.running(inputTokens: 1_000, at: try quote(prices)))
    #expect(cheaper(100)?.decimal == "0.003")
  }

  @Test("sums keep unpriced calls apart from free ones")
  func sums() throws {
    let prices = Prices(input: try price("2"), output: try price("10"))
    let quote = try quote(prices)
    var sum = CostSum()
    #expect(sum.display == "$0")
    sum.add(Cost(of: Usage(input: 1_000, output: 1_000), at: quote))
    sum.add(Cost(of: Usage(input: 1_000, output: 1_000), at: quote))
    #expect(sum.display == "$0.0240")
    sum.add(.unknown)
    #expect(sum.display == ">= $0.0240 (1 request unpriced)")
    sum.add(Cost(of: Usage(input: 0, output: 1, source: .estimated), at: quote))
    #expect(sum.display == ">= ~$0.0240 (1 request unpriced)" && sum.known?.decimal == "0.02401")
    var nothingKnown = CostSum()
    nothingKnown.add(.unknown)
    #expect(nothingKnown.display == "unknown")
  }
}
