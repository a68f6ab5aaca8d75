import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The machine's monotonic clock, the one that arrival instants are read from.
enum MonotonicClock {
  /// The clock's reading (`CLOCK_MONOTONIC`).
  static var now: Instant {
    var reading = timespec()
    clock_gettime(CLOCK_MONOTONIC, &reading)
    return Instant(nanoseconds: Int64(reading.tv_sec) * 1_000_000_000 + Int64(reading.tv_nsec))
  }
}
