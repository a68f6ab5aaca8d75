import CCurl
package import SheepCore

/// Where a request goes, read by libcurl's own URL parser, so that what is decided here and
/// what libcurl does later cannot disagree.
package struct RequestTarget: Equatable, Sendable {
  /// `https` or `http`.
  package var scheme: String
  /// As the parser spells it.
  package var host: URLHost

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
      throw Refused(reason: "the URL contains a space or a control character")
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
      // libcurl would not get further either.
      let isASCII = url.utf8.allSatisfy { $0 < 0x80 }
      throw Refused(
        reason: isASCII
          ? "the URL has no host" : "libcurl cannot convert the host to ASCII; write it in punycode, xn--…")
    }
    guard Self.part(CURLUPART_FRAGMENT, of: parser) == nil else {
      throw Refused(reason: "the URL has a fragment")
    }
    self.scheme = scheme
    self.host = URLHost(name: host.lowercased())
  }

  private static func part(_ part: CURLUPart, of parser: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard sheep_url_get(parser, part, &text) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }

}

extension CurlLibrary {
  /// The host of a URL by the very parser that reads it for a transfer; opens libcurl.
  package static func host(of url: String) throws(Failure) -> URLHost {
    do throws(Unavailable) { _ = try open() } catch {
      throw Failure(.network, url, error.problem.detail)
    }
    do throws(RequestTarget.Refused) {
      return try RequestTarget(url: url).host
    } catch {
      throw Failure(.usage, url, error.reason)
    }
  }
}
