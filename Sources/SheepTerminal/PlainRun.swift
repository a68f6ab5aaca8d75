/// Finds how far text can be copied as it stands: the fast path of the escape filter.
enum PlainRun {
  /// The end of the run of harmless text that begins at `start`.
  ///
  /// The run holds printable ASCII, whole valid multi-byte characters that are
  /// neither C1 controls nor hidden, and, with `blanks`, line feeds and tabs. It
  /// ends before anything that needs a decision; it may be empty.
  static func end(in bytes: UnsafeRawBufferPointer, from start: Int, blanks: Bool) -> Int {
    guard let base = bytes.baseAddress else { return start }
    let count = bytes.count
    var index = start
    while index < count {
      let byte = base.load(fromByteOffset: index, as: UInt8.self)
      if byte >= 0x80 {
        let end = endOfThreeByteCharacters(from: base, index, count)
        if end > index {
          index = end
          continue
        }
        let length = multibyteLength(bytes, at: index)
        if length == 0 { return index }
        index &+= length
      } else if isPlain(byte) || (blanks && (byte == 0x0a || byte == 0x09)) {
        index &+= 1
        while index &+ 8 <= count {
          let word = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          if word & 0x80 != 0 || hasUnusualByte(word) { break }
          index &+= 8
        }
      } else {
        return index
      }
    }
    return index
  }

  /// The end of the run of characters that begin with E3 to EC: nearly all Korean,
  /// Chinese and Japanese. None of them is hidden or needs a closer look.
  @inline(__always)
  private static func endOfThreeByteCharacters(
    from base: UnsafeRawPointer, _ start: Int, _ count: Int
  ) -> Int {
    var index = start
    while index &+ 4 <= count {
      let word = base.loadUnaligned(fromByteOffset: index, as: UInt32.self).littleEndian
      let lead = UInt8(truncatingIfNeeded: word)
      guard word & 0x00c0_c000 == 0x0080_8000, lead &- 0xe3 < 10 else { break }
      index &+= 3
    }
    return index
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool { byte &- 0x20 < 0x5f }

  /// Whether any of eight bytes is below 0x20, is 0x7f, or is 0x80 and above.
  @inline(__always)
  private static func hasUnusualByte(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let high: UInt64 = 0x8080_8080_8080_8080
    let belowSpace = (word &- 0x20 &* ones) & ~word
    let delete = word ^ (0x7f &* ones)
    return (belowSpace | ((delete &- ones) & ~delete) | word) & high != 0
  }

  /// The length of the visible multi-byte character at `index`; 0 where the bytes
  /// are invalid, incomplete, a C1 control or a hidden character.
  @inline(__always)
  private static func multibyteLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    let lead = bytes[index]
    let left = bytes.count - index
    func tail(_ offset: Int) -> Bool { bytes[index &+ offset] & 0xc0 == 0x80 }
    switch lead {
    case 0xe3...0xec, 0xee:
      return left >= 3 && tail(1) && tail(2) ? 3 : 0
    case 0xc2:
      return left >= 2 && tail(1) && bytes[index &+ 1] >= 0xa0 ? 2 : 0
    case 0xc3...0xdf:
      guard left >= 2, tail(1) else { return 0 }
      return lead == 0xd8 && bytes[index &+ 1] == 0x9c ? 0 : 2
    case 0xe0...0xef:
      guard left >= 3, tail(1), tail(2) else { return 0 }
      let second = bytes[index &+ 1]
      if (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second >= 0xa0) { return 0 }
      let value =
        UInt32(lead & 0x0f) << 12 | UInt32(second & 0x3f) << 6 | UInt32(bytes[index &+ 2] & 0x3f)
      return HiddenCharacter.contains(value) ? 0 : 3
    case 0xf0...0xf4:
      guard left >= 4, tail(1), tail(2), tail(3) else { return 0 }
      let second = bytes[index &+ 1]
      if (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second >= 0x90) { return 0 }
      // Tag characters, U+E0000 to U+E007F: F3 A0 80 80 to F3 A0 81 BF.
      return lead == 0xf3 && second == 0xa0 && bytes[index &+ 2] < 0x82 ? 0 : 4
    default:
      return 0
    }
  }
}

/// Characters that draw nothing and can make text read otherwise than it is.
enum HiddenCharacter {
  /// Whether the code point is a bidirectional control, a line or paragraph
  /// separator, a tag character, or a zero-width format character.
  ///
  /// The joiners U+200C and U+200D and the variation selectors are not: emoji and
  /// several scripts need them.
  static func contains(_ value: UInt32) -> Bool {
    switch value {
    case 0x200b, 0x200e, 0x200f, 0x2028...0x202e, 0x2060...0x206f: true
    case 0x061c, 0x180e, 0xfeff, 0xfff9...0xfffb, 0xe0000...0xe007f: true
    default: false
    }
  }
}
