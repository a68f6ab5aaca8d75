import CReadline

/// The library that keeps the edit line: GNU readline, or libedit where that is missing.
///
/// It has one edit line for the whole process, so there is one of these at a time.
final class ReadlineLibrary {
  /// Whether it is GNU readline.
  let isGNU: Bool
  /// Hands keys to the library at once; set by the editor.
  var feedKeys: (([UInt8]) -> Void)?

  /// The file names that the libraries go by, in the order to try.
  static let usualNames: [String] = {
    #if os(Linux)
      ["libreadline.so.8", "libreadline.so.9", "libreadline.so.7", "libedit.so.2"]
    #else
      [
        "/opt/homebrew/opt/readline/lib/libreadline.8.dylib",
        "/usr/local/opt/readline/lib/libreadline.8.dylib", "/usr/lib/libedit.3.dylib",
      ]
    #endif
  }()

  /// Opens the first library that is there and has all that is needed; `nil` for none.
  init?(names: [String] = usualNames) {
    guard
      let kind = names.lazy.map({ sheep_readline_open($0) }).first(where: { $0 != SHEEP_READLINE_MISSING })
    else { return nil }
    isGNU = kind == SHEEP_READLINE_GNU
  }

  /// Sets the library up, its callbacks bound to that editor, which must outlive its use.
  func prepare(for editor: ReadlineEditor, isDumb: Bool) {
    var calls = sheep_readline_calls(
      context: Unmanaged.passUnretained(editor).toOpaque(),
      next_byte: { ReadlineLibrary.editor($0)?.nextByte() ?? -1 },
      has_byte: { ReadlineLibrary.editor($0)?.hasByte == true ? 1 : 0 },
      pressed: { ReadlineLibrary.editor($0)?.pressed($1, Int($2)) },
      finished: { ReadlineLibrary.editor($0)?.finished($1.map { String(cString: $0) }) })
    sheep_readline_prepare(&calls, isDumb ? 1 : 0)
  }

  private static func editor(_ context: UnsafeMutableRawPointer?) -> ReadlineEditor? {
    context.map { Unmanaged<ReadlineEditor>.fromOpaque($0).takeUnretainedValue() }
  }

  /// The edit line and the cursor in it.
  var line: EditLine {
    let count = Int(sheep_readline_length())
    let bytes = UnsafeRawBufferPointer(start: sheep_readline_line(), count: count)
    let point = min(Int(sheep_readline_point()), count)
    if isGNU { return EditLine(bytes: Array(bytes), point: point) }
    let head = Self.withLineFeeds(bytes[..<point])
    return EditLine(bytes: head + Self.withLineFeeds(bytes[point...]), point: head.count)
  }

  /// What libedit has in a line feed's place, for it takes a line feed before the cursor for the
  /// line's end.
  private static let lineFeed = Array("\u{10effe}".utf8)

  private static func withLineFeeds(_ bytes: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.first {
      if byte == lineFeed[0], rest.starts(with: lineFeed) {
        result.append(UInt8(ascii: "\n"))
        rest = rest.dropFirst(lineFeed.count)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// What shows in the prompt's place, such as what is searched for; `nil`: the prompt.
  var message: String? { sheep_readline_message().map { String(cString: $0) } }

  var isSearching: Bool { sheep_readline_is_searching() != 0 }

  /// Puts the cursor before that byte.
  func moveCursor(to point: Int) {
    if isGNU {
      sheep_readline_set_point(Int32(point))
      return
    }
    let line = line
    let range = min(point, line.point)..<max(point, line.point)
    press(point < line.point ? 2 : 6, Self.codePoints(in: line.bytes[range]))
  }

  /// Inserts text without zero bytes at the cursor.
  func insert(_ text: String) {
    guard !text.isEmpty else { return }
    if isGNU {
      sheep_readline_insert(text)
      return
    }
    let bytes = text.utf8.flatMap { $0 == UInt8(ascii: "\n") ? Self.lineFeed : [$0] }
    sheep_readline_insert(String(decoding: bytes, as: UTF8.self))
    // It tells what is in the line after a key only: Ctrl-L, which draws the screen that it has.
    feedKeys?([0x0c])
  }

  /// Deletes bytes. `isKept`: Ctrl-Y brings them back, with GNU readline.
  func delete(_ range: Range<Int>, isKept: Bool = false) {
    guard !range.isEmpty else { return }
    if isGNU {
      sheep_readline_delete(Int32(range.lowerBound), Int32(range.upperBound), isKept ? 1 : 0)
      return
    }
    let line = line
    moveCursor(to: range.upperBound)
    press(8, Self.codePoints(in: line.bytes[range]))
    if line.point < range.lowerBound { moveCursor(to: line.point) }
    if line.point > range.upperBound { moveCursor(to: line.point - range.count) }
  }

  /// Puts another text in the line's place, undone in one step; the cursor stands at its end.
  func replaceLine(with text: String) {
    if isGNU {
      sheep_readline_group(1)
      delete(0..<Int(sheep_readline_length()))
      moveCursor(to: 0)
    } else {
      // libedit's Ctrl-U takes the whole line.
      feedKeys?([21])
    }
    insert(text)
    if isGNU { sheep_readline_group(0) }
  }

  /// Finishes the line; `finished` is called before this returns, or before the step does in
  /// which it was asked for.
  func accept() {
    if isGNU { sheep_readline_accept() } else { feedKeys?([13]) }
  }

  /// Hands libedit keys of its own: Ctrl-B, Ctrl-F, Ctrl-H.
  private func press(_ key: UInt8, _ count: Int) {
    if count > 0 { feedKeys?([UInt8](repeating: key, count: count)) }
  }

  private static func codePoints(in bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $1 & 0xc0 == 0x80 ? $0 : $0 + 1 }
  }
}

extension ReadlineEditor {
  /// The files of the libraries that it can stand on, in the order that they are tried: names for
  /// the loader to find, or whole paths.
  package static var libraryNames: [String] { ReadlineLibrary.usualNames }
}
