import SheepTerminal

/// A small terminal: what a user sees after bytes were written, as rows of
/// characters with their looks. It knows only the sequences that the renderers may
/// use and notes everything else.
struct Screen: Equatable {
  struct Cell: Equatable {
    var text: String
    var look: String
  }

  private(set) var rows: [[Cell]] = [[]]
  /// What no renderer may send.
  private(set) var violations: [String] = []
  private(set) var look = ""
  private var row = 0
  private var column = 0
  private var meter = WidthMeter()

  static func == (left: Screen, right: Screen) -> Bool {
    left.rows == right.rows && left.violations == right.violations && left.look == right.look
  }

  /// The rows as text without looks and without blanks at their ends.
  var text: String {
    rows.map { row in
      var line = row.map(\.text).joined()
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  /// The number of columns of the widest row.
  var widestRow: Int { rows.map { TextWidth.of($0.map(\.text).joined()) }.max() ?? 0 }

  mutating func write(_ bytes: [UInt8]) {
    var scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar.value {
      case 0x0a:
        row += 1
        column = 0
        meter = WidthMeter()
        if row == rows.count { rows.append([]) }
      case 0x0d:
        column = 0
        meter = WidthMeter()
      case 0x1b: sequence(&scalars)
      case 0..<0x20, 0x7f..<0xa0: violations.append("U+\(String(scalar.value, radix: 16))")
      default: put(scalar)
      }
    }
  }

  private mutating func sequence(_ scalars: inout Substring.UnicodeScalarView) {
    guard scalars.popFirst() == "[" else { return violations.append("ESC") }
    var parameters = ""
    while let scalar = scalars.popFirst() {
      if scalar == ";" || ("0"..."9").contains(scalar) {
        parameters.unicodeScalars.append(scalar)
        continue
      }
      switch scalar {
      case "m": look = change(look, parameters)
      case "K": rows[row].removeSubrange(min(index(of: column), rows[row].count)...)
      case "C": column += Int(parameters) ?? 1
      default: violations.append("CSI \(parameters)\(scalar)")
      }
      return
    }
  }

  private func change(_ look: String, _ parameters: String) -> String {
    var codes = look.split(separator: ";").map(String.init)
    for code in parameters.split(separator: ";").map(String.init) {
      if code == "0" { codes = [] } else { codes.append(code) }
    }
    return codes.sorted().joined(separator: ";")
  }

  /// The index of the cell at a column.
  private func index(of column: Int) -> Int {
    var left = column
    for (index, cell) in rows[row].enumerated() {
      if left <= 0 { return index }
      left -= TextWidth.of(cell.text)
    }
    return rows[row].count
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let columns = meter.advance(scalar.value)
    if !meter.beganCluster, let last = rows[row].indices.last, index(of: column) == rows[row].count {
      rows[row][last].text.unicodeScalars.append(scalar)
      column += columns
      return
    }
    let cell = Cell(text: String(scalar), look: look)
    let place = index(of: column)
    if place < rows[row].count { rows[row][place] = cell } else { rows[row].append(cell) }
    column += columns
  }
}
