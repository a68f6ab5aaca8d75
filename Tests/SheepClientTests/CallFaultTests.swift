import SheepClient
import SheepCore
import SheepTesting
import Testing

/// The faults of a gateway, and how many requests each may cost. Numbers are those of the
/// list of fault scenarios that the project keeps.
@Suite("call: faults")
struct CallFaultTests {
  static let good = TransferScript.stream(ChatStream.answer("fine"))

  static func refusal(
    _ status: Int, _ headers: [(String, String)] = [], _ message: String = "no"
  ) -> TransferScript {
    .response(status, headers, body: ErrorReply.body(message))
  }

  @Test(
    "1, 2: a connection or a name that fails is tried three times",
    arguments: [
      (TransferEnd.Problem.Kind.connect, Failure.Kind.connect), (.nameResolution, .nameResolution),
      (.connectTimeout, .connect), (.proxy, .proxy),
    ])
  func neverConnected(_ problem: TransferEnd.Problem.Kind, _ kind: Failure.Kind) throws {
    let trial = CallTrial(Array(repeating: [.fail(problem)], count: 3))
    let outcome = try trial.run()
    #expect(outcome.failure?.kind == kind)
    #expect(outcome.failure?.attempts == 3)
    #expect(trial.loop.received.count == 3)
    #expect(trial.loop.sentCount == 0)
    #expect(trial.gaps == [.milliseconds(250), .milliseconds(500)])
  }

