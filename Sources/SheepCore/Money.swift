/// An exact amount of US dollars.
///
/// Counts attodollars (10⁻¹⁸ USD), so every list price with up to twelve decimals per million
/// tokens multiplies exactly. The range, ±1.7 × 10²⁰ USD, is beyond any bill; arithmetic that
/// would leave it returns `nil` instead of trapping. Nothing on the money path is a
/// floating-point number.
package struct Money: Hashable, Comparable, Sendable {
  /// The amount in 10⁻¹⁸ USD.
  package let attodollars: Int128

  /// Nothing at all: what a free model costs. Not for "unknown", which is `nil`.
  package static let zero = Money(attodollars: 0)

  /// An amount in 10⁻¹⁸ USD.
  package init(attodollars: Int128) {
    self.attodollars = attodollars
  }

  /// Reads `12`, `0.25` or `3.5e-06` dollars, always with a point whatever the locale.
  ///
  /// Digits beyond 10⁻¹⁸ USD are rounded half to even. `nil` when the text is not a JSON
  /// number or beyond the range.
  package init?(dollars text: String) {
    guard let number = JSONNumber(text: text), let decimal = ExactDecimal(number.text),
      let (value, _) = decimal.scaled(byPowerOfTen: 18)
    else { return nil }
    attodollars = value
  }

  package static func < (left: Money, right: Money) -> Bool { left.attodollars < right.attodollars }

  /// The sum; `nil` beyond the range.
  package func adding(_ other: Money) -> Money? {
    let (sum, overflow) = attodollars.addingReportingOverflow(other.attodollars)
    return overflow ? nil : Money(attodollars: sum)
  }

  /// The amount `count` times over; `nil` beyond the range.
  package func multiplied(by count: Int) -> Money? {
    let (product, overflow) = attodollars.multipliedReportingOverflow(by: Int128(count))
    return overflow ? nil : Money(attodollars: product)
  }
}

extension Money {
  /// The exact amount in dollars, without trailing zeros: `0.001792`, `12`, `-0.5`.
  package var decimal: String {
    let digits = Array(String(attodollars.magnitude).zeroPadded(to: 19).utf8)
    let point = digits.count - 18
    var end = digits.count
    while end > point, digits[end - 1] == UInt8(ascii: "0") { end -= 1 }
    var text: [UInt8] = attodollars < 0 ? [UInt8(ascii: "-")] : []
    text += digits[..<point]
    if end > point {
      text.append(UInt8(ascii: "."))
      text += digits[point..<end]
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The exact amount as a JSON number.
  package var json: JSON { .number(JSONNumber(checked: decimal)) }

  /// The amount for people: `$0.001792`, `$0.1235`, `$12.35`, `$0`.
  ///
  /// Rounded half to even to six decimals below one cent, four below one dollar, two above; an
  /// amount below half a millionth keeps two significant digits instead of reading as nothing.
  package var display: String {
    let magnitude = attodollars.magnitude
    let sign = attodollars < 0 ? "-" : ""
    if magnitude == 0 { return "$0" }
    let places: Int
    switch magnitude {
    case ..<500_000_000_000: places = Self.placesForTwoDigits(magnitude)
    case ..<10_000_000_000_000_000: places = 6
    case ..<1_000_000_000_000_000_000: places = 4
    default: places = 2
    }
    return sign + "$" + Figures.grouped(Self.rounded(magnitude, places: places))
  }

  private static func placesForTwoDigits(_ magnitude: UInt128) -> Int {
    max(6, min(18, 18 - String(magnitude).utf8.count + 2))
  }

  /// An amount of attodollars, its sign aside, in dollars with so many places, 0 to 18, rounded half
  /// to even: `0.0025`.
  package static func rounded(_ magnitude: UInt128, places: Int) -> String {
    var unit: UInt128 = 1
    for _ in 0..<(18 - places) { unit *= 10 }
    var (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: unit)
    if remainder * 2 > unit || (remainder * 2 == unit && quotient % 2 == 1) { quotient += 1 }
    var digits = Array(String(quotient).zeroPadded(to: places + 1).utf8)
    if places > 0 { digits.insert(UInt8(ascii: "."), at: digits.count - places) }
    return String(decoding: digits, as: UTF8.self)
  }
}
