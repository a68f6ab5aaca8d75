/// How many requests are made in a span of time, for forecasts.
package struct RequestRate: Equatable, Sendable {
  /// The span that the number is for.
  package enum Period: String, CaseIterable, Sendable {
    case hour, day, month, year

    /// How many of them a year has: 365 days, twelve equal months.
    package var perYear: Int {
      switch self {
      case .hour: 8_760
      case .day: 365
      case .month: 12
      case .year: 1
      }
    }
  }

  /// The number of requests.
  package var count: Int
  /// The span that it is for.
  package var period: Period

  /// A number of requests in a span.
  package init(count: Int, per period: Period) {
    self.count = count
    self.period = period
  }

  /// What requests that cost `amount` each cost in a year; `nil` beyond the range of money.
  package func perYear(_ amount: Money) -> Money? {
    amount.multiplied(by: count)?.multiplied(by: period.perYear)
  }

  /// The same for a month, a twelfth of the year; rounded half to even at 10⁻¹⁸ USD where the
  /// rate is not a month's or a year's own.
  package func perMonth(_ amount: Money) -> Money? {
    if period == .month { return amount.multiplied(by: count) }
    return perYear(amount)?.divided(by: 12)
  }
}

extension Money {
  /// The difference; `nil` beyond the range.
  package func subtracting(_ other: Money) -> Money? {
    let (difference, overflow) = attodollars.subtractingReportingOverflow(other.attodollars)
    return overflow ? nil : Money(attodollars: difference)
  }

  /// The amount divided, rounded half to even at 10⁻¹⁸ USD.
  /// - Parameter divisor: 1 or more.
  package func divided(by divisor: Int) -> Money {
    Money(attodollars: Self.quotient(attodollars, Int128(max(1, divisor))))
  }

  /// This amount as tenths of a percent of `whole`, rounded half to even: 833 is 83.3 %. `nil`
  /// when the whole is nothing or less, and for shares beyond any sense.
  package func permille(of whole: Money) -> Int? {
    guard whole > .zero else { return nil }
    let (scaled, overflow) = attodollars.multipliedReportingOverflow(by: 1000)
    return overflow ? nil : Int(exactly: Self.quotient(scaled, whole.attodollars))
  }

  private static func quotient(_ value: Int128, _ divisor: Int128) -> Int128 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    let (half, isOver) = remainder.magnitude.multipliedReportingOverflow(by: 2)
    let up = isOver || half > divisor.magnitude || (half == divisor.magnitude && quotient % 2 != 0)
    return up ? quotient + (value < 0 ? -1 : 1) : quotient
  }
}
