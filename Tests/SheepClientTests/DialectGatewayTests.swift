import SheepClient
import SheepCore
import SheepCurl
import SheepMock
import SheepTesting
import SheepWire
import Testing

/// The dialects against the local gateway, over real sockets: the same question, the same
/// faults, the same outcome.
@Suite("dialects against the mock gateway")
struct DialectGatewayTests {
  /// A dialect with the address style of a server: every dialect there is, and the HolySheep
  /// gateway's style of Gemini.
  struct Speaker: Equatable, Sendable, CaseIterable, CustomTestStringConvertible {
    var api: DialectName
    var geminiEndpoint = GeminiEndpoint.google

    static let allCases =
      DialectName.allCases.map { Speaker(api: $0) } + [Speaker(api: .gemini, geminiEndpoint: .generate)]

    var testDescription: String { "\(api) \(geminiEndpoint)" }
  }

  static let key = "sk-test-0123456789abcdef"

  private static func run(
    _ speaker: Speaker, _ model: String, streams: Bool = true, keys: [String] = [], key: String? = nil,
    change: (inout Request) -> Void = { _ in }
  ) throws -> Outcome {
    let gateway = try MockGateway(MockConfiguration.instant(keys: keys))
    defer { gateway.stop() }
    var quirks = Quirks()
    quirks.geminiEndpoint = speaker.geminiEndpoint
    let base = try BaseURL(gateway.baseURL)
    let target = try Target(
      profile: "mock", dialect: speaker.api.dialect, baseURL: base, quirks: quirks,
      key: key.map { Target.BoundKey(Secret($0), origin: base.origin) })
    var request = Request(
      model: model, messages: [Message(.system, "Be kind."), Message(.user, "Why do sheep eat grass?")])
    request.streams = streams
    change(&request)
    var policy = CallPolicy()
    policy.random = { 0 }
    let observer = RecordingObserver()
    let loop = CurlLoop(environment: CurlEnvironment())
    Call(request, to: target, options: policy, loop: loop, observer: observer).begin()
    loop.run { !observer.outcomes.isEmpty }
    return try #require(observer.outcome)
  }

  @Test(
    "every dialect gives the same answer, streamed and whole", arguments: Speaker.allCases, [true, false])
  func everyDialect(
    _ speaker: Speaker, _ streams: Bool
  ) throws {
    let expected = try Self.run(Speaker(api: .openai), "mock-reasoning").answer
    let outcome = try Self.run(speaker, "mock-reasoning", streams: streams)
    #expect(outcome.failure == nil)
    #expect(outcome.answer.text == expected.text)
    #expect(outcome.answer.reasoning == expected.reasoning)
    #expect(outcome.answer.usage?.inputTotal == expected.usage?.inputTotal)
    #expect(outcome.answer.usage?.output == expected.usage?.output)
    #expect(outcome.answer.usage?.reasoning == expected.usage?.reasoning)
    #expect(outcome.answer.usage?.source == .reported)
    #expect(outcome.answer.finishReason == .stop)
    #expect(outcome.answer.servedModel == "mock-reasoning")
    #expect(outcome.answer.isComplete)
  }

