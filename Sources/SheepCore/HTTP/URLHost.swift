/// The host of a URL as the transport reads it, so that what is decided about it and what is then
/// asked cannot differ.
package struct URLHost: Equatable, Sendable {
  /// In lower case and punycode; an IPv6 address in its brackets, an IPv4 address as four decimal
  /// numbers however it was written.
  package let name: String

  /// A host in the transport's spelling.
  package init(name: String) {
    self.name = name
  }

  /// The address that the host is; `nil` for a name, which has to be looked up, and so has an
  /// address with a dot behind it.
  package var address: IPAddress? {
    var text = Array(name.utf8)[...]
    if text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") { text = text.dropFirst().dropLast() }
    return IPAddress(utf8: text)
  }

  /// Whether the host is this machine by its very spelling: nothing sent there leaves it.
  package var isLoopback: Bool { name == "localhost" || address?.isLoopback ?? false }
}
