/// Durations as numbers in JSON and as text for people.
package enum Milliseconds {
  /// Milliseconds with three decimals at most, as a JSON number: `412.037`.
  package static func json(_ duration: Duration) -> JSON {
    .number(number(duration.nanoseconds / 1000, decimals: 3))
  }

  /// Seconds with three decimals at most, as a JSON number: `1.5`.
  package static func seconds(_ duration: Duration) -> JSON {
    .number(number(duration.nanoseconds / 1_000_000, decimals: 3))
  }

  /// Seconds for people, with the digits that matter: `0.41 s`, `12.3 s`, `0.004 s`.
  package static func text(_ duration: Duration) -> String {
    let decimals =
      duration < .milliseconds(100) ? 3 : duration < .seconds(10) ? 2 : duration < .seconds(100) ? 1 : 0
    var unit: Int64 = 1_000_000_000
    for _ in 0..<decimals { unit /= 10 }
    let rounded = (duration.nanoseconds + unit / 2) / unit
    return fixed(rounded, decimals: decimals) + " s"
  }

  private static func number(_ value: Int64, decimals: Int) -> JSONNumber {
    var text = fixed(value, decimals: decimals)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return JSONNumber(text: text) ?? JSONNumber(0)
  }

  /// An integer count of 10⁻ᵈ units as a decimal text.
  /// - Parameter decimals: 0 ... 18; d.
  package static func fixed(_ value: Int64, decimals: Int) -> String {
    guard decimals > 0 else { return String(value) }
    var digits = String(value.magnitude)
    if digits.utf8.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
    }
    return (value < 0 ? "-" : "") + digits.dropLast(decimals) + "." + digits.suffix(decimals)
  }
}
