package import SheepCore

/// Who hears of a call.
package protocol CallObserver: AnyObject {
  /// The next event of the answer; texts are lent for the duration of the call.
  func call(_ call: Call, didReceive event: Event, at instant: Instant)

  /// An attempt failed and will be repeated after `wait`.
  func call(_ call: Call, willRetryAfter wait: Duration, because failure: Failure)

  /// The call is over. Said exactly once, also after `cancel`.
  func call(_ call: Call, didEnd outcome: Outcome)
}
