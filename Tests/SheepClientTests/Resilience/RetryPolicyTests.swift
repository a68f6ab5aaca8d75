import SheepClient
import SheepCore
import Testing

@Suite("retry policy")
struct RetryPolicyTests {
  typealias Phase = RetryPolicy.Phase

  static func decide(
    _ kind: Failure.Kind, status: Int? = nil, phase: Phase, attempt: Int = 1, lost: Int = 0,
    hint: Duration? = nil, shouldRetry: Bool? = nil, remaining: Duration? = nil, random: Double = 0.5,
    code: String? = nil, policy: RetryPolicy = RetryPolicy()
  ) -> RetryPolicy.Decision {
    var failure = Failure(kind, "subject", "problem", status: status)
    failure.retryAfter = hint
    failure.shouldRetry = shouldRetry
    failure.code = code
    return policy.decide(
      failure: failure, phase: phase, attempt: attempt, lostBefore: lost, remaining: remaining, random: random
    )
  }

  static func repeats(_ decision: RetryPolicy.Decision) -> Bool {
    if case .retry = decision { true } else { false }
  }

  @Test(
    "A: what was not sent is repeated",
    arguments: [
      Failure.Kind.nameResolution, .connect, .network, .timeout, .proxy, .tls,
    ])
  func notSent(_ kind: Failure.Kind) {
    #expect(Self.repeats(Self.decide(kind, phase: .notSent)))
    #expect(!Self.repeats(Self.decide(kind, phase: .notSent, attempt: 3)))
  }

  @Test("A: an untrusted certificate is never tried again")
  func certificate() {
    #expect(!Self.repeats(Self.decide(.tls, phase: .notSent, code: "certificate")))
  }

  @Test("A: another failure of the handshake is tried again once")
  func handshake() {
    #expect(Self.repeats(Self.decide(.tls, phase: .notSent, lost: 1)))
    #expect(!Self.repeats(Self.decide(.tls, phase: .notSent, attempt: 2, lost: 2)))
  }

  @Test(
    "A: a request that cannot be sent as it is stays unsent",
    arguments: [
      Failure.Kind.usage, .internalError, .limit, .interrupted,
    ])
  func unsendable(_ kind: Failure.Kind) {
    #expect(!Self.repeats(Self.decide(kind, phase: .notSent)))
  }

  @Test("B: a connection lost after sending is repeated once, for it may have been billed")
  func lostAfterSending() {
    #expect(Self.repeats(Self.decide(.network, phase: .lostAfterSending, lost: 1)))
    #expect(!Self.repeats(Self.decide(.network, phase: .lostAfterSending, attempt: 2, lost: 2)))
  }

  @Test("B: what came back instead of HTTP, or too much of it, is not asked for again")
  func malformedHead() {
    #expect(!Self.repeats(Self.decide(.protocolViolation, phase: .lostAfterSending, lost: 1)))
  }

  @Test("B: silence after sending is never repeated, whatever it is called", arguments: Failure.Kind.allCases)
  func silentAfterSending(_ kind: Failure.Kind) {
    #expect(!Self.repeats(Self.decide(kind, phase: .silentAfterSending, shouldRetry: true)))
  }

  @Test(
    "C: statuses that may pass are repeated",
    arguments: [408, 409, 425, 429, 500, 502, 503, 504, 522, 524, 529])
  func repeatedStatuses(_ status: Int) {
    #expect(Self.repeats(Self.decide(.server, status: status, phase: .refused)))
    #expect(!Self.repeats(Self.decide(.server, status: status, phase: .refused, shouldRetry: false)))
  }

  @Test(
    "C: other statuses are not, unless the server says so",
    arguments: [400, 404, 405, 413, 418, 422, 501, 505, 507])
  func otherStatuses(_ status: Int) {
    #expect(!Self.repeats(Self.decide(.server, status: status, phase: .refused)))
    #expect(Self.repeats(Self.decide(.server, status: status, phase: .refused, shouldRetry: true)))
  }

  @Test(
    "C: what waiting cannot mend is not repeated, even when the server says so",
    arguments: [
      Failure.Kind.quota, .authentication, .permission, .model, .filtered, .redirect,
    ])
  func hopeless(_ kind: Failure.Kind) {
    #expect(!Self.repeats(Self.decide(kind, status: 429, phase: .refused)))
    #expect(!Self.repeats(Self.decide(kind, status: 429, phase: .refused, shouldRetry: true)))
  }

  @Test("C: a bad request is repeated only on the server's word")
  func badRequest() {
    #expect(!Self.repeats(Self.decide(.badRequest, status: 409, phase: .refused)))
    #expect(Self.repeats(Self.decide(.badRequest, status: 400, phase: .refused, shouldRetry: true)))
  }

