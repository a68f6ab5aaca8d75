/// The prompt on a terminal that can only write on: a teleprinter, an editor's shell window.
///
/// What is typed at the end is written behind it, what is deleted there is wiped; any other
/// change writes the line once more below.
struct DumbScreen {
  private var shown: [PromptLayout.Row] = []
  private var width = 80

  /// Begins in the row of the cursor.
  mutating func reset(width: Int) {
    shown = []
    self.width = max(8, width)
  }

  /// Shows a layout. The cursor's place in it cannot be shown.
  mutating func draw(_ layout: PromptLayout) -> [UInt8] {
    let rows = layout.rows
    defer { shown = rows }
    guard rows != shown else { return [] }
    guard let last = shown.last, shown.count <= rows.count,
      shown.dropLast().elementsEqual(rows.prefix(shown.count - 1), by: { $0.cells == $1.cells })
    else {
      return (shown.isEmpty ? [] : Array("\r\n".utf8)) + text(of: rows[...])
    }
    let row = rows[shown.count - 1]
    let same = zip(last.cells, row.cells).prefix { $0 == $1 }.count
    // Only the last row's end can be wiped.
    let wiped = last.cells[same...].reduce(0) { $0 + $1.columns }
    if last.columns >= width, wiped > 0 { return Array("\r\n".utf8) + text(of: rows[...]) }
    var output = [UInt8](repeating: 8, count: wiped) + [UInt8](repeating: UInt8(ascii: " "), count: wiped)
    output += [UInt8](repeating: 8, count: wiped)
    output += row.cells[same...].flatMap { Array($0.text.utf8) }
    if rows.count > shown.count { output += Array("\r\n".utf8) + text(of: rows[shown.count...]) }
    return output
  }

  /// Ends the line.
  mutating func finish(_ layout: PromptLayout, mark: String = "") -> [UInt8] {
    let output = draw(layout) + Array((mark + "\r\n").utf8)
    shown = []
    return output
  }

  private func text(of rows: ArraySlice<PromptLayout.Row>) -> [UInt8] {
    let lines = rows.map { row in row.cells.map(\.text).joined() }
    return Array(lines.joined(separator: "\r\n").utf8)
  }
}
