/// Walks over the bytes of a TOML text: blanks, comments, keys and quoted texts.
struct TOMLScanner {
  let bytes: [UInt8]
  var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The byte at the place reached; `nil` at the end.
  var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Whether the text goes on with these bytes.
  func hasPrefix(_ prefix: StaticString) -> Bool {
    guard bytes.count - index >= prefix.utf8CodeUnitCount else { return false }
    return prefix.withUTF8Buffer { wanted in
      wanted.indices.allSatisfy { bytes[index + $0] == wanted[$0] }
    }
  }

  func error(_ problem: String, at offset: Int? = nil) -> TOMLError {
    TOMLError(offset: offset ?? index, problem: problem)
  }

  mutating func skipBlanks() {
    while current == UInt8(ascii: " ") || current == UInt8(ascii: "\t") { index += 1 }
  }

  /// Skips what may stand between values of a list: blanks, comments and line ends.
  mutating func skipSpace() throws(TOMLError) {
    while true {
      skipBlanks()
      if current == UInt8(ascii: "#") { try skipComment() }
      if try !skipLineEnd() { return }
    }
  }

  /// Reads a line end; false when there is none.
  mutating func skipLineEnd() throws(TOMLError) -> Bool {
    if current == UInt8(ascii: "\n") {
      index += 1
      return true
    }
    guard current == UInt8(ascii: "\r") else { return false }
    guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") else {
      throw error("a carriage return is not followed by a line feed")
    }
    index += 2
    return true
  }

  /// Reads to the end of the line, where only a comment may stand.
  mutating func endLine(after what: String) throws(TOMLError) {
    skipBlanks()
    if current == UInt8(ascii: "#") { try skipComment() }
    if index < bytes.count, try !skipLineEnd() { throw error("unexpected text after \(what)") }
  }

  private mutating func skipComment() throws(TOMLError) {
    while let byte = current, byte != UInt8(ascii: "\n") {
      if byte == UInt8(ascii: "\r"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") {
        return
      }
      if byte < 0x20 && byte != UInt8(ascii: "\t") || byte == 0x7f {
        throw error("the comment contains a control character")
      }
      index += 1
    }
  }

  // MARK: - Keys

  /// One part of a key with the place where it begins.
  struct KeyPart {
    let name: String
    let offset: Int
  }

  /// A key: parts with dots between them.
  mutating func key() throws(TOMLError) -> [KeyPart] {
    var parts: [KeyPart] = []
    repeat {
      if !parts.isEmpty { index += 1 }
      skipBlanks()
      parts.append(try keyPart())
      skipBlanks()
      if parts.count > 32 { throw error("the key has more than 32 parts") }
    } while current == UInt8(ascii: ".")
    return parts
  }

  private mutating func keyPart() throws(TOMLError) -> KeyPart {
    let start = index
    if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
      guard !hasPrefix("\"\"\""), !hasPrefix("'''") else { throw error("a key must be on one line") }
      return KeyPart(name: try quoted(), offset: start)
    }
    while let byte = current, Self.isKeyByte(byte) { index += 1 }
    guard index > start else {
      throw error(current == UInt8(ascii: "=") ? "there is no key before the =" : "expected a key")
    }
    return KeyPart(name: String(decoding: bytes[start..<index], as: UTF8.self), offset: start)
  }

  /// Whether a key may contain the byte without quotes.
  static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  // MARK: - Texts

  /// A text in one of the four kinds of quotes.
  mutating func quoted() throws(TOMLError) -> String {
    let quote = bytes[index]
    let isLong = hasPrefix("\"\"\"") || hasPrefix("'''")
    let start = index
    index += isLong ? 3 : 1
    if isLong { _ = try skipLineEnd() }
    var text: [UInt8] = []
    while let byte = current {
      if byte == quote, try closes(quote, isLong, &text) {
        return String(decoding: text, as: UTF8.self)
      }
      switch byte {
      case quote: continue
      case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""): try escape(isLong, &text)
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        guard isLong else { throw error("the string that starts here has no closing quote", at: start) }
        let from = index
        _ = try skipLineEnd()
        text += bytes[from..<index]
      case 0..<0x20 where byte != UInt8(ascii: "\t"), 0x7f:
        throw error("the string contains a control character")
      default:
        text.append(byte)
        index += 1
      }
    }
    throw error("the string that starts here has no closing quote", at: start)
  }

  /// Reads quotes: those that close the text, or (at most two) that belong to it.
  private mutating func closes(
    _ quote: UInt8, _ isLong: Bool, _ text: inout [UInt8]
  ) throws(TOMLError)
    -> Bool
  {
    var count = 0
    while current == quote, count < (isLong ? 5 : 1) {
      count += 1
      index += 1
    }
    if !isLong { return true }
    let inside = count >= 3 ? count - 3 : count
    text += [UInt8](repeating: quote, count: inside)
    return count >= 3
  }

  private mutating func escape(_ isLong: Bool, _ text: inout [UInt8]) throws(TOMLError) {
    let start = index
    index += 1
    guard let byte = current else { throw error("the string ends inside an escape", at: start) }
    if isLong,
      byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    {
      return try skipFold(start)
    }
    index += 1
    switch byte {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "t"): text.append(UInt8(ascii: "\t"))
    case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "r"): text.append(UInt8(ascii: "\r"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(byte)
    case UInt8(ascii: "u"): try scalar(digits: 4, start, &text)
    case UInt8(ascii: "U"): try scalar(digits: 8, start, &text)
    default:
      throw error(
        "the string has an unknown escape; write \\\\ for a backslash, or use 'single quotes'", at: start)
    }
  }

  /// A backslash at the end of a line joins it with the next text.
  private mutating func skipFold(_ start: Int) throws(TOMLError) {
    skipBlanks()
    guard try skipLineEnd() else { throw error("the string has an unknown escape", at: start) }
    repeat { skipBlanks() } while try skipLineEnd()
  }

  private mutating func scalar(digits: Int, _ start: Int, _ text: inout [UInt8]) throws(TOMLError) {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let byte = current, let digit = Self.hexadecimal(byte) else {
        throw error("the escape needs \(digits) hexadecimal digits", at: start)
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw error("the escape is not a valid character", at: start)
    }
    text += Array(String(Character(scalar)).utf8)
  }

  static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
