import SheepCatalog
import SheepCore
import Testing

@Suite("price list of the catalogue")
struct PriceListTests {
  private func entry(_ fields: String) throws -> CatalogueEntry {
    try CatalogueEntry(
      json: try JSON.parse(
        text: #"{"provider":"p","id":"m","source":"s","checked":"2026-11-21"\#(fields)}"#))
  }

  @Test("every field of the form is read")
  func readsEveryField() throws {
    let entry = try entry(
      #"""
      ,"match":["n"],"context":400000,"max_output":128000,"retires":"2027-01-31","note":"x","prices":[
       {"input":"1","output":"2"},
       {"from":"2026-08-01","input":"2.50","cached":"0.25","cache_write":"3.125","cache_write_1h":"5",
        "output":"15.00","reasoning":"20","audio_in":"7","audio_out":"8","image_in":"9","request":"0.1",
        "web_search":"0.01","note":"y",
        "tiers":[{"above":272000,"input":"5.00"},{"at_or_above":300000,"scope":"slice","output":"22.50"}],
        "service":{"batch":"x0.5"},"region":{"us":"x1.1"}}]
      """#)
    #expect(entry.aliases == ["n"] && entry.context == 400_000 && entry.maxOutput == 128_000)
    #expect(entry.retires == Day("2027-01-31") && entry.note == "x" && entry.prices.count == 2)
    let prices = try #require(entry.prices.last)
    #expect(prices.from == Day("2026-08-01") && prices.note == "y")
    let base = prices.base
    let rates = [
      base.input, base.cacheRead, base.cacheWrite, base.cacheWriteHour, base.output, base.reasoning,
    ]
    #expect(rates.map { $0?.dollarsPerMillion } == ["2.5", "0.25", "3.125", "5", "15", "20"])
    let media = [prices.audioInput, prices.audioOutput, prices.imageInput]
    #expect(media.map { $0?.dollarsPerMillion } == ["7", "8", "9"])
    #expect(prices.request?.decimal == "0.1" && prices.webSearch?.decimal == "0.01")
    #expect(prices.tiers.map(\.threshold) == [272_000, 300_000])
    #expect(prices.tiers.map(\.includesThreshold) == [false, true])
    #expect(prices.tiers.map(\.scope) == [.request, .slice])
    #expect(prices.service["batch"]?.millionths == 500_000 && prices.region["us"]?.text == "x1.1")
  }

  @Test("the prices of a day are the last ones that hold by then")
  func choosesByDay() throws {
    let entry = try entry(
      #","prices":[{"from":"2026-01-01","input":"1"},{"from":"2026-08-01","input":"2"}]"#)
    func input(_ day: String) throws -> String? {
      entry.prices(on: try #require(Day(day)))?.base.input?.dollarsPerMillion
    }
    #expect(try input("2025-12-31") == nil)
    #expect(try input("2026-01-01") == "1" && input("2026-07-31") == "1" && input("2026-08-01") == "2")
  }

  @Test("null and a missing field are the same: not published")
  func takesNullAsMissing() throws {
    #expect(
      try entry(#","context":null,"prices":[{"input":"1","cached":null}]"#).prices[0].base.cacheRead == nil)
  }

  @Test("prices older than 90 days are stale")
  func ages() throws {
    let entry = try entry("")
    #expect(!entry.isStale(on: try #require(Day("2027-02-19"))))
    #expect(entry.isStale(on: try #require(Day("2027-02-20"))))
  }

  @Test(
    "what is wrong in a price list is named, with its model",
    arguments: [
      (#","ouput":"1""#, "has the unknown field \"ouput\""),
      (#","context":-1"#, "has \"context\": -1, which is not a number of tokens"),
      (#","retires":"soon""#, "has \"retires\": \"soon\", which is not a day such as \"2026-11-21\""),
      (
        #","prices":[{"input":2.5}]"#,
        "has \"input\": 2.5, which is not a price in USD per million tokens such as \"2.50\""
      ),
      (
        #","prices":[{"input":"1e3"}]"#,
        "has \"input\": \"1e3\", which is not a price in USD per million tokens such as \"2.50\""
      ),
      (
        #","prices":[{"service":{"batch":"0.5"}}]"#,
        "has a factor for \"batch\" that is not of the form \"x0.5\""
      ),
      (#","prices":[{"tiers":[{"input":"1"}]}]"#, "has a tier without one threshold"),
      (#","prices":[{"tiers":[{"above":1,"at_or_above":1}]}]"#, "has a tier without one threshold"),
      (#","prices":[{"tiers":[{"above":1,"scope":"day"}]}]"#, "has a tier of scope \"day\""),
      (#","prices":[{"tiers":[{"above":2},{"above":1}]}]"#, "has tiers out of order"),
      (#","prices":[{"from":"2026-08-01"},{"input":"1"}]"#, "has prices out of order"),
      (#","prices":[1]"#, "holds 1 where an object belongs"),
    ])
  func namesMistakes(fields: String, problem: String) {
    let failure = #expect(throws: Failure.self) { try entry(fields) }
    #expect(failure?.problem == problem && failure?.kind == .usage)
  }

  @Test("an entry without id, source or date is refused", arguments: ["provider", "id", "source", "checked"])
  func needsItsNames(name: String) throws {
    var object = try #require(
      JSON.parse(text: #"{"provider":"p","id":"m","source":"s","checked":"2026-11-21"}"#).object)
    object[name] = nil
    let failure = #expect(throws: Failure.self) { try CatalogueEntry(json: .object(object)) }
    #expect(failure?.problem == "lacks \"\(name)\"")
  }
}
