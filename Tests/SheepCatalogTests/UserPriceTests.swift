import SheepCatalog
import SheepCore
import Testing

@Suite("prices of the user")
struct UserPriceTests {
  @Test("--price reads prices per million by name, in any order")
  func reads() throws {
    let user = try UserPrice(
      parsing: "out=15,in=2.5,cached=0.25,write=3.125,write-1h=5,reasoning=20,request=0.01")
    var prices = Prices(input: try price("2.5"), output: try price("15"))
    prices.base.cacheRead = try price("0.25")
    prices.base.cacheWrite = try price("3.125")
    prices.base.cacheWriteHour = try price("5")
    prices.base.reasoning = try price("20")
    prices.request = try dollars("0.01")
    #expect(user == UserPrice(model: nil, prices: prices))
  }

  @Test(
    "--price may name a model, colons in its name included",
    arguments: [
      ("gpt-4.1:in=1,out=2", "gpt-4.1"), ("llama3:8b:in=1,out=2", "llama3:8b"), ("a/b@c:in=1,out=2", "a/b@c"),
    ])
  func readsModels(text: String, model: String) throws {
    #expect(try UserPrice(parsing: text).model == model)
  }

  @Test(
    "what --price cannot read is refused with the reason",
    arguments: [
      ("", "'' is not in the form NAME=PRICE"), ("2.5", "'2.5' is not in the form NAME=PRICE"),
      ("in=2.5", "out=… is missing"), ("out=2.5", "in=… is missing"),
      ("in=2.5,out", "'out' is not in the form NAME=PRICE"), ("in=1,in=2,out=3", "'in' is given twice"),
      ("in=x,out=1", "'x' is not a price in USD per million tokens"),
      ("in=-1,out=1", "'-1' is not a price in USD per million tokens"),
      ("in=1,out=1,", "'' is not in the form NAME=PRICE"),
      ("in=1,out=1,request=x", "'x' is not a fee in USD per request"),
      ("in=1,out=1,input=2", "unknown name 'input'"), (":in=1,out=1", "there is no model before ':'"),
    ])
  func refuses(text: String, problem: String) {
    let failure = #expect(throws: Failure.self) { try UserPrice(parsing: text) }
    #expect(failure?.kind == .usage && failure?.subject == "--price" && failure?.problem == problem)
    #expect(failure?.advice != nil)
  }

  @Test("the user's price outranks the list; one for the model outranks one for all")
  func outranks() throws {
    let all = try UserPrice(parsing: "in=1,out=1")
    let one = try UserPrice(parsing: "gpt-4.1:in=2,out=2")
    func input(_ model: String, _ prices: [UserPrice]) -> String? {
      let quote = Quote.find(profile: "holysheep", model: model, userPrices: prices, on: Catalogue.updated)
      return quote.prices?.base.input.map { "\(quote.source) \($0.dollarsPerMillion)" }
    }
    #expect(input("gpt-4.1", []) == "catalogue 8")
    #expect(input("gpt-4.1", [all]) == "user 1")
    #expect(input("gpt-4.1", [one, all]) == "user 2")
    #expect(input("openai/gpt-4.1", [one, all]) == "user 2")
    #expect(input("gemini-2.5-flash", [one]) == "catalogue 2.5")
    #expect(input("nobody-knows", [one]) == nil)
    #expect(input("nobody-knows", [all]) == "user 1")
  }

  @Test("an address without a profile has no built-in prices")
  func needsAProfile() {
    #expect(Quote.find(profile: nil, model: "gpt-4.1", on: Catalogue.updated) == .unknown)
  }
}
