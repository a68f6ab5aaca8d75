package import SheepCore

/// A gateway's address, checked once and joined by path segments ever after.
package struct BaseURL: Equatable, Sendable {
  /// The part that a key is bound to: `https://api.holysheep.ai` (the port only when it is not
  /// the scheme's own; scheme and host in lower case).
  package let origin: String
  /// The host in lower case, an IPv6 literal in its brackets.
  package let host: String
  /// Whether the scheme is https.
  package let isSecure: Bool
  /// The path without a trailing slash: `/v1`, or empty.
  package let path: String

  /// Whether the host is this machine by its very spelling (`localhost`, 127.0.0.0/8, `[::1]`),
  /// so that nothing sent to it can leave the machine.
  package var isLoopback: Bool { false }
}
