#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Moments on the clock of the user's wall.
package enum LocalTime {
  /// For example `2026-11-28 17:32`, from seconds since 1970.
  package static func text(_ time: Int) -> String {
    var seconds = time_t(time)
    var parts = tm()
    localtime_r(&seconds, &parts)
    let date = "\(parts.tm_year + 1900)-\(twoDigits(parts.tm_mon + 1))-\(twoDigits(parts.tm_mday))"
    return "\(date) \(twoDigits(parts.tm_hour)):\(twoDigits(parts.tm_min))"
  }

  private static func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
