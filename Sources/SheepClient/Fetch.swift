package import SheepCore
import SheepWire

/// One document of an endpoint, by GET: attempts, waits and limits, until it is here or not.
///
/// The small sister of `Call` for what is no answer of a model: the same retry policy, watchdog
/// and redaction, and the body in one piece. Lives on the loop's thread and keeps itself alive
/// until it has ended.
package final class Fetch {
  /// How a fetch ended.
  package typealias Outcome = Result<[UInt8], Failure>

  private let http: HTTPRequest
  private let target: Target
  private let policy: CallPolicy
  private let loop: any EventLoop
  private let onRetry: (Duration, Failure) -> Void
  private var onEnd: ((Outcome) -> Void)?

  private let start: Instant
  private var transfer: FetchAttempt?
  private var attempts = 0
  private var lostAttempts = 0
  private var deadlineTimer: TimerID?
  private var waitTimer: TimerID?
  private var keepAlive: Fetch?

  /// A larger document than this is refused.
  package static let largestBody: Int64 = 32 << 20

  /// Prepares a fetch; nothing is sent before `begin`.
  ///
  /// - Parameters:
  ///   - http: the request, from `target`.
  ///   - onRetry: hears of a failed attempt that will be repeated after the wait.
  ///   - onEnd: hears the end once, from inside a turn of the loop.
  package init(
    _ http: HTTPRequest, of target: Target, policy: CallPolicy, loop: any EventLoop,
    onRetry: @escaping (Duration, Failure) -> Void, onEnd: @escaping (Outcome) -> Void
  ) {
    var http = http
    http.settings.maximumBodyBytes = Self.largestBody
    self.http = http
    self.target = target
    self.policy = policy
    self.loop = loop
    self.onRetry = onRetry
    self.onEnd = onEnd
    start = loop.now
  }

  /// Sends the first attempt.
  package func begin() {
    keepAlive = self
    deadlineTimer = loop.schedule(at: start + policy.totalTime) { [weak self] in self?.deadlinePassed() }
    send()
  }

  /// Stops at once, because of `failure`.
  package func cancel(because failure: Failure) {
    transfer?.abandon()
    end(.failure(failure))
  }

  private func send() {
    waitTimer = nil
    attempts += 1
    let attempt = FetchAttempt(http, target: target, policy: policy, loop: loop) { [weak self] in
      self?.attemptEnded($0, $1)
    }
    transfer = attempt
    attempt.begin()
  }

  private func attemptEnded(_ outcome: Outcome, _ phase: RetryPolicy.Phase) {
    transfer = nil
    guard case .failure(let failure) = outcome else {
      end(outcome)
      return
    }
    if phase == .lostAfterSending || failure.kind == .tls { lostAttempts += 1 }
    let decision = policy.retry.decide(
      failure: failure, phase: phase, attempt: attempts, lostBefore: lostAttempts,
      remaining: start + policy.totalTime - loop.now, random: policy.random())
    switch decision {
    case .retry(let wait):
      onRetry(wait, cleaned(failure))
      if onEnd != nil { waitTimer = loop.schedule(at: loop.now + wait) { [weak self] in self?.send() } }
    case .stop(let reason):
      var failure = failure
      if let reason { failure.problem += " (\(reason))" }
      end(.failure(failure))
    }
  }

  private func deadlinePassed() {
    let limit = "\(Int(policy.totalTime.inSeconds.rounded(.up))) s"
    cancel(
      because: Failure(
        policy.totalTimeIsUsers ? .limit : .timeout, target.name,
        "the list took longer than the \(limit) allowed", advice: "allow more with --max-time"))
  }

  private func end(_ outcome: Outcome) {
    guard let onEnd else { return }
    self.onEnd = nil
    if let deadlineTimer { loop.cancel(deadlineTimer) }
    if let waitTimer { loop.cancel(waitTimer) }
    switch outcome {
    case .success: onEnd(outcome)
    case .failure(let failure): onEnd(.failure(cleaned(failure)))
    }
    keepAlive = nil
  }

  /// Takes the key out of whatever the server may have echoed.
  private func cleaned(_ failure: Failure) -> Failure {
    var failure = failure
    failure.attempts = attempts
    failure.problem = target.redactedShortened(failure.problem)
    failure.advice = failure.advice.map(target.redactedShortened)
    failure.requestID = failure.requestID.map(target.redactedShortened)
    failure.code = failure.code.map(target.redactedShortened)
    return failure
  }
}

