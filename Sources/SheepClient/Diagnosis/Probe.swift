import SheepCore
import SheepWire

/// One transfer whose whole response is kept, within limits: the free requests of a diagnosis.
final class Probe {
  /// What came of it.
  struct Outcome {
    var start: Instant
    var sent: Instant?
    var headAt: Instant?
    var end: Instant
    var head: HTTPHead?
    var body: [UInt8] = []
    var problem: TransferEnd.Problem?
    /// The limit that passed; `nil` when none did.
    var expiry: Watchdog.Expiry?
    /// How long that limit is.
    var limit: Duration = .zero
    var connection = ConnectionFacts()

    /// From the start to the end.
    var total: Duration { end - start }
  }

  private let loop: any EventLoop
  private var transfer: (any Transfer)?
  private var watchdog: Watchdog
  private var timer: TimerID?
  private var outcome: Outcome
  private var done: ((Outcome) -> Void)?

  /// Starts a transfer; `done` is called later, once, unless it is cancelled.
  init(_ request: HTTPRequest, limits: TimeLimits, loop: any EventLoop, done: @escaping (Outcome) -> Void) {
    self.loop = loop
    self.done = done
    let now = loop.now
    watchdog = Watchdog(limits: limits, start: now)
    outcome = Outcome(start: now, end: now)
    arm()
    transfer = loop.start(request, handler: self)
  }

  /// Whether the request went out on a ready connection.
  var wasSent: Bool { outcome.sent != nil }

  /// Stops it; nothing more is said.
  func cancel() {
    done = nil
    transfer?.cancel()
    if let timer { loop.cancel(timer) }
  }

  private func arm() {
    if let timer { loop.cancel(timer) }
    timer = loop.schedule(at: watchdog.next.instant) { [weak self] in self?.look() }
  }

  private func look() {
    timer = nil
    guard let expiry = watchdog.expired(at: loop.now) else { return arm() }
    outcome.expiry = expiry
    outcome.limit = watchdog.limit(of: expiry)
    transfer?.cancel()
    finish(at: loop.now)
  }

  private func finish(at instant: Instant) {
    guard let done else { return }
    self.done = nil
    if let timer { loop.cancel(timer) }
    outcome.end = instant
    done(outcome)
  }
}

extension Probe: TransferHandler {
  func transferWillSend(at instant: Instant) {
    outcome.sent = instant
    watchdog.noteSent(at: instant)
    arm()
  }

  func transferDidReceive(_ head: HTTPHead, at instant: Instant) {
    outcome.head = head
    outcome.headAt = instant
    watchdog.noteHead(at: instant)
    arm()
  }

  func transferDidReceive(_ bytes: UnsafeRawBufferPointer, at instant: Instant) -> Bool {
    watchdog.noteBytes(at: instant)
    watchdog.noteContent(at: instant)
    outcome.body.append(contentsOf: bytes)
    return true
  }

  func transferDidEnd(_ end: TransferEnd) {
    outcome.problem = end.problem
    outcome.connection = end.connection
    finish(at: end.instant)
  }
}
