import SheepCore

/// Who hears only the end of a call.
final class Ending: CallObserver {
  private let done: (Outcome) -> Void

  init(_ done: @escaping (Outcome) -> Void) {
    self.done = done
  }

  func call(_ call: Call, didReceive event: Event, at instant: Instant) {}
  func call(_ call: Call, willRetryAfter wait: Duration, because failure: Failure) {}
  func call(_ call: Call, didEnd outcome: Outcome) { done(outcome) }
}
