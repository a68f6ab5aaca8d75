extension MarkdownTable {
  /// What a table is laid out for.
  struct Frame {
    /// The columns that a row may take, margin excluded.
    var width: Int
    var isStyled: Bool
    var margin: LineWrapper.Margin
    /// False for the later parts of a table that was too large for one.
    var hasHeader = true
  }

  private static let border = " │ "
  /// A word wider than this may be cut before the borders are given up.
  private static let widestWholeWord = 16

  /// A cell laid out in its column: its rows and their widths.
  private struct Cell {
    var rows: [[UInt8]]
    var widths: [Int]
    var widestWord: Int
  }

  /// Writes the table: with borders, or where that cannot fit, as one list of
  /// names and values for each row.
  func write(_ frame: Frame, to wrapper: inout LineWrapper) {
    guard let widths = columnWidths(frame) else { return writeList(frame, &wrapper) }
    for (index, row) in rows.enumerated() where index > 0 || frame.hasHeader {
      writeRow(row, widths, ink: index == 0 ? .bold : [], frame, &wrapper)
      if index == 0 { writeRule(widths, frame, &wrapper) }
    }
  }

  /// The width of each column; nil when borders leave no room for whole words.
  private func columnWidths(_ frame: Frame) -> [Int]? {
    let available = frame.width - (alignments.count - 1) * Self.border.unicodeScalars.count
    var natural = [Int](repeating: 1, count: alignments.count)
    var least = natural
    for (index, row) in rows.enumerated() {
      for (column, text) in row.enumerated() {
        let cell = Self.layOut(text, width: 4096, ink: index == 0 ? .bold : [], frame)
        natural[column] = max(natural[column], cell.widths.max() ?? 0)
        least[column] = max(least[column], min(cell.widestWord, Self.widestWholeWord))
      }
    }
    return ColumnFitting.fit(natural: natural, least: least, into: available)
  }

  private func writeRule(_ widths: [Int], _ frame: Frame, _ wrapper: inout LineWrapper) {
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "─┼─")
    var line = frame.margin
    line.append(rule, .dim)
    wrapper.write(line)
    wrapper.endLine()
  }

  private func writeRow(
    _ row: [[UInt32]], _ widths: [Int], ink: Ink, _ frame: Frame, _ wrapper: inout LineWrapper
  ) {
    let cells = zip(row, widths).map { Self.layOut($0, width: $1, ink: ink, frame) }
    for line in 0..<(cells.map(\.rows.count).max() ?? 0) {
      wrapper.write(frame.margin)
      for (column, cell) in cells.enumerated() {
        let isLast = column == cells.count - 1
        let used = line < cell.widths.count ? cell.widths[line] : 0
        let gap = max(0, widths[column] - used)
        let before =
          switch alignments[column] {
          case .left: 0
          case .center: gap / 2
          case .right: gap
          }
        wrapper.writeBlanks(before)
        if line < cell.rows.count { wrapper.writeStyled(cell.rows[line], columns: used) }
        guard !isLast else { continue }
        wrapper.writeBlanks(gap - before)
        var border = LineWrapper.Margin()
        border.append(Self.border, .dim)
        wrapper.write(border)
      }
      wrapper.endLine()
    }
  }

  private func writeList(_ frame: Frame, _ wrapper: inout LineWrapper) {
    for (index, row) in rows.enumerated() where index > 0 {
      if index > 1 || !frame.hasHeader {
        wrapper.write(frame.margin)
        wrapper.endLine()
      }
      for (name, cell) in zip(rows[0], row) {
        var margin = frame.margin
        margin.append("  ")
        wrapper.beginLine(frame.margin, continuation: margin)
        Self.put(name + [UInt32(ascii: ":")], .bold, frame, &wrapper)
        wrapper.put(UInt32(ascii: " "), [])
        Self.put(cell, [], frame, &wrapper)
        wrapper.endLine()
      }
    }
  }

  private static func put(
    _ cell: [UInt32], _ ink: Ink, _ frame: Frame, _ wrapper: inout LineWrapper
  ) {
    var parser = InlineParser(keepsMarks: !frame.isStyled)
    parser.base = ink
    for value in cell { parser.put(value, &wrapper) }
    parser.endLine(&wrapper)
  }

  private static func layOut(_ cell: [UInt32], width: Int, ink: Ink, _ frame: Frame) -> Cell {
    var wrapper = LineWrapper(width: width, isStyled: frame.isStyled, recordsRows: true)
    for part in lines(of: cell) {
      put(part, ink, frame, &wrapper)
      wrapper.endLine()
    }
    let rows = wrapper.output.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return Cell(
      rows: rows.dropLast().map(Array.init), widths: wrapper.rowWidths,
      widestWord: wrapper.widestWord)
  }

  /// The parts of a cell between `<br>` tags.
  private static func lines(of cell: [UInt32]) -> [[UInt32]] {
    guard cell.contains(UInt32(ascii: "<")) else { return [cell] }
    var lines: [[UInt32]] = [[]]
    var index = 0
    while index < cell.count {
      if let length = breakLength(cell[index...]) {
        lines.append([])
        index += length
      } else {
        lines[lines.count - 1].append(cell[index])
        index += 1
      }
    }
    return lines
  }

  private static func breakLength(_ text: ArraySlice<UInt32>) -> Int? {
    for tag in ["<br>", "<br/>", "<br />"] where text.starts(with: tag.unicodeScalars.map(\.value)) {
      return tag.utf8.count
    }
    return nil
  }
}
