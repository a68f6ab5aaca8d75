import SheepCore

/// Spans of time as the lines of a diagnosis write them.
package enum SpanText {
  /// `0.4 ms`, `12 ms`, `1.23 s`, `12 s`.
  package static func of(_ span: Duration) -> String {
    let microseconds = max(0, span.nanoseconds / 1000)
    if microseconds < 9_950 { return decimal((microseconds + 50) / 100, places: 1) + " ms" }
    if microseconds < 999_500 { return "\((microseconds + 500) / 1000) ms" }
    if microseconds < 9_995_000 { return decimal((microseconds + 5000) / 10_000, places: 2) + " s" }
    return "\((microseconds + 500_000) / 1_000_000) s"
  }

  /// A limit as the user may have given it: `10 s`, `0.5 s`.
  static func limit(_ span: Duration) -> String {
    let milliseconds = max(0, span.nanoseconds / 1_000_000)
    var text = decimal(milliseconds, places: 3)[...]
    while text.utf8.last == 0x30 { text.removeLast() }
    if text.utf8.last == 0x2e { text.removeLast() }
    return text + " s"
  }

  /// Days or hours or minutes for people: `62 days`, `5 hours`, `12 min`.
  static func coarse(seconds: Int64) -> String {
    let seconds = seconds.magnitude
    if seconds >= 2 * 86_400 { return "\(seconds / 86_400) days" }
    if seconds >= 2 * 3600 { return "\(seconds / 3600) hours" }
    return "\(seconds / 60) min"
  }

  private static func decimal(_ value: Int64, places: Int) -> String {
    let digits = String(value)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
    return padded.dropLast(places) + "." + padded.suffix(places)
  }
}
