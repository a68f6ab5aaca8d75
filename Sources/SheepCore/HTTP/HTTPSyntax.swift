/// The parts of HTTP's grammar that client and server read alike.
///
/// Not generic: the first use of a generic function for a kind of slice costs a start 200,000
/// instructions of looking types up.
package enum HTTPSyntax {
  /// Whether a byte may stand in a token, as methods and field names are: RFC 9110, 5.6.2.
  package static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
      UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
      true  // ! # $ % & ' * + - . ^ _ ` | ~
    default: false
    }
  }

  /// The part of a range of bytes without the spaces and tabs at both ends.
  package static func trimmed(_ range: Range<Int>, _ byte: (Int) -> UInt8) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(byte(start)) { start += 1 }
    while start < end, isBlank(byte(end - 1)) { end -= 1 }
    return start..<end
  }

  /// The bytes without the spaces and tabs at both ends.
  package static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes[trimmed(bytes.indices) { bytes[$0] }]
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