/// One transfer of a fetch, watched for silence.
private final class FetchAttempt {
  private let http: HTTPRequest
  private let target: Target
  private let unixTime: (@Sendable () -> Int)?
  private let loop: any EventLoop
  private var onEnd: ((Fetch.Outcome, RetryPolicy.Phase) -> Void)?
  private var watchdog: Watchdog
  private var timer: TimerID?
  private var transfer: (any Transfer)?
  private var head: HTTPHead?
  private var body: [UInt8] = []
  private var failure: Failure?
  private var wasSent = false

  init(
    _ http: HTTPRequest, target: Target, policy: CallPolicy, loop: any EventLoop,
    onEnd: @escaping (Fetch.Outcome, RetryPolicy.Phase) -> Void
  ) {
    self.http = http
    self.target = target
    self.loop = loop
    self.onEnd = onEnd
    unixTime = policy.unixTime
    watchdog = Watchdog(limits: policy.limits, start: loop.now)
  }

  func begin() {
    arm()
    transfer = loop.start(http, handler: self)
  }

  func abandon() {
    onEnd = nil
    if let timer { loop.cancel(timer) }
    timer = nil
    transfer?.cancel()
  }

  private func arm() {
    if let timer { loop.cancel(timer) }
    timer = loop.schedule(at: watchdog.next.instant) { [weak self] in
      self?.timer = nil
      self?.look()
    }
  }

  private func look() {
    guard onEnd != nil else { return }
    guard let expiry = watchdog.expired(at: loop.now) else {
      arm()
      return
    }
    transfer?.cancel()
    let limit = "\(Int(watchdog.limit(of: expiry).inSeconds.rounded(.up))) s"
    switch expiry {
    case .connect:
      failure = Failure(
        .connect, target.name, "no connection within \(limit)",
        advice: "check the address and the network, or allow more with --connect-timeout")
    case .firstByte:
      failure = Failure(
        .timeout, target.name, "no answer began within \(limit)",
        advice: "allow more with --first-byte-timeout")
    case .idle, .content, .afterEnd:
      failure = Failure(
        .timeout, target.name, "the answer fell silent for \(limit)", advice: "allow more with --idle-timeout"
      )
    }
    finish()
  }

  private func finish() {
    guard let onEnd else { return }
    self.onEnd = nil
    if let timer { loop.cancel(timer) }
    timer = nil
    onEnd(failure.map { .failure($0) } ?? .success(body), phase)
  }

  private var phase: RetryPolicy.Phase {
    guard let head else {
      if !wasSent { return .notSent }
      return failure?.kind == .timeout ? .silentAfterSending : .lostAfterSending
    }
    return head.status >= 300 ? .refused : .brokenBeforeText
  }
}

extension FetchAttempt: TransferHandler {
  func transferWillSend(at instant: Instant) {
    wasSent = true
    watchdog.noteSent(at: instant)
    arm()
  }

  func transferDidReceive(_ head: HTTPHead, at instant: Instant) {
    self.head = head
    watchdog.noteHead(at: instant)
    arm()
    guard (200..<300).contains(head.status) else { return }
    do throws(Failure) { try target.dialect.check(head) } catch {
      failure = error
      failure?.subject = target.name
    }
  }

  func transferDidReceive(_ bytes: UnsafeRawBufferPointer, at instant: Instant) -> Bool {
    guard onEnd != nil, failure == nil else { return false }
    watchdog.noteBytes(at: instant)
    watchdog.noteContent(at: instant)
    body.append(contentsOf: bytes)
    return true
  }

  func transferDidEnd(_ end: TransferEnd) {
    if failure == nil, let head, head.status >= 300 {
      let failed = FailedRequest(
        model: "", provider: target.name, epochSeconds: unixTime.map { Int64($0()) })
      failure = TransportFailure.refusal(
        head, body: Array(body.prefix(64 << 10)), of: failed, target: target)
    } else if failure == nil, let problem = end.problem {
      failure = TransportFailure.failure(
        problem, target: target, wasSent: wasSent, connectLimit: watchdog.limit(of: .connect))
      // A list costs nothing, however often it is asked for.
      if failure?.kind == .network { failure?.advice = nil }
    } else if failure == nil, head == nil {
      failure = Failure(.protocolViolation, target.name, "ended without an answer")
    }
    finish()
  }
}
