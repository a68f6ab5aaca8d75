import SheepClient
import SheepCore
import SheepTesting
import SheepWire
import Testing

/// One call, of the OpenAI dialect unless another is set, through a scripted loop, with everything that it left behind.
final class CallTrial {
  static let key = "sk-test-0123456789abcdef"

  let loop: ScriptedLoop
  let observer = RecordingObserver()
  var request = Request(model: "model-1", messages: [Message(.user, "Hello")])
  var policy = CallPolicy()
  /// The keys of the endpoint.
  var keys = [CallTrial.key]
  var dialect: any Dialect = OpenAIChat()
  var quirks = Quirks()
  private let location: SourceLocation

  init(_ scripts: [TransferScript], sourceLocation: SourceLocation = #_sourceLocation) {
    loop = ScriptedLoop(scripts, sourceLocation: sourceLocation)
    location = sourceLocation
    policy.random = { 0.5 }
  }

  /// The endpoint with the trial's keys.
  func makeTarget() throws -> Target {
    let base = try BaseURL("https://api.example.com/v1")
    return try Target(
      profile: "example", dialect: dialect, baseURL: base, quirks: quirks,
      keys: keys.map { Target.BoundKey(Secret($0), origin: base.origin) })
  }

  /// A call that is ready to begin.
  func makeCall() throws -> Call {
    Call(request, to: try makeTarget(), options: policy, loop: loop, observer: observer)
  }

  /// Runs the call to its end, and checks what holds for every call.
  @discardableResult
  func run() throws -> Outcome {
    let call = try makeCall()
    call.begin()
    finish()
    return try #require(observer.outcome, sourceLocation: location)
  }

  /// Runs a call that has begun to its end.
  func finish() {
    loop.run { [observer] in !observer.outcomes.isEmpty }
    // Whatever is still due must not reach a call that is over.
    loop.run(for: .seconds(7200))
    #expect(observer.outcomes.count == 1, "ends exactly once", sourceLocation: location)
    #expect(observer.lateCalls == 0, "nothing after the end", sourceLocation: location)
    #expect(loop.waitingTimers == 0, "no timer is left", sourceLocation: location)
    #expect(loop.running == 0, "no transfer is left", sourceLocation: location)
    if let outcome = observer.outcome {
      #expect(outcome.answer.attempts == loop.received.count, sourceLocation: location)
      #expect(outcome.answer.finishReason != nil || outcome.failure != nil, sourceLocation: location)
      #expect(!"\(outcome)".contains(Self.key), "no key in the outcome", sourceLocation: location)
    }
  }

  /// The waits between the requests, as their server saw them.
  var gaps: [Duration] {
    zip(loop.received.dropFirst(), loop.received).map { $0.instant - $1.instant }
  }
}
