import SheepCore

extension MockFault {
  /// Reads a fault specification: `status=429;retry-after=2;times=2`.
  ///
  /// Items are separated by `;`. An item is a key or `KEY=VALUE`; `%3B` stands for a semicolon
  /// in a value, `%0A` for a line end, `%25` for a percent sign. The keys are those of
  /// `FaultKey.all`. An empty text is the normal answer.
  /// - Throws: `MockError.badFault`, naming the item and what may stand there.
  package init(parsing text: String) throws(MockError) {
    self.init()
    for item in text.utf8.split(separator: UInt8(ascii: ";")) {
      let bytes = HTTPSyntax.trimmed(Array(item)[...])
      if bytes.isEmpty { continue }
      let name = String(decoding: bytes.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
      let value = bytes.firstIndex(of: UInt8(ascii: "=")).map { Self.decoded(bytes[($0 + 1)...]) }
      guard let key = FaultKey.all.first(where: { $0.name == name }) else {
        throw .badFault("unknown fault '\(name)'; faults: \(FaultKey.names)")
      }
      switch (key.kind, value) {
      case (.flag(let set), nil): set(&self)
      case (.flag, _?): throw .badFault("'\(name)' takes no value")
      case (.value(let placeholder, _), nil):
        throw .badFault("'\(name)' needs a value: \(name)=\(placeholder)")
      case (.value(let placeholder, let set), let value?):
        guard set(&self, value) else {
          throw .badFault("'\(name)' cannot be '\(value)'; write \(name)=\(placeholder)")
        }
      }
    }
  }

  /// Takes `%XX` apart; what is no such escape stays.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        text.append(code)
        rest = rest.dropFirst(2)
      } else {
        text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// The values of fault keys. All refuse what does not fit with `nil`.
enum FaultValue {
  /// A number of things, `K` and `M` for 1,024 and its square; at most 1 GiB.
  static func count(_ text: String) -> Int? {
    var digits = text.utf8[...]
    var factor = 1
    switch digits.last {
    case UInt8(ascii: "K"), UInt8(ascii: "k"): factor = 1_024
    case UInt8(ascii: "M"), UInt8(ascii: "m"): factor = 1_048_576
    default: break
    }
    if factor > 1 { digits = digits.dropLast() }
    guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let number = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow || product > 1 << 30 ? nil : product
  }

  /// Milliseconds, or seconds with an `s` behind (`2s`, `1.5s`, `250ms`); at most a day.
  static func duration(_ text: String) -> Duration? {
    var bytes = Array(text.utf8)
    var unit: Int64 = 1_000_000
    if bytes.last == UInt8(ascii: "s") {
      bytes.removeLast()
      if bytes.last == UInt8(ascii: "m") { bytes.removeLast() } else { unit = 1_000_000_000 }
    }
    guard let value = decimal(String(decoding: bytes, as: UTF8.self)) else { return nil }
    let nanoseconds = value * Double(unit)
    return nanoseconds <= 86_400e9 ? .nanoseconds(Int64(nanoseconds)) : nil
  }

  /// A decimal number of 0 or more.
  static func decimal(_ text: String) -> Double? {
    guard
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
      ),
      let value = Double(text), value.isFinite
    else { return nil }
    return value
  }

  /// An HTTP status.
  static func status(_ text: String) -> Int? {
    guard let status = count(text), (200...999).contains(status) else { return nil }
    return status
  }

  /// `Name: value` of one header field; no line ends.
  static func header(_ text: String) -> (name: String, value: String)? {
    let bytes = Array(text.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      bytes.allSatisfy({ $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") && $0 != 0 })
    else { return nil }
    return (
      String(decoding: bytes[..<colon], as: UTF8.self),
      String(decoding: HTTPSyntax.trimmed(bytes[(colon + 1)...]), as: UTF8.self)
    )
  }
}
