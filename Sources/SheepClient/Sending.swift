import SheepCore
import SheepWire

/// One request on its way: its transfer, the watch over its silence, and how far it has come.
///
/// A subclass says what becomes of the body of a success: `Attempt` decodes it, `Download` keeps
/// it. Subclasses and not a sink behind a protocol, so that the call that the transport makes for
/// each chunk ends in one object, without a second reference to follow.
class Sending: TransferHandler {
  /// How far a request has come. `canBecome` holds the legal transitions:
  ///
  ///     ready → connecting → sent ┬→ answering → complete ┐
  ///                               │      └──→ failed ←──┘ ├→ over
  ///                               └→ refused ─────────────┘
  ///
  /// Every other state may become `over` too.
  enum State {
    /// The network has not been asked for anything.
    case ready
    /// Looking the name up, connecting, the TLS handshake.
    case connecting
    /// The request is being written or was written; there is no response.
    case sent
    /// A success has begun, whose body is wanted.
    case answering
    /// The body's end marker has come. Usage may follow, and silence is not a failure.
    case complete
    /// An error status or a redirect has come; its body says why.
    case refused
    /// The rest of the response is not wanted, because of what it said; its end is awaited.
    case failed
    /// Nothing follows.
    case over

    /// Whether this state may be followed by `next`.
    func canBecome(_ next: State) -> Bool {
      switch (self, next) {
      case (.over, _): false
      case (_, .over): true
      case (.ready, .connecting), (.connecting, .sent), (.sent, .answering), (.sent, .refused): true
      case (.answering, .complete), (.answering, .failed), (.complete, .failed): true
      default: false
      }
    }

    /// Whether the body of a success is still read.
    var isReading: Bool { self == .answering || self == .complete }
  }

  /// How a sending ended.
  struct End {
    /// What ended it.
    enum Cause {
      /// The transport said so: the response is whole, or a problem broke it.
      case transfer(TransferEnd.Problem?)
      /// Nothing came for too long.
      case silence(Watchdog.Expiry, limit: Duration)
      /// The end marker was here, and the connection was not waited for any longer.
      case complete
    }

    let cause: Cause
    /// How far the request had come.
    let reached: State
    let instant: Instant
    let connection: ConnectionFacts

    /// What the policy for repetitions needs to know, as long as nothing was shown to anybody.
    var phase: RetryPolicy.Phase {
      switch reached {
      case .ready, .connecting, .over: return .notSent
      case .sent:
        if case .silence = cause { return .silentAfterSending }
        return .lostAfterSending
      case .refused: return .refused
      case .answering, .complete, .failed: return .brokenBeforeText
      }
    }
  }

  final let target: Target
  final let start: Instant
  private let request: HTTPRequest
  private let loop: any EventLoop
  private final var transfer: (any Transfer)?
  private final var timer: (id: TimerID, instant: Instant)?

  private(set) final var state = State.ready
  private(set) final var watchdog: Watchdog
  /// The response's head; `nil` before it has come.
  private(set) final var head: HTTPHead?
  /// The beginning of the body behind an error status.
  private(set) final var refusal: [UInt8] = []
  /// What made the rest of the response unwanted.
  private final var failure: Failure?

  /// The most bytes of an error's body that are read.
  private static let refusalLimit = 64 << 10

  init(_ request: HTTPRequest, to target: Target, limits: TimeLimits, loop: any EventLoop) {
    self.request = request
    self.target = target
    self.loop = loop
    start = loop.now
    watchdog = Watchdog(limits: limits, start: start)
  }

  // MARK: - For the owner

  /// Starts the transfer.
  final func begin() {
    enter(.connecting)
    arm()
    transfer = loop.start(request, handler: self)
  }

  /// Stops at once; `ended` is not called. Does nothing once it is over.
  final func stop() {
    guard state != .over else { return }
    leave()
    transfer?.cancel()
  }

  /// Ends a response whose end marker has come, without waiting for its connection; false, and
  /// nothing done, when it has not come.
  @discardableResult
  final func endIfComplete() -> Bool {
    guard state == .complete else { return false }
    transfer?.cancel()
    close(at: loop.now)
    finish(.complete, at: loop.now)
    return true
  }

  // MARK: - For the subclass

  /// A success has begun, in a form that can be read.
  func open(_ head: HTTPHead, at instant: Instant) {}

  /// The next bytes of a success, which are lent for the call.
  func take(_ bytes: UnsafeRawBufferPointer, at instant: Instant) {}

  /// The body of a success has ended.
  func close(at instant: Instant) {}

  /// It is over; nothing follows.
  func ended(_ end: End) {}

  /// Something that an answer consists of has come.
  @inline(__always)
  final func noteContent(at instant: Instant) { watchdog.noteContent(at: instant) }

