import SheepClient
import SheepCore
import SheepTesting
import Testing

/// Whatever a transport and a server do, in whatever order: a call does not trap, ends exactly
/// once, leaves nothing behind, and never sends again what has been shown.
@Suite("call: any sequence of events")
struct CallPropertyTests {
  /// Numbers that are the same in every run.
  struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  static let problems: [TransferEnd.Problem.Kind] = [
    .invalidRequest, .transportUnavailable, .proxy, .nameResolution, .connect, .connectTimeout, .handshake,
    .certificate, .connectionLost, .resendPrevented, .malformedResponse, .tooLarge, .aborted,
  ]
  static let statuses = [
    0, -1, 100, 199, 200, 200, 200, 200, 204, 206, 299, 302, 400, 401, 404, 408, 429, 429, 500, 503, 529, 599,
    999,
  ]
  static let headers: [(String, String)] = [
    ("Content-Type", "text/event-stream"), ("Content-Type", "application/json"), ("Content-Type", ""),
    ("Retry-After", "3"), ("Retry-After", "99999999999999999999"), ("retry-after-ms", "nan"),
    ("x-should-retry", "true"), ("x-should-retry", "false"), ("Content-Encoding", "gzip"),
    ("Location", "//other"), ("x-request-id", "r"),
  ]
  static let pieces: [String] = [
    ChatStream.role, ChatStream.text("한글 text"), ChatStream.text(""), ChatStream.reasoning("hm"),
    ChatStream.finish(), ChatStream.finish("length"), ChatStream.finish("content_filter"),
    ChatStream.finish("error"),
    ChatStream.finish("what?"), ChatStream.usage(prompt: 9, completion: 9), ChatStream.error("broken"),
    ChatStream.error("no", code: "insufficient_quota"), ChatStream.done, ChatStream.comment, "\r\n\r\n",
    "data: {",
    "data: {\"choices\":[{\"delta\":{\"content\":\"\\ud800", "}\n\n", "\u{feff}", "<html>", "[]",
    "event: error\n",
    ChatStream.event(["usage": ["prompt_tokens": -1, "completion_tokens": 9_223_372_036_854_775_807]]),
    ChatStream.event(["choices": [["delta": ["tool_calls": [["index": 1_000_000_000, "id": "t"]]]]]]),
    ChatStream.event(["choices": [["delta": ["refusal": "no"]]]]),
  ]

  static func step(_ random: inout SplitMix) -> TransferScript.Step {
    switch Int.random(in: 0..<20, using: &random) {
    case 0: return .sent
    case 1: return .after(.milliseconds(Int.random(in: 0...400_000, using: &random)))
    case 2:
      return .head(
        statuses.randomElement(using: &random) ?? 200, [headers.randomElement(using: &random) ?? headers[0]])
    case 3: return .fail(problems.randomElement(using: &random) ?? .connect)
    case 4: return .end
    case 5: return .silence
    case 6:
      return .bytes(
        (0..<Int.random(in: 0...20, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
    default: return .text(pieces.randomElement(using: &random) ?? "")
    }
  }

  static func script(_ random: inout SplitMix) -> TransferScript {
    // Most scripts begin as real transfers do, or nothing would ever get far.
    var steps: [TransferScript.Step] = []
    if Int.random(in: 0..<4, using: &random) > 0 {
      steps = [
        .sent,
        .head(
          Bool.random(using: &random) ? 200 : statuses.randomElement(using: &random) ?? 200,
          [
            headers.randomElement(using: &random) ?? headers[0]
          ]),
      ]
    }
    for _ in 0..<Int.random(in: 0...12, using: &random) { steps.append(step(&random)) }
    return TransferScript(steps)
  }

  @Test("2,000 random sequences, seeded", arguments: 0..<20)
  func randomSequences(_ group: Int) throws {
    for number in 0..<100 {
      try Self.check(seed: UInt64(group * 100 + number))
    }
  }

  static func check(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let trial = CallTrial((0..<6).map { _ in script(&random) })
    trial.request.maxTokens = Bool.random(using: &random) ? 10 : nil
    trial.policy.keepsText = Bool.random(using: &random)
    if Bool.random(using: &random) { trial.policy.limits = .patient }
    if Int.random(in: 0..<4, using: &random) == 0 {
      trial.policy.maximumCost = CallPolicy.CostLimit(amount: Money(attodollars: 5)) {
        Money(attodollars: Int128($0))
      }
    }
    var eventsBeforeCancel = Int.random(in: 0..<40, using: &random)
    if Bool.random(using: &random) {
      trial.observer.onEvent = { call, _ in
        eventsBeforeCancel -= 1
        if eventsBeforeCancel == 0 { call.cancel(because: Failure(.interrupted, "sheep", "interrupted")) }
      }
    }
    let outcome = try trial.run()
    #expect(trial.loop.stall == nil, "seed \(seed) never ends")
    #expect(trial.loop.received.count <= 4, "seed \(seed): three attempts and one other spelling")
    if outcome.failure == nil {
      #expect(outcome.answer.isComplete, "seed \(seed)")
    } else if outcome.answer.hasBegun {
      // What was shown came in the last request, and nothing was sent after it.
      let shown = trial.observer.events.first { entry in
        switch entry.event {
        case .text, .reasoning, .refusal, .toolCall: true
        default: false
        }
      }
      let last = try #require(trial.loop.received.last)
      #expect((shown?.instant ?? last.instant) >= last.instant, "seed \(seed) sent again what was shown")
    }
    if let total = outcome.answer.timing.total {
      #expect(total >= .zero && total <= .seconds(1800), "seed \(seed)")
    }
  }
}
