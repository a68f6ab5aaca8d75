import SheepCore

/// Numbers of a comparison as people read them.
package enum CompareText {
  /// Milliseconds with the digits that matter: `412`, `8.31`, `12.4`.
  static func milliseconds(_ value: Double?) -> String {
    guard let value, value.isFinite, value < 1e12 else { return "-" }
    return Figures.rounded(value, decimals: value < 10 ? 2 : value < 100 ? 1 : 0)
  }

  /// Seconds of milliseconds: `1.92 s`.
  package static func seconds(_ milliseconds: Double?) -> String {
    DurationText.seconds(milliseconds: milliseconds)
  }

  /// Tokens per second: `88`, `8.4`.
  package static func rate(_ value: Double?) -> String {
    guard let value, value.isFinite, value < 1e12 else { return "-" }
    return Figures.rounded(value, decimals: value < 10 ? 1 : 0)
  }

  /// Dollars with so many decimals, without the sign of the currency; rounded half away from zero.
  /// - Parameter decimals: 0 ... 18.
  static func dollars(_ amount: Money, decimals: Int) -> String {
    var unit: Int128 = 1
    for _ in decimals..<18 { unit *= 10 }
    let half = amount.attodollars < 0 ? -unit / 2 : unit / 2
    guard let rounded = Int64(exactly: (amount.attodollars + half) / unit) else { return "-" }
    return Figures.grouped(Figures.fixed(rounded, decimals: decimals))
  }

  /// `20%`.
  package static func percent(_ share: Double) -> String { Figures.rounded(share * 100, decimals: 0) + "%" }

  /// `1.9x slower`, `~`, `~ (<5%)`; with the interval `1.9x slower [1.6, 2.3]`; of what was not
  /// measured in the same rounds `1.9x, no verdict`.
  static func verdict(_ verdict: Verdict?, showsInterval: Bool) -> String {
    guard let verdict else { return "baseline" }
    if verdict.word == .unpaired {
      return (verdict.ratio.map { factor($0) + "x, " } ?? "") + "no verdict"
    }
    var text = verdict.word.rawValue
    if verdict.word == .slower || verdict.word == .faster, let ratio = verdict.ratio {
      let times = ratio >= 1 ? ratio : 1 / ratio
      text = times.isFinite ? factor(times) + "x " + text : text + " (fails)"
    }
    guard showsInterval, let interval = interval(verdict) else { return text }
    return text + " " + interval
  }

  /// The interval of a verdict in the direction of its word: `[1.6, 2.3]`; `nil` without one.
  static func interval(_ verdict: Verdict) -> String? {
    guard verdict.word != .undecided, verdict.word != .unpaired else { return nil }
    let flips = verdict.word == .faster
    let low = flips ? 1 / verdict.high : verdict.low
    let high = flips ? 1 / verdict.low : verdict.high
    return "[" + factor(low) + ", " + factor(high) + "]"
  }

  /// A ratio with the digits that matter: `1.07`, `2.3`, `14`.
  static func factor(_ value: Double) -> String {
    if value == .infinity { return "inf" }
    return Figures.rounded(value, decimals: value < 2 ? 2 : value < 10 ? 1 : 0)
  }

  /// One bar of up to `width` columns, in eighths of a column.
  static func bar(_ value: Double?, of largest: Double, width: Int) -> String {
    guard let value, largest > 0, value.isFinite else { return "" }
    let eighths = max(1, Int((min(1, value / largest) * Double(width * 8)).rounded()))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }

  /// Values in their order as one column each, all targets on one scale; failures as `×`.
  static func sparkline(_ values: [Double?], range: ClosedRange<Double>, width: Int) -> String {
    let levels = Array("▁▂▃▄▅▆▇█")
    let span = range.upperBound - range.lowerBound
    return String(
      values.suffix(width).map { value in
        guard let value else { return "×" }
        let share = span > 0 ? (value - range.lowerBound) / span : 0
        return levels[max(0, min(7, Int(share * 8)))]
      })
  }
}
