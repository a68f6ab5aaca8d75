import SheepClient
import SheepCore
import SheepRun

/// One call of a comparison, from its sending to its end.
final class CompareLane: CallObserver {
  /// What the call is doing, for those who watch.
  enum State {
    case waiting, thinking, answering
  }

  let target: Int
  private(set) var state = State.waiting
  private(set) var call: Call?
  let start: Instant
  /// When the first delta of any kind came.
  private(set) var firstDelta: Instant?
  /// How long that delta can at most have lain unread, because the program was busy with others;
  /// `nil` before it.
  private(set) var ownDelay: Duration?
  private var loop: (any EventLoop)?
  private var estimator = TokenEstimator()
  private var arrived: [UInt8] = []
  private let isWatched: Bool
  private let onEnd: (CompareLane, Outcome) -> Void

  /// A call to the target of that index.
  /// - Parameter isWatched: whether tokens are to be counted while they arrive.
  init(
    target: Int, start: Instant, isWatched: Bool, onEnd: @escaping (CompareLane, Outcome) -> Void
  ) {
    self.target = target
    self.start = start
    self.isWatched = isWatched
    self.onEnd = onEnd
  }

  func begin(_ request: Request, to target: Target, policy: CallPolicy, loop: any EventLoop) {
    let call = Call(request, to: target, options: policy, loop: loop, observer: self)
    self.call = call
    self.loop = loop
    call.begin()
  }

  /// Estimated tokens so far.
  var tokens: Int {
    // Counted when somebody looks, and not for each piece.
    if !arrived.isEmpty {
      estimator.feed(String(decoding: arrived, as: UTF8.self))
      arrived.removeAll(keepingCapacity: true)
    }
    return firstDelta == nil ? 0 : estimator.estimate.tokens
  }

  func call(_ call: Call, didReceive event: Event, at instant: Instant) {
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
      ownDelay = loop?.unreadSince.map { max(.zero, instant - $0) }
    }
    self.state = state
    if isWatched, let text { arrived.append(contentsOf: text.bytes) }
  }

  func call(_ call: Call, willRetryAfter wait: Duration, because failure: Failure) {
    state = .waiting
    firstDelta = nil
    ownDelay = nil
  }

  func call(_ call: Call, didEnd outcome: Outcome) {
    self.call = nil
    loop = nil
    onEnd(self, outcome)
  }
}
