package import SheepCore
import SheepWire

/// One request for one answer: attempts, waits and limits, until it ends.
///
/// The thin shell around pure parts: the dialect's decoder says what bytes mean, `Watchdog`
/// when silence is too long, `RetryPolicy` what is repeated, `AnswerBuilder` what has come.
/// Lives on the loop's thread; keeps itself and its observer alive until it has ended.
package final class Call {
  package let request: Request
  package let target: Target
  private let policy: CallPolicy
  private let loop: any EventLoop
  private var observer: (any CallObserver)?

  private let tries: RetryLoop
  private var attempt: Attempt?
  /// The target's, or after the one adaptation that a call allows itself, others.
  private var quirks: Quirks
  private var key: KeyChoice
  private var retries: [Answer.Retry] = []
  /// What the last attempt brought.
  private var lastAnswer: Answer
  /// The head of the last response; `nil` before the first.
  private(set) var head: HTTPHead?

  /// Prepares a call; nothing is sent before `begin`.
  package init(
    _ request: Request, to target: Target, options: CallPolicy, loop: any EventLoop,
    observer: any CallObserver
  ) {
    self.request = request
    self.target = target
    policy = options
    self.loop = loop
    self.observer = observer
    tries = RetryLoop(options, loop: loop)
    quirks = target.quirks
    key = KeyChoice(target.keys)
    lastAnswer = Answer(timing: Timing(start: loop.now))
  }

  /// Sends the first attempt. The observer hears of everything else, later, from the loop.
  package func begin() {
    tries.begin(send: { self.send() }, timeIsUp: { self.timeIsUp() })
  }

  /// Stops the call at once. What has arrived is delivered as an interrupted answer.
  package func cancel(because failure: Failure) {
    guard !tries.isOver else { return }
    let answer = attempt?.interrupt(at: loop.now) ?? lastAnswer
    var outcome = Outcome(answer: answer, failure: failure)
    if answer.hasBegun, Self.isStall(failure) { outcome.failure = failure.brokenOff }
    outcome.answer.finishReason = .interrupted
    outcome.answer.isComplete = false
    end(outcome)
  }

  private func send() {
    let http: HTTPRequest
    do throws(Failure) {
      http = try target.encode(request, quirks: quirks, key: key.next(at: loop.now))
    } catch {
      let outcome = Outcome(answer: lastAnswer, failure: error)
      tries.pause(for: .zero) { self.end(outcome) }
      return
    }
    tries.noteAttempt()
    let attempt = Attempt(http, of: self, policy: policy, loop: loop)
    self.attempt = attempt
    attempt.begin()
  }

  private func timeIsUp() {
    // An answer that is whole and only waits for its connection to close is in time.
    if attempt?.endIfComplete() == true { return }
    cancel(
      because: .tookTooLong(
        target.name, "the call", limit: policy.totalTime, isUsers: policy.totalTimeIsUsers))
  }

  private func end(_ outcome: Outcome) {
    guard !tries.isOver else { return }
    tries.end()
    attempt = nil
    var answer = outcome.answer
    answer.attempts = tries.attempts
    answer.retries = retries
    answer.estimateUsage(of: request)
    var failure = outcome.failure
    failure?.attempts = tries.attempts
    if failure?.requestID == nil { failure?.requestID = answer.requestID }
    let observer = observer
    self.observer = nil
    observer?.call(
      self, didEnd: Outcome(answer: target.redacted(answer), failure: failure.map(target.redacted)))
  }

  /// Whether a stop is the provider's slowness rather than the user's own doing.
  private static func isStall(_ failure: Failure) -> Bool {
    failure.kind == .timeout || (failure.kind == .limit && failure.code != "cost")
  }
}

// What an attempt says.
extension Call {
  /// The time of day in seconds since 1970; `nil` when the caller gave no clock for it.
  var unixTime: Int? { policy.unixTime?() }

  /// The next event of the answer.
  func pass(_ event: Event, at instant: Instant) {
    observer?.call(self, didReceive: event, at: instant)
  }

  /// A piece of the body was decoded, and the call has a limit on money.
  func noteProgress(of attempt: Attempt) {
    guard let limit = policy.maximumCost else { return }
    let (visible, reasoning) = attempt.estimatedOutput
    guard let cost = limit.costSoFar(visible + reasoning), cost > limit.amount else { return }
    var failure = Failure(
      .limit, "--max-cost", "the answer would cost more than \(limit.amount.display)",
      advice: "the partial answer was kept; raise --max-cost or lower --max-tokens")
    failure.code = "cost"
    cancel(because: failure)
  }

  /// The attempt is over.
  func attemptEnded(_ answer: Answer, _ failure: Failure?, _ phase: RetryPolicy.Phase) {
    guard !tries.isOver else { return }
    lastAnswer = answer
    head = attempt?.head
    attempt = nil
    guard let failure else { return end(Outcome(answer: answer, failure: nil)) }
    if let adapted = adaptedQuirks(to: failure) {
      quirks = adapted
      return sendAgain(after: .zero, failure)
    }
    var named = key.naming(failure)
    if key.changes(after: failure, in: phase, at: loop.now), tries.remaining > .zero {
      return sendAgain(after: .zero, named)
    }
    switch tries.decide(after: failure, in: phase, free: key.changes) {
    case .retry(let wait): sendAgain(after: wait, named)
    case .stop(let reason):
      if let reason { named.problem += " (\(reason))" }
      end(Outcome(answer: answer, failure: named))
    }
  }

  /// Quirks under which the dialect writes another body, of a kind that the failure asks for;
  /// `nil` where there are none, or the call has adapted itself before.
  private func adaptedQuirks(to failure: Failure) -> Quirks? {
    guard quirks == target.quirks, let adapted = quirks.adapted(to: failure, request: request) else {
      return nil
    }
    func body(_ quirks: Quirks) -> [UInt8]? {
      try? target.dialect.encode(request, to: target.baseURL, quirks: quirks).body
    }
    return body(adapted) == body(quirks) ? nil : adapted
  }

  private func sendAgain(after wait: Duration, _ failure: Failure) {
    retries.append(
      Answer.Retry(
        model: request.model, profile: target.profile, kind: failure.kind, status: failure.status,
        waited: wait))
    observer?.call(self, willRetryAfter: wait, because: target.redacted(failure))
    guard !tries.isOver else { return }
    tries.sendAgain(after: wait)
  }
}
