import CReadline

/// The keys with libedit, which cannot be given functions of ours: they are told apart here, and
/// what libedit does by itself is left to it (words, Ctrl-T, Ctrl-Y and others).
extension ReadlineEditor {
  /// What a key asks for.
  private enum Action {
    case function(sheep_readline_key)
    /// Ctrl-D: the end on an empty line, else deleting.
    case deleteOrEnd
    /// Ctrl-K, and Ctrl-U, which with libedit takes the whole line.
    case kill
    /// Ctrl-W, which with libedit takes what is between a mark and the cursor.
    case deleteWord
    case library
  }

  /// The bytes of a key, or the next of its bytes.
  func pressLibedit(_ bytes: [UInt8]) {
    openKey += bytes
    guard Self.isComplete(openKey) else { return }
    let key = openKey
    openKey = []
    switch action(of: key) {
    case .function(let function): pressed(function, 1)
    case .deleteOrEnd where library.line.bytes.isEmpty: feed(key)
    case .deleteOrEnd: pressed(SHEEP_KEY_DELETE, 1)
    // What it kills by itself it also brings back.
    case .kill where library.line.bytes.contains(UInt8(ascii: "\n")):
      pressed(key[0] == 0x0b ? SHEEP_KEY_KILL : SHEEP_KEY_DISCARD, 1)
    case .kill where key[0] == 0x15 && library.line.point < library.line.bytes.count:
      pressed(SHEEP_KEY_DISCARD, 1)
    case .kill: feed(key)
    case .deleteWord: feed([0x1b, 0x7f])
    case .library: if library.line.bytes.count < Self.longestLine { feed(key) }
    }
  }

  /// Beyond this many bytes nothing is typed into the line; CReadline makes room for twice that.
  private static let longestLine = 100 << 10

  /// Escape and one more byte, or what ECMA-48 calls a control sequence.
  private static func isComplete(_ key: [UInt8]) -> Bool {
    guard key.first == 0x1b else { return true }
    guard key.count > 1 else { return false }
    guard key[1] == UInt8(ascii: "[") || key[1] == UInt8(ascii: "O") else { return true }
    return key.count > 2 && UInt8(ascii: "@")...0x7e ~= key[key.count - 1]
  }

  private func action(of key: [UInt8]) -> Action {
    guard key.first == 0x1b else { return key.count == 1 ? action(of: key[0]) : .library }
    switch String(decoding: key.dropFirst(), as: UTF8.self) {
    case "\r", "\n", "[13;2u", "[13;3u", "[13;5u", "[27;2;13~", "[27;3;13~", "[27;5;13~":
      return .function(SHEEP_KEY_NEW_LINE)
    case "[A", "OA": return .function(SHEEP_KEY_PREVIOUS)
    case "[B", "OB": return .function(SHEEP_KEY_NEXT)
    case "[C", "OC": return .function(SHEEP_KEY_FORWARD)
    case "[D", "OD": return .function(SHEEP_KEY_BACKWARD)
    case "[H", "OH", "[1~": return .function(SHEEP_KEY_LINE_START)
    case "[F", "OF", "[4~": return .function(SHEEP_KEY_LINE_END)
    case "[3~": return .function(SHEEP_KEY_DELETE)
    default: return .library
    }
  }

  private func action(of byte: UInt8) -> Action {
    switch byte {
    case UInt8(ascii: "\r"): .function(SHEEP_KEY_ACCEPT)
    case UInt8(ascii: "\n"): .function(isDumb ? SHEEP_KEY_ACCEPT : SHEEP_KEY_NEW_LINE)
    case UInt8(ascii: "\t"): .function(SHEEP_KEY_COMPLETE)
    case 0x10: .function(SHEEP_KEY_PREVIOUS)
    case 0x0e: .function(SHEEP_KEY_NEXT)
    case 0x01: .function(SHEEP_KEY_LINE_START)
    case 0x05: .function(SHEEP_KEY_LINE_END)
    case 0x02: .function(SHEEP_KEY_BACKWARD)
    case 0x06: .function(SHEEP_KEY_FORWARD)
    case 0x08, 0x7f: .function(SHEEP_KEY_RUB_OUT)
    case 0x0b, 0x15: .kill
    case 0x17: .deleteWord
    case 0x0c: .function(SHEEP_KEY_CLEAR_SCREEN)
    case 0x04: .deleteOrEnd
    // Its searches read keys behind our back, with nothing to be seen.
    case 0x12, 0x13: .function(SHEEP_KEY_PREVIOUS)
    default: .library
    }
  }
}
