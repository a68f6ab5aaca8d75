import SheepClient
import SheepCore
import SheepTesting
import Testing

@Suite("call: faults in a stream")
struct CallStreamFaultTests {
  static let good = TransferScript.stream(ChatStream.answer("fine"))

  /// Five deltas, then `end`.
  static func cut(_ end: TransferScript.Step...) -> TransferScript {
    TransferScript([.head(200)] + (1...5).map { .text(ChatStream.text("\($0)")) } + end)
  }

  static func expectBrokenOff(
    _ trial: CallTrial, _ reason: FinishReason, _ location: SourceLocation = #_sourceLocation
  )
    throws
  {
    let outcome = try trial.run()
    #expect(outcome.failure?.kind == .incomplete, sourceLocation: location)
    #expect(outcome.answer.text == "12345", sourceLocation: location)
    #expect(!outcome.answer.isComplete, sourceLocation: location)
    #expect(outcome.answer.finishReason == reason, sourceLocation: location)
    #expect(trial.loop.sentCount == 1, sourceLocation: location)
  }

  @Test("21, 22: a cut after five deltas keeps them, is incomplete and is not asked for again")
  func cutStream() throws {
    try Self.expectBrokenOff(CallTrial([Self.cut(.fail(.connectionLost))]), .truncated)
    try Self.expectBrokenOff(CallTrial([Self.cut(.end)]), .truncated)
  }

  @Test("23: an error inside the stream after text keeps the text and shows the message")
  func errorAfterText() throws {
    let trial = CallTrial([Self.cut(.text(ChatStream.error("upstream gone")), .end)])
    try Self.expectBrokenOff(trial, .error)
    #expect(trial.observer.outcome?.failure?.sentence.contains("upstream gone") == true)
  }

  @Test("24: an error inside the stream before text is tried again")
  func errorBeforeText() throws {
    let trial = CallTrial([.stream([ChatStream.role, ChatStream.error("overloaded, try later")]), Self.good])
    let outcome = try trial.run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.text == "fine")
    #expect(trial.loop.sentCount == 2)
  }

  @Test("a cut before text is tried again, up to three times in all")
  func cutBeforeText() throws {
    let cut: TransferScript = [.head(200), .text(ChatStream.role), .fail(.connectionLost)]
    let once = CallTrial([cut, Self.good])
    #expect(try once.run().failure == nil)
    let always = CallTrial([cut, cut, cut])
    #expect(try always.run().failure?.kind == .network)
    #expect(always.loop.sentCount == 3)
  }

  @Test("an error for good inside the stream is not tried again")
  func permanentErrorBeforeText() throws {
    let trial = CallTrial([
      .stream([ChatStream.error("out of credit", code: "insufficient_quota", type: "insufficient_quota")])
    ])
    #expect(try trial.run().failure?.kind == .quota)
    #expect(trial.loop.sentCount == 1)
  }

  /// A comment every ten seconds for `seconds`.
  static func heartbeats(_ seconds: Int) -> [TransferScript.Step] {
    (0..<seconds / 10).flatMap { _ in [.after(.seconds(10)), .text(ChatStream.comment)] }
  }

  @Test("26: comments alone are not waited for longer than the limit for content")
  func onlyComments() throws {
    let before = CallTrial([TransferScript([.head(200)] + Self.heartbeats(960) + [.silence])])
    let first = try before.run()
    #expect(first.failure?.kind == .timeout)
    #expect(first.answer.timing.total == .seconds(300))
    #expect(before.loop.sentCount == 1)
    let after = CallTrial([
      TransferScript([.head(200), .text(ChatStream.text("a"))] + Self.heartbeats(960) + [.silence])
    ])
    let second = try after.run()
    #expect(second.failure?.kind == .incomplete)
    #expect(second.answer.finishReason == .truncated)
    #expect(after.loop.sentCount == 1)
  }

  @Test(
    "every part of an answer is a sign of life, not its text alone",
    arguments: [
      ["content": "a"], ["reasoning_content": "hm"], ["refusal": "no"],
      ["tool_calls": [["index": 0, "id": "t", "function": ["name": "f", "arguments": "x"]]]],
    ] as [JSON])
  func signsOfLife(_ delta: JSON) throws {
    let piece = TransferScript.Step.text(ChatStream.chunk(delta))
    let pieces = (0..<4).flatMap { _ in Self.heartbeats(200) + [piece] }
    let end = [ChatStream.finish(), ChatStream.done].map(TransferScript.Step.text)
    let answer = try CallTrial([TransferScript([.head(200)] + pieces + end + [.end])]).run().answer
    #expect(answer.isComplete)
    #expect(answer.timing.deltas == 4)
  }

  @Test("tokens that were reported before a cut are a part of what was used")
  func partialUsage() throws {
    let usage = TransferScript.Step.text(ChatStream.usage(prompt: 9, completion: 5))
    let answer = try CallTrial([Self.cut(usage, .fail(.connectionLost))]).run().answer
    #expect(answer.usage?.source == .partial)
    #expect(answer.usage?.inputTotal == 9 && answer.usage?.outputTotal == 5)
    let whole = try CallTrial([.stream(ChatStream.answer("a"))]).run().answer
    #expect(whole.usage?.source == .reported)
  }

  @Test("27: ten minutes of thought with heartbeats are allowed to a call that may think")
  func patience() throws {
    let rest = ChatStream.answer("done").map(TransferScript.Step.text) + [.end]
    let trial = CallTrial([TransferScript([.head(200)] + Self.heartbeats(600) + rest)])
    trial.policy.limits = .patient
    let outcome = try trial.run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.text == "done")
  }

  @Test("28: silence has 90 s, or 600 s in a call that may think", arguments: [false, true])
  func silence(_ isPatient: Bool) throws {
    let limit: Duration = .seconds(isPatient ? 600 : 90)
    let before = CallTrial([[.head(200), .silence]])
    let after = CallTrial([Self.cut(.silence)])
    if isPatient {
      before.policy.limits = .patient
      after.policy.limits = .patient
    }
    let outcome = try before.run()
    #expect(outcome.failure?.kind == .timeout)
    #expect(outcome.answer.timing.total == limit)
    #expect(before.loop.sentCount == 1)
    try Self.expectBrokenOff(after, .truncated)
    #expect(after.observer.outcome?.answer.timing.total == limit)
  }

  @Test("38: a compressed answer is refused", arguments: ["gzip", "br", "deflate, gzip"])
  func compressed(_ encoding: String) throws {
    let trial = CallTrial([
      [
        .head(200, [("Content-Type", "text/event-stream"), ("Content-Encoding", encoding)]), .text("\u{1f}"),
        .end,
      ]
    ])
    #expect(try trial.run().failure?.kind == .protocolViolation)
    #expect(trial.loop.sentCount == 1)
  }

  @Test("the encoding called identity is none")
  func identity() throws {
    let events = ChatStream.answer("a").map(TransferScript.Step.text)
    let head = TransferScript.Step.head(
      200, [("Content-Encoding", "Identity"), ("Content-Type", "text/event-stream")])
    #expect(try CallTrial([TransferScript([head] + events + [.end])]).run().failure == nil)
  }

  @Test("the text of an attempt that failed before it showed anything is not in the answer")
  func attemptsDoNotMix() throws {
    let trial = CallTrial([
      .stream([
        ChatStream.role, ChatStream.usage(prompt: 99, completion: 0), ChatStream.error("busy, overloaded"),
      ]),
      Self.good,
    ])
    let outcome = try trial.run()
    #expect(outcome.answer.text == "fine")
    #expect(outcome.answer.usage?.inputTotal == 9)
  }
}
