import SheepCore
import SheepWire
import Testing

@Suite("model lists of every shape")
struct ModelListTests {
  private func page(_ text: String) throws -> ModelListPage {
    try #require(ModelListPage(try JSON.parse(text: text)))
  }

  /// Each shape with what it says of its first model, and whether more follows.
  private static let shapes: [(name: String, text: String, model: ListedModel, next: ModelListPage.Next?)] = [
    (
      "OpenAI",
      #"{"object":"list","data":[{"id":"gpt-4.1","object":"model","created":1,"owned_by":"system","#
        + #""shutdown_date":"2026-12-01"}]}"#,
      model("gpt-4.1") { $0.retirement = .text("2026-12-01") }, nil
    ),
    (
      "vLLM", #"{"object":"list","data":[{"id":"m","root":"/models/m","max_model_len":32768}]}"#,
      model("m", context: 32_768), nil
    ),
    (
      "llama.cpp", #"{"models":[],"data":[{"id":"m.gguf","meta":{"n_ctx_train":131072}}]}"#,
      model("m.gguf", context: 131_072), nil
    ),
    (
      "Groq", #"{"data":[{"id":"m","active":true,"context_window":8192,"max_completion_tokens":4096}]}"#,
      model("m", context: 8192, maxOutput: 4096), nil
    ),
    (
      "OpenRouter",
      #"{"data":[{"id":"openai/gpt-4.1","context_length":1047576,"pricing":{"prompt":"0.000002","#
        + #""completion":"0.000008","request":"0","image":"0","internal_reasoning":"0","#
        + #""input_cache_read":"0.0000005"},"top_provider":{"context_length":1047576,"#
        + #""max_completion_tokens":32768},"expiration_date":null}],"links":{"next":"/api/v1/models?page=2"}}"#,
      model("openai/gpt-4.1", context: 1_047_576, maxOutput: 32_768) {
        var prices = ListedPrices()
        prices.input = Money(dollars: "0.000002")
        prices.output = Money(dollars: "0.000008")
        prices.cacheRead = Money(dollars: "0.0000005")
        prices.request = .zero
        prices.reasoning = .zero
        $0.prices = prices
      }, .link("/api/v1/models?page=2")
    ),
    (
      "Anthropic",
      #"{"data":[{"id":"claude-sonnet-5","type":"model","display_name":"x","created_at":"2026-01-01T00:00:00Z","#
        + #""max_input_tokens":1000000,"max_tokens":128000}],"has_more":true,"first_id":"a","last_id":"b&c"}"#,
      model("claude-sonnet-5", context: 1_000_000, maxOutput: 128_000),
      .query([.init("limit", "1000"), .init("after_id", "b&c")])
    ),
    (
      "Gemini",
      #"{"models":[{"name":"models/gemini-2.5-flash","inputTokenLimit":1048576,"outputTokenLimit":65536,"#
        + #""supportedGenerationMethods":["generateContent"]}],"nextPageToken":"t="}"#,
      model("gemini-2.5-flash", context: 1_048_576, maxOutput: 65_536),
      .query([.init("pageSize", "1000"), .init("pageToken", "t=")])
    ),
    (
      "Ollama",
      #"{"models":[{"name":"llama3:8b","model":"llama3:8b","modified_at":"x","size":1,"digest":"d"}]}"#,
      model("llama3:8b"), nil
    ),
    (
      "a bare list", #"[{"id":"Qwen/Qwen3","context_length":40960,"pricing":{"input":0.2,"output":0.6}}]"#,
      model("Qwen/Qwen3", context: 40_960), nil
    ),
    ("bare names", #"["a","b"]"#, model("a"), nil),
  ]

  private static func model(
    _ id: String, context: Int? = nil, maxOutput: Int? = nil, _ change: (inout ListedModel) -> Void = { _ in }
  ) -> ListedModel {
    var model = ListedModel(id: id)
    model.context = context
    model.maxOutput = maxOutput
    change(&model)
    return model
  }

  @Test("the first model and the next page are found", arguments: shapes.indices)
  func shape(_ index: Int) throws {
    let shape = Self.shapes[index]
    let page = try page(shape.text)
    #expect(page.models.first == shape.model, "\(shape.name)")
    #expect(page.next == shape.next, "\(shape.name)")
    #expect(page.skipped == 0)
  }

  @Test(
    "what is no list is none",
    arguments: [#"{"error":{"message":"no"}}"#, "null", "7", #"{"data":{"id":"x"}}"#, #""models""#])
  func noList(_ text: String) throws {
    #expect(ModelListPage(try JSON.parse(text: text)) == nil)
  }

  @Test("an empty list is a list")
  func empty() throws {
    #expect(try page(#"{"data":[]}"#).models.isEmpty)
  }

  @Test("entries that name no model are counted and left out")
  func skips() throws {
    let page = try page(
      #"{"data":[{"id":""},{"id":7},{},null,{"id":"a"},"\#(String(repeating: "x", count: 600))"]}"#)
    #expect(page.models.map(\.id) == ["a"])
    #expect(page.skipped == 5)
  }

  @Test(
    "limits that cannot be right are unknown, never 0",
    arguments: ["0", "-1", "1.5", "1e400", #""many""#, "[]", "null", "18446744073709551616"])
  func hostileLimits(_ number: String) throws {
    let text =
      #"{"data":[{"id":"a","context_length":\#(number),"max_completion_tokens":\#(number),"shutdown_date":\#(number)}]}"#
    let model = try #require(try page(text).models.first)
    #expect(model.context == nil && model.maxOutput == nil)
  }

  @Test(
    "a price that is negative or missing is unknown, and so is the whole when both are",
    arguments: [
      #"{"prompt":"-1","completion":"-1"}"#, #"{"prompt":"x"}"#, "{}", "null", #""1""#,
      #"{"input":1,"output":2}"#,
    ])
  func unknownPrices(_ pricing: String) throws {
    #expect(try page(#"{"data":[{"id":"a","pricing":\#(pricing)}]}"#).models.first?.prices == nil)
  }

  @Test("one of two prices is known without the other")
  func onePrice() throws {
    let input = try page(#"{"data":[{"id":"a","pricing":{"prompt":"0.25"}}]}"#).models.first?.prices
    #expect(input?.input == Money(dollars: "0.25") && input?.output == nil)
    let output = try page(#"{"data":[{"id":"a","pricing":{"completion":"0.5"}}]}"#).models.first?.prices
    #expect(output?.output == Money(dollars: "0.5") && output?.input == nil)
  }

  @Test("a date of retirement may be seconds")
  func seconds() throws {
    let model = try page(#"{"data":[{"id":"a","shutdown_date":1795219200}]}"#).models.first
    #expect(model?.retirement == .unixSeconds(1_795_219_200))
  }

  @Test(
    "a page without its cursor is the last one",
    arguments: [
      #""has_more":true"#, #""has_more":true,"last_id":"""#, #""has_more":false,"last_id":"a""#,
      #""nextPageToken":"""#, #""links":{"next":null}"#,
    ])
  func lastPage(_ rest: String) throws {
    #expect(try page(#"{"data":[{"id":"a"}],\#(rest)}"#).next == nil)
  }
}
