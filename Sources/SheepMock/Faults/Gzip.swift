/// Wraps bytes into a valid gzip member without making them smaller.
enum Gzip {
  /// The bytes as gzip (RFC 1952) with stored blocks (RFC 1951, 3.2.4).
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var member: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      let size = UInt16(block.count)
      member.append(rest.isEmpty ? 1 : 0)
      append(UInt64(size), count: 2, to: &member)
      append(UInt64(~size), count: 2, to: &member)
      member += block
    } while !rest.isEmpty
    append(UInt64(checksum(bytes)), count: 4, to: &member)
    append(UInt64(bytes.count) & 0xffff_ffff, count: 4, to: &member)
    return member
  }

  private static func append(_ value: UInt64, count: Int, to bytes: inout [UInt8]) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
  }

  /// CRC-32 as gzip wants it.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var register: UInt32 = 0xffff_ffff
    for byte in bytes {
      register ^= UInt32(byte)
      for _ in 0..<8 { register = register & 1 == 1 ? register >> 1 ^ 0xedb8_8320 : register >> 1 }
    }
    return ~register
  }
}
