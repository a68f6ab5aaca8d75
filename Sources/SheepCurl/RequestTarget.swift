import CCurl

/// Where a request goes, read by libcurl's own URL parser, so that what is decided here and
/// what libcurl does later cannot disagree.
package struct RequestTarget: Equatable, Sendable {
  /// `https` or `http`.
  package var scheme: String
  /// In the parser's spelling, in lower case; an IPv6 literal in its brackets.
  package var host: String

  /// Why a request cannot be sent as it is.
  package struct Refused: Error, Equatable {
    /// What is wrong, without any part of a key.
    package var reason: String
  }

  /// Reads an absolute `https` or `http` URL without user, password or fragment.
  ///
  /// libcurl must be open. Control characters and blanks are refused before the parser sees
  /// them.
  package init(url: String) throws(Refused) {
    guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
      throw Refused(reason: "the URL contains a blank or a control character")
    }
    guard let parser = curl_url() else { throw Refused(reason: "out of memory") }
    defer { curl_url_cleanup(parser) }
    let code = curl_url_set(parser, CURLUPART_URL, url, UInt32(CURLU_DISALLOW_USER))
    guard code == CURLUE_OK else {
      throw Refused(reason: curl_url_strerror(code).map { String(cString: $0) } ?? "malformed URL")
    }
    let scheme = Self.part(CURLUPART_SCHEME, of: parser)?.lowercased() ?? ""
    guard scheme == "https" || scheme == "http" else {
      throw Refused(reason: "the URL's scheme is neither https nor http")
    }
    guard let host = Self.part(CURLUPART_HOST, of: parser), !host.isEmpty else {
      throw Refused(reason: "the URL has no host")
    }
    guard Self.part(CURLUPART_FRAGMENT, of: parser) == nil else {
      throw Refused(reason: "the URL has a fragment")
    }
    self.scheme = scheme
    self.host = host.lowercased()
  }

  private static func part(_ part: CURLUPart, of parser: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard sheep_url_get(parser, part, &text) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }

  /// Whether the host is this machine by its very spelling: nothing sent there leaves it.
  package var isLoopback: Bool {
    host == "localhost" || host == "[::1]" || ipv4?.first == 127
  }

  /// Whether the host is an address, so that no name needs to be resolved.
  package var isAddress: Bool { host.hasPrefix("[") || ipv4 != nil }

  private var ipv4: [UInt8]? {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { UInt8($0) }
    return parts.count == 4 && numbers.count == 4 ? numbers : nil
  }
}
