/// The embedding of one text: its numbers as they go to a file, four bytes each.
package struct EmbeddingVector: Equatable, Sendable {
  /// IEEE 754 single precision, little-endian.
  package let bytes: [UInt8]

  /// How many numbers it has.
  package var dimensions: Int { bytes.count / 4 }

  /// The number at `index`.
  package subscript(_ index: Int) -> Float {
    var bits: UInt32 = 0
    for offset in (0..<4).reversed() { bits = bits << 8 | UInt32(bytes[index * 4 + offset]) }
    return Float(bitPattern: bits)
  }

  /// A vector of these numbers.
  package init(_ values: [Float]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * 4)
    for value in values {
      for shift: UInt32 in [0, 8, 16, 24] {
        bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
      }
    }
    self.bytes = bytes
  }

  /// The numbers behind a base64 text; `nil` when it is none, is empty, or a number is not
  /// finite.
  init?(base64 text: UnsafeRawBufferPointer) {
    guard let bytes = Self.decoded(text), !bytes.isEmpty, bytes.count % 4 == 0 else { return nil }
    self.bytes = bytes
    for index in 0..<dimensions where !self[index].isFinite { return nil }
  }

  /// Appends the numbers with commas between them, each in the fewest digits that mean it.
  package func write(to bytes: inout [UInt8]) {
    for index in 0..<dimensions {
      if index > 0 { bytes.append(0x2c) }
      bytes += self[index].description.utf8
    }
  }

  /// The bytes that base64 stands for (RFC 4648, section 4), with padding or without.
  private static func decoded(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    var end = text.count
    while end > 0, end > text.count - 2, text[end - 1] == 0x3d { end -= 1 }
    for byte in text[..<end] {
      guard let value = value(byte) else { return nil }
      bits = bits << 6 | value
      count += 1
      guard count == 4 else { continue }
      for shift: UInt32 in [16, 8, 0] { result.append(UInt8(truncatingIfNeeded: bits >> shift)) }
      bits = 0
      count = 0
    }
    switch count {
    case 0: return result
    case 2: return result + [UInt8(truncatingIfNeeded: bits >> 4)]
    case 3:
      return result + [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
    default: return nil
    }
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5a: UInt32(byte) - 0x41
    case 0x61...0x7a: UInt32(byte) - 0x61 + 26
    case 0x30...0x39: UInt32(byte) - 0x30 + 52
    case 0x2b: 62
    case 0x2f: 63
    default: nil
    }
  }
}
