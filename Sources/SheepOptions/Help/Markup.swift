/// The four marks of help texts: `*emphasis*`, `` `code` ``, paragraphs between empty
/// lines, and lists of `- ` lines. Every generator renders from this one form; none
/// of their own notations is ever stored.
package struct Markup: Equatable, Sendable {
  /// A piece of a line.
  package enum Inline: Equatable, Sendable {
    case text(String)
    case emphasis(String)
    case code(String)
  }

  /// A piece of a text.
  package enum Block: Equatable, Sendable {
    case paragraph([Inline])
    case list([[Inline]])
  }

  package let blocks: [Block]

  /// Words as code in a sentence: "`a`, `b` and `c`".
  package static func list(_ words: [String]) -> String {
    let marked = words.map { "`\($0)`" }
    guard let last = marked.last, marked.count > 1 else { return marked.joined() }
    return marked.dropLast().joined(separator: ", ") + " and " + last
  }

  /// Reads a text; marks without a partner stand for themselves.
  package init(_ text: String) {
    var blocks: [Block] = []
    var paragraph: [UInt8] = []
    var items: [[UInt8]] = []
    func endParagraph() {
      if !paragraph.isEmpty { blocks.append(.paragraph(Self.inlines(paragraph))) }
      paragraph = []
    }
    func endList() {
      if !items.isEmpty { blocks.append(.list(items.map(Self.inlines))) }
      items = []
    }
    let space = UInt8(ascii: " ")
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      let line = rest[..<end]
      rest = rest[min(end + 1, rest.endIndex)...]
      if line.isEmpty {
        endParagraph()
        endList()
      } else if line.starts(with: "- ".utf8) {
        endParagraph()
        items.append(Array(line.dropFirst(2)))
      } else if line.starts(with: "  ".utf8), let last = items.popLast() {
        items.append(last + [space] + line.drop { $0 == space })
      } else {
        endList()
        if !paragraph.isEmpty { paragraph.append(space) }
        paragraph += line
      }
    }
    endParagraph()
    endList()
    self.blocks = blocks
  }

  /// Reads the marks of one paragraph, byte by byte: help is printed at start-up.
  private static func inlines(_ text: [UInt8]) -> [Inline] {
    let star = UInt8(ascii: "*")
    let grave = UInt8(ascii: "`")
    var result: [Inline] = []
    var plain: [UInt8] = []
    var rest = text[...]
    while let byte = rest.popFirst() {
      guard byte == grave || byte == star, let end = rest.firstIndex(of: byte),
        end > rest.startIndex, byte == grave || rest.first != UInt8(ascii: " ")
      else {
        plain.append(byte)
        continue
      }
      if !plain.isEmpty { result.append(.text(String(decoding: plain, as: UTF8.self))) }
      plain = []
      let inner = String(decoding: rest[..<end], as: UTF8.self)
      result.append(byte == grave ? .code(inner) : .emphasis(inner))
      rest = rest[(end + 1)...]
    }
    if !plain.isEmpty { result.append(.text(String(decoding: plain, as: UTF8.self))) }
    return result
  }

  /// True when some code in the text is exactly `code`.
  package func mentions(_ code: String) -> Bool { codes.contains(code) }

  /// All code in the text, in order.
  package var codes: [String] {
    blocks.flatMap { block in
      switch block {
      case .paragraph(let inlines): inlines
      case .list(let items): items.flatMap { $0 }
      }
    }.compactMap { if case .code(let code) = $0 { code } else { nil } }
  }

  /// Plain text for a terminal, wrapped at `width` columns and indented; ends with a line feed.
  package func terminal(width: Int, indent: Int) -> String {
    let lines = blocks.map { block in
      switch block {
      case .paragraph(let inlines):
        return Self.wrap(Self.plain(inlines), width: width, indent: indent)
      case .list(let items):
        return items.map { item in
          let wrapped = Self.wrap(Self.plain(item), width: width, indent: indent + 2)
          return String(repeating: " ", count: indent) + "- " + wrapped.drop { $0 == " " }
        }.joined()
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The words without marks; code that contains spaces is put in quotes to show where it ends,
  /// and its spaces keep together when the line is broken.
  private static func plain(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .emphasis(let text): text
      case .code(let code): unbroken(code)
      }
    }.joined()
  }

  /// Stands for a space at which no line is broken, until the line is done.
  private static let tie = UInt8(0x1F)

  private static func unbroken(_ code: String) -> String {
    let space = UInt8(ascii: " ")
    guard code.utf8.contains(space) else { return code }
    let kept = String(decoding: code.utf8.map { $0 == space ? tie : $0 }, as: UTF8.self)
    return kept.utf8.contains(UInt8(ascii: "'")) ? kept : "'" + kept + "'"
  }

  /// Breaks `text` at spaces so that no line is longer than `width`, save for one long word.
  ///
  /// Counts bytes, which are columns as long as the table is ASCII; a test sees to that.
  package static func wrap(_ text: String, width: Int, indent: Int) -> String {
    let space = UInt8(ascii: " ")
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(2 * bytes.count + indent)
    var column = 0
    var start = 0
    while start < bytes.count {
      if bytes[start] == space {
        start += 1
        continue
      }
      var end = start
      while end < bytes.count, bytes[end] != space { end += 1 }
      if column > 0, column + 1 + end - start > width {
        result.append(UInt8(ascii: "\n"))
        column = 0
      }
      let spaces = column == 0 ? indent : 1
      for _ in 0..<spaces { result.append(space) }
      for byte in bytes[start..<end] { result.append(byte == tie ? space : byte) }
      column += spaces + end - start
      start = end
    }
    if column > 0 { result.append(UInt8(ascii: "\n")) }
    return String(decoding: result, as: UTF8.self)
  }
}
