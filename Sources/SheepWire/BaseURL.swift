package import SheepCore

/// A gateway's address, checked once and joined by path segments ever after.
///
/// The parser takes what it knows and refuses the rest, so that no two readers of the address
/// (this program, libcurl, a person) can understand it differently.
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
  package let isLoopback: Bool

  /// Reads an address as a user or a configuration writes it: with or without `/v1`, a trailing
  /// slash, a path prefix or a pasted endpoint such as `/chat/completions`.
  /// - Throws: a `Failure` of kind `usage` that names the address and says what to write.
  package init(_ text: String) throws(Failure) {
    let shown = Self.shown(text)
    func refused(_ problem: String, _ advice: String? = nil) -> Failure {
      Failure(.usage, "base URL '\(shown)'", problem, advice: advice)
    }
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else {
      throw refused("is empty", "use one such as https://api.holysheep.ai/v1")
    }
    if let problem = Self.forbidden(bytes) { throw refused(problem.what, problem.advice) }
    guard let (isSecure, rest) = Self.scheme(bytes[...]) else {
      throw refused(Self.schemeProblem(bytes), Self.schemeAdvice(bytes, shown))
    }
    let authority = rest.prefix { $0 != 0x2f }
    let host: String
    let port: Int?
    do throws(URLAuthority.Problem) {
      (host, port) = try URLAuthority.parse(authority)
    } catch {
      throw refused(error.text, error.advice)
    }
    let segments = rest[authority.endIndex...].split(separator: 0x2f, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if let problem = URLPath.problem(segments) { throw refused(problem) }

    self.isSecure = isSecure
    self.host = host
    isLoopback = URLAuthority.isLoopback(host)
    let isDefaultPort = port == nil || port == (isSecure ? 443 : 80)
    origin = (isSecure ? "https://" : "http://") + host + (isDefaultPort ? "" : ":\(port ?? 0)")
    path = URLPath.base(segments).map { "/" + $0 }.joined()
  }

  /// The URL of an endpoint: `appending("chat/completions")`.
  package func appending(_ path: String) -> String {
    origin + self.path + "/" + path
  }

  /// Whether a key may be sent there: not over plain http, except to this machine.
  package var mayCarryKey: Bool { isSecure || isLoopback }

  /// The address in its one spelling: `https://api.holysheep.ai/v1`.
  package var text: String { origin + path }

  // MARK: - What is refused at sight

  private static func forbidden(_ bytes: [UInt8]) -> (what: String, advice: String?)? {
    for byte in bytes {
      switch byte {
      case 0x20, 0x09, 0x0a, 0x0d: return ("contains a space or a line break", "remove it")
      case 0..<0x20, 0x7f: return ("contains a control character", "remove it")
      case 0x80...:
        return ("contains a non-ASCII character", "write the host in punycode: xn--…")
      case 0x5c: return ("contains a backslash", "use / instead")
      case 0x3f: return ("contains a query", "remove the ? and everything after it")
      case 0x23: return ("contains a fragment", "remove the # and everything after it")
      case 0x40:
        return (
          "contains a user name or password", "remove it; keys come from the environment or --key-file"
        )
      default: continue
      }
    }
    return nil
  }

  private static func scheme(_ bytes: ArraySlice<UInt8>) -> (isSecure: Bool, rest: ArraySlice<UInt8>)? {
    for (name, isSecure) in [("https://", true), ("http://", false)] {
      let head = bytes.prefix(name.utf8.count)
      if head.map({ (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }) == Array(name.utf8) {
        return (isSecure, bytes.dropFirst(name.utf8.count))
      }
    }
    return nil
  }

  private static func namesScheme(_ bytes: [UInt8]) -> Bool {
    bytes.indices.contains { bytes[$0...].starts(with: "://".utf8) }
  }

  private static func schemeProblem(_ bytes: [UInt8]) -> String {
    namesScheme(bytes) ? "has a scheme other than https or http" : "has no scheme"
  }

  private static func schemeAdvice(_ bytes: [UInt8], _ shown: String) -> String {
    if namesScheme(bytes) { return "use https://" }
    let authority = bytes[...].prefix { $0 != 0x2f }
    let host = (try? URLAuthority.parse(authority))?.host ?? ""
    return "write " + (URLAuthority.isLoopback(host) ? "http://" : "https://") + shown
  }

  /// The address as an error may name it: without what could be a secret in it.
  private static func shown(_ text: String) -> String {
    var bytes = Array(text.utf8.prefix { $0 != 0x3f && $0 != 0x23 })
    if let at = bytes.lastIndex(of: 0x40) {
      let slashes = bytes.indices.first { bytes[$0...].starts(with: "://".utf8) }
      let start = slashes.map { $0 + 3 } ?? 0
      bytes.replaceSubrange(min(start, at)..<at, with: "****".utf8)
    }
    return ErrorText.sanitized(String(decoding: bytes, as: UTF8.self), limit: 120)
  }
}
