import SheepRun

/// Reduces HTML to its text, small and honest: no layout is guessed, no script is run.
///
/// Scripts, styles and heads vanish; headings and list items keep a Markdown mark, links their
/// address, preformatted text its lines; everything else is text with its blanks made one.
enum HTMLText {
  /// The text of a page.
  static func text(of html: String) -> String {
    var reducer = Reducer(Array(html.utf8))
    return reducer.run()
  }

  private static let skipped = ["script", "style", "head", "noscript", "svg", "template", "iframe"]
  private static let blocks = [
    "p", "div", "section", "article", "header", "footer", "main", "nav", "ul", "ol", "table", "blockquote",
    "form",
    "figure", "dl", "aside", "hr", "details",
  ]
  private static let lines = ["br", "tr", "dt", "dd", "li", "option", "summary"]

  private struct Reducer {
    let bytes: [UInt8]
    var index = 0
    var output: [UInt8] = []
    /// Line ends that are owed before the next text.
    var owed = 0
    var owesBlank = false
    var isPreformatted = false
    var link: String?

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
    }

    mutating func run() -> String {
      while index < bytes.count {
        if bytes[index] == UInt8(ascii: "<"), startsTag { tag() } else { character() }
      }
      if !output.isEmpty { output.append(UInt8(ascii: "\n")) }
      return String(decoding: output, as: UTF8.self)
    }

    private var startsTag: Bool {
      guard index + 1 < bytes.count else { return false }
      let next = bytes[index + 1]
      return (next | 0x20) &- UInt8(ascii: "a") < 26 || next == UInt8(ascii: "/") || next == UInt8(ascii: "!")
        || next == UInt8(ascii: "?")
    }

    // MARK: Text

    private mutating func character() {
      let byte = bytes[index]
      if byte == UInt8(ascii: "&"), let (text, length) = HTMLEntity.read(bytes[index...]) {
        index += length
        for byte in text.utf8 { put(byte) }
      } else {
        index += 1
        put(byte)
      }
    }

    private mutating func put(_ byte: UInt8) {
      let isBlank =
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r") || byte == 0x0c
      if isBlank, !isPreformatted {
        owesBlank = true
        return
      }
      if byte == UInt8(ascii: "\r") { return }
      pay()
      output.append(byte)
    }

    /// Writes the line ends and the blank that stand before the next character.
    private mutating func pay() {
      if !output.isEmpty {
        if owed > 0 {
          while output.last == UInt8(ascii: " ") { output.removeLast() }
          for _ in 0..<owed { output.append(UInt8(ascii: "\n")) }
        } else if owesBlank, output.last != UInt8(ascii: "\n"), output.last != UInt8(ascii: " ") {
          output.append(UInt8(ascii: " "))
        }
      }
      owed = 0
      owesBlank = false
    }

    private mutating func mark(_ text: String) {
      pay()
      output += text.utf8
    }

    // MARK: Tags

