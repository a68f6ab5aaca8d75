/// What of the prompt is on the terminal, and how to change it into something else with as few
/// bytes as that takes. It is told nothing by the terminal; what it wrote is what it knows.
///
/// Where the text is higher than the screen, as many rows as fit are shown, the cursor's among
/// them.
package struct PromptScreen: Sendable {
  private var width = 80
  private var height = 24
  private var shown: [PromptLayout.Row] = []
  /// Which row of the layout is the first on the screen.
  private var top = 0
  /// Among the shown rows.
  private var cursor = (row: 0, column: 0)
  /// Whether something else may stand where the prompt is drawn, and below it.
  private var isUntidy = false
  private let hasColor: Bool

  /// A screen on which nothing of the prompt stands yet, with the cursor at a row's beginning.
  package init(hasColor: Bool) { self.hasColor = hasColor }

  /// Begins anew in the row of the cursor, on a terminal of that size.
  package mutating func reset(width: Int, height: Int) {
    self.width = max(8, width)
    self.height = max(2, height)
    shown = []
    top = 0
    cursor = (0, 0)
    isUntidy = false
  }

  /// Shows a layout, and rows of something else below it as far as there is room.
  package mutating func draw(_ layout: PromptLayout, below: [PromptLayout.Row] = []) -> [UInt8] {
    let rows = layout.rows + below.prefix(max(0, height - layout.rows.count))
    let highest = max(0, rows.count - height)
    var newTop = min(top, highest)
    if layout.cursor.row < newTop { newTop = layout.cursor.row }
    if layout.cursor.row >= newTop + height { newTop = layout.cursor.row - height + 1 }
    let visible = Array(rows[newTop..<min(rows.count, newTop + height)])
    var output: [UInt8] = []
    change(to: visible, &output)
    top = newTop
    move(to: (layout.cursor.row - newTop, layout.cursor.column), &output)
    return output
  }

  /// Shows the whole layout, however high, and puts the cursor behind its end.
  package mutating func finish(_ layout: PromptLayout, mark: String = "") -> [UInt8] {
    var output: [UInt8] = []
    if top > 0 {
      // What scrolled away was not shown from its beginning.
      move(to: (0, 0), &output)
      shown = []
    }
    change(to: layout.rows, &output)
    if let last = shown.last { move(to: (shown.count - 1, min(last.columns, width - 1)), &output) }
    appendStyled(mark, .dim, &output)
    output += Array("\r\n".utf8)
    reset(width: width, height: height)
    return output
  }

  /// Takes everything off the screen; the cursor stands where the prompt began.
  ///
  /// Row by row: clearing from the screen's first place to its end makes tmux keep a copy.
  package mutating func erase() -> [UInt8] {
    var output: [UInt8] = []
    if !shown.isEmpty { move(to: (shown.count - 1, 0), &output) }
    output += Array("\r\u{1b}[K".utf8)
    for _ in shown.dropFirst() { output += Array("\u{1b}[A\u{1b}[K".utf8) }
    reset(width: width, height: height)
    return output
  }

  /// Goes back to where the prompt begins on a terminal whose size has changed; it is to be
  /// drawn anew from there. The terminal has wrapped what stood there, as `layout`, the same
  /// text at the new width, says; the cursor went along.
  package mutating func resize(_ layout: PromptLayout, width: Int, height: Int) -> [UInt8] {
    let above = min(max(0, layout.cursor.row - top), max(2, height) - 1)
    reset(width: width, height: height)
    isUntidy = true
    return Array(((above > 0 ? "\u{1b}[\(above)A" : "") + "\r").utf8)
  }

  /// How notes beside the prompt are written.
  var style: Style { Style(isOn: hasColor) }

  // MARK: - Writing

  /// Writes from the first difference to the end.
  private mutating func change(to rows: [PromptLayout.Row], _ output: inout [UInt8]) {
    guard let (row, cell) = Self.firstDifference(shown, rows) else {
      shown = rows
      return
    }
    let column = row < rows.count ? rows[row].cells[..<cell].reduce(0) { $0 + $1.columns } : 0
    let isLong = rows.count - row > 1
    if isLong { output += Array("\u{1b}[?25l".utf8) }
    if row < rows.count {
      move(to: (row, column), &output)
      write(rows, from: row, cell, &output)
    }
    if shown.count > rows.count {
      // What is left below. Not from behind a full row: that would take its last character.
      move(to: (rows.count, 0), &output)
      output += Array("\u{1b}[J".utf8)
    }
    if isLong { output += Array("\u{1b}[?25h".utf8) }
    isUntidy = false
    shown = rows
  }

  private mutating func write(
    _ rows: [PromptLayout.Row], from first: Int, _ cell: Int, _ output: inout [UInt8]
  ) {
    var cell = cell
    for row in first..<rows.count {
      var ink: Ink = []
      let clearsBelow = isUntidy && row == rows.count - 1
      for (place, part) in rows[row].cells[cell...].enumerated() {
        // Neither from the screen's first place, nor from behind a full row.
        if clearsBelow, place == 1 { output += Array("\u{1b}[J".utf8) }
        if hasColor { Ink.appendChange(from: ink, to: part.ink, to: &output) }
        ink = part.ink
        output += Array(part.text.utf8)
      }
      if hasColor { Ink.appendChange(from: ink, to: [], to: &output) }
      cell = 0
      if rows[row].columns < width { output += Array((clearsBelow ? "\u{1b}[J" : "\u{1b}[K").utf8) }
      cursor = (row, rows[row].columns)
      guard row + 1 < rows.count else { break }
      if !rows[row].isContinued {
        output += Array("\r\n".utf8)
      } else if rows[row + 1].cells.isEmpty {
        // Makes the terminal wrap, so that it knows the rows as one line.
        output += Array(" \r".utf8)
      }
      // A continued row's next character wraps by itself.
    }
  }

  /// From here on the cursor may stand behind a full row, where it has no column of its own.
  private mutating func move(to target: (row: Int, column: Int), _ output: inout [UInt8]) {
    if cursor == target, cursor.column < width { return }
    var text = ""
    if target.row < cursor.row { text += "\u{1b}[\(cursor.row - target.row)A" }
    if target.row > cursor.row {
      // A line feed scrolls where the screen ends; moving down would stay there.
      text += "\r" + String(repeating: "\n", count: target.row - cursor.row)
      cursor.column = 0
    }
    if target.column != cursor.column || cursor.column >= width {
      text += "\r"
      if target.column > 0 { text += "\u{1b}[\(target.column)C" }
    }
    output += Array(text.utf8)
    cursor = target
  }

  private func appendStyled(_ text: String, _ ink: Ink, _ output: inout [UInt8]) {
    output += Array(style(text, ink).utf8)
  }

  private static func firstDifference(
    _ old: [PromptLayout.Row], _ new: [PromptLayout.Row]
  ) -> (row: Int, cell: Int)? {
    var row = 0
    while row < old.count, row < new.count, old[row] == new[row] { row += 1 }
    if row == old.count, row == new.count { return nil }
    guard row < old.count, row < new.count else {
      // A row more, or fewer. One that the row before runs into begins with that one's last cell.
      if row < new.count, row > 0, new[row - 1].isContinued {
        return (row - 1, max(0, new[row - 1].cells.count - 1))
      }
      return (row, 0)
    }
    let (before, after) = (old[row].cells, new[row].cells)
    var cell = 0
    while cell < before.count, cell < after.count, before[cell] == after[cell] { cell += 1 }
    // The same cells, but another way on to the next row: the last is written again.
    if cell == after.count, old[row].isContinued != new[row].isContinued, cell > 0 { cell -= 1 }
    return (row, cell)
  }
}