  @Test(
    "D: a good response that broke before any text",
    arguments: [
      (Failure.Kind.network, true), (.server, true), (.overloaded, true), (.rateLimit, true),
      (.timeout, false),
      (.protocolViolation, false), (.quota, false), (.badRequest, false), (.filtered, false),
      (.incomplete, false),
    ])
  func brokenBeforeText(_ kind: Failure.Kind, _ expected: Bool) {
    #expect(Self.repeats(Self.decide(kind, status: 200, phase: .brokenBeforeText)) == expected)
    #expect(!Self.repeats(Self.decide(kind, status: 200, phase: .brokenBeforeText, shouldRetry: false)))
  }

  @Test("E: after the first delta nothing is repeated", arguments: Failure.Kind.allCases)
  func shown(_ kind: Failure.Kind) {
    #expect(
      !Self.repeats(Self.decide(kind, status: 503, phase: .shown, hint: .seconds(1), shouldRetry: true)))
  }

  @Test("three attempts in all")
  func attempts() {
    #expect(Self.repeats(Self.decide(.server, status: 503, phase: .refused, attempt: 2)))
    #expect(Self.decide(.server, status: 503, phase: .refused, attempt: 3) == .stop(reason: nil))
    var once = RetryPolicy()
    once.maximumAttempts = 1
    #expect(!Self.repeats(Self.decide(.server, status: 503, phase: .refused, policy: once)))
  }

  @Test(
    "waits are evenly spread below a bound that doubles up to its cap",
    arguments: [
      (1, 0.5), (2, 1.0), (3, 2.0), (4, 4.0), (5, 8.0), (6, 8.0), (40, 8.0), (1100, 8.0), (0, 0.5),
      (Int.min, 0.5),
    ])
  func backoff(_ attempt: Int, _ bound: Double) {
    var policy = RetryPolicy()
    policy.maximumAttempts = .max
    func wait(_ random: Double) -> RetryPolicy.Decision {
      Self.decide(.server, status: 503, phase: .refused, attempt: attempt, random: random, policy: policy)
    }
    #expect(wait(0) == .retry(after: .zero))
    #expect(wait(0.5) == .retry(after: .seconds(bound / 2)))
    #expect(wait(1) == .retry(after: .seconds(bound)))
  }

  @Test("a server's hint is a minimum, and a tenth is the most that is added")
  func hint() {
    func wait(_ random: Double) -> RetryPolicy.Decision {
      Self.decide(.rateLimit, status: 429, phase: .refused, hint: .seconds(20), random: random)
    }
    #expect(wait(0) == .retry(after: .seconds(20)))
    #expect(wait(0.5) == .retry(after: .seconds(21)))
    #expect(wait(1) == .retry(after: .seconds(22)))
  }

  @Test("a hint of nothing or less is no hint", arguments: [Duration.zero, .seconds(-5)])
  func emptyHint(_ hint: Duration) {
    #expect(
      Self.decide(.rateLimit, status: 429, phase: .refused, hint: hint, random: 1)
        == .retry(after: .milliseconds(500)))
  }

  @Test("a hint at the cap is waited for; above it the program stops and names both")
  func hintCap() {
    #expect(
      Self.decide(.rateLimit, status: 429, phase: .refused, hint: .seconds(120), random: 0)
        == .retry(after: .seconds(120)))
    #expect(
      Self.decide(.rateLimit, status: 429, phase: .refused, hint: .seconds(3600))
        == .stop(reason: "the server asks for a wait of 3600 s, more than the limit of 120 s"))
    #expect(
      !Self.repeats(Self.decide(.rateLimit, status: 429, phase: .refused, hint: .nanoseconds(Int64.max))))
  }

  @Test("no wait goes beyond the deadline of the whole call")
  func deadline() {
    func decision(_ remaining: Duration) -> RetryPolicy.Decision {
      Self.decide(
        .rateLimit, status: 429, phase: .refused, hint: .seconds(4), remaining: remaining, random: 0)
    }
    #expect(decision(.seconds(5)) == .retry(after: .seconds(4)))
    #expect(
      decision(.seconds(4)) == .stop(reason: "a retry would exceed the time limit of the call"))
    #expect(!Self.repeats(decision(.seconds(-1))))
  }

  @Test("extreme settings do not trap")
  func extremeSettings() {
    var policy = RetryPolicy()
    policy.maximumAttempts = .max
    policy.baseDelay = .nanoseconds(Int64.max / 2 + 1)
    policy.delayCap = .nanoseconds(Int64.max)
    policy.hintCap = .nanoseconds(Int64.max)
    for attempt in [1, 2, 3, 100] {
      #expect(
        Self.repeats(
          Self.decide(.server, status: 503, phase: .refused, attempt: attempt, random: 1, policy: policy)))
    }
    #expect(
      Self.repeats(
        Self.decide(
          .server, status: 503, phase: .refused, hint: .nanoseconds(Int64.max), random: 1, policy: policy)))
  }
}
