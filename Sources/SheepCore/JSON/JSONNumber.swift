/// A number exactly as it was written, converted only when asked and only exactly.
package struct JSONNumber: Equatable, Sendable {
  /// The number's text, which follows JSON's grammar.
  package let text: String

  /// Checks that `text` is a JSON number (`-0`, `12`, `1.5e-3`); `nil` when it is not.
  package init?(text: String) {
    guard Self.length(of: Array(text.utf8)[...]) == text.utf8.count, !text.isEmpty else { return nil }
    self.text = text
  }

  /// The number of an integer.
  package init(_ value: some BinaryInteger) {
    text = String(value)
  }

  /// For the parser, which has checked the grammar already.
  init(checked text: String) {
    self.text = text
  }

  /// The nearest floating-point value; infinite when beyond its range.
  package var double: Double { Double(text) ?? .nan }

  /// The exact value when it is whole and fits 64 bits; `nil` otherwise.
  ///
  /// `5.0` and `5e2` are whole; `1.5`, `1e400` and `9223372036854775808` are not taken.
  package var integer: Int64? {
    if let value = Int64(text) { return value }
    guard let decimal = ExactDecimal(text) else { return nil }
    return decimal.integer
  }

  /// How many bytes at the start of `bytes` form a JSON number; 0 when none do.
  static func length(of bytes: ArraySlice<UInt8>) -> Int {
    var index = bytes.startIndex
    func digits() -> Int {
      let start = index
      while index < bytes.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
        index += 1
      }
      return index - start
    }
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: "-") { index += 1 }
    let leadingZero = index < bytes.endIndex && bytes[index] == UInt8(ascii: "0")
    let whole = digits()
    if whole == 0 || (leadingZero && whole > 1) { return 0 }
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: ".") {
      index += 1
      if digits() == 0 { return 0 }
    }
    if index < bytes.endIndex, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.endIndex, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
        index += 1
      }
      if digits() == 0 { return 0 }
    }
    return index - bytes.startIndex
  }
}

/// A decimal number split into digits and exponent, for exact conversions without `Double`.
struct ExactDecimal {
  /// The significant digits, at most 38 of them, as an integer.
  var significand: Int128
  /// The power of ten that scales the significand; clamped to ±100,000.
  var exponent: Int

  /// Reads a text of JSON's number grammar; `nil` when it has more than 38 significant digits.
  init?(_ text: String) {
    var significand: Int128 = 0
    var exponent = 0
    var negative = false
    var afterPoint = false
    var bytes = Array(text.utf8)[...]
    if bytes.first == UInt8(ascii: "-") {
      negative = true
      bytes = bytes.dropFirst()
    }
    guard !bytes.isEmpty else { return nil }
    while let byte = bytes.first, byte | 0x20 != UInt8(ascii: "e") {
      bytes = bytes.dropFirst()
      if byte == UInt8(ascii: ".") {
        if afterPoint { return nil }
        afterPoint = true
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      let (scaled, overflow) = significand.multipliedReportingOverflow(by: 10)
      let (sum, overflowed) = scaled.addingReportingOverflow(Int128(byte - UInt8(ascii: "0")))
      if overflow || overflowed { return nil }
      significand = sum
      if afterPoint { exponent -= 1 }
    }
    if !bytes.isEmpty {
      let digits = String(decoding: bytes.dropFirst(), as: UTF8.self)
      guard let written = Int(digits) else { return nil }
      exponent += max(-100_000, min(100_000, written))
    }
    self.significand = negative ? -significand : significand
    self.exponent = exponent
  }

  /// The value × 10^`places`, rounded half to even where digits are left over; `nil` when it
  /// does not fit.
  func scaled(byPowerOfTen places: Int) -> (value: Int128, exact: Bool)? {
    var value = significand
    var power = exponent + places
    if value == 0 { return (0, true) }
    while power > 0 {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = scaled
      power -= 1
    }
    guard power < 0 else { return (value, true) }
    if power < -38 { return (0, false) }
    var divisor: Int128 = 1
    for _ in 0..<(-power) { divisor *= 10 }
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    if remainder == 0 { return (quotient, true) }
    let doubled = remainder.magnitude * 2
    let up = doubled > divisor.magnitude || (doubled == divisor.magnitude && quotient % 2 != 0)
    return (up ? quotient + (value < 0 ? -1 : 1) : quotient, false)
  }

  /// The exact value when it is whole and fits 64 bits.
  var integer: Int64? {
    guard let (value, exact) = scaled(byPowerOfTen: 0), exact else { return nil }
    return Int64(exactly: value)
  }
}
