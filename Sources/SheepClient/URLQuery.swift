/// The escaping of a query's names and values.
enum URLQuery {
  /// The text with every byte but RFC 3986's unreserved ones percent-encoded.
  static func encoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: bytes.append(byte)
      default:
        bytes.append(0x25)
        let digits = Array("0123456789ABCDEF".utf8)
        bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