  @Test("3: a connection that never comes is given up after 10 s, and tried again")
  func connectHangs() throws {
    let trial = CallTrial([[.silence], Self.good])
    let outcome = try trial.run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.attempts == 2)
    #expect(outcome.answer.retries.map(\.kind) == [.connect])
    #expect(trial.gaps == [.milliseconds(10_250)])
    #expect(trial.loop.received.first?.wasCancelled == true)
  }

  @Test("4: an untrusted certificate is not tried again, and nothing is sent")
  func certificate() throws {
    let trial = CallTrial([[.fail(.certificate)]])
    #expect(try trial.run().failure?.kind == .tls)
    #expect(trial.loop.received.count == 1)
    #expect(trial.loop.sentCount == 0)
  }

  @Test("a failing handshake is tried again once")
  func handshake() throws {
    let trial = CallTrial([[.fail(.handshake)], [.fail(.handshake)]])
    #expect(try trial.run().failure?.kind == .tls)
  }

  @Test("5: a connection that closes after the request is tried again once")
  func lostConnection() throws {
    let once = CallTrial([[.fail(.connectionLost)], Self.good])
    #expect(try once.run().failure == nil)
    #expect(once.loop.sentCount == 2)
    let twice = CallTrial([[.fail(.connectionLost)], [.fail(.resendPrevented)]])
    #expect(try twice.run().failure?.kind == .network)
    #expect(twice.loop.sentCount == 2)
  }

  @Test("a close without any response, which looks like a good end, is the same")
  func closedWithoutResponse() throws {
    let trial = CallTrial([[.sent, .end], [.sent, .end]])
    #expect(try trial.run().failure?.kind == .network)
    #expect(trial.loop.sentCount == 2)
  }

  @Test("6: a head that never comes is waited for 120 s, and the request is not sent again")
  func silentAfterSending() throws {
    let trial = CallTrial([[.after(.seconds(1)), .sent, .silence]])
    let outcome = try trial.run()
    #expect(outcome.failure?.kind == .timeout)
    #expect(outcome.failure?.sentence.contains("120 s") == true)
    #expect(outcome.answer.timing.total == .seconds(121))
    #expect(trial.loop.sentCount == 1)
  }

  @Test("a limit for the head that is shorter than the one for connecting holds")
  func shortFirstByte() throws {
    let trial = CallTrial([[.after(.seconds(1)), .sent, .silence]])
    trial.policy.limits.firstByte = .seconds(2)
    #expect(try trial.run().answer.timing.total == .seconds(3))
  }

  @Test(
    "7: a head too large, or no HTTP at all, is not asked for again",
    arguments: [
      TransferEnd.Problem.Kind.tooLarge, .malformedResponse,
    ])
  func malformedHead(_ kind: TransferEnd.Problem.Kind) throws {
    let trial = CallTrial([[.fail(kind)]])
    #expect(try trial.run().failure?.kind == .protocolViolation)
    #expect(trial.loop.sentCount == 1)
  }

  @Test("8: no redirect is followed", arguments: [301, 302, 303, 307, 308])
  func redirect(_ status: Int) throws {
    let trial = CallTrial([[.head(status, [("Location", "https://evil.example/")]), .end]])
    let outcome = try trial.run()
    #expect(outcome.failure?.kind == .redirect)
    #expect(outcome.failure?.status == status)
    #expect(outcome.failure?.problem.contains("https://evil.example/") == true)
    #expect(trial.loop.received.map(\.request.url) == ["https://api.example.com/v1/chat/completions"])
  }

  @Test("9: 429 with Retry-After waits at least that long")
  func retryAfter() throws {
    let trial = CallTrial([Self.refusal(429, [("Retry-After", "2")]), Self.good])
    let outcome = try trial.run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.attempts == 2)
    #expect(trial.gaps == [.milliseconds(2100)])
    #expect(outcome.answer.retries.map(\.waited) == [.milliseconds(2100)])
    #expect(outcome.answer.retries.map(\.status) == [429])
    #expect(outcome.answer.retries.map(\.kind) == [.rateLimit])
    #expect(trial.observer.retries.count == 1)
  }

  @Test("10: 429 that asks for an hour is not waited for")
  func longRetryAfter() throws {
    let trial = CallTrial([Self.refusal(429, [("Retry-After", "3600")])])
    let outcome = try trial.run()
    #expect(outcome.failure?.kind == .rateLimit)
    #expect(outcome.failure?.retryAfter == .seconds(3600))
    #expect(outcome.failure?.problem.contains("3600 s") == true)
    #expect(trial.loop.sentCount == 1)
  }

  @Test("11: an empty account is not a rate limit")
  func quota() throws {
    let body = ErrorReply.body(
      "You exceeded your quota", type: "insufficient_quota", code: "insufficient_quota")
    let trial = CallTrial([.response(429, [("Retry-After", "1")], body: body)])
    #expect(try trial.run().failure?.kind == .quota)
    #expect(trial.loop.sentCount == 1)
  }

  @Test(
    "12, 18: 429 without a hint, or with one that makes no sense, waits within the program's own bounds",
    arguments: [
      nil, "nan", "inf", "-5", "1e40", "soon", "", "0", "99999999999999999999999999999999999", "Zun, 29 Sep",
    ])
  func noHint(_ hint: String?) throws {
    let headers = hint.map { [("Retry-After", $0)] } ?? []
    let trial = CallTrial([
      Self.refusal(429, headers), Self.refusal(429, headers), Self.refusal(429, headers),
    ])
    let outcome = try trial.run()
    #expect(outcome.failure?.kind == .rateLimit)
    if hint == "1e40" || hint?.utf8.count == 35 {
      // A number, and beyond every cap: the server may mean it, so it is not waited for.
      #expect(trial.loop.sentCount == 1 || trial.gaps == [.milliseconds(250), .milliseconds(500)])
    } else {
      #expect(trial.gaps == [.milliseconds(250), .milliseconds(500)])
    }
  }

  @Test("13: busy twice, then an answer: one answer", arguments: [503, 529])
  func busy(_ status: Int) throws {
    let trial = CallTrial([Self.refusal(status), Self.refusal(status), Self.good])
    let outcome = try trial.run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.text == "fine")
    #expect(trial.observer.text == "fine")
    #expect(outcome.answer.attempts == 3)
  }

  @Test("14: a page of HTML becomes a short clean sentence")
  func htmlError() throws {
    let page =
      "<html><head><title>502</title></head><body>" + String(repeating: "<p>\u{1b}[31mbad</p>", count: 9000)
    let script: TransferScript = [.head(500, [("Content-Type", "text/html")]), .text(page), .end]
    let trial = CallTrial([script, script, script])
    let failure = try #require(try trial.run().failure)
    #expect(failure.kind == .server)
    #expect(failure.sentence.utf8.count < 600)
    #expect(!failure.sentence.unicodeScalars.contains("\u{1b}"))
    #expect(trial.loop.sentCount == 3)
  }

  @Test("an endless error body is read to 64 KiB")
  func endlessErrorBody() throws {
    let piece = TransferScript.Step.text(String(repeating: "x", count: 40_000))
    let trial = CallTrial([TransferScript([.head(400)] + Array(repeating: piece, count: 50) + [.silence])])
    #expect(try trial.run().failure?.kind == .badRequest)
  }

  @Test("15: a refused spelling of the token limit is tried once in the other spelling")
  func otherSpelling() throws {
    let refusal = TransferScript.response(
      400,
      body: ErrorReply.body(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        type: "invalid_request_error", code: "unsupported_parameter", param: "max_tokens"))
    let trial = CallTrial([refusal, Self.good])
    trial.request.maxTokens = 50
    #expect(try trial.run().failure == nil)
    #expect(trial.loop.received.first?.json?["max_tokens"] == 50)
    #expect(trial.loop.received.last?.json?["max_tokens"] == nil)
    #expect(trial.loop.received.last?.json?["max_completion_tokens"] == 50)
    #expect(trial.gaps == [.zero])
    let stubborn = CallTrial([refusal, refusal])
    stubborn.request.maxTokens = 50
    #expect(try stubborn.run().failure?.kind == .badRequest)
    let unlimited = CallTrial([refusal])
    #expect(try unlimited.run().failure?.kind == .badRequest)
  }

  @Test("a refused role of the system prompt is tried once as the other", arguments: ["system", "developer"])
  func otherRole(_ role: String) throws {
    let refusal = ErrorReply.body("Unsupported value: role '\(role)'", type: "invalid_request_error")
    let trial = CallTrial([.response(400, body: refusal), CallStreamFaultTests.good])
    trial.request.messages.insert(Message(.system, "Be brief."), at: 0)
    trial.quirks.systemRole = role
    #expect(try trial.run().failure == nil)
    let roles = trial.loop.received.map { $0.json?["messages"]?.array?.first?["role"]?.string }
    #expect(roles == [role, role == "system" ? "developer" : "system"])
  }

  @Test("refused stream options are left out once")
  func withoutStreamOptions() throws {
    let refusal = TransferScript.response(400, body: ErrorReply.body("unknown field stream_options"))
    let trial = CallTrial([refusal, Self.good])
    #expect(try trial.run().failure == nil)
    #expect(trial.loop.received.first?.json?["stream_options"] != nil)
    #expect(trial.loop.received.last?.json?["stream_options"] == nil)
  }

  @Test("19: x-should-retry: false ends it", arguments: [429, 503])
  func shouldNotRetry(_ status: Int) throws {
    let trial = CallTrial([Self.refusal(status, [("x-should-retry", "false")])])
    #expect(try trial.run().failure != nil)
    #expect(trial.loop.sentCount == 1)
  }

  @Test(
    "what a second request cannot mend is asked once", arguments: [400, 401, 402, 403, 404, 413, 422, 501])
  func permanent(_ status: Int) throws {
    let trial = CallTrial([Self.refusal(status)])
    #expect(try trial.run().failure?.status == status)
    #expect(trial.loop.sentCount == 1)
  }

  @Test("71: three hints of 4 s do not stretch a deadline of 5 s")
  func deadline() throws {
    let script = Self.refusal(429, [("Retry-After", "4")])
    let trial = CallTrial([script, script])
    trial.policy.totalTime = .seconds(5)
    trial.policy.totalTimeIsUsers = true
    let start = trial.loop.now
    let call = try trial.makeCall()
    call.begin()
    trial.loop.run { trial.observer.outcome != nil }
    #expect(trial.loop.now - start <= .seconds(5))
    trial.finish()
    #expect(trial.observer.outcome?.failure?.kind == .rateLimit)
    #expect(trial.loop.sentCount == 2)
  }

  @Test(
    "the deadline stops a running attempt: the user's as a limit, the program's as a timeout",
    arguments: [true, false])
  func deadlineInAttempt(_ isUsers: Bool) throws {
    let trial = CallTrial([[.sent, .silence]])
    trial.policy.totalTime = .seconds(30)
    trial.policy.totalTimeIsUsers = isUsers
    let outcome = try trial.run()
    #expect(outcome.failure?.kind == (isUsers ? .limit : .timeout))
    #expect(outcome.failure?.sentence.contains("--max-time") == true)
    #expect(outcome.answer.timing.total == .seconds(30))
    #expect(trial.loop.received.first?.wasCancelled == true)
  }

  @Test("a deadline that passes while a whole answer waits for its connection changes nothing")
  func deadlineAfterEnd() throws {
    let trial = CallTrial([
      [.head(200), .after(.seconds(28)), .text(ChatStream.text("a") + ChatStream.finish()), .silence]
    ])
    trial.policy.totalTime = .seconds(30)
    let outcome = try trial.run()
    #expect(outcome.failure == nil)
    #expect(outcome.answer.isComplete)
  }
}
