/// Bytes that are not JSON, or nested too deeply.
struct MalformedJSON: Error {}

/// A JSON string where it lies: the bytes between its quotes, escapes and all.
struct RawText: Equatable {
  /// The offset of its first byte, behind the opening quote.
  var start: Int
  /// How many bytes stand between the quotes.
  var count: Int
  /// Whether any of them is a backslash.
  var hasEscapes = false
  /// Whether all of them are ASCII.
  var isASCII = true

  /// The offset of the closing quote.
  var end: Int { start + count }
}

/// Walks over JSON text in place and checks its grammar, without making values of it.
///
/// Accepts exactly what `JSON.parse` accepts (a test holds the two together) but for a byte
/// order mark. Its users take what they know and skip the rest, which costs a tenth of a tree.
struct JSONScanner {
  let bytes: UnsafeRawBufferPointer
  /// The offset of the next byte to read.
  var index: Int

  /// A scanner at the start of `bytes`.
  init(_ bytes: UnsafeRawBufferPointer, at index: Int = 0) {
    self.bytes = bytes
    self.index = index
  }

  /// Whether `bytes` are one JSON value, blanks around it aside.
  static func isJSON(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var scanner = JSONScanner(bytes)
    do {
      scanner.skipBlanks()
      _ = try scanner.skipValue()
      try scanner.end()
      return true
    } catch {
      return false
    }
  }

  /// The next byte; 0 at the end, which no JSON token begins with.
  @inline(__always)
  var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

  @inline(__always)
  mutating func skipBlanks() {
    while index < bytes.count, bytes[index] <= 0x20 {
      switch bytes[index] {
      case 0x20, 0x0a, 0x0d, 0x09: index += 1
      default: return
      }
    }
  }

  /// Only blanks may follow.
  mutating func end() throws(MalformedJSON) {
    skipBlanks()
    if index < bytes.count { throw MalformedJSON() }
  }

  @inline(__always)
  private mutating func take(_ byte: UInt8) throws(MalformedJSON) {
    guard index < bytes.count, bytes[index] == byte else { throw MalformedJSON() }
    index += 1
  }

  /// Enters the object at `index`; whether it has members. The next thing to read is a name.
  mutating func enterObject() throws(MalformedJSON) -> Bool {
    try take(0x7b)
    skipBlanks()
    guard next == 0x7d else { return true }
    index += 1
    return false
  }

  /// Reads a member's name and its colon; the next thing to read is its value.
  mutating func memberName() throws(MalformedJSON) -> RawText {
    skipBlanks()
    let name = try string()
    skipBlanks()
    try take(0x3a)
    skipBlanks()
    return name
  }

  /// Behind a member's value: whether another member follows, else the object is left.
  mutating func hasAnotherMember() throws(MalformedJSON) -> Bool {
    skipBlanks()
    if next == 0x2c {
      index += 1
      return true
    }
    try take(0x7d)
    return false
  }

  /// Enters the array at `index`; whether it has elements. The next thing to read is one.
  mutating func enterArray() throws(MalformedJSON) -> Bool {
    try take(0x5b)
    skipBlanks()
    guard next == 0x5d else { return true }
    index += 1
    return false
  }

  /// Behind an element: whether another follows, else the array is left.
  mutating func hasAnotherElement() throws(MalformedJSON) -> Bool {
    skipBlanks()
    if next == 0x2c {
      index += 1
      skipBlanks()
      return true
    }
    try take(0x5d)
    return false
  }

  /// Whether the bytes of a name are those of `word`.
  @inline(__always)
  func matches(_ name: RawText, _ word: StaticString) -> Bool {
    guard name.count == word.utf8CodeUnitCount else { return name.hasEscapes && same(name, word) }
    for offset in 0..<name.count where bytes[name.start + offset] != word.utf8Start[offset] { return false }
    return true
  }

  private func same(_ name: RawText, _ word: StaticString) -> Bool {
    let buffer = ByteBuffer()
    name.unescape(in: bytes, to: buffer)
    return buffer.bytes.elementsEqual(
      UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  /// Skips the value at `index` and returns where it lies.
  mutating func skipValue(depth: Int = 0) throws(MalformedJSON) -> Range<Int> {
    if depth > 512 { throw MalformedJSON() }
    let start = index
    switch next {
    case 0x22: _ = try string()
    case 0x7b:
      if try enterObject() {
        repeat {
          _ = try memberName()
          _ = try skipValue(depth: depth + 1)
        } while try hasAnotherMember()
      }
    case 0x5b:
      if try enterArray() {
        repeat { _ = try skipValue(depth: depth + 1) } while try hasAnotherElement()
      }
    case 0x74: try word("true")
    case 0x66: try word("false")
    case 0x6e: try word("null")
    default: try number()
    }
    return start..<index
  }

  private mutating func word(_ word: StaticString) throws(MalformedJSON) {
    let count = word.utf8CodeUnitCount
    guard bytes.count - index >= count else { throw MalformedJSON() }
    for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] { throw MalformedJSON() }
    index += count
  }

  private mutating func number() throws(MalformedJSON) {
    if next == 0x2d { index += 1 }
    if next == 0x30 {
      index += 1
      if isDigit(next) { throw MalformedJSON() }
    } else {
      try digits()
    }
    if next == 0x2e {
      index += 1
      try digits()
    }
    if next | 0x20 == 0x65 {
      index += 1
      if next == 0x2b || next == 0x2d { index += 1 }
      try digits()
    }
  }

  private mutating func digits() throws(MalformedJSON) {
    guard isDigit(next) else { throw MalformedJSON() }
    while isDigit(next) { index += 1 }
  }

  @inline(__always)
  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
