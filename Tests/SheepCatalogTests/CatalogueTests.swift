import SheepCatalog
import SheepCore
import Testing

@Suite("catalogue")
struct CatalogueTests {
  @Test("what is embedded equals data/models.json; scripts/refresh-catalogue-embed renews it")
  func embedsThePriceList() throws {
    #expect(Catalogue.all == (try PriceListFile.entries()))
    #expect(Catalogue.updated.text == (try PriceListFile.read()["updated"]?.string))
  }

  @Test("every id and every alias of the list finds its own entry")
  func findsEveryName() throws {
    for entry in try PriceListFile.entries() {
      for name in [entry.id] + entry.aliases {
        #expect(Catalogue.find(profile: entry.profile, model: name) == entry, "\(name)")
      }
    }
  }

  @Test("every entry is one that can be right")
  func holdsPlausibleEntries() throws {
    for entry in try PriceListFile.entries() {
      #expect(try #require(entry.checked) <= Catalogue.updated, "\(entry.id)")
      #expect(entry.context ?? 1 > 0 && entry.maxOutput ?? 1 > 0, "\(entry.id)")
      for prices in entry.prices {
        let input = try #require(prices.base.input, "\(entry.id)")
        let output = try #require(prices.base.output, "\(entry.id)")
        let limit = try price("1000")
        #expect(input <= limit && output <= limit, "\(entry.id): per million, not per token")
        #expect(prices.base.cacheRead ?? .free <= input, "\(entry.id): cached dearer than new")
      }
    }
  }

  @Test(
    "the gateway's models answer to all their spellings",
    arguments: [
      ("gpt-4.1", "gpt-4.1"), ("gpt-4.1-2025-04-14", "gpt-4.1"), ("openai/gpt-4.1", "gpt-4.1"),
      ("openai/gpt-4.1-2025-04-14", "gpt-4.1"),
      ("claude-sonnet-4", "claude-sonnet-4-20250514"),
      ("claude-sonnet-4-20250514", "claude-sonnet-4-20250514"),
      ("claude-sonnet-4@20250514", "claude-sonnet-4-20250514"),
      ("anthropic/claude-sonnet-4", "claude-sonnet-4-20250514"),
      ("gemini-2.5-flash", "gemini-2.5-flash"),
      ("google/gemini-2.5-flash-preview", "gemini-2.5-flash"),
      ("deepseek-v3.2", "deepseek-v3.2"), ("deepseek/deepseek-chat-v3-2", "deepseek-v3.2"),
      ("deepseek-v3", "deepseek-v3.2"), ("deepseek-chat", "deepseek-v3.2"),
      ("claude-sonnet-4-5-20250929", "claude-sonnet-4-5"), ("gpt-4o", "gpt-4o"),
      ("gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
    ])
  func resolvesSpellings(name: String, id: String) {
    #expect(Catalogue.find(profile: "holysheep", model: name)?.id == id)
  }

  @Test(
    "a name that only resembles a known one is unknown",
    arguments: [
      "gpt-4.1-turbo", "gpt-4", "gpt", "4.1", "", "my/gpt-4.1", "GPT-4.1", "gpt-4.1\t=0", "gpt-4.1\n",
      "gpt-4.1-1999-01-01", "xgpt-4.1", "/gpt-4.1", "openai/", "@", "-2025-04-14", "가",
    ])
  func refusesResemblance(name: String) {
    #expect(Catalogue.find(profile: "holysheep", model: name) == nil)
  }

  @Test("a profile knows only its own models")
  func keepsProfilesApart() {
    #expect(Catalogue.find(profile: "holyshee", model: "gpt-4.1") == nil)
    #expect(Catalogue.find(profile: "", model: "gpt-4.1") == nil)
    #expect(Catalogue.find(profile: "nobody", model: "gpt-4.1") == nil)
  }

  @Test(
    "the gateway's own list has the prices and windows that it quotes",
    arguments: [
      ("gpt-4.1", "8", "32", 128_000), ("claude-sonnet-4", "15", "75", 200_000),
      ("gemini-2.5-flash", "2.5", "10", 1_000_000), ("deepseek-v3.2", "0.42", "1.9", 64_000),
    ])
  func quotesTheGateway(model: String, input: String, output: String, context: Int) throws {
    let entry = try #require(Catalogue.find(profile: "holysheep", model: model))
    let prices = try #require(entry.prices(on: Catalogue.updated))
    #expect(prices.base.input?.dollarsPerMillion == input)
    #expect(prices.base.output?.dollarsPerMillion == output)
    #expect(entry.context == context)
  }

  @Test(
    "models on whose price the gateway's articles disagree are known, without a price",
    arguments: ["gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5", "claude-opus-4", "text-embedding-3-small"])
  func knowsUnpricedModels(model: String) {
    #expect(Catalogue.find(profile: "holysheep", model: model) != nil)
    let quote = Quote.find(profile: "holysheep", model: model, on: Catalogue.updated)
    #expect(quote.source == .unknown && quote.prices == nil && quote.entry != nil)
  }

  @Test("completion lists ids by prefix, and aliases where no id fits")
  func listsByPrefix() {
    #expect(Catalogue.models(profile: "holysheep", prefix: "gpt-4o") == ["gpt-4o", "gpt-4o-mini"])
    #expect(Catalogue.models(profile: "holysheep", prefix: "deepseek-c").first == "deepseek-chat")
    #expect(Catalogue.models(profile: "holysheep", prefix: "zzz").isEmpty)
    let ids = Catalogue.all.filter { $0.profile == "holysheep" }.map(\.id)
    #expect(Catalogue.models(profile: "holysheep") == ids)
  }
}
