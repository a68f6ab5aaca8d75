/// Durations for people. There is one rule: below 0.1 s in milliseconds, from there on in
/// seconds, with the digits that matter and the unit always written: `0.8 ms`, `23 ms`, `0.41 s`,
/// `1.92 s`, `12.3 s`, `123 s`.
///
/// Where durations stand under each other to be compared, all are in seconds (`seconds`).
package enum DurationText {
  /// By the rule. A negative duration is `0.0 ms`.
  package static func of(_ duration: Duration) -> String {
    let microseconds = max(0, duration.nanoseconds / 1000)
    switch microseconds {
    case ..<9_950: return Figures.fixed((microseconds + 50) / 100, decimals: 1) + " ms"
    case ..<99_500: return "\((microseconds + 500) / 1000) ms"
    case ..<9_995_000: return Figures.fixed((microseconds + 5000) / 10_000, decimals: 2) + " s"
    case ..<99_950_000: return Figures.fixed((microseconds + 50_000) / 100_000, decimals: 1) + " s"
    default: return "\((microseconds + 500_000) / 1_000_000) s"
    }
  }

  /// A cell of a column of durations, in seconds: `0.041 s`, `1.92 s`; `-` where there is none.
  package static func seconds(milliseconds: Double?) -> String {
    guard let value = milliseconds, value.isFinite, value < 1e12 else { return "-" }
    // Less than the digits show, but not nothing.
    if value > 0, value < 0.5 { return "<0.001 s" }
    let seconds = value / 1000
    let decimals = seconds < 0.1 ? 3 : seconds < 10 ? 2 : seconds < 100 ? 1 : 0
    return Figures.rounded(seconds, decimals: decimals) + " s"
  }

  /// A limit as the user may have given it, in seconds to the millisecond: `10 s`, `0.4 s`.
  package static func limit(_ duration: Duration) -> String {
    var text = Figures.fixed(max(0, duration.nanoseconds / 1_000_000), decimals: 3)[...]
    while text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
    if text.utf8.last == UInt8(ascii: ".") { text.removeLast() }
    return String(text) + " s"
  }

  /// Days or hours or minutes: `62 days`, `5 hours`, `12 min`. The sign is not shown.
  package static func coarse(seconds: Int64) -> String {
    let seconds = seconds.magnitude
    if seconds >= 2 * 86_400 { return "\(seconds / 86_400) days" }
    if seconds >= 2 * 3600 { return "\(seconds / 3600) hours" }
    return "\(seconds / 60) min"
  }
}
