import SheepClient
import SheepCore
import SheepTesting
import SheepWire
import Testing

/// The client's promises hold in Anthropic's dialect too, whose ends and errors look different.
@Suite("call: Anthropic Messages")
struct AnthropicCallTests {
  // MARK: Scripts

  static func event(_ json: JSON) -> String {
    "event: \(json["type"]?.string ?? "-")\ndata: \(json.serialized())\n\n"
  }

  static let start = event([
    "type": "message_start",
    "message": ["id": "msg_1", "model": "claude-1", "usage": ["input_tokens": 9, "output_tokens": 1]],
  ])
  static let ping = event(["type": "ping"])
  static let end = event([
    "type": "message_delta", "delta": ["stop_reason": "end_turn"], "usage": ["output_tokens": 4],
  ])
  static let stop = event(["type": "message_stop"])

  static func text(_ text: String) -> String {
    event([
      "type": "content_block_delta", "index": 0, "delta": ["type": "text_delta", "text": .string(text)],
    ])
  }

  static func error(_ type: String) -> String {
    event(["type": "error", "error": ["type": .string(type), "message": "words"]])
  }

  static let good = TransferScript.stream([start, text("fine"), end, stop])

  static func trial(_ scripts: [TransferScript], _ location: SourceLocation = #_sourceLocation) -> CallTrial {
    let trial = CallTrial(scripts, sourceLocation: location)
    trial.dialect = AnthropicMessages()
    return trial
  }

  /// Five deltas, then `end`.
  static func cut(_ end: TransferScript.Step...) -> TransferScript {
    TransferScript([.head(200), .text(start)] + (1...5).map { .text(text("\($0)")) } + end)
  }

  // MARK: Requests

