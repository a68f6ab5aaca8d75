package import SheepCore

/// Whether, and after how long, a failed attempt is repeated.
///
/// A pure rule: it is told what happened, what time it is and a random number, and returns a
/// decision. The phases and numbers are those of docs/retries.md; this is the only layer of
/// the program that repeats anything.
package struct RetryPolicy: Sendable, Equatable {
  /// How far an attempt had come when it failed: what decides whether a repetition could be
  /// paid for twice or show a user two answers.
  package enum Phase: Sendable, Equatable {
    /// Nothing was sent; a repetition costs nothing.
    case notSent
    /// Sent, and the connection was lost before any response: it may have been billed.
    case lostAfterSending
    /// Sent, and no response came in time: it may still be running.
    case silentAfterSending
    /// An error status came.
    case refused
    /// A good response began and broke or reported an error, but nothing was shown yet.
    case brokenBeforeText
    /// Something was shown: never repeated.
    case shown
  }

  /// What to do now.
  package enum Decision: Equatable, Sendable {
    /// Send again after this wait.
    case retry(after: Duration)
    /// Give up and report the failure; `reason` says why when it is not obvious.
    case stop(reason: String?)
  }

  /// The most attempts in all, the first one included; 1 or more.
  package var maximumAttempts = 3
  /// The first wait's upper end; doubles with each attempt.
  package var baseDelay: Duration = .milliseconds(500)
  /// The upper end of every wait that the program chooses itself.
  package var delayCap: Duration = .seconds(8)
  /// The longest wait that a server may ask for: beyond it, stopping and saying so is kinder.
  package var hintCap: Duration = .seconds(120)

  /// Three attempts; waits up to 8 s of its own and up to 120 s on a server's word.
  package init() {}

  /// Decides about a failed attempt.
  /// - Parameters:
  ///   - failure: what went wrong.
  ///   - phase: how far the attempt had come.
  ///   - attempt: the number of the failed attempt, from 1.
  ///   - lostBefore: how many attempts of this call were lost after sending or in the TLS
  ///     handshake, this one included.
  ///   - remaining: the time left under the deadline of the whole call; `nil` without one.
  ///   - random: an evenly distributed number, 0 ..< 1, for the jitter.
  package func decide(
    failure: Failure, phase: Phase, attempt: Int, lostBefore: Int, remaining: Duration?, random: Double
  ) -> Decision {
    guard mayRepeat(failure, phase: phase, lostBefore: lostBefore) else { return .stop(reason: nil) }
    if attempt >= maximumAttempts { return .stop(reason: nil) }
    if let hint = failure.retryAfter, hint > hintCap {
      return .stop(
        reason:
          "the server asks for a wait of \(DurationText.limit(hint)), more than the limit of \(DurationText.limit(hintCap))"
      )
    }
    let wait = delay(attempt: attempt, hint: failure.retryAfter, random: random)
    if let remaining, wait >= remaining {
      return .stop(reason: "a retry would exceed the time limit of the call")
    }
    return .retry(after: wait)
  }

  private func mayRepeat(_ failure: Failure, phase: Phase, lostBefore: Int) -> Bool {
    switch phase {
    case .shown, .silentAfterSending: return false
    case .notSent:
      switch failure.kind {
      case .nameResolution, .connect, .network, .timeout, .proxy: return true
      case .tls: return failure.code != "certificate" && lostBefore <= 1
      default: return false
      }
    case .lostAfterSending: return failure.kind == .network && lostBefore <= 1
    case .brokenBeforeText:
      switch failure.kind {
      case .network, .server, .overloaded, .rateLimit: return failure.shouldRetry ?? true
      default: return false
      }
    case .refused:
      switch failure.kind {
      case .quota, .authentication, .permission, .model, .filtered, .redirect: return false
      case .badRequest: return failure.shouldRetry == true
      default: return failure.shouldRetry ?? failure.status.map(Self.repeatable.contains) ?? false
      }
    }
  }

  /// Statuses that may pass (docs/retries.md): the union of what the vendors' own clients and
  /// curl repeat. 501, 505 and other 4xx do not.
  static let repeatable: Set<Int> = [408, 409, 425, 429, 500, 502, 503, 504, 522, 524, 529]

  /// Full jitter below an exponential bound; a server's hint is a minimum, plus up to a tenth.
  func delay(attempt: Int, hint: Duration?, random: Double) -> Duration {
    if let hint, hint > .zero {
      return hint + Self.share(0.1 * random, of: hint)
    }
    var bound = min(baseDelay, delayCap)
    for _ in 1..<max(1, min(attempt, 40)) where bound < delayCap { bound = min(bound * 2, delayCap) }
    return Self.share(random, of: bound)
  }

  /// A share, 0 ... 1, of a duration.
  private static func share(_ share: Double, of duration: Duration) -> Duration {
    let whole = duration.nanoseconds
    return .nanoseconds(Int64(exactly: (Double(whole) * share).rounded(.down)) ?? whole)
  }
}
