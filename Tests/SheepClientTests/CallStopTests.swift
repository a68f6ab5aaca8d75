import SheepClient
import SheepCore
import SheepTesting
import SheepWire
import Testing

@Suite("call: stopping and secrets")
struct CallStopTests {
  static let interrupted = Failure(.interrupted, "sheep", "interrupted")

  @Test("cancelled from inside an event: at once, with what had arrived")
  func cancelInEvent() throws {
    let rest = ChatStream.text("b") + ChatStream.text("c") + ChatStream.finish() + ChatStream.done
    let trial = CallTrial([[.head(200), .text(ChatStream.text("a") + rest), .end]])
    trial.observer.onEvent = { call, event in
      if event == .text("b") { call.cancel(because: Self.interrupted) }
    }
    let outcome = try trial.run()
    #expect(outcome.failure?.kind == .interrupted)
    #expect(outcome.answer.text == "ab")
    #expect(outcome.answer.finishReason == .interrupted)
    #expect(!outcome.answer.isComplete)
    #expect(trial.observer.text == "ab")
    #expect(trial.loop.received.first?.wasCancelled == true)
  }

  @Test("cancelled between two attempts: nothing more is sent")
  func cancelWhileWaiting() throws {
    let trial = CallTrial([.response(503, body: "{}")])
    let call = try trial.makeCall()
    call.begin()
    trial.loop.run { !trial.observer.retries.isEmpty }
    call.cancel(because: Self.interrupted)
    call.cancel(because: Self.interrupted)
    trial.finish()
    #expect(trial.observer.outcome?.failure?.kind == .interrupted)
    #expect(trial.observer.outcome?.failure?.attempts == 1)
    #expect(trial.loop.sentCount == 1)
  }

  @Test("cancelled from inside the news of a retry: nothing more is sent")
  func cancelInRetry() throws {
    let trial = CallTrial([.response(503, body: "{}")])
    trial.observer.onRetry = { $0.cancel(because: Self.interrupted) }
    #expect(try trial.run().failure?.kind == .interrupted)
    #expect(trial.loop.sentCount == 1)
  }

  @Test("cancelled before anything was connected, and after the end")
  func cancelEarlyAndLate() throws {
    let trial = CallTrial([[.silence]])
    let call = try trial.makeCall()
    call.begin()
    call.cancel(because: Self.interrupted)
    trial.finish()
    #expect(trial.observer.outcome?.failure?.kind == .interrupted)
    call.cancel(because: Self.interrupted)
    #expect(trial.observer.outcomes.count == 1)
  }

  @Test("a request that the dialect cannot say ends the call from the loop, with nothing sent")
  func unsayable() throws {
    let trial = CallTrial([])
    trial.request.extraFields = [JSONObject.Member(name: "a..b", value: 1)]
    let call = try trial.makeCall()
    call.begin()
    #expect(trial.observer.outcomes.isEmpty, "the observer hears of it later")
    trial.finish()
    #expect(trial.observer.outcome?.failure?.kind == .usage)
    #expect(trial.observer.outcome?.answer.attempts == 0)
  }

  @Test("a call without anyone holding it goes on to its end, and is let go then")
  func lifetime() throws {
    let trial = CallTrial([.stream(ChatStream.answer("a"))])
    weak var call: Call?
    do {
      let strong = try trial.makeCall()
      call = strong
      strong.begin()
    }
    #expect(call != nil)
    trial.finish()
    #expect(call == nil)
    #expect(trial.observer.outcome?.failure == nil)
  }

  @Test("the cost limit stops the stream as soon as the estimate passes it")
  func costLimit() throws {
    let words = String(repeating: "several words ", count: 20)
    let steps = (0..<50).map { _ in TransferScript.Step.text(ChatStream.text(words)) }
    let trial = CallTrial([TransferScript([.head(200)] + steps + [.text(ChatStream.finish()), .end])])
    let cent = Money(attodollars: 10_000_000_000_000_000)
    trial.policy.maximumCost = CallPolicy.CostLimit(amount: cent) { tokens in
      Money(attodollars: 100_000_000_000_000).multiplied(by: tokens)
    }
    let outcome = try trial.run()
    #expect(outcome.failure?.kind == .limit)
    #expect(outcome.failure?.code == "cost")
    #expect(!outcome.answer.isComplete)
    #expect(outcome.answer.text?.isEmpty == false)
    let delivered = trial.observer.events.count { if case .text = $0.event { true } else { false } }
    #expect(delivered >= 1)
    #expect(delivered < 10)
    #expect(trial.loop.received.first?.wasCancelled == true)
  }

  @Test(
    "an answer that is whole is not taken back for its cost; an unknown price stops nothing",
    arguments: [
      Money(attodollars: 1), nil,
    ])
  func costOfWholeAnswer(_ cost: Money?) throws {
    let trial = CallTrial([[.head(200), .text(ChatStream.text("long enough") + ChatStream.finish()), .end]])
    trial.policy.maximumCost = CallPolicy.CostLimit(amount: .zero) { _ in cost }
    #expect(try trial.run().failure == nil)
  }

