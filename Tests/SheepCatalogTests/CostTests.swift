import SheepCatalog
import SheepCore
import Testing

@Suite("cost of a usage")
struct CostTests {
  /// Input 3, cached 0.3, write 3.75, one-hour write 6, output 15, reasoning 20 a million.
  private func fullPrices() throws -> Prices {
    var prices = Prices(input: try price("3"), output: try price("15"))
    prices.base.cacheRead = try price("0.3")
    prices.base.cacheWrite = try price("3.75")
    prices.base.cacheWriteHour = try price("6")
    prices.base.reasoning = try price("20")
    return prices
  }

  private func quote(_ prices: Prices) -> Quote {
    Quote(prices: prices, source: .catalogue, checked: Day("2026-11-21"), entry: nil)
  }

  private func total(_ usage: Usage, _ prices: Prices, service: String? = nil) -> String? {
    Cost(of: usage, at: quote(prices), service: service).total?.decimal
  }

  @Test("a call on the gateway costs what its list says: 12 in and 212 out of gpt-4.1")
  func pricesTheGateway() throws {
    let quote = Quote.find(profile: "holysheep", model: "gpt-4.1", on: Catalogue.updated)
    let cost = Cost(of: Usage(input: 12, output: 212), at: quote)
    // 12 × 8 / 10⁶ + 212 × 32 / 10⁶
    #expect(cost.total?.decimal == "0.00688")
    #expect(cost.input?.decimal == "0.000096")
    #expect(cost.output?.decimal == "0.006784")
    #expect(cost.source == .catalogue && !cost.isEstimate && cost.display == "$0.006880")
    #expect(
      cost.json.serialized()
        == #"{"usd":0.00688,"input_usd":0.000096,"output_usd":0.006784,"source":"catalogue","#
        + #""checked":"\#(quote.checked?.text ?? "")"}"#)
  }

  @Test("every bucket has its own price")
  func pricesEveryBucket() throws {
    let usage = Usage(
      input: 1_000_000, cacheRead: 1_000_000, cacheWrite: 1_000_000, cacheWriteHour: 1_000_000,
      output: 1_000_000, reasoning: 1_000_000)
    let cost = Cost(of: usage, at: quote(try fullPrices()))
    #expect(cost.parts.map { $0.amount?.decimal } == ["0.3", "6", "3.75", "3", "15", "20"])
    #expect(cost.total?.decimal == "48.05")
    #expect(cost.input?.decimal == "13.05" && cost.output?.decimal == "35")
    #expect(cost.notes.isEmpty)
  }

