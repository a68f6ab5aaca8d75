/// What tokens of one kind cost.
///
/// Price lists speak of dollars per million tokens, usage of single tokens: the unit is part of
/// this type and of its labels, so the two cannot be mixed up.
package struct TokenPrice: Hashable, Comparable, Sendable {
  /// What one token costs; never negative.
  package let perToken: Money

  /// A published price of zero, which is not an unknown one.
  package static let free = TokenPrice(Money.zero)

  private init(_ perToken: Money) {
    self.perToken = perToken
  }

  /// What one token costs, as an endpoint lists it; `nil` for a negative amount.
  package init?(perToken: Money) {
    guard perToken >= .zero else { return nil }
    self.perToken = perToken
  }

  /// Reads a price in US dollars per million tokens: `2.50`.
  ///
  /// Plain decimal digits with at most twelve after the point, always a point whatever the
  /// locale; so every price that is read is kept exactly. `nil` for anything else.
  package init?(dollarsPerMillion text: String) {
    guard let (digits, places) = Self.plainDecimal(text) else { return nil }
    var attodollars = digits
    // A dollar a million is 10¹² attodollars a token.
    for _ in places..<12 { attodollars *= 10 }
    perToken = Money(attodollars: attodollars)
  }

  /// The price in US dollars per million tokens, exactly and without trailing zeros: `2.5`.
  package var dollarsPerMillion: String {
    perToken.multiplied(by: 1_000_000)?.decimal ?? perToken.decimal + "e6"
  }

  /// What `count` tokens cost; `nil` for a negative count and beyond the range of money.
  package func cost(of count: Int) -> Money? {
    count < 0 ? nil : perToken.multiplied(by: count)
  }

  package static func < (left: TokenPrice, right: TokenPrice) -> Bool {
    left.perToken < right.perToken
  }

  /// `12`, `0.25`: digits, and after a point up to twelve more.
  package static func isPlainDecimal(_ text: String) -> Bool { plainDecimal(text) != nil }

  /// All digits of a plain decimal as one number, and how many of them follow the point; `nil` for
  /// anything else.
  private static func plainDecimal(_ text: String) -> (digits: Int128, places: Int)? {
    var digits: Int128 = 0
    var whole = 0
    var places: Int?
    for byte in text.utf8 {
      if byte == UInt8(ascii: "."), places == nil {
        places = 0
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), whole < 13, (places ?? 0) < 12 else {
        return nil
      }
      digits = digits * 10 + Int128(byte - UInt8(ascii: "0"))
      if let count = places { places = count + 1 } else { whole += 1 }
    }
    guard (1...12).contains(whole), places != 0, whole == 1 || text.utf8.first != UInt8(ascii: "0") else {
      return nil
    }
    return (digits, places ?? 0)
  }
}

/// What a price is multiplied by under a service tier or in a region: `x0.5`.
package struct PriceMultiplier: Hashable, Sendable {
  /// The factor in millionths.
  package let millionths: Int

  /// Reads `x0.5`, with at most six digits after the point; `nil` for anything else.
  package init?(_ text: String) {
    guard text.utf8.first == UInt8(ascii: "x") else { return nil }
    let factor = String(text.dropFirst())
    guard TokenPrice.isPlainDecimal(factor), let value = Money(dollars: factor),
      value.attodollars % 1_000_000_000_000 == 0,
      let millionths = Int(exactly: value.attodollars / 1_000_000_000_000)
    else { return nil }
    self.millionths = millionths
  }

  /// The factor as it is written in the price list: `x0.5`.
  package var text: String {
    "x" + Money(attodollars: Int128(millionths) * 1_000_000_000_000).decimal
  }

  /// The amount times the factor; what is left over beyond 10⁻¹⁸ USD is rounded half to even.
  /// `nil` beyond the range of money.
  package func of(_ amount: Money) -> Money? {
    let (product, overflow) = amount.attodollars.multipliedReportingOverflow(by: Int128(millionths))
    if overflow { return nil }
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: 1_000_000)
    let doubled = remainder.magnitude * 2
    let rounds = doubled > 1_000_000 || (doubled == 1_000_000 && quotient % 2 != 0)
    return Money(attodollars: rounds ? quotient + (product < 0 ? -1 : 1) : quotient)
  }
}
