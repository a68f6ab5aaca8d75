import SheepCore

/// The host and port of an address: `api.holysheep.ai`, `127.0.0.1:8080`, `[::1]:8080`.
enum URLAuthority {
  /// Why an authority is refused, as a clause.
  struct Problem: Error {
    let text: String
    var advice: String?
  }

  /// The host in lower case and the port, `nil` where none is written.
  static func parse(
    _ authority: ArraySlice<UInt8>
  ) throws(Problem) -> (host: String, port: Int?) {
    let (host, port) = split(authority)
    if host.isEmpty { throw Problem(text: "has no host") }
    if host.first == 0x5b {
      guard host.last == 0x5d, IPAddress(utf8: host.dropFirst().dropLast())?.bytes.count == 16 else {
        throw Problem(text: "has a host that is not a valid IPv6 address")
      }
    } else if let problem = problem(name: host) {
      throw problem
    }
    var number: Int?
    if let port {
      let digits = String(decoding: port, as: UTF8.self)
      guard port.count <= 5, port.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(digits),
        (1...65535).contains(value)
      else { throw Problem(text: "has a port that is not a number from 1 to 65535") }
      number = value
    }
    let lower = host.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    return (String(decoding: lower, as: UTF8.self), number)
  }

  /// Whether a host, in lower case, means this machine whatever a resolver says. Only the
  /// canonical spelling of an address counts: what `127.1` means depends on who reads it.
  static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let bytes = Array(host.utf8)
    if bytes.suffix(10).elementsEqual(".localhost".utf8), bytes.count > 10 { return true }
    guard let address = IPAddress(utf8: bytes[...]) else { return false }
    return address.bytes.count == 4 && address.isLoopback
  }

  private static func split(
    _ authority: ArraySlice<UInt8>
  ) -> (host: ArraySlice<UInt8>, port: ArraySlice<UInt8>?) {
    let afterBrackets =
      authority.first == 0x5b ? authority.lastIndex(of: 0x5d) ?? authority.startIndex : authority.startIndex
    guard let colon = authority[afterBrackets...].firstIndex(of: 0x3a) else { return (authority, nil) }
    return (authority[..<colon], authority[(colon + 1)...])
  }

  private static func problem(name: ArraySlice<UInt8>) -> Problem? {
    for byte in name {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: continue
      default: return Problem(text: "has an invalid character in its host")
      }
    }
    let labels = name.split(separator: 0x2e, omittingEmptySubsequences: false)
    if labels.contains(where: { $0.isEmpty || $0.count > 63 }) || name.count > 253 {
      return Problem(text: "has an empty or too long part in its host")
    }
    // A last label of digits makes it an address; every other spelling than four decimal
    // numbers is read differently by different programs.
    let last = labels.last ?? []
    let isNumber = last.allSatisfy { (0x30...0x39).contains($0) } || isHexadecimal(last)
    if isNumber, IPAddress(utf8: name) == nil {
      return Problem(
        text: "has a numeric host that is not four decimal numbers", advice: "write it as 127.0.0.1")
    }
    return nil
  }

  private static func isHexadecimal(_ label: ArraySlice<UInt8>) -> Bool {
    label.count >= 2 && label.first == 0x30 && label[label.startIndex + 1] | 0x20 == 0x78
      && label.dropFirst(2).allSatisfy { RawText.digit($0) != nil }
  }
}
