import CReadline

/// The library that keeps the edit line: GNU readline, or libedit where that is missing.
///
/// It has one edit line for the whole process, so there is one of these at a time.
final class ReadlineLibrary {
  /// Whether it is GNU readline.
  let isGNU: Bool

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
    return EditLine(bytes: Array(bytes), point: min(Int(sheep_readline_point()), count))
  }

  /// What shows in the prompt's place, such as what is searched for; `nil`: the prompt.
  var message: String? { sheep_readline_message().map { String(cString: $0) } }

  var isSearching: Bool { sheep_readline_is_searching() != 0 }

  /// Puts the cursor before that byte.
  func moveCursor(to point: Int) { sheep_readline_set_point(Int32(point)) }

  /// Inserts text without zero bytes at the cursor.
  func insert(_ text: String) { sheep_readline_insert(text) }

  /// Deletes bytes. `isKept`: Ctrl-Y brings them back.
  func delete(_ range: Range<Int>, isKept: Bool = false) {
    guard !range.isEmpty else { return }
    sheep_readline_delete(Int32(range.lowerBound), Int32(range.upperBound), isKept ? 1 : 0)
  }

  /// Puts another text in the line's place, undone in one step; the cursor stands at its end.
  func replaceLine(with text: String) {
    sheep_readline_group(1)
    delete(0..<Int(sheep_readline_length()))
    moveCursor(to: 0)
    insert(text)
    sheep_readline_group(0)
  }
}
