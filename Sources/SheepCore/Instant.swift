/// A point on the machine's monotonic clock.
///
/// Never wall time: it does not jump when somebody sets the clock, so differences are true
/// durations. Instants of two processes on one machine may be compared; of two machines, not.
package struct Instant: Comparable, Hashable, Sendable {
  /// Nanoseconds since an arbitrary origin (boot, on Linux); 0 or more.
  package var nanoseconds: Int64

  /// Wraps a reading of the monotonic clock, in nanoseconds.
  package init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The later instant; stops at the end of time instead of overflowing.
  package static func + (instant: Instant, duration: Duration) -> Instant {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(duration.nanoseconds)
    return Instant(nanoseconds: overflow ? .max : sum)
  }

  /// How long after `earlier` this instant is; negative when it is before.
  package static func - (later: Instant, earlier: Instant) -> Duration {
    .nanoseconds(later.nanoseconds &- earlier.nanoseconds)
  }
}

extension Duration {
  /// The whole nanoseconds of the duration, clamped to what 64 bits hold (±292 years).
  package var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds < 0 ? .min : .max }
    let (sum, overflowed) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
    if overflowed { return seconds < 0 ? .min : .max }
    return sum
  }

  /// The duration in milliseconds, for printing and statistics.
  package var milliseconds: Double { Double(nanoseconds) / 1_000_000 }

  /// The duration in seconds, for printing and statistics.
  package var inSeconds: Double { Double(nanoseconds) / 1_000_000_000 }
}
