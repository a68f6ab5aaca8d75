/// A streaming UTF-8 decoder that turns what is no valid UTF-8 into U+FFFD.
///
/// Each maximal part of an ill-formed sequence becomes one U+FFFD, as the WHATWG
/// encoding standard has it (and as `String(decoding:as:)` does), wherever the
/// input is cut.
struct LossyDecoder: Sendable {
  private var needed: UInt8 = 0
  private var lower: UInt8 = 0x80
  private var upper: UInt8 = 0xbf
  private var value: UInt32 = 0

  static let replacement: UInt32 = 0xfffd

  /// What one byte brought.
  enum Step: Equatable {
    /// The byte is inside a character that is not complete yet.
    case pending
    /// The byte completed this code point, or is no valid start.
    case scalar(UInt32)
    /// The character before the byte was cut off: it counts as U+FFFD, and the
    /// byte is to be given again.
    case brokenBefore
  }

  /// Whether a character has begun and is not complete.
  var isPending: Bool { needed != 0 }

  /// Takes one byte.
  mutating func take(_ byte: UInt8) -> Step {
    guard needed == 0 else { return takeTail(byte) }
    switch byte {
    case 0..<0x80:
      return .scalar(UInt32(byte))
    case 0xc2...0xdf:
      needed = 1
      value = UInt32(byte & 0x1f)
    case 0xe0...0xef:
      needed = 2
      value = UInt32(byte & 0x0f)
      if byte == 0xe0 { lower = 0xa0 }
      if byte == 0xed { upper = 0x9f }
    case 0xf0...0xf4:
      needed = 3
      value = UInt32(byte & 0x07)
      if byte == 0xf0 { lower = 0x90 }
      if byte == 0xf4 { upper = 0x8f }
    default:
      return .scalar(Self.replacement)
    }
    return .pending
  }

  private mutating func takeTail(_ byte: UInt8) -> Step {
    guard byte >= lower, byte <= upper else {
      _ = reset()
      return .brokenBefore
    }
    lower = 0x80
    upper = 0xbf
    value = value << 6 | UInt32(byte & 0x3f)
    needed -= 1
    return needed == 0 ? .scalar(value) : .pending
  }

  /// Forgets an incomplete character; true if there was one.
  mutating func reset() -> Bool {
    let wasPending = needed != 0
    needed = 0
    lower = 0x80
    upper = 0xbf
    return wasPending
  }
}
