package import SheepCore

/// One probe of a repeated ping: the list of models, or the small call.
package struct PingSample: Equatable, Sendable {
  /// When it began.
  package var start: Instant
  /// From the start to the end.
  package var total: Duration
  package var measures: Measures
  /// What went wrong; `nil` when nothing did.
  package var failure: Failure?
  /// Whether the connection was one kept from before; `nil` when none was reached.
  package var reused: Bool?
  /// The HTTP status; `nil` without a response.
  package var status: Int?
  /// What the probe cost; `nil` when it was free.
  package var price: PricedCall?

  /// A probe's outcome.
  package init(
    start: Instant, total: Duration, measures: Measures, failure: Failure?, reused: Bool?, status: Int?,
    price: PricedCall? = nil
  ) {
    self.start = start
    self.total = total
    self.measures = measures
    self.failure = failure
    self.reused = reused
    self.status = status
    self.price = price
  }
}

/// Sends the probes of a repeated ping, one after the other.
package final class PingProbe {
  private let plan: Diagnosis.Plan
  private let loop: any EventLoop
  private let isDeep: Bool
  private var download: Download?
  private var call: Call?
  private var deadline: TimerID?

  /// Probes as the plan says: small calls when its last layer costs tokens.
  package init(_ plan: Diagnosis.Plan, loop: any EventLoop) {
    self.plan = plan
    self.loop = loop
    isDeep = plan.last.isDeep && plan.model != nil
  }

  /// Sends one; `done` is called later, once, unless it is cancelled.
  package func send(_ done: @escaping (PingSample) -> Void) {
    let begin = loop.now
    func send(_ done: @escaping (PingSample) -> Void) { isDeep ? sendCall(done) : sendFree(done) }
    guard let limit = plan.totalTime else { return send(done) }
    let timer = loop.schedule(at: begin + limit) { [self] in
      cancel()
      done(
        PingSample(
          start: begin, total: limit, measures: Measures(),
          failure: .tookTooLong(plan.target.name, "the probe", limit: limit, isUsers: true), reused: nil,
          status: nil))
    }
    self.deadline = timer
    send { [self] sample in
      loop.cancel(timer)
      done(sample)
    }
  }

  /// Stops the probe under way; nothing more is said of it.
  package func cancel() {
    if let deadline { loop.cancel(deadline) }
    deadline = nil
    download?.cancel()
    download = nil
    let running = call
    call = nil
    running?.cancel(because: Failure(.interrupted, plan.target.name, "stopped"))
  }

  private func sendFree(_ done: @escaping (PingSample) -> Void) {
    let download = Download(
      plan.target.get("models"), of: plan.target, limits: plan.limits, loop: loop
    ) { [plan] outcome in
      let check = ResponseCheck(target: plan.target, model: nil, now: plan.now())
      let results = check.results(outcome).map { $0.redacted(for: plan.target) }
      var measures = Measures()
      measures.connect = outcome.sent.map { $0 - outcome.start }
      if let sent = outcome.sent, let head = outcome.headAt { measures.firstByte = head - sent }
      measures.total = outcome.total
      done(
        PingSample(
          start: outcome.start, total: outcome.total, measures: measures,
          failure: results.lazy.compactMap(\.failure).first, reused: outcome.end.connection.reused,
          status: outcome.head?.status))
    }
    self.download = download
    download.begin()
  }

  private func sendCall(_ done: @escaping (PingSample) -> Void) {
    var policy = CallPolicy()
    policy.retry.maximumAttempts = 1
    policy.limits = plan.limits
    policy.totalTime = plan.callLimit
    let observer = Ending { [weak self] outcome in
      guard let self, self.call != nil else { return }
      self.call = nil
      let timing = outcome.answer.timing
      done(
        PingSample(
          start: timing.start, total: timing.total ?? .zero, measures: Measures(timing),
          failure: outcome.failure, reused: timing.connection.reused,
          status: outcome.failure?.status ?? (timing.head == nil ? nil : 200),
          price: outcome.answer.usage == nil ? nil : plan.price(outcome.answer)))
    }
    let running = Call(
      CallCheck.request(model: plan.model ?? ""), to: plan.target, options: policy, loop: loop,
      observer: observer)
    call = running
    running.begin()
  }
}
