import SheepCore
import SheepWire
import Testing

@Suite("Anthropic: encoding")
struct AnthropicEncodeTests {
  private static func encode(
    _ request: Request, _ base: String = "https://api.anthropic.com", _ quirks: Quirks = Quirks()
  ) throws -> HTTPRequest {
    try AnthropicMessages().encode(request, to: try BaseURL(base), quirks: quirks)
  }

  private static func body(_ request: Request, _ quirks: Quirks = Quirks()) throws -> String {
    String(decoding: try encode(request, "https://api.anthropic.com", quirks).body ?? [], as: UTF8.self)
  }

  private static var plain: Request { Request(model: "claude-sonnet-4", messages: [Message(.user, "Hi")]) }

  @Test("a plain request has no field that is not needed")
  func plainRequest() throws {
    #expect(
      try Self.body(Self.plain)
        == #"{"model":"claude-sonnet-4","max_tokens":4096,"messages":[{"role":"user","content":"Hi"}],"stream":true}"#
    )
    let http = try Self.encode(Self.plain)
    #expect(http.method == "POST")
    #expect(http.headers["anthropic-version"] == "2023-06-01")
    #expect(http.headers["accept"] == "text/event-stream")
    #expect(http.headers["content-type"] == "application/json")
    #expect(AnthropicMessages().credential == ("x-api-key", ""))
  }

  @Test(
    "every spelling of a base leads to the endpoint",
    arguments: [
      ("https://api.anthropic.com", "https://api.anthropic.com/v1/messages"),
      ("https://api.anthropic.com/", "https://api.anthropic.com/v1/messages"),
      ("https://api.anthropic.com/v1", "https://api.anthropic.com/v1/messages"),
      ("https://api.anthropic.com/v1/", "https://api.anthropic.com/v1/messages"),
      ("https://api.anthropic.com/v1/messages", "https://api.anthropic.com/v1/messages"),
      ("https://api.holysheep.ai/v1", "https://api.holysheep.ai/v1/messages"),
      ("https://api.deepseek.com/anthropic", "https://api.deepseek.com/anthropic/v1/messages"),
      ("http://127.0.0.1:8080/gate/way/v1", "http://127.0.0.1:8080/gate/way/v1/messages"),
    ])
  func everySpelling(_ base: String, _ url: String) throws {
    #expect(try Self.encode(Self.plain, base).url == url)
  }

  @Test("every setting has its field, numbers as they were typed")
  func everySetting() throws {
    var request = Request(
      model: "claude-opus-4-8",
      messages: [
        Message(.system, "한\n"), Message(.user, "a"), Message(.system, "more"), Message(.assistant, "b"),
      ])
    request.temperature = JSONNumber(text: "0.70")
    request.topP = JSONNumber(text: "1e-1")
    request.maxTokens = 5
    request.stop = ["x", "\n"]
    request.reasoningEffort = "high"
    request.schema = ["type": "object"]
    request.streams = false
    #expect(
      try Self.body(request)
        == #"{"model":"claude-opus-4-8","max_tokens":5,"system":"한\n\n\nmore","messages":[{"role":"user","content":"a"},"#
        + #"{"role":"assistant","content":"b"}],"temperature":0.70,"top_p":1e-1,"stop_sequences":["x","\n"],"#
        + #""thinking":{"type":"adaptive"},"output_config":{"effort":"high","format":{"type":"json_schema","#
        + #""schema":{"type":"object"}}},"stream":false}"#)
  }

  @Test("a PDF is a document of the user's")
  func pdfDocument() throws {
    var request = Self.plain
    let part = Message.Part.image(bytes: Array("%PDF".utf8), mediaType: Message.documentType)
    request.messages = [Message(role: .user, parts: [.text("What?"), part])]
    #expect(
      try Self.body(request).contains(
        #"{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERg=="}}"#))
    request.messages = [Message(role: .assistant, parts: [part])]
    #expect(throws: Failure.self) { try Self.body(request) }
  }

  @Test("tools and the choice among them are said in the dialect's words")
  func toolsChoice() throws {
    var request = Self.plain.withTools
    #expect(
      try Self.body(request)
        == #"{"model":"claude-sonnet-4","max_tokens":4096,"messages":[{"role":"user","content":"Hi"}],"tools":[{"name":"now","#
        + #""input_schema":{"type":"object","properties":{}}},{"name":"find","description":"Finds.","input_schema":{"type":"object","properties":{"q":{"type":"string"}}},"strict":true}],"#
        + #""stream":true}"#)
    for (choice, text) in [
      (ToolChoice.auto, #"{"type":"auto"}"#), (.none, #"{"type":"none"}"#), (.required, #"{"type":"any"}"#),
      (.tool("find"), #"{"type":"tool","name":"find"}"#),
    ] {
      request.toolChoice = choice
      #expect(try Self.body(request).contains(#""tool_choice":"# + text + ",\"stream\""))
    }
  }

  @Test("equal neighbours are one turn, empty turns are left out")
  func equalNeighbours() throws {
    var request = Self.plain
    request.messages = [
      Message(.user, "a"), Message(.user, "b"), Message(.assistant, ""), Message(.user, "c"),
      Message(.assistant, "d"),
      Message(.assistant, "e"),
    ]
    #expect(
      try Self.body(request).contains(
        #""messages":[{"role":"user","content":"a\n\nb\n\nc"},{"role":"assistant","content":"d\n\ne"}]"#))
    request.messages = [Message(.system, "s"), Message(.user, "")]
    #expect(throws: Failure.self) { try Self.body(request) }
  }

  @Test("images are blocks between the texts")
  func imagesBlocks() throws {
    var request = Self.plain
    request.messages = [
      Message(
        role: .user, parts: [.text("What?"), .image(bytes: [0xff, 0xd8, 0xff], mediaType: "image/jpeg")]),
      Message(.user, "And?"),
    ]
    #expect(
      try Self.body(request).contains(
        #""content":[{"type":"text","text":"What?"},{"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"/9j/"}},{"type":"text","text":"And?"}]"#
      ))
    for (role, type) in [(Message.Role.assistant, "image/png"), (.user, "image/tiff")] {
      request.messages = [Message(role: role, parts: [.image(bytes: [1], mediaType: type)])]
      #expect(throws: Failure.self) { try Self.body(request) }
    }
  }

  @Test("what the provider wants back goes back unchanged, before the text, and no one else's")
  func providerWants() throws {
    let thinking: JSON = ["type": "thinking", "thinking": "Hm\n", "signature": "c2ln"]
    var request = Self.plain
    request.messages = [
      Message(.user, "a"),
      Message(
        role: .assistant,
        parts: [
          .state(ProviderState(dialect: "gemini", value: ["thoughtSignature": "no"])),
          .state(ProviderState(dialect: "anthropic", value: thinking)), .text("b"),
        ]), Message(.user, "c"),
    ]
    let body = try Self.body(request)
    #expect(
      body.contains(
        #"{"role":"assistant","content":[{"type":"thinking","thinking":"Hm\n","signature":"c2ln"},{"type":"text","text":"b"}]}"#
      ))
    #expect(!body.contains("thoughtSignature"))
  }

  @Test("a decoded answer's thinking is what the next request carries")
  func decodedAnswer() throws {
    var builder = AnswerBuilder(start: Instant(nanoseconds: 0), keepsText: true)
    var decoder = AnthropicMessages().decoder(mediaType: "text/event-stream", remembersEvents: true)
    let body = AnthropicFixture.named(
      AnthropicFixture.block(0, #"{"type":"thinking","thinking":""}"#), AnthropicFixture.thought("Hm"),
      AnthropicFixture.delta(0, #"{"type":"signature_delta","signature":"c2ln"}"#),
      AnthropicFixture.text("Bah", at: 1),
      AnthropicFixture.messageStop)
    try Array(body.utf8).withUnsafeBytes { bytes in
      try decoder.feed(bytes) { builder.fold($0, at: Instant(nanoseconds: 1)) }
    }
    let answer = builder.build()
    var request = Self.plain
    request.messages.append(
      Message(role: .assistant, parts: answer.providerState.map { .state($0) } + [.text(answer.text ?? "")]))
    #expect(
      try Self.body(request).contains(
        #"[{"type":"thinking","thinking":"Hm","signature":"c2ln"},{"type":"text","text":"Bah"}]"#))
  }

  // MARK: - Limits

  @Test(
    "a limit is always sent",
    arguments: [
      (nil, nil, true, 4_096), (nil, 64_000, true, 64_000), (7, 64_000, true, 7),
      (100_000, 64_000, true, 100_000),
      (nil, 64_000, false, 21_333), (nil, nil, false, 4_096), (21_333, nil, false, 21_333), (nil, 0, true, 1),
    ] as [(Int?, Int?, Bool, Int)])
  func limitAlways(_ users: Int?, _ models: Int?, _ streams: Bool, _ sent: Int) throws {
    var request = Self.plain
    request.maxTokens = users
    request.modelLimit = models
    request.streams = streams
    #expect(try Self.body(request).contains(#""max_tokens":\#(sent),"#))
  }

  @Test("more than an unstreamed answer may have is refused")
  func moreUnstreamed() throws {
    var request = Self.plain
    request.maxTokens = 21_334
    request.streams = false
    let failure = #expect(throws: Failure.self) { try Self.body(request) }
    #expect(
      failure?.sentence
        == "--max-tokens: 21334 tokens are too many without streaming; "
        + "omit --no-stream, or use at most 21333")
  }

  @Test(
    "a model's name says how it is told to think",
    arguments: [
      ("claude-sonnet-4", false), ("claude-sonnet-4-20250514", false), ("claude-opus-4-1-20250805", false),
      ("claude-3-7-sonnet-latest", false), ("claude-3-5-haiku-20241022", false),
      ("claude-haiku-4-5-20251001", false),
      ("claude-opus-4-5", false), ("claude-opus-4-6", true), ("anthropic/claude-sonnet-4.6", true),
      ("us.anthropic.claude-opus-4-7-v1:0", true), ("Claude-Opus-5", true), ("claude-fable-5-1", true),
      ("claude-opus-latest", true), ("claude-opus-10-20300101", true), ("qwen3-8b", false), ("", false),
    ])
  func modelName(_ model: String, _ isAdaptive: Bool) {
    #expect(ThinkingForm.usual(for: model) == (isAdaptive ? .adaptive : .budget))
  }

  @Test(
    "an effort is a word or a budget",
    arguments: [
      ("claude-opus-4-6", "low", nil, #""thinking":{"type":"adaptive"},"output_config":{"effort":"low"}"#),
      (
        "claude-opus-4-6", "minimal", nil, #""thinking":{"type":"adaptive"},"output_config":{"effort":"low"}"#
      ),
      ("claude-opus-4-6", "max", nil, #""thinking":{"type":"adaptive"},"output_config":{"effort":"max"}"#),
      ("claude-opus-4-6", "none", nil, #""thinking":{"type":"disabled"},"stream""#),
      ("claude-sonnet-4", "none", nil, #""thinking":{"type":"disabled"},"stream""#),
      ("claude-sonnet-4", "minimal", nil, #""thinking":{"type":"enabled","budget_tokens":1024},"stream""#),
      ("claude-sonnet-4", "medium", nil, #""max_tokens":12288"#),
      ("claude-sonnet-4", "medium", nil, #""budget_tokens":8192}"#),
      ("claude-sonnet-4", "max", 10_000, #""budget_tokens":8000}"#),
      ("claude-sonnet-4", "high", 1_025, #""budget_tokens":1024}"#),
      ("claude-sonnet-4", "high", .max, #""budget_tokens":16384}"#),
      (
        "claude-sonnet-4", "extreme", nil,
        #""thinking":{"type":"adaptive"},"output_config":{"effort":"extreme"}"#
      ),
    ] as [(String, String, Int?, String)])
  func effortWord(
    _ model: String, _ effort: String, _ limit: Int?, _ field: String
  ) throws {
    var request = Self.plain
    request.model = model
    request.reasoningEffort = effort
    request.maxTokens = limit
    let body = try Self.body(request)
    #expect(body.contains(field), "\(body)")
  }

  @Test("a budget stays under the limit that holds, and a quirk overrules the name")
  func budgetStays() throws {
    var request = Self.plain
    request.reasoningEffort = "max"
    request.modelLimit = 8_192
    #expect(try Self.body(request).contains(#""budget_tokens":6552}"#))
    request.modelLimit = nil
    request.streams = false
    #expect(try Self.body(request).contains(#""max_tokens":21160,"#))
    #expect(try Self.body(request).contains(#""budget_tokens":17064}"#))
    var quirks = Quirks()
    quirks.thinking = .adaptive
    #expect(try Self.body(request, quirks).contains(#""effort":"max""#))
    request.maxTokens = 1_024
    #expect(throws: Failure.self) { try Self.body(request) }
  }

  @Test("a seed is left out, with a note")
  func seedLeft() throws {
    var request = Self.plain
    #expect(AnthropicMessages().omissions(in: request).isEmpty)
    request.seed = 3
    #expect(try !Self.body(request).contains("seed"))
    #expect(AnthropicMessages().omissions(in: request).count == 1)
    #expect(OpenAIChat().omissions(in: request).isEmpty)
  }

  @Test("the user's own fields come last and nest by dots")
  func userFields() throws {
    var request = Self.plain
    request.extraFields = [
      .init(name: "max_tokens", value: 9), .init(name: "metadata.user_id", value: "u"),
      .init(name: "top_k", value: 5),
    ]
    #expect(
      try Self.body(request)
        == #"{"model":"claude-sonnet-4","max_tokens":9,"messages":[{"role":"user","content":"Hi"}],"stream":true,"metadata":{"user_id":"u"},"top_k":5}"#
    )
    request.extraFields = [.init(name: "model.x", value: 1)]
    #expect(throws: Failure.self) { try Self.body(request) }
  }
}
