import SheepCore

/// One transfer of a document, whose body is kept in one piece: an attempt of `Fetch`, or a free
/// request of a diagnosis.
final class Download: Sending {
  /// What came of it.
  struct Outcome {
    let start: Instant
    /// When the request went out; `nil` when it never did.
    let sent: Instant?
    let headAt: Instant?
    let head: HTTPHead?
    /// The body of a success, or the first 64 KiB of another.
    let body: [UInt8]
    let end: Sending.End
    /// Why there is no whole document, in general words; `nil` where there is one.
    let failure: Failure?

    /// What broke the transfer; `nil` when nothing did.
    var problem: TransferEnd.Problem? { if case .transfer(let problem) = end.cause { problem } else { nil } }

    /// The limit that passed, and its length; `nil` when none did.
    var silence: (expiry: Watchdog.Expiry, limit: Duration)? {
      if case .silence(let expiry, let limit) = end.cause { (expiry, limit) } else { nil }
    }

    /// From the start to the end.
    var total: Duration { end.instant - start }
  }

  private var body: [UInt8] = []
  private let unixTime: (@Sendable () -> Int)?
  private var done: ((Outcome) -> Void)?

  /// A larger document than this is refused.
  static let largestBody: Int64 = 32 << 20

  /// Prepares a transfer; `done` is called later, once, unless it is cancelled.
  /// - Parameter unixTime: the time of day in seconds since 1970, for servers that ask to wait
  ///   until a date.
  init(
    _ request: HTTPRequest, of target: Target, limits: TimeLimits, unixTime: (@Sendable () -> Int)? = nil,
    loop: any EventLoop, done: @escaping (Outcome) -> Void
  ) {
    var request = request
    request.settings.maximumBodyBytes = Self.largestBody
    self.unixTime = unixTime
    self.done = done
    super.init(request, to: target, limits: limits, loop: loop)
  }

  /// Stops it; nothing more is said.
  func cancel() {
    done = nil
    stop()
  }

  override func take(_ bytes: UnsafeRawBufferPointer, at instant: Instant) {
    noteContent(at: instant)
    body.append(contentsOf: bytes)
  }

  override func ended(_ end: Sending.End) {
    let outcome = Outcome(
      start: start, sent: watchdog.sent, headAt: watchdog.head, head: head,
      body: end.reached == .refused ? refusal : body, end: end,
      failure: failure(of: end, model: "", unixTime: unixTime?())
        ?? (head == nil ? Failure(.protocolViolation, target.name, "ended without an answer") : nil))
    let done = done
    self.done = nil
    done?(outcome)
  }
}