  @Test("a key that the server echoes is nowhere in what comes of the call")
  func echoedKey() throws {
    let key = CallTrial.key
    let base64 = Base64.encode(Array(key.utf8))
    let scripts: [TransferScript] = [
      .response(
        401, [("x-request-id", "id-\(key)")], body: ErrorReply.body("Incorrect API key: \(key)", code: key)),
      .response(400, body: "your header was Bearer \(key), in Base64 \(base64)"),
      [.head(302, [("Location", "https://x.example/?key=\(key)")]), .end],
      .stream([
        ChatStream.event([
          "id": .string(key), "model": .string("m-" + key),
          "choices": [
            ["index": 0, "delta": ["content": "x", "refusal": .string(key)], "finish_reason": nil]
          ],
        ]),
        ChatStream.text("your key is "), ChatStream.text(String(key.prefix(10))),
        ChatStream.text(String(key.dropFirst(10))), ChatStream.finish(key), ChatStream.done,
      ]),
    ]
    for script in scripts {
      let trial = CallTrial([script])
      let outcome = try trial.run()  // checks the outcome for the key
      #expect(!"\(outcome)".contains(base64.prefix(20)))
      for entry in trial.observer.events {
        switch entry.event {
        case .text, .refusal: continue
        default: #expect(!"\(entry.event)".contains(key))
        }
      }
    }
  }

  @Test("a key that the server echoes is in no part of the answer")
  func echoedKeyInAnswer() throws {
    let key = CallTrial.key
    let call: JSON = [
      "index": 0, "id": .string("id-" + key),
      "function": ["name": .string("f-" + key), "arguments": .string(#"{"key":""# + key + #""}"#)],
    ]
    let trial = CallTrial([
      .stream([
        ChatStream.reasoning("is it \(key)?"), ChatStream.text("it is \(key)"),
        ChatStream.chunk(["tool_calls": [call]]), ChatStream.finish("tool_calls"), ChatStream.done,
      ])
    ])
    let answer = try trial.run().answer
    #expect(answer.text == "it is ****cdef")
    #expect(answer.reasoning == "is it ****cdef?")
    #expect(
      answer.toolCalls == [ToolCall(id: "id-****cdef", name: "f-****cdef", arguments: #"{"key":"****cdef"}"#)]
    )
  }

  @Test("the key is not in the news of a retry")
  func echoedKeyInRetry() throws {
    let trial = CallTrial([
      .response(503, body: ErrorReply.body("busy for \(CallTrial.key)")), .stream(ChatStream.answer("a")),
    ])
    try trial.run()
    #expect(trial.observer.retries.count == 1)
    #expect(!"\(trial.observer.retries)".contains(CallTrial.key))
  }
}

@Suite("target")
struct TargetTests {
  static func target(_ address: String, key origin: String?) throws -> Target {
    try Target(
      profile: nil, dialect: OpenAIChat(), baseURL: try BaseURL(address),
      key: origin.map { Target.BoundKey(Secret(CallTrial.key), origin: $0) })
  }

  @Test(
    "a key is refused to every origin but its own",
    arguments: [
      "https://evil.example/v1", "https://api.example.com:8443/v1", "https://api.example.com.evil.example",
      "https://sub.api.example.com", "http://localhost:8080",
    ])
  func otherOrigin(_ address: String) throws {
    let failure = #expect(throws: Failure.self) { try Self.target(address, key: "https://api.example.com") }
    #expect(failure?.kind == .usage)
    #expect(failure?.sentence.contains(CallTrial.key) == false)
  }

  @Test(
    "a key goes to its own origin, whatever the path and the spelling",
    arguments: [
      "https://api.example.com", "https://API.example.com/v1/", "https://api.example.com:443/prefix/v1",
    ])
  func ownOrigin(_ address: String) throws {
    _ = try Self.target(address, key: "https://api.example.com")
  }

  @Test(
    "plain http leaves this machine without a key, and never with one",
    arguments: [
      "http://api.example.com/v1", "http://192.168.0.1/v1", "http://127.0.0.1.evil.example",
      "http://localhost.evil.example",
    ])
  func plainHTTP(_ address: String) throws {
    _ = try Self.target(address, key: nil)
    let failure = #expect(throws: Failure.self) {
      try Self.target(address, key: try BaseURL(address).origin)
    }
    #expect(failure?.kind == .usage)
    #expect(failure?.sentence.contains("plain http would expose the key") == true)
    #expect(failure?.sentence.contains(CallTrial.key) == false)
  }

  @Test(
    "plain http is for this machine",
    arguments: [
      "http://localhost:11434/v1", "http://127.0.0.1:8080", "http://[::1]:8080/v1",
    ])
  func loopback(_ address: String) throws {
    _ = try Self.target(address, key: nil)
    _ = try Self.target(address, key: try BaseURL(address).origin)
  }
}
