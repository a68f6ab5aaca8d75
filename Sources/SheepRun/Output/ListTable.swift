package import SheepTerminal

/// A table with one column that is cut where the terminal is narrow, but first others go.
package struct ListTable {
  private var columns: [(column: Table.Column, cells: [String], rank: Int)] = []

  /// What the column that can be cut keeps, in columns of the terminal.
  private static let least = 24

  /// A table without columns.
  package init() {}

  /// - Parameter rank: which go first: those with the lowest; 0 stays.
  package mutating func add(
    _ header: String, _ cells: [String], _ alignment: Alignment = .left, canShrink: Bool = false,
    rank: Int = 0
  ) {
    columns.append((Table.Column(header, alignment, canShrink: canShrink), cells, rank))
  }

  package func render(width: Int?, style: Style) -> String {
    var shown = columns
    if let width {
      shown.removeAll { $0.rank > 0 && $0.cells.allSatisfy(\.isEmpty) }
      while Self.needed(shown) > width,
        let next = shown.filter({ $0.rank > 0 }).min(by: { $0.rank < $1.rank })
      {
        shown.removeAll { $0.rank == next.rank }
      }
    }
    var table = Table(shown.map(\.column))
    for row in shown.first?.cells.indices ?? 0..<0 { table.add(shown.map { $0.cells[row] }) }
    return table.render(width: width, style: style)
  }

  private static func needed(_ columns: [(column: Table.Column, cells: [String], rank: Int)]) -> Int {
    columns.reduce(2 * (columns.count - 1)) { sum, column in
      let widest = column.cells.reduce(TextWidth.of(column.column.header)) { max($0, TextWidth.of($1)) }
      return sum + (column.column.canShrink ? min(widest, least) : widest)
    }
  }
}
