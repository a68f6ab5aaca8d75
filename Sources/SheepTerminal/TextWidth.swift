/// How many terminal columns text takes.
///
/// East Asian wide and fullwidth characters and emoji take two columns, marks and
/// controls none. The tables are those of Unicode 17.0.
package enum TextWidth {
  /// The columns of a lone code point: 0, 1 or 2.
  package static func of(_ value: UInt32) -> Int {
    if value < 0x300 { return value < 0x20 || (value >= 0x7f && value < 0xa0) ? 0 : 1 }
    // Hangul syllables and the unified ideographs, before any search.
    if 0xac00...0xd7a3 ~= value || 0x4e00...0x9fff ~= value { return 2 }
    if contains(value, in: zeroRanges) { return 0 }
    return value >= 0x1100 && contains(value, in: wideRanges) ? 2 : 1
  }

  /// The columns of a lone scalar.
  package static func of(_ scalar: Unicode.Scalar) -> Int { of(scalar.value) }

  /// The columns of one grapheme cluster.
  package static func of(_ character: Character) -> Int {
    var meter = WidthMeter()
    return character.unicodeScalars.reduce(0) { $0 + meter.advance($1.value) }
  }

  /// The columns of a text on one line; line feeds and tabs count as 0.
  package static func of(_ text: some StringProtocol) -> Int {
    // Plain text takes a column for each byte; tables measure every cell several times.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text.utf8.count }
    var meter = WidthMeter()
    return text.unicodeScalars.reduce(0) { $0 + meter.advance($1.value) }
  }

  private static func contains(_ value: UInt32, in ranges: [UInt32]) -> Bool {
    var low = 0
    var high = ranges.count / 2
    while low < high {
      let middle = (low + high) / 2
      if value > ranges[2 * middle + 1] { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count / 2 && value >= ranges[2 * low]
  }
}

/// The side on which text begins inside the columns that are left for it.
package enum Alignment: Sendable {
  case left, center, right
}

extension StringProtocol {
  /// The text with spaces added up to `width` columns; longer text stays as it is.
  package func padded(to width: Int, _ alignment: Alignment = .left) -> String {
    let gap = Swift.max(0, width - TextWidth.of(self))
    let before =
      switch alignment {
      case .left: 0
      case .center: gap / 2
      case .right: gap
      }
    return String(repeating: " ", count: before) + self + String(repeating: " ", count: gap - before)
  }

  /// The text cut to at most `width` columns, with `…` as its last where it was cut.
  package func truncated(to width: Int) -> String {
    if TextWidth.of(self) <= width { return String(self) }
    guard width > 0 else { return "" }
    var kept = ""
    var columns = 0
    for character in self {
      let next = TextWidth.of(character)
      if columns + next > width - 1 { break }
      columns += next
      kept.append(character)
    }
    return kept + "…"
  }
}
