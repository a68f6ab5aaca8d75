/// Durations as numbers in JSON.
package enum Milliseconds {
  /// Milliseconds with three decimals at most, as a JSON number: `412.037`.
  package static func json(_ duration: Duration) -> JSON {
    .number(number(duration.nanoseconds / 1000, decimals: 3))
  }

  /// Seconds with three decimals at most, as a JSON number: `1.5`.
  package static func seconds(_ duration: Duration) -> JSON {
    .number(number(duration.nanoseconds / 1_000_000, decimals: 3))
  }

  private static func number(_ value: Int64, decimals: Int) -> JSONNumber {
    var text = Figures.fixed(value, decimals: decimals)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return JSONNumber(text: text) ?? JSONNumber(0)
  }
}