  @Test(
    "a fault has the same outcome in every dialect", arguments: Speaker.allCases,
    [
      ("status=503;times=1", nil, .stop, 2), ("status=429;retry-after=0;times=1", nil, .stop, 2),
      ("status=429;code=insufficient_quota", .quota, nil, 1), ("status=404", .badRequest, nil, 1),
      ("error-after=0;times=1", nil, .stop, 2), ("error-after=3", .incomplete, .error, 1),
      ("error-after=3;error-form=groq", .incomplete, .error, 1), ("cut-after=5", .incomplete, .truncated, 1),
      ("cut-after=5;framing=close", .incomplete, .truncated, 1), ("wrong-kind", nil, .stop, 1),
      ("finish=length", nil, .length, 1), ("finish=content_filter", .filtered, .filtered, 1),
      ("unknown;comments=3;empty-first", nil, .stop, 1), ("line-end=cr;bom", nil, .stop, 1),
      ("line-end=mixed;no-blank", nil, .stop, 1), ("split=1", nil, .stop, 1),
      ("malformed=json", nil, .stop, 1),
      ("malformed=deep", nil, .stop, 1), ("malformed=types", nil, .stop, 1),
      ("malformed=empty", nil, .stop, 1),
      ("malformed=array", nil, .stop, 1), ("malformed=utf8", nil, .stop, 1), ("no-last-blank", nil, .stop, 1),
      ("usage=none", nil, .stop, 1), ("gzip", .protocolViolation, nil, 1), ("reset;times=1", nil, .stop, 2),
      ("body=<html>oops", .protocolViolation, nil, 1), ("event-bytes=100k", nil, .stop, 1),
    ] as [(String, Failure.Kind?, FinishReason?, Int)])
  func faultOutcome(
    _ speaker: Speaker, _ row: (fault: String, kind: Failure.Kind?, reason: FinishReason?, attempts: Int)
  ) throws {
    // Anthropic has a status of its own where the others have a code.
    let isBilling = speaker.api == .anthropic && row.kind == .quota
    let outcome = try Self.run(speaker, "mock-instant#" + (isBilling ? "status=402" : row.fault))
    #expect(outcome.failure?.kind == row.kind)
    if let reason = row.reason { #expect(outcome.answer.finishReason == reason) }
    #expect(outcome.answer.attempts == row.attempts)
    if row.kind == nil { #expect(outcome.answer.isComplete) }
  }

  @Test("an error as bare JSON in the stream is named", arguments: Speaker.allCases)
  func errorBare(_ speaker: Speaker) throws {
    for form in ["bare", "line"] {
      let outcome = try Self.run(speaker, "mock-instant#error-after=2;error-form=\(form);message=it broke")
      #expect(outcome.failure?.kind == .incomplete)
      #expect(outcome.failure?.problem.mentions("it broke") == true)
    }
  }

  @Test("a refusal is one in every dialect", arguments: Speaker.allCases)
  func refusalEvery(_ speaker: Speaker) throws {
    let outcome = try Self.run(speaker, "mock-instant#refusal=I-will-not")
    #expect(outcome.failure?.kind == .filtered)
  }

  @Test(
    "the key goes into its own header, and a wrong one is an authentication error",
    arguments: Speaker.allCases)
  func keyGoes(
    _ speaker: Speaker
  ) throws {
    #expect(try Self.run(speaker, "mock-instant", keys: [Self.key], key: Self.key).failure == nil)
    let wrong = try Self.run(speaker, "mock-instant", keys: [Self.key], key: "sk-wrong-0123456789abc")
    #expect(wrong.failure?.kind == .authentication)
    #expect(wrong.answer.attempts == 1)
    #expect(try Self.run(speaker, "mock-instant", keys: [Self.key]).failure?.kind == .authentication)
  }

  @Test("limits and schemas arrive, and an unknown model is one", arguments: Speaker.allCases)
  func limitsSchemas(_ speaker: Speaker) throws {
    let short = try Self.run(speaker, "mock-instant") { $0.maxTokens = 16 }
    #expect(short.answer.finishReason == .length)
    #expect(short.answer.usage?.output == 16)
    let made = try Self.run(speaker, "mock-instant") {
      $0.schema = ["type": "object", "properties": ["a": ["type": "integer"]], "required": ["a"]]
    }
    #expect(try JSON.parse(text: made.answer.text ?? "")["a"]?.number != nil)
    #expect(try Self.run(speaker, "nobody/nothing here").failure?.kind == .model)
  }

  private static let tools = [
    Tool(name: "list", description: "Lists all."),
    Tool(
      name: "find",
      parameters: ["type": "object", "properties": ["q": ["type": "string"]], "required": ["q"]]),
  ]

  @Test("a tool call arrives, with what its provider wants back", arguments: Speaker.allCases, [true, false])
  func toolCall(_ speaker: Speaker, _ streams: Bool) throws {
    let outcome = try Self.run(speaker, "mock-instant", streams: streams) {
      $0.tools = Self.tools
      $0.toolChoice = .tool("find")
    }
    #expect(outcome.failure == nil)
    #expect(outcome.answer.finishReason == .tool)
    #expect(outcome.answer.text == "")
    let call = try #require(outcome.answer.toolCalls.first)
    #expect(outcome.answer.toolCalls.count == 1)
    #expect(call.name == "find")
    #expect(try JSON.parse(text: call.arguments)["q"]?.string != nil)
    let isGemini = speaker.api == .gemini
    #expect(outcome.answer.providerState.map(\.dialect) == (isGemini ? ["gemini"] : []))
  }

  @Test("a call is demanded, left to the model or forbidden", arguments: Speaker.allCases)
  func callDemanded(_ speaker: Speaker) throws {
    for choice in [nil, ToolChoice.auto, ToolChoice.none, .required] {
      let answer = try Self.run(speaker, "mock-instant") {
        $0.tools = Self.tools
        $0.toolChoice = choice
      }.answer
      #expect(answer.toolCalls.map(\.name) == (choice == .required ? ["list"] : []), "\(choice as Any)")
      #expect(answer.finishReason == (choice == .required ? .tool : .stop))
      #expect(answer.text?.isEmpty == (choice == .required))
    }
  }
}
