/// Finds the code in an answer, for `--extract` and the chat.
package enum CodeBlock {
  /// A block as it was found.
  package struct Found: Equatable, Sendable {
    /// The first word behind the opening fence; `nil` when there is none.
    package var language: String?
    /// The content without its fences, with its final line end.
    package var text: String
  }

  /// The content of the first fenced code block (CommonMark, section 4.5), without its fences,
  /// with its final line end. An unclosed block counts up to the end. `nil` without any block.
  package static func first(in text: String) -> String? { all(in: text).first?.text }

  /// All fenced code blocks, in their order.
  package static func all(in text: String) -> [Found] {
    let bytes = Array(text.utf8)
    var found: [Found] = []
    var fence: (mark: UInt8, length: Int, indent: Int)?
    var language: String?
    var content: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[start..<end]
      if let open = fence {
        if closes(line, open.mark, open.length) {
          found.append(Found(language: language, text: String(decoding: content, as: UTF8.self)))
          fence = nil
          content = []
        } else {
          let indent = min(open.indent, line.prefix { $0 == UInt8(ascii: " ") }.count)
          content += line.dropFirst(indent)
          if end < bytes.count { content.append(UInt8(ascii: "\n")) }
        }
      } else if let open = opening(line) {
        fence = open
        let info = line.drop { $0 == UInt8(ascii: " ") }.dropFirst(open.length).drop {
          $0 == UInt8(ascii: " ")
        }
        let word = info.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }
        language = word.isEmpty ? nil : String(decoding: word, as: UTF8.self)
      }
      start = end + 1
    }
    if fence != nil {
      found.append(Found(language: language, text: String(decoding: content, as: UTF8.self)))
    }
    return found
  }

  private static func opening(_ line: ArraySlice<UInt8>) -> (mark: UInt8, length: Int, indent: Int)? {
    let indent = line.prefix { $0 == UInt8(ascii: " ") }.count
    let rest = line.dropFirst(indent)
    guard let mark = rest.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
    let length = rest.prefix { $0 == mark }.count
    // A backtick later in the line makes it inline code.
    if length < 3 || (mark == UInt8(ascii: "`") && rest.dropFirst(length).contains(UInt8(ascii: "`"))) {
      return nil
    }
    return (mark, length, indent)
  }

  private static func closes(_ line: ArraySlice<UInt8>, _ mark: UInt8, _ length: Int) -> Bool {
    let rest = line.drop { $0 == UInt8(ascii: " ") }
    let run = rest.prefix { $0 == mark }.count
    return run >= length
      && rest.dropFirst(run).allSatisfy {
        $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r")
      }
  }
}
