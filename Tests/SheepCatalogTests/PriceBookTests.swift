import SheepCatalog
import SheepCore
import Testing

@Suite("price layers and forecasts")
struct PriceBookTests {
  private let day = Catalogue.updated

  private func file(_ text: String) throws -> PriceFile {
    try PriceFile(Array(text.utf8), name: "own.json")
  }

  @Test("the user's price counts more than the user's file, and that more than the built-in list")
  func layers() throws {
    let file = try file(
      #"{"models":[{"provider":"holysheep","id":"gpt-4.1","match":["four"],"prices":[{"input":"1","output":"2"}]}]}"#
    )
    var book = PriceBook(file: file, day: day)
    let own = book.quote(profile: "holysheep", model: "openai/gpt-4.1-2025-04-14")
    #expect(own.source == .user && own.prices?.base.input?.dollarsPerMillion == "1" && own.checked == nil)
    #expect(own.entry?.context == 128_000, "limits that the file leaves out are the list's")
    #expect(book.quote(profile: "holysheep", model: "four").prices?.base.output?.dollarsPerMillion == "2")
    #expect(book.quote(profile: "openai", model: "gpt-4.1").source == .catalogue)
    book.userPrices = [try UserPrice(parsing: "gpt-4.1:in=7,out=8")]
    #expect(book.quote(profile: "holysheep", model: "gpt-4.1").prices?.base.input?.dollarsPerMillion == "7")
    book.file = nil
    book.userPrices = []
    #expect(book.quote(profile: "holysheep", model: "gpt-4.1").prices?.base.input?.dollarsPerMillion == "8")
    #expect(book.quote(profile: nil, model: "gpt-4.1").source == .unknown)
  }

