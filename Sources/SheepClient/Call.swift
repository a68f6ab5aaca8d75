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
  private let options: CallPolicy
  private let loop: any EventLoop
  private var observer: (any CallObserver)?

  private let start: Instant
  private var quirks: Quirks
  private var attempt: Attempt?
  private var attempts = 0
  private var lostAttempts = 0
  private var retries: [Answer.Retry] = []
  private var adaptedQuirks = false
  /// The number of the key that the last attempt carried; `nil` without keys.
  private var key: Int?
  /// How often another key was tried instead of the same again.
  private var keyChanges = 0
  private var refusedKeys = 0
  private var deadlineTimer: TimerID?
  private var waitTimer: TimerID?
  private var isOver = false
  private var lastAnswer: Answer
  private var keepAlive: Call?

  /// Prepares a call; nothing is sent before `begin`.
  package init(
    _ request: Request, to target: Target, options: CallPolicy, loop: any EventLoop,
    observer: any CallObserver
  ) {
    self.request = request
    self.target = target
    self.options = options
    self.loop = loop
    self.observer = observer
    start = loop.now
    quirks = target.quirks
    lastAnswer = Answer(timing: Timing(start: start))
  }

  /// Sends the first attempt. The observer hears of everything else, later, from the loop.
  package func begin() {
    keepAlive = self
    deadlineTimer = loop.schedule(at: start + options.totalTime) { self.deadlinePassed() }
    sendAttempt()
  }

  /// Stops the call at once. What has arrived is delivered as an interrupted answer.
  package func cancel(because failure: Failure) {
    stop(with: failure, as: .interrupted)
  }

  /// The time of day in seconds since 1970; `nil` when the caller gave no clock for it.
  var unixTime: Int? { options.unixTime?() }

  private func sendAttempt() {
    waitTimer = nil
    let http: HTTPRequest
    key = target.keys.next(at: loop.now)
    do throws(Failure) {
      http = try target.encode(request, quirks: quirks, key: key)
    } catch {
      let outcome = Outcome(answer: lastAnswer, failure: error)
      waitTimer = loop.schedule(at: loop.now) { self.end(outcome) }
      return
    }
    attempts += 1
    let attempt = Attempt(
      call: self, http: http, decoderStreams: request.streams, limits: options.limits,
      keepsText: options.keepsText, keptLimit: options.keptLimit, watchesCost: options.maximumCost != nil,
      loop: loop)
    self.attempt = attempt
    attempt.begin()
  }

  private func deadlinePassed() {
    // An answer that is whole and only waits for its connection to close is in time.
    if attempt?.endWell() == true { return }
    stop(
      with: .tookTooLong(
        target.name, "the call", limit: options.totalTime, isUsers: options.totalTimeIsUsers),
      as: .interrupted)
  }

  private func stop(with failure: Failure, as reason: FinishReason) {
    guard !isOver else { return }
    var answer = lastAnswer
    if let attempt {
      attempt.abandon()
      answer = attempt.answer()
    }
    var failure = failure
    if answer.hasBegun, Self.isStall(failure) { failure = Self.brokenOff(failure) }
    answer.finishReason = reason
    answer.isComplete = false
    end(Outcome(answer: answer, failure: failure))
  }

  private func end(_ outcome: Outcome) {
    guard !isOver else { return }
    isOver = true
    if let deadlineTimer { loop.cancel(deadlineTimer) }
    if let waitTimer { loop.cancel(waitTimer) }
    attempt = nil
    var outcome = outcome
    outcome.answer.attempts = attempts
    outcome.answer.retries = retries
    estimateUsage(&outcome.answer)
    if var failure = outcome.failure {
      failure.attempts = attempts
      failure.requestID = failure.requestID ?? outcome.answer.requestID
      outcome.failure = cleaned(failure)
    }
    outcome.answer = cleaned(outcome.answer)
    let observer = observer
    self.observer = nil
    observer?.call(self, didEnd: outcome)
    keepAlive = nil
  }

  /// Fills in estimated tokens where the provider reported none, so that money can be named
  /// with a `~` instead of not at all; a report that a broken stream left behind is partial.
  private func estimateUsage(_ answer: inout Answer) {
    guard answer.hasBegun else { return }
    if var usage = answer.usage {
      if !answer.isComplete, usage.source == .reported { usage.source = .partial }
      // Anthropic reports the prompt at the beginning and the answer at the end.
      if usage.outputTotal == nil {
        usage.output = answer.estimatedOutput
        usage.reasoning = answer.estimatedReasoning > 0 ? answer.estimatedReasoning : nil
        usage.source = .estimated
      }
      answer.usage = usage
      return
    }
    answer.usage = Usage(
      input: TokenEstimate(of: request).tokens, output: answer.estimatedOutput,
      reasoning: answer.estimatedReasoning > 0 ? answer.estimatedReasoning : nil, source: .estimated)
  }

  /// Takes the key out of whatever the server may have echoed.
  private func cleaned(_ failure: Failure) -> Failure {
    var failure = failure
    failure.subject = target.redactedShortened(failure.subject)
    failure.problem = target.redactedShortened(failure.problem)
    failure.advice = failure.advice.map(target.redactedShortened)
    failure.requestID = failure.requestID.map(target.redactedShortened)
    failure.code = failure.code.map(target.redactedShortened)
    return failure
  }

  private func cleaned(_ answer: Answer) -> Answer {
    var answer = answer
    answer.id = answer.id.map(target.redactedShortened)
    answer.servedModel = answer.servedModel.map(target.redactedShortened)
    answer.requestID = answer.requestID.map(target.redactedShortened)
    answer.rawFinishReason = answer.rawFinishReason.map(target.redactedShortened)
    answer.notices = answer.notices.map(target.redactedShortened)
    answer.text = answer.text.map(target.redacted)
    answer.reasoning = answer.reasoning.map(target.redacted)
    answer.refusal = target.redacted(answer.refusal)
    for index in answer.toolCalls.indices {
      answer.toolCalls[index].id = answer.toolCalls[index].id.map(target.redacted)
      answer.toolCalls[index].name = target.redacted(answer.toolCalls[index].name)
      answer.toolCalls[index].arguments = target.redacted(answer.toolCalls[index].arguments)
    }
    return answer
  }

  /// Whether a stop is the provider's slowness rather than the user's own doing.
  private static func isStall(_ failure: Failure) -> Bool {
    failure.kind == .timeout || (failure.kind == .limit && failure.code != "cost")
  }

  /// The same failure when part of an answer was delivered before it.
  static func brokenOff(_ failure: Failure) -> Failure {
    var broken = failure
    broken.kind = .incomplete
    broken.advice = "what arrived was kept; " + (failure.advice ?? "send it again for a whole answer")
    return broken
  }
}

