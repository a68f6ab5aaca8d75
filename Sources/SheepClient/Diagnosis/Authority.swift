import SheepCore
import SheepWire

/// Host and port of an address, as the system's own calls want them.
struct Authority {
  /// Without the brackets of an IPv6 literal.
  let host: String
  let port: UInt16

  /// Reads an address that has been checked already.
  init(_ base: BaseURL) {
    let bare = Array(base.host.utf8.drop { $0 == UInt8(ascii: "[") }.prefix { $0 != UInt8(ascii: "]") })
    host = String(decoding: bare, as: UTF8.self)
    let rest = base.origin.utf8.dropFirst(
      (base.isSecure ? "https://" : "http://").utf8.count + base.host.utf8.count)
    port = UInt16(String(decoding: rest.dropFirst(), as: UTF8.self)) ?? (base.isSecure ? 443 : 80)
  }

  /// The family of a host that is an address; `nil` for a name.
  var literalFamily: AddressFamily? { Self.literalFamily(host) }

  static func literalFamily(_ host: String) -> AddressFamily? {
    if host.utf8.contains(UInt8(ascii: ":")) { return .ipv6 }
    let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8(String(decoding: $0, as: UTF8.self)) != nil }
    return isIPv4 ? .ipv4 : nil
  }
}