    private mutating func tag() {
      if bytes[index...].starts(with: "<!--".utf8) {
        skip(past: "-->")
        return
      }
      let start = index + 1
      var end = start
      var quote: UInt8 = 0
      while end < bytes.count {
        let byte = bytes[end]
        if quote != 0 {
          if byte == quote { quote = 0 }
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        } else if byte == UInt8(ascii: ">") {
          break
        }
        end += 1
      }
      let inside = bytes[start..<min(end, bytes.count)]
      index = min(end + 1, bytes.count)
      let closes = inside.first == UInt8(ascii: "/")
      let letters = (closes ? inside.dropFirst() : inside).prefix {
        ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 &- UInt8(ascii: "0") < 10
      }
      let name = String(
        decoding: letters.map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
      if closes { close(name) } else { open(name, inside) }
    }

    private mutating func open(_ name: String, _ inside: ArraySlice<UInt8>) {
      if HTMLText.skipped.contains(name) {
        if inside.last != UInt8(ascii: "/") { skip(past: "</" + name) }
        return
      }
      switch name {
      case "h1", "h2", "h3", "h4", "h5", "h6":
        owed = 2
        mark(
          String(repeating: "#", count: Int((name.utf8.last ?? UInt8(ascii: "1")) - UInt8(ascii: "0"))) + " ")
      case "pre":
        owed = 2
        mark("```\n")
        isPreformatted = true
      case "li":
        owed = max(owed, 1)
        mark("- ")
      case "td", "th": if owed == 0, output.last != UInt8(ascii: "\n") { mark(" | ") }
      case "a": link = HTMLText.attribute("href", inside)
      case "img":
        if let text = HTMLText.attribute("alt", inside), !text.isEmpty { for byte in text.utf8 { put(byte) } }
      default: separate(name)
      }
    }

    private mutating func close(_ name: String) {
      switch name {
      case "h1", "h2", "h3", "h4", "h5", "h6": owed = 2
      case "pre":
        isPreformatted = false
        if output.last != UInt8(ascii: "\n") { output.append(UInt8(ascii: "\n")) }
        output += "```".utf8
        owed = 2
      case "a":
        if let link, link.hasPrefix("http") { output += " (\(link))".utf8 }
        link = nil
      default: separate(name)
      }
    }

    private mutating func separate(_ name: String) {
      if HTMLText.blocks.contains(name) {
        owed = 2
      } else if HTMLText.lines.contains(name) {
        owed = max(owed, 1)
      }
    }

    /// Goes behind the next `text`, in either case, and behind the tag's end where it is one.
    private mutating func skip(past text: String) {
      let wanted = Array(text.utf8)
      while index < bytes.count {
        let matches =
          index + wanted.count <= bytes.count
          && zip(bytes[index...], wanted).allSatisfy { ($0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0) == $1 }
        if matches {
          index += wanted.count
          if text.hasPrefix("</") {
            while index < bytes.count, bytes[index] != UInt8(ascii: ">") { index += 1 }
            index = min(index + 1, bytes.count)
          }
          return
        }
        index += 1
      }
    }
  }

  /// The value of an attribute inside a tag; `nil` without it.
  private static func attribute(_ name: String, _ inside: ArraySlice<UInt8>) -> String? {
    let wanted = Array((name + "=").utf8)
    var index = inside.startIndex
    while index + wanted.count < inside.endIndex {
      let before = index > inside.startIndex ? inside[index - 1] : UInt8(ascii: " ")
      if before == UInt8(ascii: " ") || before == UInt8(ascii: "\n") || before == UInt8(ascii: "\t"),
        inside[index...].starts(with: wanted)
      {
        let rest = inside[(index + wanted.count)...]
        guard let quote = rest.first else { return nil }
        let value =
          quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
          ? rest.dropFirst().prefix { $0 != quote }
          : rest.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ">") }
        return HTMLEntity.decoded(value)
      }
      index += 1
    }
    return nil
  }
}

/// Character references of HTML: the numbers, and the names that pages use most.
enum HTMLEntity {
  private static let names: [(String, String)] = [
    ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", " "), ("ndash", "–"),
    ("mdash", "—"), ("hellip", "…"), ("lsquo", "‘"), ("rsquo", "’"), ("ldquo", "“"), ("rdquo", "”"),
    ("copy", "©"),
    ("reg", "®"), ("trade", "™"), ("middot", "·"), ("bull", "•"), ("times", "×"), ("larr", "←"),
    ("rarr", "→"),
    ("euro", "€"), ("deg", "°"), ("laquo", "«"), ("raquo", "»"), ("shy", ""),
  ]

  /// The text that a reference at the beginning stands for, and the reference's length; `nil` when
  /// there is none.
  static func read(_ bytes: ArraySlice<UInt8>) -> (text: String, length: Int)? {
    guard let end = bytes.prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let body = bytes[(bytes.startIndex + 1)..<end]
    let length = end - bytes.startIndex + 1
    if body.first == UInt8(ascii: "#") {
      let digits = body.dropFirst()
      let isHex = digits.first == UInt8(ascii: "x") || digits.first == UInt8(ascii: "X")
      let text = String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self)
      guard let value = UInt32(text, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(value) else {
        return nil
      }
      return (String(Character(scalar)), length)
    }
    let name = String(decoding: body, as: UTF8.self)
    return names.first { $0.0 == name }.map { ($0.1, length) }
  }

  /// A text with its references replaced.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var output: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == UInt8(ascii: "&"), let (text, length) = read(bytes[index...]) {
        output += text.utf8
        index += length
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