extension Call: AttemptOwner {
  func attempt(_ attempt: Attempt, didReceive event: Event, at instant: Instant) {
    observer?.call(self, didReceive: event, at: instant)
  }

  func attemptDidReceiveBytes(_ attempt: Attempt) {
    guard let limit = options.maximumCost else { return }
    let (visible, reasoning) = attempt.estimatedOutput
    guard let cost = limit.costSoFar(visible + reasoning), cost > limit.amount else { return }
    var failure = Failure(
      .limit, "--max-cost", "the answer would cost more than \(limit.amount.display)",
      advice: "what arrived was kept; allow more with --max-cost or less with --max-tokens")
    failure.code = "cost"
    stop(with: failure, as: .interrupted)
  }

  /// Whether the dialect says anything else under these quirks: the same once more would be
  /// refused once more.
  private func changesBody(_ adapted: Quirks) -> Bool {
    func body(_ quirks: Quirks) -> [UInt8]? {
      try? target.dialect.encode(request, to: target.baseURL, quirks: quirks).body
    }
    return body(adapted) != body(quirks)
  }

  func attempt(_ attempt: Attempt, didEnd answer: Answer, failure: Failure?, phase: RetryPolicy.Phase) {
    guard !isOver else { return }
    lastAnswer = answer
    self.attempt = nil
    guard let failure else {
      end(Outcome(answer: answer, failure: nil))
      return
    }
    if !adaptedQuirks, let adapted = quirks.adapted(to: failure, request: request), changesBody(adapted) {
      adaptedQuirks = true
      quirks = adapted
      repeatAttempt(after: .zero, failure)
      return
    }
    if phase == .lostAfterSending || failure.kind == .tls { lostAttempts += 1 }
    let named = namingKey(failure)
    if changesKey(failure, phase) {
      keyChanges += 1
      repeatAttempt(after: .zero, named)
      return
    }
    let decision = options.retry.decide(
      failure: failure, phase: phase, attempt: attempts - keyChanges, lostBefore: lostAttempts,
      remaining: start + options.totalTime - loop.now, random: options.random())
    switch decision {
    case .retry(let wait): repeatAttempt(after: wait, named)
    case .stop(let reason):
      var failure = named
      if let reason { failure.problem += " (\(reason))" }
      end(Outcome(answer: answer, failure: failure))
    }
  }

  /// Notes what a failure says about its key, and whether another one is to be tried at once.
  ///
  /// That is no repetition that could be paid for twice: the gateway refused the key, and did
  /// nothing. After a refused key the next one is tried once; after a used-up one all others.
  private func changesKey(_ failure: Failure, _ phase: RetryPolicy.Phase) -> Bool {
    guard let key, phase == .refused || phase == .brokenBeforeText else { return false }
    let hasOther = target.keys.note(failure, of: key, at: loop.now)
    if failure.kind == .rateLimit, failure.shouldRetry == false { return false }
    if failure.kind == .authentication || failure.kind == .permission {
      refusedKeys += 1
      if refusedKeys > 1 { return false }
    }
    return hasOther && keyChanges < target.keys.ring.entries.count && loop.now < start + options.totalTime
  }

  /// The failure with the key that it came with, where there are several.
  private func namingKey(_ failure: Failure) -> Failure {
    let entries = target.keys.ring.entries
    switch failure.kind {
    case .rateLimit, .quota, .authentication, .permission: break
    default: return failure
    }
    guard let key, entries.count > 1 else { return failure }
    var failure = failure
    failure.problem += " (key \(entries[key].key.masked))"
    return failure
  }

  private func repeatAttempt(after wait: Duration, _ failure: Failure) {
    retries.append(
      Answer.Retry(
        model: request.model, profile: target.profile, kind: failure.kind, status: failure.status,
        waited: wait))
    observer?.call(self, willRetryAfter: wait, because: cleaned(failure))
    guard !isOver else { return }
    waitTimer = loop.schedule(at: loop.now + wait) { self.sendAttempt() }
  }
}
