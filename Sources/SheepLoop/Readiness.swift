import CSystem

/// What a descriptor is waited for, and what it then is ready for.
///
/// The bits are those of libcurl's `CURL_POLL_…` and `CURL_CSELECT_…`.
package struct Readiness: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Bytes, a connection or the end can be read without blocking.
  package static let readable = Readiness(rawValue: UInt32(SHEEP_POLL_READ))
  /// Bytes can be written without blocking.
  package static let writable = Readiness(rawValue: UInt32(SHEEP_POLL_WRITE))
  /// Only reported, never waited for: the connection failed or the descriptor is bad.
  package static let failed = Readiness(rawValue: UInt32(SHEEP_POLL_ERROR))
}
