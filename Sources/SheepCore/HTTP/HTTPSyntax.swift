/// The parts of HTTP's grammar that client and server read alike.
package enum HTTPSyntax {
  /// Whether the bytes form a token, as methods and field names do: RFC 9110, 5.6.2.
  @inlinable
  package static func isToken(_ bytes: some Collection<UInt8>) -> Bool {
    !bytes.isEmpty && bytes.allSatisfy { isTokenByte($0) }
  }

  /// Whether a byte may stand in a token.
  @inlinable
  package static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    case 0x21, 0x23, 0x24, 0x25, 0x26, 0x27, 0x2a, 0x2b, 0x2d, 0x2e, 0x5e, 0x5f, 0x60, 0x7c, 0x7e:
      true  // ! # $ % & ' * + - . ^ _ ` | ~
    default: false
    }
  }

  /// The bytes without spaces and tabs at both ends.
  @inlinable
  package static func trimmed<Bytes: BidirectionalCollection<UInt8>>(
    _ bytes: Bytes
  ) -> Bytes.SubSequence where Bytes.SubSequence == Bytes {
    var rest = bytes.drop { isBlank($0) }
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return rest
  }

  /// Whether a byte is a space or a tab.
  @inlinable
  package static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
