/// The edit line as rows of a terminal: prompt, text, the cursor's place.
///
/// Lines after the first begin with `… `. Nothing that is in the text acts on the terminal:
/// controls show as `^[`, hidden characters as `<U+202E>`, what was pasted by its label.
package struct PromptLayout: Sendable {
  /// What stands in one place: a character with its marks.
  package struct Cell: Equatable, Sendable {
    package var text: String
    /// 1 or 2; 0 for a mark that stands alone.
    package var columns: Int
    package var ink: Ink
  }

  /// One row of the screen.
  package struct Row: Equatable, Sendable {
    package var cells: [Cell] = []
    /// The columns of all cells.
    package var columns = 0
    /// Whether the text goes on in the next row without a line end between.
    package var isContinued = false
  }

  /// From the prompt's down to that of the text's end; at least one.
  package private(set) var rows = [Row()]
  /// Where the cursor stands, counted from 0.
  package private(set) var cursor = (row: 0, column: 0)

  static let continuation = "… "

  private let width: Int
  private var meter = WidthMeter()

  /// Lays out a prompt and a text whose cursor stands before byte `point`.
  /// - Parameters:
  ///   - width: the terminal's columns; less than 8 counts as 8.
  ///   - label: what a code point shows instead of itself; `nil` for nearly all.
  package init(
    prompt: String, ink: Ink, text: String, point: Int, width: Int, label: (UInt32) -> String?
  ) {
    self.width = max(8, width)
    for scalar in prompt.unicodeScalars { put(scalar, ink, nil) }
    // Marks at the text's beginning are not the prompt's.
    meter = WidthMeter()
    var place = 0
    var isCursorSet = false
    for scalar in text.unicodeScalars {
      let needsCursor = !isCursorSet && place >= point
      if needsCursor { isCursorSet = true }
      if scalar == "\n" {
        if needsCursor { markCursor() }
        startLine()
      } else {
        let before = (row: rows.count - 1, cells: rows[rows.count - 1].cells.count)
        put(scalar, [], label(scalar.value))
        if needsCursor { markCursor(at: before) }
      }
      place += UTF8.width(scalar)
    }
    if !isCursorSet { markCursor() }
  }

  /// The cursor stands where the next character would.
  private mutating func markCursor() {
    let last = rows.count - 1
    if rows[last].columns >= width {
      rows[last].isContinued = true
      rows.append(Row())
      cursor = (last + 1, 0)
    } else {
      cursor = (last, rows[last].columns)
    }
  }

  /// The cursor stands on the cell that was put after this place.
  private mutating func markCursor(at before: (row: Int, cells: Int)) {
    if rows[before.row].cells.count > before.cells {
      let columns = rows[before.row].cells[..<before.cells].reduce(0) { $0 + $1.columns }
      cursor = (before.row, columns)
    } else if rows.count - 1 > before.row {
      cursor = (before.row + 1, 0)
    } else {
      // A mark on the cell before: the cursor stands behind that.
      cursor = (before.row, min(rows[before.row].columns, width - 1))
    }
  }

  private mutating func startLine() {
    rows.append(Row())
    meter = WidthMeter()
    for scalar in Self.continuation.unicodeScalars { put(scalar, .dim, nil) }
    meter = WidthMeter()
  }

  private mutating func put(_ scalar: Unicode.Scalar, _ ink: Ink, _ label: String?) {
    if let visible = label ?? Self.visibleForm(scalar.value) {
      for part in visible.unicodeScalars { append(Cell(text: String(part), columns: 1, ink: .dim)) }
      meter = WidthMeter()
      return
    }
    if scalar == "\t" {
      let column = rows[rows.count - 1].columns
      let blanks = max(1, min(8 - column % 8, width - column))
      for _ in 0..<blanks { append(Cell(text: " ", columns: 1, ink: [])) }
      meter = WidthMeter()
      return
    }
    let columns = meter.advance(scalar.value)
    let last = rows.count - 1
    if meter.beganCluster || rows[last].cells.isEmpty {
      append(Cell(text: String(scalar), columns: columns, ink: ink))
      return
    }
    rows[last].cells[rows[last].cells.count - 1].text.unicodeScalars.append(scalar)
    rows[last].cells[rows[last].cells.count - 1].columns += columns
    rows[last].columns += columns
    guard rows[last].columns > width, let cell = rows[last].cells.popLast() else { return }
    // An emoji that its last code point made wider than the row's rest.
    rows[last].columns -= cell.columns
    append(cell)
  }

  private mutating func append(_ cell: Cell) {
    if rows[rows.count - 1].columns + cell.columns > width {
      rows[rows.count - 1].isContinued = true
      rows.append(Row())
    }
    rows[rows.count - 1].cells.append(cell)
    rows[rows.count - 1].columns += cell.columns
  }

  /// How a code point that must not reach the terminal is shown; `nil` for all others.
  private static func visibleForm(_ value: UInt32) -> String? {
    switch value {
    case 0x09: return nil
    case 0..<0x20, 0x7f: return "^" + String(Unicode.Scalar(UInt8(value ^ 0x40)))
    case 0x80..<0xa0: break
    case 0x300...: guard HiddenCharacter.contains(value) else { return nil }
    default: return nil
    }
    let digits = String(value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + ">"
  }

  /// A row of text that is no part of the line, cut where the terminal ends.
  static func plainRow(_ text: String, _ ink: Ink, width: Int) -> Row {
    var layout = PromptLayout(
      prompt: text.truncated(to: max(1, width - 1)), ink: ink, text: "", point: 0, width: width,
      label: { _ in nil })
    return layout.rows.removeFirst()
  }
}
