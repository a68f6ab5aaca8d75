/// Why bytes are not JSON.
package struct JSONError: Error, Equatable, Sendable {
  /// Where the problem is, in bytes from the start.
  package let offset: Int
  /// What is wrong, as a clause: `expected ':'`.
  package let problem: String
}

extension JSON {
  /// Nesting beyond this is refused: nobody writes it, and it would exhaust the stack.
  package static let depthLimit = 512

  /// Reads one JSON value that fills `bytes`, white space and a byte order mark aside.
  ///
  /// Lenient where real servers are sloppy and nothing is lost: bytes that are not UTF-8 and
  /// lone surrogates become U+FFFD instead of failing the document.
  /// - Throws: `JSONError` with the offset of the first byte that does not fit.
  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
    try parse(bytes[...])
  }

  /// Reads one JSON value that fills the slice; see `parse(_:)`.
  package static func parse(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> JSON {
    var parser = JSONParser(bytes: bytes)
    return try parser.document()
  }

  /// Reads one JSON value from a text; see `parse(_:)`.
  package static func parse(text: String) throws(JSONError) -> JSON {
    try parse(Array(text.utf8))
  }
}

/// A recursive-descent parser over bytes.
private struct JSONParser {
  let bytes: ArraySlice<UInt8>
  var index: Int

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { index += 3 }
  }

  func failure(_ problem: String) -> JSONError {
    JSONError(offset: index - bytes.startIndex, problem: problem)
  }

  var next: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  mutating func skipBlanks() {
    while let byte = next,
      byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        || byte == UInt8(ascii: "\t")
    { index += 1 }
  }

  mutating func document() throws(JSONError) -> JSON {
    let value = try value(depth: 0)
    skipBlanks()
    if index < bytes.endIndex { throw failure("unexpected bytes after the value") }
    return value
  }

  mutating func value(depth: Int) throws(JSONError) -> JSON {
    if depth > JSON.depthLimit { throw failure("nested more than \(JSON.depthLimit) levels") }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return .object(try object(depth: depth))
    case UInt8(ascii: "["): return .array(try array(depth: depth))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case nil: throw failure("ended early")
    default:
      let length = JSONNumber.length(of: bytes[index...])
      if length == 0 { throw failure("expected a value") }
      let text = String(decoding: bytes[index..<index + length], as: UTF8.self)
      index += length
      return .number(JSONNumber(checked: text))
    }
  }

  mutating func literal(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
    guard bytes[index...].starts(with: word.utf8) else { throw failure("expected a value") }
    index += word.utf8.count
    return value
  }

  mutating func object(depth: Int) throws(JSONError) -> JSONObject {
    index += 1
    var members: [JSONObject.Member] = []
    skipBlanks()
    if next == UInt8(ascii: "}") {
      index += 1
      return JSONObject()
    }
    while true {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw failure("expected a member name") }
      let name = try string()
      skipBlanks()
      guard next == UInt8(ascii: ":") else { throw failure("expected ':'") }
      index += 1
      members.append(JSONObject.Member(name: name, value: try value(depth: depth + 1)))
      skipBlanks()
      switch next {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "}"):
        index += 1
        return JSONObject(members)
      default: throw failure("expected ',' or '}'")
      }
    }
  }

  mutating func array(depth: Int) throws(JSONError) -> [JSON] {
    index += 1
    var elements: [JSON] = []
    skipBlanks()
    if next == UInt8(ascii: "]") {
      index += 1
      return []
    }
    while true {
      elements.append(try value(depth: depth + 1))
      skipBlanks()
      switch next {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "]"):
        index += 1
        return elements
      default: throw failure("expected ',' or ']'")
      }
    }
  }

  mutating func string() throws(JSONError) -> String {
    index += 1
    let start = index
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
      if byte < 0x20 { throw failure("control character in a string") }
      index += 1
    }
    if next == UInt8(ascii: "\"") {
      defer { index += 1 }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }
    var text = Array(bytes[start..<index])
    while let byte = next {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw failure("control character in a string")
      default: text.append(byte)
      }
    }
    throw failure("ended inside a string")
  }

  mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    guard let kind = next else { throw failure("ended inside a string") }
    index += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
    case UInt8(ascii: "r"): text.append(UInt8(ascii: "\r"))
    case UInt8(ascii: "t"): text.append(UInt8(ascii: "\t"))
    case UInt8(ascii: "u"):
      let unit = try hexadecimal()
      if unit & 0xfc00 == 0xd800, bytes[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
        let before = index
        index += 2
        let low = try hexadecimal()
        if low & 0xfc00 == 0xdc00 {
          append(0x10000 + (unit & 0x3ff) << 10 + low & 0x3ff, to: &text)
          return
        }
        index = before
      }
      append(unit, to: &text)
    default: throw failure("unknown escape in a string")
    }
  }

  mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
        throw failure("expected four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }

  func append(_ code: UInt32, to text: inout [UInt8]) {
    let scalar = UnicodeScalar(code) ?? "\u{fffd}"
    text.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [0xef, 0xbf, 0xbd])
  }
}
