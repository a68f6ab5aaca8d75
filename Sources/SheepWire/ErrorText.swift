import SheepCore

/// A server's words, made fit to stand in one line of an error message.
enum ErrorText {
  /// The most characters that are shown of them.
  static let limit = 300

  /// The text in one line: no control characters, colours, direction marks or runs of blanks,
  /// and at most `limit` characters.
  static func sanitized(_ text: String, limit: Int = limit) -> String {
    var result = String.UnicodeScalarView()
    var needsBlank = false
    var count = 0
    var escape = Escape.none
    for scalar in text.unicodeScalars {
      if escape.consumes(scalar) { continue }
      if isBlank(scalar) {
        needsBlank = count > 0
        continue
      }
      if isHidden(scalar) { continue }
      if needsBlank {
        result.append(" ")
        count += 1
        needsBlank = false
      }
      if count >= limit {
        result.append("…")
        break
      }
      result.append(scalar)
      count += 1
    }
    return String(result)
  }

  /// An escape sequence being skipped: `ESC [` up to its final byte.
  private enum Escape {
    case none, begun, sequence

    mutating func consumes(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .none:
        guard scalar.value == 0x1b else { return false }
        self = .begun
        return true
      case .begun:
        guard scalar == "[" else {
          self = .none
          return scalar.value == 0x1b
        }
        self = .sequence
        return true
      case .sequence:
        if (0x40...0x7e).contains(scalar.value) { self = .none }
        return true
      }
    }
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0d, 0x20, 0x85, 0xa0, 0x2028, 0x2029: true
    default: false
    }
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f...0x9f, 0x200b...0x200f, 0x202a...0x202e, 0x2060...0x2069, 0xfeff,
      0xe0000...0xe007f:
      true
    default: false
    }
  }
}
