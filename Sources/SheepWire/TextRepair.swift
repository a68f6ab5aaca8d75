/// Makes valid UTF-8 of the text pieces of one channel, joining what was split between them.
///
/// Some servers cut their text into tokens by bytes: a character arrives half in one event and
/// half in the next, as bad UTF-8 or as lone surrogate escapes. Halves that fit are joined; what
/// stays broken becomes U+FFFD, one for each maximal broken part as Unicode recommends
/// (The Unicode Standard, chapter 3, "U+FFFD Substitution of Maximal Subparts").
struct TextRepair {
  /// The beginning of a character whose rest may come: at most five bytes.
  private var held: [UInt8] = []
  private let repaired = ByteBuffer()

  /// Whether nothing is held back: valid pieces pass as they are.
  var isIdle: Bool { held.isEmpty }

  /// The piece as valid UTF-8, together with what was held back before it; a broken end is
  /// held back. The result is valid until the next call and no longer than `piece`.
  mutating func pass(_ piece: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    if held.isEmpty, Self.isValid(piece) { return piece }
    let input = held + Array(piece)
    held = []
    repair(input, isLast: false)
    return repaired.bytes
  }

  /// What was held back and will not be completed any more, as U+FFFD; empty when nothing was.
  mutating func flush() -> UnsafeRawBufferPointer {
    let input = held
    held = []
    repair(input, isLast: true)
    return repaired.bytes
  }

  private mutating func repair(_ input: [UInt8], isLast: Bool) {
    repaired.removeAll()
    var index = 0
    while index < input.count {
      switch Self.unit(input, index) {
      case .scalar(let length):
        input[index..<index + length].withUnsafeBytes { repaired.append($0) }
        index += length
      case .high:
        switch Self.unit(input, index + 3) {
        case .low:
          appendPair(input[index..<index + 6])
          index += 6
        case .open where !isLast && Self.mayBecomeLow(input[(index + 3)...]):
          held = Array(input[index...])
          return
        default:
          appendReplacement()
          index += 3
        }
      case .low:
        appendReplacement()
        index += 3
      case .broken(let length):
        appendReplacement()
        index += length
      case .open:
        if isLast {
          appendReplacement()
        } else {
          held = Array(input[index...])
        }
        return
      }
    }
  }

  private enum Unit {
    /// A character of this many bytes.
    case scalar(Int)
    /// The first and second half of a surrogate pair, three bytes each.
    case high, low
    /// A maximal broken part of this many bytes.
    case broken(Int)
    /// The input ends before it can be told.
    case open
  }

  private static func unit(_ input: [UInt8], _ index: Int) -> Unit {
    guard index < input.count else { return .open }
    let lead = input[index]
    if lead < 0x80 { return .scalar(1) }
    guard let length = length(of: lead) else { return .broken(1) }
    for offset in 1..<length {
      guard index + offset < input.count else { return .open }
      let byte = input[index + offset]
      let isAllowed = offset == 1 ? allows(lead, second: byte) : byte & 0xc0 == 0x80
      if !isAllowed { return .broken(offset) }
    }
    if lead == 0xed, input[index + 1] >= 0xa0 { return input[index + 1] < 0xb0 ? .high : .low }
    return .scalar(length)
  }

  private static func mayBecomeLow(_ tail: ArraySlice<UInt8>) -> Bool {
    guard let lead = tail.first else { return true }
    return lead == 0xed && (tail.dropFirst().first.map { $0 >= 0xb0 } ?? true)
  }

  @inline(__always)
  private static func length(of lead: UInt8) -> Int? {
    switch lead {
    case 0xc2...0xdf: 2
    case 0xe0...0xef: 3
    case 0xf0...0xf4: 4
    default: nil
    }
  }

  /// Whether `second` may follow `lead`; surrogates are allowed here.
  @inline(__always)
  private static func allows(_ lead: UInt8, second: UInt8) -> Bool {
    switch lead {
    case 0xe0: 0xa0...0xbf ~= second
    case 0xf0: 0x90...0xbf ~= second
    case 0xf4: 0x80...0x8f ~= second
    default: second & 0xc0 == 0x80
    }
  }

  private func appendReplacement() {
    for byte: UInt8 in [0xef, 0xbf, 0xbd] { repaired.append(byte) }
  }

  /// Two surrogates of three bytes each, as the four bytes of their character.
  private func appendPair(_ pair: ArraySlice<UInt8>) {
    let bytes = Array(pair)
    func unit(_ index: Int) -> UInt32 {
      UInt32(bytes[index] & 0x0f) << 12 | UInt32(bytes[index + 1] & 0x3f) << 6
        | UInt32(bytes[index + 2] & 0x3f)
    }
    let code = 0x10000 + (unit(0) & 0x3ff) << 10 + unit(3) & 0x3ff
    for shift: UInt32 in [18, 12, 6, 0] {
      let bits = UInt8(truncatingIfNeeded: code >> shift)
      repaired.append(shift == 18 ? 0xf0 | bits & 0x07 : 0x80 | bits & 0x3f)
    }
  }

  /// Whether the bytes are well-formed UTF-8.
  static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    let count = bytes.count
    var index = 0
    while index < count {
      if index + 8 <= count,
        base.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
        continue
      }
      let lead = bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      guard let length = length(of: lead), index + length <= count else { return false }
      let second = bytes[index + 1]
      guard allows(lead, second: second), lead != 0xed || second < 0xa0 else { return false }
      for offset in 2..<max(2, length) where bytes[index + offset] & 0xc0 != 0x80 { return false }
      index += length
    }
    return true
  }
}
