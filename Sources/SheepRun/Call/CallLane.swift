package import SheepClient
package import SheepCore

/// One of several calls under way at once, from its sending to its end. Nothing of it is shown while it
/// runs.
package final class CallLane: CallObserver {
  /// What the call is doing, for those who watch.
  package enum State {
    case waiting, thinking, answering
  }

  /// Which of the several it is, for whoever began it.
  package let index: Int
  package let destination: Destination
  package let request: Request
  package let start: Instant
  package private(set) var state = State.waiting
  /// When the first delta of any kind came; `nil` before.
  package private(set) var firstDelta: Instant?
  /// How long that delta can at most have lain unread, because the program was busy with others;
  /// `nil` before it.
  package private(set) var ownDelay: Duration?
  /// How it ended; `nil` while it goes on.
  package private(set) var outcome: Outcome?
  /// Called when it is tried again.
  package var onRetry: ((_ wait: Duration, _ because: Failure) -> Void)?
  /// Called when it has ended.
  package var onEnd: ((CallLane, Outcome) -> Void)?
  private let loop: any EventLoop
  private let isWatched: Bool
  private var call: Call?
  private var estimator = TokenEstimator()
  private var arrived: [UInt8] = []

  /// A call on `loop` that is not sent yet.
  /// - Parameter isWatched: whether tokens are to be counted while they arrive.
  package init(
    _ request: Request, to destination: Destination, on loop: any EventLoop, index: Int = 0,
    isWatched: Bool = false
  ) {
    self.request = request
    self.destination = destination
    self.loop = loop
    self.index = index
    self.isWatched = isWatched
    start = loop.now
  }

  /// Sends the request.
  package func begin(_ policy: CallPolicy) {
    let call = Call(request, to: destination.target, options: policy, loop: loop, observer: self)
    self.call = call
    call.begin()
  }

  /// Ends the call, if it goes on.
  package func cancel(because failure: Failure) { call?.cancel(because: failure) }

  /// The finished call with its price; `nil` while it goes on.
  package var result: CallResult? {
    outcome.map { CallResult(request, to: destination, $0) }
  }

  /// Estimated tokens so far.
  package var tokens: Int {
    // Counted when somebody looks, and not for each piece.
    if !arrived.isEmpty {
      estimator.feed(String(decoding: arrived, as: UTF8.self))
      arrived.removeAll(keepingCapacity: true)
    }
    return firstDelta == nil ? 0 : estimator.estimate.tokens
  }

  package func call(_ call: Call, didReceive event: Event, at instant: Instant) {
    switch event {
    case .text(let text), .refusal(let text): note(text, at: instant, .answering)
    case .reasoning(let text): note(text, at: instant, .thinking)
    case .toolCall: note(nil, at: instant, .answering)
    default: break
    }
  }

  private func note(_ text: BorrowedText?, at instant: Instant, _ state: State) {
    if firstDelta == nil {
      firstDelta = instant
      ownDelay = loop.unreadSince.map { max(.zero, instant - $0) }
    }
    self.state = state
    if isWatched, let text { arrived.append(contentsOf: text.bytes) }
  }

  package func call(_ call: Call, willRetryAfter wait: Duration, because failure: Failure) {
    state = .waiting
    firstDelta = nil
    ownDelay = nil
    onRetry?(wait, failure)
  }

  package func call(_ call: Call, didEnd outcome: Outcome) {
    self.call = nil
    self.outcome = outcome
    let ended = onEnd
    onEnd = nil
    onRetry = nil
    ended?(self, outcome)
  }
}
