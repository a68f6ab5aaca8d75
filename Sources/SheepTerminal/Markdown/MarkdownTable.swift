/// A Markdown table that is collected row by row and laid out when it is whole.
struct MarkdownTable: Sendable {
  /// A larger table is laid out in parts, so that memory stays bounded.
  static let longestRow = 16_384
  static let mostBytes = 262_144

  private(set) var rows: [[[UInt32]]] = []
  private(set) var alignments: [Alignment] = []
  private(set) var byteCount = 0

  /// A table with this header; nil unless the second line is a delimiter row.
  init?(header: [UInt8], delimiter: [UInt8]) {
    var alignments: [Alignment] = []
    for cell in Self.cells(delimiter) {
      guard let alignment = Self.alignment(cell) else { return nil }
      alignments.append(alignment)
    }
    let names = Self.cells(header)
    guard !alignments.isEmpty, alignments.count == names.count else { return nil }
    self.alignments = alignments
    rows = [names]
  }

  /// Adds a row; it is cut or filled to the header's columns without losing text.
  mutating func add(_ line: [UInt8]) {
    var cells = Self.cells(line)
    let columns = alignments.count
    if cells.count > columns {
      let rest = cells[(columns - 1)...].joined(separator: " | ".unicodeScalars.map(\.value))
      cells.replaceSubrange((columns - 1)..., with: [Array(rest)])
    }
    while cells.count < columns { cells.append([]) }
    rows.append(cells)
    byteCount += line.count
  }

  /// Forgets the rows that were laid out; the header stays.
  mutating func removeRows() {
    rows.removeSubrange(1...)
    byteCount = 0
  }

  private static func alignment(_ cell: [UInt32]) -> Alignment? {
    guard cell.contains(UInt32(ascii: "-")),
      cell.allSatisfy({ $0 == UInt32(ascii: "-") || $0 == UInt32(ascii: ":") }),
      !cell.dropFirst().dropLast().contains(UInt32(ascii: ":"))
    else { return nil }
    if cell.last != UInt32(ascii: ":") { return .left }
    return cell.first == UInt32(ascii: ":") && cell.count > 1 ? .center : .right
  }

  /// The cells of a line, without the blanks around each. `\|` is no border.
  static func cells(_ line: [UInt8]) -> [[UInt32]] {
    var cells: [[UInt32]] = []
    var cell: [UInt32] = []
    var isEscaped = false
    forEachCodePoint(in: trimmed(line)) { value in
      if value == UInt32(ascii: "|"), !isEscaped {
        cells.append(cell)
        cell.removeAll()
      } else {
        if value == UInt32(ascii: "|") { cell.removeLast() }
        cell.append(value)
      }
      isEscaped = value == UInt32(ascii: "\\") && !isEscaped
    }
    if line.last(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) != UInt8(ascii: "|")
      || isEscaped || !cell.isEmpty
    {
      cells.append(cell)
    }
    return cells.map(trimmed)
  }

  /// The line without blanks at its ends and without its first border.
  private static func trimmed(_ line: [UInt8]) -> [UInt8] {
    let start = line.firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } ?? line.endIndex
    let content = line[start...]
    return Array(content.first == UInt8(ascii: "|") ? content.dropFirst() : content)
  }

  private static func trimmed(_ cell: [UInt32]) -> [UInt32] {
    guard let first = cell.firstIndex(where: { $0 != UInt32(ascii: " ") && $0 != UInt32(ascii: "\t") }),
      let last = cell.lastIndex(where: { $0 != UInt32(ascii: " ") && $0 != UInt32(ascii: "\t") })
    else { return [] }
    return Array(cell[first...last])
  }
}
