package import SheepCore

/// Columns of numbers, with points that line up, and bars.
package enum FigureText {
  /// The amounts of one column, all with as many places as the one that needs most, so that
  /// their points stand under each other; `nil` where there is none.
  package static func column(_ amounts: [Money?]) -> [String?] {
    let places = amounts.compactMap { $0.map(Self.places) }.max() ?? 0
    return amounts.map { $0.map { Figures.grouped(fixed($0, places: places)) } }
  }

  /// How many places an amount is shown with.
  private static func places(_ amount: Money) -> Int {
    let text = Array(amount.display.utf8)
    return text.firstIndex(of: UInt8(ascii: ".")).map { text.count - $0 - 1 } ?? 0
  }

  /// An amount in dollars with so many places, 0 to 18, rounded half to even.
  package static func fixed(_ amount: Money, places: Int) -> String {
    (amount < .zero ? "-$" : "$") + Money.rounded(amount.attodollars.magnitude, places: places)
  }

  /// The cells of a column that is set to the right, with blanks after them so that their
  /// points stand under each other. Cells that are no numbers stay as they are.
  package static func aligned(_ cells: [String]) -> [String] {
    let tails = cells.map(tail)
    let longest = tails.compactMap { $0 }.max() ?? 0
    return zip(cells, tails).map { cell, tail in
      guard let tail, tail < longest else { return cell }
      return String(
        decoding: Array(cell.utf8) + Array(repeating: UInt8(ascii: " "), count: longest - tail), as: UTF8.self
      )
    }
  }

  /// How many bytes a number has from its point on; `nil` for what is no number.
  private static func tail(_ cell: String) -> Int? {
    let bytes = Array(cell.utf8)
    guard bytes.last.map(Figures.isDigit) ?? false else { return nil }
    return bytes.firstIndex(of: UInt8(ascii: ".")).map { bytes.count - $0 } ?? 0
  }

  /// A bar as long as `value` is against `largest`, which is `width` columns long.
  ///
  /// Drawn in eighths of a column; whatever is more than nothing is seen.
  package static func bar(_ value: Money?, of largest: Money?, width: Int) -> String {
    guard let value, let largest, value > .zero, largest >= value else { return "" }
    let (scaled, overflow) = value.attodollars.multipliedReportingOverflow(by: Int128(8 * width))
    guard !overflow else { return "" }
    let eighths = max(1, Int(scaled / largest.attodollars))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }

  /// Tenths of a percent as text: `83.3 %`.
  package static func percent(permille: Int) -> String {
    Figures.fixed(Int64(permille), decimals: 1) + " %"
  }
}
