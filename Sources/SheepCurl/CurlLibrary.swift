import CCurl
package import SheepCore

/// The libcurl that is in use: what it is and what it can do.
package struct CurlLibrary: Sendable, Equatable {
  /// As it calls itself: `7.88.1`.
  package var version: String
  /// The same as a number: `0x075801`.
  package var number: UInt32
  /// Whether it speaks HTTP/2.
  package var hasHTTP2: Bool
  /// Whether names are resolved without blocking the loop. Without that a resolver that hangs
  /// holds up everything, the connect limit included.
  package var resolvesInBackground: Bool
  /// Whether its TLS is OpenSSL or a relative, which reads a hashed folder of certificates.
  package var readsHashedFolders: Bool

  /// Describes a library; `open` finds the real one.
  package init(
    version: String, number: UInt32, hasHTTP2: Bool = true, resolvesInBackground: Bool = true,
    readsHashedFolders: Bool = true
  ) {
    self.version = version
    self.number = number
    self.hasHTTP2 = hasHTTP2
    self.resolvesInBackground = resolvesInBackground
    self.readsHashedFolders = readsHashedFolders
  }

  /// Why there is no libcurl to work with, in the transport's terms.
  package struct Unavailable: Error, Equatable {
    /// Of kind `.transportUnavailable`.
    package var problem: TransferEnd.Problem
  }

  /// The file names that libcurl goes by, in the order to try.
  package static let usualNames: [String] = {
    #if os(Linux)
      ["libcurl.so.4", "libcurl-gnutls.so.4"]
    #else
      [
        "/usr/lib/libcurl.4.dylib", "/opt/homebrew/opt/curl/lib/libcurl.4.dylib",
        "/usr/local/opt/curl/lib/libcurl.4.dylib", "libcurl.4.dylib",
      ]
    #endif
  }()

  /// Opens the first of these that is there, complete and new enough; once for the process,
  /// however often it is called.
  ///
  /// Without `needsTLS` the TLS library's configuration and error texts are left unread, a sixth
  /// of a short answer over plain http; `needTLS` must be called before a transfer that uses TLS.
  package static func open(
    names: [String] = usualNames, needsTLS: Bool = true
  ) throws(Unavailable) -> CurlLibrary {
    var reason: String?
    for name in names {
      let (status, detail) = attempt(name, needsTLS: needsTLS)
      switch status {
      case SHEEP_CURL_READY: return described()
      case SHEEP_CURL_MISSING: continue
      case SHEEP_CURL_TOO_OLD:
        reason = reason ?? "libcurl \(detail) is too old; 7.85.0 or later is needed"
      case SHEEP_CURL_INCOMPLETE:
        reason = reason ?? "\(name) lacks \(detail)"
      default:
        reason = reason ?? "\(name) cannot be initialized: \(detail)"
      }
    }
    let missing = "\(names.first ?? "libcurl") is not installed"
    let detail = (reason ?? missing) + "; install " + packageName
    throw Unavailable(problem: TransferEnd.Problem(.transportUnavailable, detail: detail))
  }

  /// Reads what an opening without TLS left unread; does nothing when that was all.
  package static func needTLS() { sheep_curl_need_tls() }

  private static var packageName: String {
    #if os(Linux)
      "the package libcurl4 (Debian, Ubuntu) or libcurl (Fedora, Arch)"
    #else
      "curl with brew"
    #endif
  }

  private static func attempt(_ name: String, needsTLS: Bool) -> (sheep_curl_status, String) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { text in
      let status = sheep_curl_open(name, needsTLS ? 1 : 0, text.baseAddress, text.count)
      return (status, text.baseAddress.map { String(cString: $0) } ?? "")
    }
  }

  private static func described() -> CurlLibrary {
    guard let info = sheep_curl_info() else {
      return CurlLibrary(version: "unknown", number: UInt32(SHEEP_CURL_OLDEST))
    }
    let features = info.pointee.features
    let backend = info.pointee.ssl_version.map { String(cString: $0) } ?? ""
    return CurlLibrary(
      version: info.pointee.version.map { String(cString: $0) } ?? "unknown",
      number: info.pointee.version_num,
      hasHTTP2: features & CURL_VERSION_HTTP2 != 0,
      resolvesInBackground: features & CURL_VERSION_ASYNCHDNS != 0,
      readsHashedFolders: isOpenSSL(backend))
  }

  /// Whether a TLS backend's name (`OpenSSL/3.0.19`) is OpenSSL's or a relative's. Where a
  /// library has several, those not in use stand in parentheses.
  package static func isOpenSSL(_ backend: String) -> Bool {
    let name = backend.split(separator: " ").first { !$0.hasPrefix("(") } ?? ""
    return ["OpenSSL", "LibreSSL", "BoringSSL", "AWS-LC", "quictls"].contains { name.hasPrefix($0) }
  }
}
