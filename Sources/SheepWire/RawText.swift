/// The eight bytes of a word each compared with one value at once: a byte's top bit is set where
/// it matches. Above the first match the result may be wrong (a borrow runs upwards), so only
/// the lowest set bit may be used.
@inline(__always)
private func bytesEqual(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
  let difference = word ^ pattern
  return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
}

extension JSONScanner {
  /// Reads the string at `index` and moves behind its closing quote.
  @inline(__always)
  mutating func string() throws(MalformedJSON) -> RawText {
    guard next == 0x22 else { throw MalformedJSON() }
    index += 1
    return try stringBody()
  }

  /// Reads a string whose opening quote has been read, eight bytes at a time.
  @inline(__always)
  mutating func stringBody() throws(MalformedJSON) -> RawText {
    guard let base = bytes.baseAddress else { throw MalformedJSON() }
    let count = bytes.count
    var text = RawText(start: index, count: 0)
    var position = index
    var high: UInt64 = 0
    while position + 8 <= count {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let control = (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
      let stops = bytesEqual(word, 0x2222_2222_2222_2222) | bytesEqual(word, 0x5c5c_5c5c_5c5c_5c5c) | control
      if stops == 0 {
        high |= word
        position += 8
        continue
      }
      let bit = stops.trailingZeroBitCount
      high |= word & ((1 << UInt64(bit & 56)) &- 1)
      position += bit >> 3
      if base.load(fromByteOffset: position, as: UInt8.self) == 0x22 {
        text.count = position - text.start
        text.isASCII = high & 0x8080_8080_8080_8080 == 0
        index = position + 1
        return text
      }
      position = try escape(at: position)
      text.hasEscapes = true
    }
    return try stringTail(text, from: position, high: high)
  }

  /// The last bytes of the input, one at a time.
  private mutating func stringTail(
    _ text: RawText, from start: Int, high: UInt64
  ) throws(MalformedJSON) -> RawText {
    var text = text
    var position = start
    var high = high
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case 0x22:
        text.count = position - text.start
        text.isASCII = high & 0x8080_8080_8080_8080 == 0
        index = position + 1
        return text
      case 0x5c, 0..<0x20:
        position = try escape(at: position)
        text.hasEscapes = true
      default:
        high |= UInt64(byte)
        position += 1
      }
    }
    throw MalformedJSON()
  }

  /// Checks the escape at `position` and returns where it ends; a control character, which must
  /// be escaped, stops here too.
  private func escape(at position: Int) throws(MalformedJSON) -> Int {
    guard bytes[position] == 0x5c, position + 1 < bytes.count else { throw MalformedJSON() }
    switch bytes[position + 1] {
    case 0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74: return position + 2
    case 0x75:
      guard position + 6 <= bytes.count else { throw MalformedJSON() }
      for offset in 2..<6 where RawText.digit(bytes[position + offset]) == nil { throw MalformedJSON() }
      return position + 6
    default: throw MalformedJSON()
    }
  }
}

extension RawText {
  /// The value of a hexadecimal digit.
  static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte) - 0x30
    case 0x41...0x46: UInt32(byte) - 0x37
    case 0x61...0x66: UInt32(byte) - 0x57
    default: nil
    }
  }

  /// The bytes between the quotes, in `bytes`, where the string was scanned.
  func slice(of bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[start..<start + count])
  }

  /// The text as a string, what is broken in it replaced.
  func string(in bytes: UnsafeRawBufferPointer) -> String {
    guard hasEscapes else { return String(decoding: slice(of: bytes), as: UTF8.self) }
    let buffer = ByteBuffer()
    unescape(in: bytes, to: buffer)
    var repair = TextRepair()
    let text = String(decoding: repair.pass(buffer.bytes), as: UTF8.self)
    return text + String(decoding: repair.flush(), as: UTF8.self)
  }

  /// Replaces the content of `buffer` by the text without its escapes.
  ///
  /// A lone half of a surrogate pair is written as three bytes as if it were a character, for
  /// `TextRepair` to join with its other half or to replace. The escapes were checked by the
  /// scanner.
  func unescape(in bytes: UnsafeRawBufferPointer, to buffer: ByteBuffer) {
    buffer.removeAll()
    // No escape is shorter than what it stands for.
    let target = buffer.reserve(max(1, count))
    var written = 0
    var position = start
    func put(_ byte: UInt32) {
      target.storeBytes(of: UInt8(truncatingIfNeeded: byte), toByteOffset: written, as: UInt8.self)
      written += 1
    }
    while position < end {
      let byte = bytes[position]
      guard byte == 0x5c, position + 1 < end else {
        put(UInt32(byte))
        position += 1
        continue
      }
      let kind = bytes[position + 1]
      position += 2
      switch kind {
      case 0x62: put(0x08)
      case 0x66: put(0x0c)
      case 0x6e: put(0x0a)
      case 0x72: put(0x0d)
      case 0x74: put(0x09)
      case 0x75:
        let code = codePoint(in: bytes, at: &position)
        Self.encode(code, put)
      default: put(UInt32(kind))
      }
    }
    buffer.extend(by: written)
  }

  /// The code point whose four digits stand at `position`, joined with the escape behind it
  /// when the two are a surrogate pair.
  private func codePoint(in bytes: UnsafeRawBufferPointer, at position: inout Int) -> UInt32 {
    let unit = self.unit(in: bytes, at: position)
    position += 4
    guard unit & 0xfc00 == 0xd800, position + 6 <= end, bytes[position] == 0x5c, bytes[position + 1] == 0x75
    else { return unit }
    let low = self.unit(in: bytes, at: position + 2)
    guard low & 0xfc00 == 0xdc00 else { return unit }
    position += 6
    return 0x10000 + (unit & 0x3ff) << 10 + low & 0x3ff
  }

  private func unit(in bytes: UnsafeRawBufferPointer, at position: Int) -> UInt32 {
    var value: UInt32 = 0
    for offset in position..<min(position + 4, end) { value = value << 4 | (Self.digit(bytes[offset]) ?? 0) }
    return value
  }

  /// UTF-8, extended to surrogates as if they were characters.
  @inline(__always)
  private static func encode(_ code: UInt32, _ put: (UInt32) -> Void) {
    switch code {
    case ..<0x80: put(code)
    case ..<0x800:
      put(0xc0 | code >> 6)
      put(0x80 | code & 0x3f)
    case ..<0x10000:
      put(0xe0 | code >> 12)
      put(0x80 | code >> 6 & 0x3f)
      put(0x80 | code & 0x3f)
    default:
      put(0xf0 | code >> 18)
      put(0x80 | code >> 12 & 0x3f)
      put(0x80 | code >> 6 & 0x3f)
      put(0x80 | code & 0x3f)
    }
  }
}
