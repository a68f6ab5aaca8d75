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
      guard host.last == 0x5d, isIPv6(host.dropFirst().dropLast()) else {
        throw Problem(text: "has a host that is no IPv6 address")
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
    guard let address = IPv4(bytes[...]) else { return false }
    return address.first == 127
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
      default: return Problem(text: "has a host with a character that hosts do not have")
      }
    }
    let labels = name.split(separator: 0x2e, omittingEmptySubsequences: false)
    if labels.contains(where: { $0.isEmpty || $0.count > 63 }) || name.count > 253 {
      return Problem(text: "has a host with an empty or overlong part between its dots")
    }
    // A last label of digits makes it an address; every other spelling than four decimal
    // numbers is read differently by different programs.
    let last = labels.last ?? []
    let isNumber = last.allSatisfy { (0x30...0x39).contains($0) } || isHexadecimal(last)
    if isNumber, IPv4(name) == nil {
      return Problem(
        text: "has a numeric host that is not four decimal numbers", advice: "write it as 127.0.0.1")
    }
    return nil
  }

  private static func isHexadecimal(_ label: ArraySlice<UInt8>) -> Bool {
    label.count >= 2 && label.first == 0x30 && label[label.startIndex + 1] | 0x20 == 0x78
      && label.dropFirst(2).allSatisfy { RawText.digit($0) != nil }
  }

  /// An IPv4 address in its canonical dotted form, without leading zeros.
  private struct IPv4 {
    let first: Int

    init?(_ text: ArraySlice<UInt8>) {
      let parts = text.split(separator: 0x2e, omittingEmptySubsequences: false)
      guard parts.count == 4 else { return nil }
      var numbers: [Int] = []
      for part in parts {
        guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }),
          part.count == 1 || part.first != 0x30, let number = Int(String(decoding: part, as: UTF8.self)),
          number < 256
        else { return nil }
        numbers.append(number)
      }
      first = numbers[0]
    }
  }

  /// Whether the text between the brackets is an IPv6 address (RFC 4291, section 2.2); zone
  /// names are refused, they mean nothing to a server.
  private static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
    let groups = text.split(separator: 0x3a, omittingEmptySubsequences: false)
    guard (3...9).contains(groups.count) else { return false }
    var count = 0
    for (index, group) in groups.enumerated() where !group.isEmpty {
      if index == groups.count - 1, IPv4(group) != nil {
        count += 2
      } else {
        guard group.count <= 4, group.allSatisfy({ RawText.digit($0) != nil }) else { return false }
        count += 1
      }
    }
    let doubles = text.indices.count { text[$0...].starts(with: [0x3a, 0x3a]) }
    if doubles == 0 { return count == 8 && groups.allSatisfy { !$0.isEmpty } }
    let startsWell = text.first != 0x3a || text.starts(with: [0x3a, 0x3a])
    let endsWell = text.last != 0x3a || text.suffix(2).elementsEqual([0x3a, 0x3a])
    return doubles == 1 && startsWell && endsWell && count <= 7
  }
}