  /// The body is whole.
  final func noteComplete(at instant: Instant) {
    guard state == .answering else { return }
    enter(.complete)
    watchdog.noteComplete(at: instant)
    arm()
  }

  /// Reads no more of the body because of what it said. The failure gets the target's name,
  /// which a decoder does not know.
  final func fail(_ failure: Failure) {
    guard state.isReading else { return }
    enter(.failed)
    var failure = failure
    if failure.subject == "the answer" { failure.problem = "the answer " + failure.problem }
    failure.subject = target.name
    self.failure = failure
  }

  /// What kept the response from being read to its end; `nil` when nothing did.
  /// - Parameters:
  ///   - model: the model that was asked; empty for a document.
  ///   - unixTime: the time of day in seconds since 1970, where it is known.
  final func failure(of end: End, model: String, unixTime: Int?) -> Failure? {
    if let failure { return failure }
    switch end.cause {
    case .silence(let expiry, let limit):
      return TransportFailure.silence(expiry, limit: limit, of: target.name, mayBeBilled: mayBeBilled)
    case _ where end.reached == .refused:
      return head.map { head in
        let failed = FailedRequest(
          model: model, provider: target.name, epochSeconds: unixTime.map(Int64.init))
        return TransportFailure.refusal(head, body: refusal, of: failed, target: target)
      }
    // With its end marker an answer is whole, whatever became of the connection afterwards.
    case .transfer(let problem?) where end.reached != .complete:
      return TransportFailure.failure(
        problem, target: target, wasSent: watchdog.sent != nil, mayBeBilled: mayBeBilled,
        connectLimit: watchdog.limit(of: .connect))
    case .transfer, .complete: return nil
    }
  }

  /// Whether the request may cost money. A document is free, however often it is asked for.
  private var mayBeBilled: Bool { request.method != "GET" }

  // MARK: - Transitions

  private func enter(_ next: State) {
    precondition(state.canBecome(next), "a sending that is \(state) cannot become \(next)")
    state = next
  }

  private func leave() {
    enter(.over)
    if let timer { loop.cancel(timer.id) }
    timer = nil
  }

  private func finish(
    _ cause: End.Cause, at instant: Instant, connection: ConnectionFacts = ConnectionFacts()
  ) {
    // Whoever hears of the last pieces of the body may have stopped it.
    guard state != .over else { return }
    let reached = state
    leave()
    ended(End(cause: cause, reached: reached, instant: instant, connection: connection))
  }

  /// Sets the one timer to the earliest limit, unless it fires sooner already: a limit that
  /// moved away is met by looking again.
  private func arm() {
    let instant = watchdog.next.instant
    if let timer {
      if timer.instant <= instant { return }
      loop.cancel(timer.id)
    }
    // Not weakly held: that would make every retain of this object, two for each chunk, a slow
    // one. The timer goes when the sending is over.
    let id = loop.schedule(at: instant) {
      self.timer = nil
      self.look()
    }
    timer = (id, instant)
  }

  private func look() {
    guard state != .over else { return }
    guard let expiry = watchdog.expired(at: loop.now) else { return arm() }
    if endIfComplete() { return }
    transfer?.cancel()
    finish(.silence(expiry, limit: watchdog.limit(of: expiry)), at: loop.now)
  }

  // MARK: - TransferHandler

  final func transferWillSend(at instant: Instant) {
    enter(.sent)
    watchdog.noteSent(at: instant)
    arm()
  }

  final func transferDidReceive(_ head: HTTPHead, at instant: Instant) {
    // There is one final response: a second head means nothing.
    guard state == .sent else { return }
    enter((200..<300).contains(head.status) ? .answering : .refused)
    self.head = head
    watchdog.noteHead(at: instant)
    arm()
    guard state == .answering else { return }
    do throws(Failure) { try target.dialect.check(head) } catch { return fail(error) }
    open(head, at: instant)
  }

  final func transferDidReceive(_ bytes: UnsafeRawBufferPointer, at instant: Instant) -> Bool {
    guard state.isReading else { return keep(bytes, at: instant) }
    watchdog.noteBytes(at: instant)
    take(bytes, at: instant)
    return state.isReading
  }

  /// Keeps what a refusal says.
  private func keep(_ bytes: UnsafeRawBufferPointer, at instant: Instant) -> Bool {
    guard state == .refused else { return false }
    watchdog.noteBytes(at: instant)
    refusal.append(contentsOf: bytes.prefix(Self.refusalLimit - refusal.count))
    return refusal.count < Self.refusalLimit
  }

  final func transferDidEnd(_ end: TransferEnd) {
    if state.isReading { close(at: end.instant) }
    // The transport was told that no more is wanted.
    let isOwnDoing = end.problem?.kind == .aborted && (state == .failed || state == .refused)
    finish(
      .transfer(isOwnDoing ? nil : end.problem), at: end.instant, connection: end.connection)
  }
}
