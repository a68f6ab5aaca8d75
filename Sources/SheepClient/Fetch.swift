package import SheepCore
import SheepWire

/// One document of an endpoint, by GET: attempts, waits and limits, until it is here or not.
///
/// The small sister of `Call` for what is not an answer of a model: the same loop of attempts,
/// and the body in one piece. Lives on the loop's thread and keeps itself alive until it has
/// ended.
package final class Fetch {
  /// How a fetch ended.
  package typealias Outcome = Result<[UInt8], Failure>

  private let http: HTTPRequest
  private let target: Target
  private let policy: CallPolicy
  private let loop: any EventLoop
  private let onRetry: (Duration, Failure) -> Void
  private let onEnd: (Outcome) -> Void

  private let tries: RetryLoop
  private var download: Download?

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
    self.http = http
    self.target = target
    self.policy = policy
    self.loop = loop
    self.onRetry = onRetry
    self.onEnd = onEnd
    tries = RetryLoop(policy, loop: loop)
  }

  /// Sends the first attempt.
  package func begin() {
    tries.begin(send: { self.send() }, timeIsUp: { self.timeIsUp() })
  }

  /// Stops at once, because of `failure`.
  package func cancel(because failure: Failure) {
    download?.cancel()
    end(.failure(failure))
  }

  private func send() {
    tries.noteAttempt()
    let download = Download(
      http, of: target, limits: policy.limits, unixTime: policy.unixTime, loop: loop
    ) { [weak self] in self?.downloadEnded($0) }
    self.download = download
    download.begin()
  }

  private func downloadEnded(_ outcome: Download.Outcome) {
    download = nil
    guard var failure = outcome.failure else { return end(.success(outcome.body)) }
    switch tries.decide(after: failure, in: outcome.end.phase) {
    case .retry(let wait):
      onRetry(wait, cleaned(failure))
      if !tries.isOver { tries.sendAgain(after: wait) }
    case .stop(let reason):
      if let reason { failure.problem += " (\(reason))" }
      end(.failure(failure))
    }
  }

  private func timeIsUp() {
    cancel(
      because: .tookTooLong(
        target.name, "the list", limit: policy.totalTime, isUsers: policy.totalTimeIsUsers))
  }

  private func end(_ outcome: Outcome) {
    guard !tries.isOver else { return }
    tries.end()
    onEnd(outcome.mapError(cleaned))
  }

  /// The failure with the number of attempts, and without the key, wherever a server echoed it.
  private func cleaned(_ failure: Failure) -> Failure {
    var failure = target.redacted(failure)
    failure.attempts = tries.attempts
    return failure
  }
}
