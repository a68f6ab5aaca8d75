/// The 95 % interval of a share of successes, after Wilson (1927): honest also at 0 of n and
/// n of n, where the textbook interval has no width.
package struct WilsonInterval: Equatable, Sendable {
  /// 0 ... 1.
  package let low: Double
  /// 0 ... 1.
  package let high: Double

  /// The normal quantile for 95 %.
  private static let quantile = 1.959_963_984_540_054

  /// The interval for `successes` of `count`; `nil` for an impossible pair of numbers.
  package init?(successes: Int, of count: Int) {
    guard count > 0, (0...count).contains(successes) else { return nil }
    let total = Double(count)
    let share = Double(successes) / total
    let squared = Self.quantile * Self.quantile
    let scale = 1 + squared / total
    let center = share + squared / (2 * total)
    let spread =
      Self.quantile * (share * (1 - share) / total + squared / (4 * total * total)).squareRoot()
    low = successes == 0 ? 0 : max(0, (center - spread) / scale)
    high = successes == count ? 1 : min(1, (center + spread) / scale)
  }
}
