import SheepClient
import SheepCore
import SheepTesting
import Testing

@Suite("call: answers")
struct CallAnswerTests {
  static func stream(_ events: String...) -> TransferScript { .stream(events) }

  @Test("a whole answer, with the instants of its pieces")
  func wholeAnswer() throws {
    let trial = CallTrial([
      [
        .after(.milliseconds(100)), .sent, .after(.milliseconds(300)),
        .head(200, [("Content-Type", "text/event-stream"), ("x-request-id", "req-1")]),
        .text(ChatStream.role),
        .after(.milliseconds(50)), .text(ChatStream.text("안녕")), .after(.milliseconds(200)),
        .text(ChatStream.text(", world")), .text(ChatStream.finish()), .after(.milliseconds(10)),
        .text(ChatStream.usage(prompt: 9, completion: 5) + ChatStream.done), .after(.seconds(1)), .end,
      ]
    ])
    let outcome = try trial.run()
    #expect(outcome.failure == nil)
    let answer = outcome.answer
    #expect(answer.text == "안녕, world")
    #expect(trial.observer.text == "안녕, world")
    #expect(answer.isComplete)
    #expect(answer.finishReason == .stop)
    #expect(answer.servedModel == "served-1")
    #expect(answer.requestID == "req-1")
    #expect(answer.usage?.inputTotal == 9)
    #expect(answer.usage?.outputTotal == 5)
    #expect(answer.attempts == 1)
    #expect(answer.retries.isEmpty)
    #expect(answer.timing.timeToFirstToken == .milliseconds(350))
    #expect(answer.timing.totalTimeToFirstToken == .milliseconds(450))
    #expect(answer.timing.endToEnd == .milliseconds(550))
    #expect(answer.timing.total == .milliseconds(660), "the end is the end marker, not the closing")
    #expect(answer.timing.longestStall == .milliseconds(200))
    #expect(
      answer.timing.timePerOutputToken(usage: answer.usage, streamedReasoning: false) == .milliseconds(50))
    let request = try #require(trial.loop.received.first?.request)
    #expect(request.url == "https://api.example.com/v1/chat/completions")
    #expect(request.credential?.secret.exposed == CallTrial.key)
    #expect(request.headers.fields.allSatisfy { !$0.value.contains(CallTrial.key) })
  }

  @Test("an answer that is kept has a limit, whatever its text is called; one that is passed on has none")
  func keptLimit() throws {
    let words = String(repeating: "x", count: 1000)
    let call: JSON = [
      "choices": [
        [
          "delta": [
            "tool_calls": [["index": 0, "id": "t", "function": ["name": "f", "arguments": .string(words)]]]
          ]
        ]
      ]
    ]
    for event in [ChatStream.text(words), ChatStream.reasoning(words), ChatStream.event(call)] {
      let script = TransferScript([.head(200)] + Array(repeating: .text(event), count: 50) + [.silence])
      let trial = CallTrial([script])
      trial.policy.keptLimit = 10_000
      let outcome = try trial.run()
      #expect(outcome.failure?.kind == .incomplete)
      #expect(outcome.failure?.problem.contains("of text") == true)
      let kept = [outcome.answer.text, outcome.answer.reasoning, outcome.answer.toolCalls.first?.arguments]
      #expect(kept.compactMap { $0?.utf8.count }.max() == 11_000)
      #expect(trial.loop.sentCount == 1)
    }
    let whole = Array(repeating: ChatStream.text(words), count: 50) + [ChatStream.finish(), ChatStream.done]
    let passed = CallTrial([.stream(whole)])
    passed.policy.keptLimit = 10_000
    passed.policy.keepsText = false
    #expect(try passed.run().failure == nil)
    #expect(passed.observer.text.utf8.count == 50_000)
  }

  @Test("what is wrong with an answer is said of the answer, under the provider's name")
  func sentence() throws {
    let page: TransferScript = [.head(200, [("Content-Type", "text/html")]), .text("<html>"), .end]
    #expect(
      try CallTrial([page]).run().failure?.sentence
        == "example: the answer is an HTML page, not an API response; check the base URL, which usually ends in /v1"
    )
  }

  @Test("reasoning counts as the first token, and is not in the answer")
  func reasoning() throws {
    let trial = CallTrial([
      [
        .head(200), .after(.seconds(1)), .text(ChatStream.reasoning("hm")), .after(.seconds(2)),
        .text(ChatStream.text("yes")), .text(ChatStream.finish()), .text(ChatStream.done), .end,
      ]
    ])
    let answer = try trial.run().answer
    #expect(answer.text == "yes")
    #expect(answer.reasoning == "hm")
    #expect(answer.timing.timeToFirstToken == .seconds(1))
    #expect(answer.timing.timeToFirstVisibleToken == .seconds(3))
  }

  @Test("text is not kept when the caller does not want it")
  func textNotKept() throws {
    let trial = CallTrial([.stream(ChatStream.answer("a", "b"))])
    trial.policy.keepsText = false
    let outcome = try trial.run()
    #expect(outcome.answer.text == nil)
    #expect(outcome.answer.reasoning == nil)
    #expect(trial.observer.text == "ab")
  }

  @Test("a long tool call arrives whole")
  func toolCall() throws {
    let piece = String(repeating: "x", count: 10)
    var events = [
      ChatStream.chunk([
        "tool_calls": [
          ["index": 0, "id": "t1", "type": "function", "function": ["name": "f", "arguments": ""]]
        ]
      ])
    ]
    for _ in 0..<500 {
      events.append(
        ChatStream.chunk(["tool_calls": [["index": 0, "function": ["arguments": .string(piece)]]]]))
    }
    events += [ChatStream.finish("tool_calls"), ChatStream.done]
    let answer = try CallTrial([.stream(events)]).run().answer
    #expect(
      answer.toolCalls == [ToolCall(id: "t1", name: "f", arguments: String(repeating: piece, count: 500))])
    #expect(answer.finishReason == .tool)
  }

  @Test("25: no [DONE] but a finish reason is a whole answer")
  func noEndMarker() throws {
    let outcome = try CallTrial([Self.stream(ChatStream.text("a"), ChatStream.finish())]).run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.isComplete)
  }

  @Test("no finish reason but [DONE] is a whole answer")
  func onlyEndMarker() throws {
    let outcome = try CallTrial([Self.stream(ChatStream.text("a"), ChatStream.done)]).run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.finishReason == .stop)
    let call = ChatStream.chunk(["tool_calls": [["index": 0, "id": "t", "function": ["name": "f"]]]])
    #expect(try CallTrial([Self.stream(call, ChatStream.done)]).run().answer.finishReason == .tool)
  }

  @Test(
    "a whole answer whose connection breaks afterwards is whole",
    arguments: [
      TransferEnd.Problem.Kind.connectionLost, .malformedResponse, .tooLarge,
    ])
  func brokenAfterEnd(_ kind: TransferEnd.Problem.Kind) throws {
    let events = ChatStream.answer("a").map(TransferScript.Step.text)
    let outcome = try CallTrial([TransferScript([.head(200)] + events + [.fail(kind)])]).run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.isComplete)
  }

  @Test("a connection that is not closed, or goes on with comments, is not waited for longer than 5 s")
  func lingering() throws {
    var steps: [TransferScript.Step] = [.head(200), .text(ChatStream.text("a")), .text(ChatStream.finish())]
    for _ in 0..<30 { steps += [.after(.seconds(1)), .text(ChatStream.comment)] }
    steps.append(.silence)
    let trial = CallTrial([TransferScript(steps)])
    let call = try trial.makeCall()
    call.begin()
    let start = trial.loop.now
    trial.loop.run { trial.observer.outcome != nil }
    #expect(trial.loop.now - start == .seconds(5))
    trial.finish()
    #expect(trial.observer.outcome?.failure == nil)
    #expect(trial.observer.outcome?.answer.isComplete == true)
    #expect(trial.loop.received.first?.wasCancelled == true)
  }

  @Test("usage that comes within those 5 s counts, also in an event that nothing closes")
  func lateUsage() throws {
    var unclosed = ChatStream.usage(prompt: 3, completion: 4)
    unclosed.removeLast(2)
    let outcome = try CallTrial([
      [
        .head(200), .text(ChatStream.text("a") + ChatStream.finish()), .after(.seconds(4)), .text(unclosed),
        .silence,
      ]
    ]).run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.usage?.outputTotal == 4)
  }

  @Test("40: the first of two finish reasons counts")
  func twoFinishReasons() throws {
    let outcome = try CallTrial([
      Self.stream(
        ChatStream.text("a"), ChatStream.finish("length"), ChatStream.finish("stop"), ChatStream.done)
    ]).run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.finishReason == .length)
  }

  @Test("36: usage missing is estimated and says so, and no speed is made of it")
  func noUsage() throws {
    let outcome = try CallTrial([
      [
        .head(200), .text(ChatStream.text("several words")), .after(.seconds(1)),
        .text(ChatStream.text(" and more of them")), .text(ChatStream.finish()), .end,
      ]
    ]).run()
    let answer = outcome.answer
    #expect(answer.usage?.source == .estimated)
    #expect(answer.usage?.outputTotal ?? 0 > 1)
    #expect(answer.usage?.reasoning == nil, "what was not seen is unknown, not 0")
    #expect(answer.timing.timePerOutputToken(usage: answer.usage, streamedReasoning: false) == nil)
  }

  @Test("39: a JSON error under status 200 is an error, though a stream was asked for")
  func jsonError() throws {
    let trial = CallTrial([.response(200, body: ErrorReply.body("bad value", type: "invalid_request_error"))])
    let outcome = try trial.run()
    #expect(outcome.failure?.problem.contains("bad value") == true)
    #expect(!outcome.answer.isComplete)
    #expect(trial.loop.sentCount == 1)
  }

  @Test("JSON where a stream was asked for is an answer")
  func jsonAnswer() throws {
    let body: JSON = [
      "id": "c", "model": "m", "choices": [["message": ["content": "whole"], "finish_reason": "stop"]],
    ]
    let outcome = try CallTrial([.response(200, body: body.serialized())]).run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.text == "whole")
  }

  @Test("filtered and refused answers say so, keep their text and are not asked for again")
  func filtered() throws {
    let filtered = CallTrial([
      Self.stream(ChatStream.text("a"), ChatStream.finish("content_filter"), ChatStream.done)
    ])
    let first = try filtered.run()
    #expect(first.failure?.kind == .filtered)
    #expect(first.answer.text == "a")
    let refused = CallTrial([
      Self.stream(ChatStream.chunk(["refusal": "I cannot."]), ChatStream.finish(), ChatStream.done)
    ])
    let second = try refused.run()
    #expect(second.failure?.kind == .filtered)
    #expect(second.answer.finishReason == .refused)
    #expect(second.answer.refusal == "I cannot.")
    let cut = CallTrial([
      Self.stream(ChatStream.chunk(["refusal": "I"]), ChatStream.finish("length"), ChatStream.done)
    ])
    let third = try cut.run()
    #expect(third.failure?.kind == .filtered, "a refusal that is cut is a refusal")
    #expect(third.answer.finishReason == .refused)
  }

  @Test("an answer with no text at all, but an end marker, is whole")
  func emptyAnswer() throws {
    let outcome = try CallTrial([Self.stream(ChatStream.role, ChatStream.finish(), ChatStream.done)]).run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.text?.isEmpty == true)
    #expect(outcome.answer.timing.timeToFirstToken == nil)
  }
}
