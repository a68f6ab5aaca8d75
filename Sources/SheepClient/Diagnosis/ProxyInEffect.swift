package import SheepWire

/// Which proxy a call takes and who says so: the transport's own rules, told to people.
package struct ProxyInEffect: Equatable, Sendable {
  /// The proxy without user name and password; `nil` when there is none.
  package var address: String?
  /// Its host and port for a trial connection; `nil` when they cannot be read.
  package var host: String?
  package var port: UInt16?
  /// The option or variable that named it, or that kept it away; `nil` when nothing said anything.
  package var source: String?
  /// Why there is none, as a clause; empty when there is one.
  package var reason = ""

  /// Decides for an address, as libcurl is told to: the option for everything, a variable for
  /// https to other machines only, less the hosts of `no_proxy`.
  package init(setting: String?, base: BaseURL, variable: (String) -> String?) {
    func first(_ names: [String]) -> (name: String, value: String)? {
      for name in names {
        if let value = variable(name), !value.isEmpty { return (name, value) }
      }
      return nil
    }
    if let setting {
      if setting.isEmpty {
        (source, reason) = ("--proxy", "none, as set by --proxy")
      } else {
        use(setting, "--proxy")
      }
      return
    }
    let named = first(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
    guard let named else {
      reason = "none set"
      return
    }
    guard base.isSecure, !base.isLoopback else {
      (source, reason) = (named.name, "none; \(named.name) is not used for this machine")
      return
    }
    if let exempt = first(["no_proxy", "NO_PROXY"]), Self.exempts(exempt.value, base.host) {
      (source, reason) = (exempt.name, "none; \(exempt.name) exempts \(base.host) from \(named.name)")
      return
    }
    use(named.value, named.name)
  }

  private mutating func use(_ text: String, _ name: String) {
    source = name
    let bytes = Array(text.utf8)
    let slashes = bytes.indices.first { bytes[$0...].starts(with: "://".utf8) }
    let scheme = slashes.map { String(decoding: bytes[..<$0], as: UTF8.self).lowercased() } ?? "http"
    var rest = bytes[(slashes.map { $0 + 3 } ?? 0)...].prefix { $0 != UInt8(ascii: "/") }
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) { rest = rest[(at + 1)...] }
    let place = String(decoding: rest, as: UTF8.self)
    address = scheme + "://" + place
    if rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) {
      host = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
      rest = rest[(end + 1)...]
    } else {
      host = String(decoding: rest.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
      rest = rest.drop { $0 != UInt8(ascii: ":") }
    }
    // 443 for a proxy that speaks https itself; 1080 is libcurl's number for all others.
    let usual: UInt16 = scheme == "https" ? 443 : 1080
    port = rest.isEmpty ? usual : UInt16(String(decoding: rest.dropFirst(), as: UTF8.self))
  }

  /// Whether a list of hosts names this one: `*`, the host, or a domain above it, with or
  /// without a leading dot (libcurl's manual, CURLOPT_NOPROXY, read 2026-11).
  static func exempts(_ list: String, _ host: String) -> Bool {
    let host = Array(host.lowercased().utf8)
    for entry in list.lowercased().utf8.split(whereSeparator: {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ")
    }) {
      if entry.elementsEqual("*".utf8) { return true }
      var name = Array(entry)
      while name.first == UInt8(ascii: ".") { name.removeFirst() }
      while name.last == UInt8(ascii: ".") { name.removeLast() }
      if name.isEmpty { continue }
      if host == name { return true }
      if host.count > name.count, host.suffix(name.count).elementsEqual(name),
        host[host.count - name.count - 1] == UInt8(ascii: ".")
      {
        return true
      }
    }
    return false
  }
}
