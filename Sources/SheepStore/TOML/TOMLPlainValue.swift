/// Reads the values that stand without quotes or brackets: numbers, dates, `true` and `false`.
enum TOMLPlainValue {
  /// The value of a word; `nil` when it is none.
  static func read(_ word: ArraySlice<UInt8>) -> TOMLValue? {
    let text = String(decoding: word, as: UTF8.self)
    switch text {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "inf", "+inf", "-inf", "nan", "+nan", "-nan": return .fraction(text)
    default: break
    }
    let bytes = Array(word)
    if bytes.count > 2, bytes[0] == UInt8(ascii: "0"), let radix = radix(bytes[1]) {
      return prefixed(bytes[2...], radix: radix)
    }
    return number(bytes) ?? (isDate(bytes) ? .date(text) : nil)
  }

  private static func radix(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "x"): 16
    case UInt8(ascii: "o"): 8
    case UInt8(ascii: "b"): 2
    default: nil
    }
  }

  private static func prefixed(_ digits: ArraySlice<UInt8>, radix: Int) -> TOMLValue? {
    guard let plain = withoutUnderscores(digits, isDigit: { TOMLScanner.hexadecimal($0) != nil }) else {
      return nil
    }
    return Int64(String(decoding: plain, as: UTF8.self), radix: radix).map(TOMLValue.integer)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// The digits without the underscores between them; `nil` when one stands elsewhere, or
  /// anything else is there.
  private static func withoutUnderscores(
    _ text: ArraySlice<UInt8>, isDigit: (UInt8) -> Bool
  ) -> [UInt8]? {
    var result: [UInt8] = []
    var wasDigit = false
    for byte in text {
      if isDigit(byte) {
        result.append(byte)
        wasDigit = true
      } else if byte == UInt8(ascii: "_"), wasDigit {
        wasDigit = false
      } else {
        return nil
      }
    }
    return wasDigit ? result : nil
  }

  private static func number(_ bytes: [UInt8]) -> TOMLValue? {
    var rest = bytes[...]
    var text: [UInt8] = []
    if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      if sign == UInt8(ascii: "-") { text.append(sign) }
      rest = rest.dropFirst()
    }
    let whole = rest.prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
    guard let digits = withoutUnderscores(whole, isDigit: isDigit) else { return nil }
    if digits.count > 1, digits[0] == UInt8(ascii: "0") { return nil }
    text += digits
    rest = rest[whole.endIndex...]
    if rest.isEmpty { return Int64(String(decoding: text, as: UTF8.self)).map(TOMLValue.integer) }
    if rest.first == UInt8(ascii: ".") {
      let part = rest.dropFirst().prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
      guard let digits = withoutUnderscores(part, isDigit: isDigit) else { return nil }
      text += [UInt8(ascii: ".")] + digits
      rest = rest[part.endIndex...]
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      text.append(UInt8(ascii: "e"))
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        text.append(sign)
        rest = rest.dropFirst()
      }
      guard let digits = withoutUnderscores(rest, isDigit: isDigit) else { return nil }
      text += digits
      rest = []
    }
    return rest.isEmpty ? .fraction(String(decoding: text, as: UTF8.self)) : nil
  }

  // MARK: - Dates

  /// Whether a word has the form of a date, a time, or both with or without an offset, and its
  /// numbers are in range. Nothing here needs to know more of dates.
  static func isDate(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    if bytes.count >= 10, bytes[4] == UInt8(ascii: "-") {
      guard let year = number(rest, 0, 4), let month = number(rest, 5, 2), bytes[7] == UInt8(ascii: "-"),
        let day = number(rest, 8, 2), (1...12).contains(month), day >= 1,
        day <= days(in: month, of: year)
      else { return false }
      rest = bytes[10...]
      guard let separator = rest.first else { return true }
      guard separator == UInt8(ascii: "T") || separator == UInt8(ascii: "t") || separator == UInt8(ascii: " ")
      else { return false }
      rest = rest.dropFirst()
      guard let end = timeEnd(rest) else { return false }
      rest = rest[end...]
      return rest.isEmpty || isOffset(rest)
    }
    guard let end = timeEnd(rest) else { return false }
    return end == bytes.endIndex
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>, _ offset: Int, _ count: Int) -> Int? {
    let start = bytes.startIndex + offset
    guard bytes.endIndex - start >= count else { return nil }
    let digits = bytes[start..<start + count]
    guard digits.allSatisfy(isDigit) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// Where `HH:MM:SS` with an optional fraction ends; `nil` when there is no such time.
  private static func timeEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= 8, let hour = number(bytes, 0, 2), let minute = number(bytes, 3, 2),
      let second = number(bytes, 6, 2), bytes[bytes.startIndex + 2] == UInt8(ascii: ":"),
      bytes[bytes.startIndex + 5] == UInt8(ascii: ":"), hour < 24, minute < 60, second < 61
    else { return nil }
    let rest = bytes.dropFirst(8)
    guard rest.first == UInt8(ascii: ".") else { return rest.startIndex }
    let fraction = rest.dropFirst().prefix(while: isDigit)
    return fraction.isEmpty ? nil : fraction.endIndex
  }

  private static func isOffset(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.count == 1 { return bytes.first == UInt8(ascii: "Z") || bytes.first == UInt8(ascii: "z") }
    guard bytes.count == 6, bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-"),
      let hour = number(bytes, 1, 2), let minute = number(bytes, 4, 2),
      bytes[bytes.startIndex + 3] == UInt8(ascii: ":")
    else { return false }
    return hour < 24 && minute < 60
  }
}
