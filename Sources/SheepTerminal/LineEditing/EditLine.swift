/// Places in an edit line, counted in bytes of UTF-8: characters, lines and columns.
///
/// What a person sees as one character is one: a Hangul syllable made of jamo, an emoji of
/// several code points, a letter with its marks.
package struct EditLine: Sendable {
  /// The text, without zero bytes.
  package let bytes: [UInt8]
  /// How many bytes stand before the cursor.
  package let point: Int

  /// A line with the cursor before that byte.
  package init(bytes: [UInt8], point: Int) {
    self.bytes = bytes
    self.point = point
  }

  /// The text of the whole line.
  var text: String { String(decoding: bytes, as: UTF8.self) }
  /// The text before the cursor.
  var head: String { String(decoding: bytes[..<point], as: UTF8.self) }

  /// Where the line of the cursor begins, after the line feed before it.
  var lineStart: Int { (bytes[..<point].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1 }
  /// Where the line of the cursor ends, before its line feed.
  var lineEnd: Int { bytes[point...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count }
  var isOnFirstLine: Bool { lineStart == 0 }
  var isOnLastLine: Bool { lineEnd == bytes.count }

  /// The place after the character at the cursor, or the cursor's at the end.
  package func next() -> Int {
    // No character that matters is longer; a decoder must not be given a megabyte for one key.
    let part = String(decoding: bytes[point...].prefix(256), as: UTF8.self)
    return point + (part.first.map { $0.utf8.count } ?? 0)
  }

  /// The place before the character that the cursor stands after.
  package func previous() -> Int {
    var start = max(0, point - 256)
    while start < point, bytes[start] & 0xc0 == 0x80 { start += 1 }
    let part = String(decoding: bytes[start..<point], as: UTF8.self)
    return point - (part.last.map { $0.utf8.count } ?? 0)
  }

  /// The place one line further up (-1) or down (1) in the cursor's column.
  package func moved(lines: Int) -> Int {
    let column = TextWidth.of(String(decoding: bytes[lineStart..<point], as: UTF8.self))
    let target: EditLine
    if lines < 0 {
      guard lineStart > 0 else { return 0 }
      target = EditLine(bytes: bytes, point: lineStart - 1)
    } else {
      guard lineEnd < bytes.count else { return bytes.count }
      target = EditLine(bytes: bytes, point: lineEnd + 1)
    }
    var place = target.lineStart
    var columns = 0
    for character in String(decoding: bytes[place..<target.lineEnd], as: UTF8.self) {
      columns += TextWidth.of(character)
      if columns > column { break }
      place += character.utf8.count
    }
    return place
  }
}
