/// A table for people: aligned columns, two blanks between them.
///
/// Widths are counted in terminal columns, so Korean, Chinese, Japanese and emoji
/// line up. Cells are plain text on one line; filter foreign text first.
package struct Table: Sendable {
  /// One column: its header, the side that its cells keep to, and whether it may
  /// be cut short where the row is too narrow.
  package struct Column: Sendable {
    package var header: String
    package var alignment: Alignment
    package var canShrink: Bool
    /// The look of the cells; the header is bold.
    package var ink: Ink

    /// A column; numbers are set to the right.
    package init(
      _ header: String, _ alignment: Alignment = .left, canShrink: Bool = true, ink: Ink = []
    ) {
      self.header = header
      self.alignment = alignment
      self.canShrink = canShrink && alignment == .left
      self.ink = ink
    }
  }

  /// A shrunken column keeps at least this many columns of the row.
  private static let narrowest = 6
  private static let gap = 2

  private let columns: [Column]
  private var rows: [[String]] = []
  /// The looks of single cells, by row, where they differ from their column's.
  private var ownInks: [[Ink?]] = []

  /// An empty table.
  package init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row. Missing cells are empty, and cells beyond the last column are an
  /// error of the caller that the debug build stops at.
  /// - Parameter inks: the looks of the cells, where they are not their column's; `nil` leaves
  ///   a cell as its column is, and so does a missing one.
  package mutating func add(_ cells: [String], inks: [Ink?] = []) {
    assert(cells.count <= columns.count, "more cells than columns")
    ownInks.append(inks)
    if cells.count == columns.count {
      rows.append(cells)
      return
    }
    let missing = max(0, columns.count - cells.count)
    rows.append(Array(cells.prefix(columns.count)) + Array(repeating: "", count: missing))
  }

  /// The table as lines, each with its line feed.
  ///
  /// With a `width` the widest of the columns that can shrink are cut, with `…`,
  /// until a row fits; nil, for pipes and files, leaves all text whole.
  package func render(width: Int?, style: Style) -> String {
    let widths = fittedWidths(to: width)
    var text: [UInt8] = []
    if columns.contains(where: { !$0.header.isEmpty }) {
      let headers = columns.map(\.header)
      append(headers, widths, inks: columns.map { _ in .bold }, style, to: &text)
    }
    let inks = columns.map(\.ink)
    for (number, row) in rows.enumerated() {
      var inks = inks
      for (index, own) in ownInks[number].enumerated() where index < inks.count {
        inks[index] = own ?? inks[index]
      }
      append(row, widths, inks: inks, style, to: &text)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func fittedWidths(to width: Int?) -> [Int] {
    var widths = columns.enumerated().map { index, column in
      rows.reduce(TextWidth.of(column.header)) { max($0, TextWidth.of($1[index])) }
    }
    guard let width else { return widths }
    var excess = widths.reduce(0, +) + Self.gap * max(0, columns.count - 1) - width
    while excess > 0 {
      let candidates = widths.indices.filter {
        columns[$0].canShrink && widths[$0] > Self.narrowest
      }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      // Down to the next widest, or as far as is needed, in one step.
      let next = candidates.filter { $0 != widest }.map { widths[$0] }.max() ?? Self.narrowest
      let step = max(1, min(excess, widths[widest] - max(next, Self.narrowest)))
      widths[widest] -= step
      excess -= step
    }
    return widths
  }

  /// Appends one row and its line feed. Bytes, because adding up strings was a sixth of all that
  /// `sheep models` does.
  private func append(
    _ cells: [String], _ widths: [Int], inks: [Ink], _ style: Style, to text: inout [UInt8]
  ) {
    // What comes after the last text of a row is left away.
    let count = (cells.lastIndex { !$0.isEmpty } ?? -1) + 1
    for index in 0..<count {
      var cell = cells[index]
      var width = TextWidth.of(cell)
      if width > widths[index] {
        cell = cell.truncated(to: widths[index])
        width = TextWidth.of(cell)
      }
      let gap = max(0, widths[index] - width)
      let before =
        switch columns[index].alignment {
        case .left: 0
        case .center: gap / 2
        case .right: gap
        }
      let isLast = index == count - 1
      text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: before + (index > 0 ? Self.gap : 0)))
      text.append(contentsOf: style(cell, inks[index]).utf8)
      if !isLast { text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: gap - before)) }
    }
    text.append(UInt8(ascii: "\n"))
  }
}