  @Test("a limit that the file gives counts more than the list's; one that it leaves out is the list's")
  func limits() throws {
    let file = try file(
      #"[{"provider":"openai","id":"gpt-4o","context":9,"prices":[{"input":"1","output":"2"}]},"#
        + #"{"provider":"openai","id":"gpt-4.1","max_output":7,"prices":[{"input":"1","output":"2"}]}]"#)
    let book = PriceBook(file: file, day: day)
    let listed = try #require(Catalogue.find(profile: "openai", model: "gpt-4o")?.maxOutput)
    let first = book.quote(profile: "openai", model: "gpt-4o")
    #expect(first.source == .user && first.entry?.context == 9 && first.entry?.maxOutput == listed)
    let second = book.quote(profile: "openai", model: "gpt-4.1")
    #expect(second.entry?.context == 1_000_000 && second.entry?.maxOutput == 7)
  }

  @Test("an entry without prices leaves those of the list, and changes only limits")
  func limitsOnly() throws {
    let file = try file(#"[{"provider":"holysheep","id":"gpt-4.1","max_output":7}]"#)
    let quote = PriceBook(file: file, day: day).quote(profile: "holysheep", model: "gpt-4.1")
    #expect(quote.source == .catalogue && quote.entry?.maxOutput == 7 && quote.entry?.context == 128_000)
  }

  @Test(
    "a mistake in a file is named",
    arguments: [
      ("{", "is not JSON"), ("{}", "has no list"), (#"{"schema":2,"models":[]}"#, "has schema 2"),
      (#"[{"provider":"p","id":"m","prices":[{"inptu":"1"}]}]"#, #"unknown field "inptu""#),
      (#"[{"provider":"p","id":"m","prices":[{"input":1}]}]"#, "which is not a price"),
      (#"[{"provider":"p","id":"m","prices":[{"input":"-1"}]}]"#, "which is not a price"),
      (#"[{"id":"m"}]"#, #"lacks "provider""#), (#"[{"provider":"p","id":"m","match":["m"]}]"#, "twice"),
      (#"[{"provider":"p","id":"m","prices":[{"service":{"batch":"0.5"}}]}]"#, "not of the form"),
    ])
  func mistakes(_ text: String, _ problem: String) throws {
    let failure = #expect(throws: Failure.self) { try file(text) }
    #expect(failure?.kind == .usage)
    #expect(failure?.sentence.hasPrefix("own.json") == true)
    #expect(failure?.problem.contains(problem) == true, "\(failure?.sentence ?? "")")
  }

  @Test("a service tier with prices of its own takes their place, its own tiers included")
  func servicePrices() throws {
    let file = try file(
      #"""
      [{"provider":"p","id":"m","prices":[{"input":"2","cached":"1","output":"8",
        "tiers":[{"above":1000,"input":"4"}],"service":{"flex":"x0.5","batch":{"input":"1","cached":"1","output":"4"}}}]}]
      """#)
    let quote = PriceBook(file: file, day: day).quote(profile: "p", model: "m")
    let usage = Usage(input: 1_000_000, cacheRead: 1_000_000, output: 1_000_000)
    func total(_ service: String?) -> String? {
      Cost(of: usage, at: quote, service: service).total?.decimal
    }
    #expect(total(nil) == "13" && total("flex") == "6.5" && total("batch") == "6")
    let notes = Cost(of: usage, at: quote, service: "batch").notes
    #expect(notes == ["batch: at that tier's own prices"])
    let none = Cost(of: usage, at: quote, service: "priority").notes
    #expect(none.first == "no published priority price; the standard price is used")
  }

  @Test("the worked example: 4,500.00, 779.00, 3,721.00, 44,652.00, 83.3 % and 82.7 %")
  func workedExample() throws {
    let rate = RequestRate(count: 100_000, per: .month)
    let now = try #require(try price("15").cost(of: 3000))
    let then = try #require(try price("2.5").cost(of: 3000))
    let fee = try dollars("29")
    #expect(rate.perMonth(now)?.decimal == "4500")
    let month = try #require(rate.perMonth(then)?.adding(fee))
    #expect(month.decimal == "779")
    let saved = try #require(rate.perMonth(now)?.subtracting(month))
    #expect(saved.decimal == "3721")
    #expect(saved.multiplied(by: 12)?.decimal == "44652")
    #expect(now.subtracting(then)?.permille(of: now) == 833)
    #expect(saved.permille(of: try dollars("4500")) == 827)
  }

  @Test(
    "a rate of another span is a year's, and a twelfth of it",
    arguments: [
      (RequestRate.Period.hour, "8760", "730"), (.day, "365", "30.416666666666666667"), (.month, "12", "1"),
      (.year, "1", "0.083333333333333333"),
    ])
  func periods(_ period: RequestRate.Period, _ year: String, _ month: String) throws {
    let rate = RequestRate(count: 1, per: period)
    #expect(rate.perYear(try dollars("1"))?.decimal == year)
    #expect(rate.perMonth(try dollars("1"))?.decimal == month)
  }

  @Test("beyond the range of money there is no forecast, and nothing traps")
  func overflow() throws {
    let rate = RequestRate(count: .max, per: .hour)
    #expect(rate.perYear(try dollars("100000000")) == nil)
    #expect(try dollars("1").permille(of: .zero) == nil)
    let least = Money(attodollars: .min)
    #expect(least.subtracting(try dollars("1")) == nil)
    #expect(least.permille(of: Money(attodollars: 1)) == nil)
    #expect(least.divided(by: 0) == least)
  }

  @Test("of an answer that may think, the dearer of both is the most")
  func dearerReasoning() throws {
    var prices = Prices(input: try price("1"), output: try price("2"))
    prices.base.reasoning = try price("6")
    let quote = Quote(prices: prices, source: .user, checked: nil, entry: nil)
    let range = UsageRange(
      least: Usage(input: 10, output: 0), likely: nil, most: Usage(input: 20, output: 1_000_000))
    let cost = CostRange(of: range, at: quote)
    #expect(cost.least.total?.decimal == "0.00001")
    #expect(cost.most?.total?.decimal == "6.00002" && cost.headline == cost.most)
    let exact = CostRange(of: UsageRange(exactly: Usage(input: 1, output: 1_000_000)), at: quote)
    #expect(exact.most?.total?.decimal == "2.000001")
  }

  @Test("every profile of the list has its models under it, and all of them together are the list")
  func profiles() {
    #expect(Catalogue.profiles == Catalogue.profiles.sorted() && Catalogue.profiles.contains("holysheep"))
    let all = Catalogue.profiles.flatMap { Catalogue.entries(profile: $0) }
    #expect(all == Catalogue.all)
    #expect(Catalogue.entries(profile: "nobody").isEmpty)
  }
}
