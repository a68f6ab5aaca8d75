/// What the beginning of a Markdown line says that the line is.
struct LineHead: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    /// More bytes are needed to tell.
    case undecided
    case blank
    case text
    case heading(level: Int)
    case bullet(task: Bool?)
    case ordered(marker: String)
    case quote
    case rule
    case fence
    case table
  }

  var kind: Kind
  /// The columns of blanks before the content; tabs go to multiples of four.
  var indent = 0
  /// The bytes that belong to the head and are not content.
  var consumed = 0

  /// Heads are short; a longer undecided one is text.
  static let longest = 128

  /// Judges the bytes of a line so far; `isWhole` when the line has ended.
  ///
  /// After a list marker only a fence may follow on the same line: `inItem`.
  static func read(_ bytes: [UInt8], isWhole: Bool, inItem: Bool) -> LineHead {
    var indent = 0
    var start = 0
    while start < bytes.count, bytes[start] == UInt8(ascii: " ") || bytes[start] == UInt8(ascii: "\t") {
      indent += bytes[start] == UInt8(ascii: "\t") ? 4 - indent % 4 : 1
      start += 1
    }
    var head = LineHead(kind: .undecided, indent: indent, consumed: start)
    guard start < bytes.count else {
      head.kind = isWhole ? .blank : start < longest ? .undecided : .text
      return head
    }
    let reader = Reader(bytes: bytes, start: start, isWhole: isWhole)
    let byte = bytes[start]
    if byte == UInt8(ascii: "`") || byte == UInt8(ascii: "~") {
      head.kind = reader.fence(byte)
    } else if inItem {
      head.kind = .text
    } else {
      (head.kind, head.consumed) = reader.block(byte)
    }
    if head.kind == .undecided, isWhole || bytes.count >= longest { head.kind = .text }
    return head
  }

  /// Looks at the bytes from the first one that is not blank.
  private struct Reader {
    let bytes: [UInt8]
    let start: Int
    let isWhole: Bool

    func block(_ byte: UInt8) -> (Kind, Int) {
      switch byte {
      case UInt8(ascii: "#"): heading()
      case UInt8(ascii: ">"): quote()
      case UInt8(ascii: "|"): (.table, start)
      case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "_"): listOrRule(byte)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): ordered()
      default: (.text, start)
      }
    }

    func fence(_ byte: UInt8) -> Kind {
      let count = run(of: byte)
      if count >= 3 { return .fence }
      return start + count == bytes.count ? .undecided : .text
    }

    /// The number of equal bytes at the start.
    private func run(of byte: UInt8) -> Int {
      var end = start
      while end < bytes.count, bytes[end] == byte { end += 1 }
      return end - start
    }

    private func isBlank(at index: Int) -> Bool {
      bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\t")
    }

    private func heading() -> (Kind, Int) {
      let level = run(of: UInt8(ascii: "#"))
      let end = start + level
      if level > 6 { return (.text, start) }
      if end == bytes.count { return isWhole ? (.heading(level: level), end) : (.undecided, start) }
      return isBlank(at: end) ? (.heading(level: level), end + 1) : (.text, start)
    }

    private func quote() -> (Kind, Int) {
      if start + 1 == bytes.count { return isWhole ? (.quote, start + 1) : (.undecided, start) }
      return (.quote, bytes[start + 1] == UInt8(ascii: " ") ? start + 2 : start + 1)
    }

    private func listOrRule(_ byte: UInt8) -> (Kind, Int) {
      var marks = 0
      var hasOther = false
      for index in start..<bytes.count {
        if bytes[index] == byte { marks += 1 } else if !isBlank(at: index) { hasOther = true }
      }
      if !hasOther, byte != UInt8(ascii: "+") {
        if isWhole, marks >= 3 { return (.rule, bytes.count) }
        // Marks and blanks only: a rule may come of it, until something else does.
        if !isWhole, marks != 1 || bytes.count == start + 1 { return (.undecided, start) }
      }
      if byte == UInt8(ascii: "_") { return (.text, start) }
      if start + 1 == bytes.count {
        return isWhole ? (.bullet(task: nil), start + 1) : (.undecided, start)
      }
      return isBlank(at: start + 1) ? bullet() : (.text, start)
    }

    private func bullet() -> (Kind, Int) {
      let content = start + 2
      let rest = bytes[content...].prefix(4)
      if rest.isEmpty { return isWhole ? (.bullet(task: nil), content) : (.undecided, start) }
      let boxes: [([UInt8], Bool)] = [
        (Array("[ ] ".utf8), false), (Array("[x] ".utf8), true), (Array("[X] ".utf8), true),
      ]
      for (box, isDone) in boxes where box.starts(with: rest) {
        if rest.count == 4 { return (.bullet(task: isDone), content + 4) }
        if !isWhole { return (.undecided, start) }
      }
      return (.bullet(task: nil), content)
    }

    private func ordered() -> (Kind, Int) {
      var end = start
      while end < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[end] { end += 1 }
      if end - start > 9 { return (.text, start) }
      if end == bytes.count { return (.undecided, start) }
      guard bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: ")") else { return (.text, start) }
      let marker = String(decoding: bytes[start...end], as: UTF8.self)
      if end + 1 == bytes.count {
        return isWhole ? (.ordered(marker: marker), end + 1) : (.undecided, start)
      }
      return isBlank(at: end + 1) ? (.ordered(marker: marker), end + 2) : (.text, start)
    }
  }
}
