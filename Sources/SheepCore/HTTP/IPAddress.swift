/// An IP address as numbers, so that two spellings of one address are the same.
package struct IPAddress: Equatable, Sendable {
  /// Four bytes, or sixteen for IPv6.
  package let bytes: [UInt8]

  /// Reads four decimal numbers without leading zeros (`127.0.0.1`), or an IPv6 address
  /// (RFC 4291, 2.2) without brackets and zone; `nil` for everything else. What `127.1` or
  /// `0x7f.0.0.1` means depends on who reads it, so they are not addresses here.
  package init?(_ text: String) {
    self.init(utf8: Array(text.utf8)[...])
  }

  /// The same of bytes.
  package init?(utf8 text: ArraySlice<UInt8>) {
    guard let bytes = Self.four(text) ?? Self.sixteen(text) else { return nil }
    self.bytes = bytes
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Whether it is of this machine: 127.0.0.0/8 or `::1`.
  package var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
  }

  /// Whether it is of this machine, or of a network that is not the internet's, or no single
  /// machine's at all.
  package var isPrivate: Bool {
    if let embedded { return embedded.isPrivate }
    if bytes.count == 4 {
      switch (bytes[0], bytes[1]) {
      case (0, _), (10, _), (127, _), (169, 254), (192, 168): return true
      case (172, 16...31), (100, 64...127): return true
      default: return bytes[0] >= 224
      }
    }
    // Unique local, link-local and site-local, multicast; `::` and `::1`.
    return bytes[0] & 0xfe == 0xfc || bytes[0] == 0xfe && bytes[1] & 0x80 == 0x80 || bytes[0] == 0xff
      || bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] < 2
  }

  /// The IPv4 address to which an IPv6 address leads: mapped or compatible ones, those of 6to4
  /// (`2002::/16`) and of NAT64 (`64:ff9b::/96`); `nil` for all others.
  package var embedded: IPAddress? {
    guard bytes.count == 16 else { return nil }
    let last = IPAddress(bytes: Array(bytes[12...]))
    let prefix = bytes[..<10]
    if prefix.allSatisfy({ $0 == 0 }) {
      if bytes[10] == 0xff, bytes[11] == 0xff { return last }
      let isCompatible =
        bytes[10] == 0 && bytes[11] == 0 && last.bytes != [0, 0, 0, 0] && last.bytes != [0, 0, 0, 1]
      return isCompatible ? last : nil
    }
    if bytes[0] == UInt8(ascii: " "), bytes[1] == 0x02 { return IPAddress(bytes: Array(bytes[2..<6])) }
    let isTranslated = bytes[..<12] == [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]
    return isTranslated ? last : nil
  }

  private static func four(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.count),
        part.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        part.count == 1 || part.first != UInt8(ascii: "0"),
        let number = UInt8(String(decoding: part, as: UTF8.self))
      else { return nil }
      bytes.append(number)
    }
    return bytes
  }

  private static func sixteen(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (3...9).contains(groups.count) else { return nil }
    // A gap at an end shows as two empty groups.
    if groups[0].isEmpty {
      groups.removeFirst()
      guard groups[0].isEmpty else { return nil }
    }
    if groups[groups.count - 1].isEmpty {
      groups.removeLast()
      guard groups.last?.isEmpty == true else { return nil }
    }
    var before: [UInt8] = []
    var after: [UInt8] = []
    var hasGap = false
    for (index, group) in groups.enumerated() {
      if group.isEmpty {
        if hasGap { return nil }
        hasGap = true
        continue
      }
      let dotted = index == groups.count - 1 ? four(group) : nil
      guard let value = dotted ?? pair(group) else { return nil }
      if hasGap { after += value } else { before += value }
    }
    let missing = 16 - before.count - after.count
    guard hasGap ? missing >= 2 : missing == 0 else { return nil }
    return before + Array(repeating: 0, count: missing) + after
  }

  /// One group of an IPv6 address: one to four hexadecimal digits.
  private static func pair(_ group: ArraySlice<UInt8>) -> [UInt8]? {
    guard group.count <= 4, !group.contains(UInt8(ascii: "+")), !group.contains(UInt8(ascii: "-")),
      let number = UInt16(String(decoding: group, as: UTF8.self), radix: 16)
    else { return nil }
    return [UInt8(number >> 8), UInt8(number & 0xff)]
  }
}
