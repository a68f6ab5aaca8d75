import SheepCore

/// A JSON number of any length as sign, digits and power of ten: compared and divided exactly.
///
/// Schemas say `multipleOf: 0.01` and `minimum: 9007199254740993`; floating point gets both
/// wrong. Nothing here overflows, whatever digits or exponent a text has.
struct ExactNumber: Hashable, Sendable {
  /// Whether the number is below zero; never true for zero.
  let isNegative: Bool
  /// The significant digits, 0...9 each, without zeros at either end; empty for zero.
  let digits: [UInt8]
  /// The power of ten of the last digit; 0 for zero, clamped to ±10¹⁵.
  let exponent: Int

  /// Reads a number that follows JSON's grammar.
  init(_ number: JSONNumber) {
    var digits: [UInt8] = []
    var exponent = 0
    var isNegative = false
    var afterPoint = false
    let bytes = Array(number.text.utf8)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): afterPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits.append(byte - UInt8(ascii: "0"))
        if afterPoint { exponent -= 1 }
      default:
        exponent += Self.power(bytes[(index + 1)...])
        self.init(isNegative, digits, exponent)
        return
      }
    }
    self.init(isNegative, digits, exponent)
  }

  private init(_ isNegative: Bool, _ digits: [UInt8], _ exponent: Int) {
    var digits = digits[...]
    var exponent = exponent
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    digits = digits.drop { $0 == 0 }
    self.digits = Array(digits)
    self.isNegative = isNegative && !digits.isEmpty
    self.exponent = digits.isEmpty ? 0 : exponent
  }

  private static func power(_ bytes: ArraySlice<UInt8>) -> Int {
    let limit = 1_000_000_000_000_000
    var value = 0
    for byte in bytes where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      value = min(limit, value * 10 + Int(byte - UInt8(ascii: "0")))
    }
    return bytes.first == UInt8(ascii: "-") ? -value : value
  }

  /// Whether the value is whole: `1.0` and `1e3` are.
  var isWhole: Bool { exponent >= 0 }

  /// Whether the value is zero.
  var isZero: Bool { digits.isEmpty }

  /// Whether `divisor` goes into the value without remainder; `nil` when the divisor is zero or
  /// has more than 37 significant digits.
  func isMultiple(of divisor: ExactNumber) -> Bool? {
    guard !divisor.isZero, divisor.digits.count <= 37 else { return nil }
    if isZero { return true }
    let modulus = divisor.digits.reduce(UInt128(0)) { $0 * 10 + UInt128($1) }
    // Both significands end in a digit other than 0, so a finer value is never a multiple.
    let shift = exponent - divisor.exponent
    if shift < 0 { return false }
    var remainder = digits.reduce(UInt128(0)) { ($0 * 10 + UInt128($1)) % modulus }
    // Each factor 10 takes one 2 and one 5 from the modulus, which has fewer than 128.
    for _ in 0..<min(shift, 128) where remainder != 0 { remainder = remainder * 10 % modulus }
    return remainder == 0
  }
}

extension ExactNumber: Comparable {
  static func < (left: ExactNumber, right: ExactNumber) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
  }

  /// Compares magnitudes.
  private func isSmaller(than other: ExactNumber) -> Bool {
    if isZero || other.isZero { return isZero && !other.isZero }
    let (top, otherTop) = (digits.count + exponent, other.digits.count + other.exponent)
    if top != otherTop { return top < otherTop }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}