  @Test("cost is additive over the buckets", arguments: 0..<50)
  func isAdditive(seed: Int) throws {
    var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    func next() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 40)
    }
    let counts = (0..<6).map { _ in next() }
    let paths: [WritableKeyPath<Usage, Int?>] = [
      \.input, \.cacheRead, \.cacheWrite, \.cacheWriteHour, \.output, \.reasoning,
    ]
    var all = Usage(input: 0, output: 0)
    var sum = Money.zero
    for (path, count) in zip(paths, counts) {
      all[keyPath: path] = count
      var one = Usage(input: 0, output: 0)
      one[keyPath: path] = count
      let part = try #require(Cost(of: one, at: quote(try fullPrices())).total)
      sum = try #require(sum.adding(part))
    }
    let cost = Cost(of: all, at: quote(try fullPrices()))
    #expect(cost.total == sum)
    #expect(cost.input.flatMap { input in cost.output.flatMap { input.adding($0) } } == sum)
  }

  @Test("a price that is not published falls back to the kind it is billed as, and says so")
  func fallsBack() throws {
    let prices = Prices(input: try price("2"), output: try price("10"))
    let usage = Usage(
      input: 0, cacheRead: 1_000_000, cacheWrite: 1_000_000, cacheWriteHour: 1_000_000, output: 0,
      reasoning: 1_000_000)
    let cost = Cost(of: usage, at: quote(prices))
    #expect(cost.parts.map { $0.amount?.decimal } == ["2", "2", "2", "10"])
    #expect(
      cost.notes == [
        "no published price for cached input; priced as input",
        "no published price for one-hour cache writes; priced as input",
        "no published price for cache writes; priced as input",
        "no published price for reasoning; priced as output",
      ])
  }

  @Test("one-hour cache writes without a price of their own are billed as other cache writes")
  func hourWritesFallBack() throws {
    var prices = Prices(input: try price("2"), output: try price("10"))
    prices.base.cacheWrite = try price("5")
    let cost = Cost(of: Usage(input: 0, cacheWriteHour: 1_000_000, output: 0), at: quote(prices))
    #expect(cost.total?.decimal == "5")
    #expect(cost.notes == ["no published price for one-hour cache writes; priced as cache writes"])
  }

  @Test("what the provider reports outranks every price")
  func prefersReports() throws {
    let reported = try dollars("0.0421")
    let cost = Cost(of: Usage(input: 1, output: 1), reported: reported, at: quote(try fullPrices()))
    #expect(cost.total == reported && cost.source == .reported && cost.checked == nil)
    #expect(cost.json["input_usd"] == nil && cost.json["usd"]?.number?.text == "0.0421")
    #expect(Cost(of: nil, reported: reported, at: .unknown).total == reported)
  }

  @Test("unknown, free and nothing spent are three different things")
  func tellsUnknownFromFree() throws {
    let free = Prices(input: .free, output: .free)
    #expect(Cost(of: Usage(input: 9, output: 9), at: quote(free)).display == "free")
    #expect(Cost(of: Usage(input: 0, output: 0), at: quote(try fullPrices())).display == "$0")
    let unknown = Cost(of: Usage(input: 9, output: 9), at: .unknown)
    #expect(unknown.display == "unknown" && unknown.source == .unknown)
    #expect(
      unknown.json.serialized()
        == #"{"usd":null,"input_usd":null,"output_usd":null,"source":"unknown","checked":null}"#)
  }

  @Test("half a usage gives half a cost, and no total")
  func leavesUnknownHalvesUnknown() throws {
    let cost = Cost(of: Usage(input: 1_000_000), at: quote(try fullPrices()))
    #expect(cost.input?.decimal == "3" && cost.output == nil && cost.total == nil)
    #expect(cost.display == "unknown" && cost.json["source"]?.string == "unknown")
    #expect(Cost(of: nil, at: quote(try fullPrices())) == .unknown)
  }

  @Test("a kind of token without any price makes the total unknown, unless there are none")
  func needsAPriceOnlyForWhatIsThere() throws {
    var prices = Prices()
    prices.base.input = try price("1")
    #expect(total(Usage(input: 1_000_000, output: 0), prices) == "1")
    let cost = Cost(of: Usage(input: 1_000_000, output: 1), at: quote(prices))
    #expect(cost.total == nil && cost.notes == ["no price is known for output"])
  }

  @Test("estimated tokens make an estimated cost")
  func marksEstimates() throws {
    let cost = Cost(of: Usage(input: 1_000, output: 0, source: .estimated), at: quote(try fullPrices()))
    #expect(cost.isEstimate && cost.display == "~$0.003000")
    let partial = Cost(of: Usage(input: 1_000, output: 0, source: .partial), at: quote(try fullPrices()))
    #expect(partial.isEstimate && partial.display == "~$0.003000")
  }

  @Test("hostile numbers of tokens never trap and never cost a wrong amount")
  func survivesHostileNumbers() throws {
    let most = Usage(
      input: .max, cacheRead: .max, cacheWrite: .max, cacheWriteHour: .max, output: .max, reasoning: .max)
    let sum = try #require(Cost(of: most, at: quote(try fullPrices())).total)
    #expect(sum == (try price("48.05")).cost(of: .max))
    let dearest = Prices(input: try price("999999999999"), output: try price("999999999999"))
    #expect(Cost(of: most, at: quote(dearest)).total == nil)
    let negative = Cost(of: Usage(input: -1, output: 5), at: quote(try fullPrices()))
    #expect(negative.total == nil && !negative.notes.isEmpty)
  }

  @Test("a fee for the request is part of the total, of neither side")
  func addsFees() throws {
    var prices = try fullPrices()
    prices.request = try dollars("0.005")
    let cost = Cost(of: Usage(input: 1_000, output: 1_000), at: quote(prices))
    #expect(cost.total?.decimal == "0.023" && cost.input?.decimal == "0.003")
  }

  @Test("a service tier multiplies; one without a published factor leaves the price and a note")
  func appliesServices() throws {
    var prices = try fullPrices()
    prices.service["batch"] = PriceMultiplier("x0.5")
    let usage = Usage(input: 1_000_000, output: 1_000_000)
    #expect(total(usage, prices, service: "batch") == "9")
    #expect(total(usage, prices, service: "flex") == "18")
    #expect(
      Cost(of: usage, at: quote(prices), service: "flex").notes
        == ["no published flex price; the standard price is used"])
  }

  @Test(
    "money is rounded for people half to even, by size",
    arguments: [
      ("0", "$0"), ("0.001792", "$0.001792"), ("0.0000005", "$0.000000"), ("0.0000015", "$0.000002"),
      ("0.00999999", "$0.010000"), ("0.01", "$0.0100"), ("0.12345", "$0.1234"), ("0.12355", "$0.1236"),
      ("1", "$1.00"), ("12.345", "$12.34"), ("12.355", "$12.36"), ("1234567.891", "$1,234,567.89"),
    ])
  func roundsForPeople(amount: String, text: String) throws {
    #expect(try dollars(amount).display == text)
  }
}
