import SheepCore

/// The attempts of one request, the waits between them and the time limit over all of them:
/// what `Call` and `Fetch` have in common.
///
/// Keeps its owner alive, through the closures it is given, until it is over.
final class RetryLoop {
  /// What the request is at. Legal transitions:
  ///
  ///     ready → attempting ⇄ waiting
  ///
  /// and from each of them to `over`.
  enum State {
    case ready
    /// An attempt is under way.
    case attempting
    /// The timer starts what comes next.
    case waiting(TimerID)
    case over
  }

  private(set) var state = State.ready
  /// How often the request was sent.
  private(set) var attempts = 0
  private let policy: CallPolicy
  private let loop: any EventLoop
  private let start: Instant
  /// Attempts that were lost after sending or in the TLS handshake.
  private var lost = 0
  private var deadline: TimerID?
  private var send: (() -> Void)?

  /// The time for all attempts begins now.
  init(_ policy: CallPolicy, loop: any EventLoop) {
    self.policy = policy
    self.loop = loop
    start = loop.now
  }

  var isOver: Bool { if case .over = state { true } else { false } }

  /// What is left of the time for all attempts; negative when it has passed.
  var remaining: Duration { start + policy.totalTime - loop.now }

  /// Starts the first attempt.
  /// - Parameters:
  ///   - send: sends the request; called for each attempt.
  ///   - timeIsUp: called once when the time for all attempts has passed.
  func begin(send: @escaping () -> Void, timeIsUp: @escaping () -> Void) {
    if isOver { return }
    guard case .ready = state else { preconditionFailure("a request begins once") }
    self.send = send
    deadline = loop.schedule(at: start + policy.totalTime, timeIsUp)
    next()
  }

  /// Counts a request that is sent now.
  func noteAttempt() { attempts += 1 }

  /// What to do about an attempt that failed.
  /// - Parameter free: attempts that do not count against the policy's maximum.
  func decide(after failure: Failure, in phase: RetryPolicy.Phase, free: Int = 0) -> RetryPolicy.Decision {
    if phase == .lostAfterSending || failure.kind == .tls { lost += 1 }
    return policy.retry.decide(
      failure: failure, phase: phase, attempt: attempts - free, lostBefore: lost, remaining: remaining,
      random: policy.random())
  }

  /// Starts the next attempt after `wait`.
  func sendAgain(after wait: Duration) { pause(for: wait) { self.next() } }

  /// Calls `action` after `wait`, unless the request is over by then.
  func pause(for wait: Duration, then action: @escaping () -> Void) {
    guard case .attempting = state else { preconditionFailure("a wait begins behind an attempt") }
    state = .waiting(loop.schedule(at: loop.now + wait, action))
  }

  /// Ends the request: nothing is sent any more.
  func end() {
    if case .waiting(let timer) = state { loop.cancel(timer) }
    if let deadline { loop.cancel(deadline) }
    state = .over
    send = nil
  }

  private func next() {
    state = .attempting
    send?()
  }
}