  @Test("the key travels in its own header, with the version, to the endpoint")
  func request() throws {
    let trial = Self.trial([Self.good])
    let outcome = try trial.run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.text == "fine")
    #expect(outcome.answer.usage == Usage(input: 9, output: 4))
    let sent = try #require(trial.loop.received.first?.request)
    #expect(sent.url == "https://api.example.com/v1/messages")
    #expect(sent.credential?.header == "x-api-key")
    #expect(sent.credential?.prefix == "")
    #expect(sent.headers["anthropic-version"] == "2023-06-01")
  }

  @Test("a request that asks no model names the version too")
  func list() throws {
    let base = try BaseURL("https://api.anthropic.com")
    let target = try Target(
      profile: "anthropic", dialect: AnthropicMessages(), baseURL: base,
      key: Target.BoundKey(Secret("sk-ant-test"), origin: base.origin))
    let http = target.get("models")
    #expect(http.url == "https://api.anthropic.com/v1/models")
    #expect(http.headers["anthropic-version"] == "2023-06-01")
    #expect(http.credential?.header == "x-api-key")
  }

  @Test("what the dialect has no word for is left out with a note")
  func omission() throws {
    let trial = Self.trial([Self.good])
    trial.request.seed = 7
    let outcome = try trial.run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.notices == ["Anthropic's API has no seed; it was left out"])
  }

  @Test("a refused way to think is tried once in the other form")
  func thinkingForm() throws {
    let refusal = TransferScript.response(
      400,
      body:
        #"{"type":"error","error":{"type":"invalid_request_error","message":"\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\"."}}"#
    )
    let trial = Self.trial([refusal, Self.good])
    trial.request.reasoningEffort = "high"
    #expect(try trial.run().failure == nil)
    let bodies = trial.loop.received.map { String(decoding: $0.request.body ?? [], as: UTF8.self) }
    #expect(bodies.count == 2)
    #expect(bodies.first?.contains("budget_tokens") == true)
    #expect(bodies.last?.contains(#""thinking":{"type":"adaptive"}"#) == true)
    let twice = Self.trial([refusal, refusal])
    twice.request.reasoningEffort = "high"
    #expect(try twice.run().failure?.kind == .badRequest)
  }

  @Test("a refusal that no other spelling would mend is not asked for again")
  func sameAgain() throws {
    let refusal = TransferScript.response(
      400,
      body:
        #"{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: 99999 > 8192"}}"#
    )
    let trial = Self.trial([refusal, Self.good])
    trial.request.maxTokens = 99999
    #expect(try trial.run().failure?.kind == .badRequest)
    #expect(trial.loop.received.count == 1)
  }

  // MARK: Faults

  @Test("21, 22: a cut after five deltas keeps them and is not asked for again, a stop reason or not")
  func cutStream() throws {
    for script in [Self.cut(.fail(.connectionLost)), Self.cut(.end), Self.cut(.text(Self.end), .end)] {
      let trial = Self.trial([script])
      let outcome = try trial.run()
      #expect(outcome.failure?.kind == .incomplete)
      #expect(outcome.answer.text == "12345")
      #expect(outcome.answer.finishReason == .truncated)
      #expect(!outcome.answer.isComplete)
      #expect(trial.loop.sentCount == 1)
    }
  }

  @Test("the prompt's report of a cut stream is completed by estimates and says so")
  func cutUsage() throws {
    let outcome = try Self.trial([Self.cut(.end)]).run()
    #expect(outcome.answer.usage?.input == 9)
    #expect((outcome.answer.usage?.output ?? 0) > 0)
    #expect(outcome.answer.usage?.source == .estimated)
  }

  @Test("23: an error event after text keeps the text; 24: before text it is tried again")
  func errorEvents() throws {
    let late = Self.trial([Self.cut(.text(Self.error("overloaded_error")), .end)])
    let outcome = try late.run()
    #expect(outcome.failure?.kind == .incomplete)
    #expect(outcome.failure?.sentence.contains("words") == true)
    #expect(outcome.answer.text == "12345")
    #expect(outcome.answer.finishReason == .error)
    #expect(late.loop.sentCount == 1)
    let early = Self.trial([.stream([Self.start, Self.error("overloaded_error")]), Self.good])
    #expect(try early.run().answer.text == "fine")
    #expect(early.loop.sentCount == 2)
    let final = Self.trial([.stream([Self.start, Self.error("billing_error")])])
    #expect(try final.run().failure?.kind == .quota)
    #expect(final.loop.sentCount == 1)
  }

  @Test("26: pings alone keep the connection, and not the wait for content")
  func pings() throws {
    let beats = (0..<96).flatMap { _ in [TransferScript.Step.after(.seconds(10)), .text(Self.ping)] }
    let trial = Self.trial([TransferScript([.head(200), .text(Self.start)] + beats + [.silence])])
    let outcome = try trial.run()
    #expect(outcome.failure?.kind == .timeout)
    #expect(outcome.answer.timing.total == .seconds(300))
    #expect(trial.loop.sentCount == 1)
  }

  @Test(
    "13, 9, 11: overload and limits are waited for, an empty account and conflicts are not",
    arguments: [
      (529, "overloaded_error", 2), (503, "api_error", 2), (429, "rate_limit_error", 2),
      (402, "billing_error", 1),
      (409, "conflict_error", 1), (400, "invalid_request_error", 1), (401, "authentication_error", 1),
      (413, "request_too_large", 1),
    ])
  func statuses(status: Int, type: String, requests: Int) throws {
    let body = #"{"type":"error","error":{"type":"\#(type)","message":"words"},"request_id":"req_1"}"#
    let refusal = TransferScript.response(status, body: body)
    let trial = Self.trial(requests == 2 ? [refusal, Self.good] : [refusal])
    let outcome = try trial.run()
    #expect(trial.loop.sentCount == requests)
    #expect((outcome.failure == nil) == (requests == 2))
    if requests == 1 { #expect(outcome.failure?.requestID == "req_1") }
  }

  @Test("9: the reset of an exhausted limit is waited for")
  func reset() throws {
    let refusal = TransferScript.response(
      429,
      [
        ("Date", "Fri, 20 Nov 2026 12:00:00 GMT"), ("anthropic-ratelimit-requests-remaining", "0"),
        ("anthropic-ratelimit-requests-reset", "2026-11-20T12:00:07Z"),
      ], body: #"{"type":"error","error":{"type":"rate_limit_error","message":"words"}}"#)
    let trial = Self.trial([refusal, Self.good])
    #expect(try trial.run().failure == nil)
    #expect(try #require(trial.gaps.first) >= .seconds(7))
  }

  @Test("a refusal without a word is a refusal")
  func refusal() throws {
    let end = Self.event([
      "type": "message_delta", "delta": ["stop_reason": "refusal"], "usage": ["output_tokens": 0],
    ])
    let trial = Self.trial([.stream([Self.start, end, Self.stop])])
    let outcome = try trial.run()
    #expect(outcome.failure?.kind == .filtered)
    #expect(outcome.answer.finishReason == .refused)
    #expect(trial.loop.sentCount == 1)
  }

  @Test("39: a document where a stream was asked for is the answer")
  func document() throws {
    let body =
      #"{"id":"d","type":"message","model":"m","content":[{"type":"text","text":"whole"}],"stop_reason":"max_tokens","usage":{"input_tokens":1,"output_tokens":2}}"#
    let outcome = try Self.trial([.response(200, body: body)]).run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.text == "whole")
    #expect(outcome.answer.finishReason == .length)
  }
}
