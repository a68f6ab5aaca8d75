import SheepTerminal

/// A terminal as the prompt's screen sees it: it wraps by itself at its right edge, scrolls at its
/// bottom, moves and clears as ECMA-48 and xterm have it (xterm's control sequences, read 2025).
struct VirtualTerminal {
  let width: Int
  let height: Int
  /// One entry a column; "" behind a wide character.
  private(set) var rows: [[String]]
  private(set) var row = 0
  private(set) var column = 0
  /// The rows that scrolled away, the oldest first.
  private(set) var scrolled: [String] = []
  /// What it was sent and does not know.
  private(set) var violations: [String] = []
  private(set) var isCursorShown = true
  /// Behind the last column: the next character wraps first.
  private var isPending = false

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    rows = Array(repeating: Array(repeating: " ", count: width), count: height)
  }

  /// The rows without the blanks at their ends, without empty rows at the bottom.
  var text: [String] {
    var lines = rows.map(Self.line)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func line(_ cells: [String]) -> String {
    var line = cells.joined()
    while line.last == " " { line.removeLast() }
    return line
  }

  mutating func write(_ bytes: [UInt8]) {
    // One character of the person's at a time, as terminals that know clusters do.
    var meter = WidthMeter()
    var cluster = ""
    var columns = 0
    var scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar.value >= 0x20, scalar.value != 0x7f {
        let more = meter.advance(scalar.value)
        if meter.beganCluster {
          put(cluster, columns)
          (cluster, columns) = ("", 0)
        }
        cluster.unicodeScalars.append(scalar)
        columns += more
        continue
      }
      put(cluster, columns)
      (cluster, columns) = ("", 0)
      meter = WidthMeter()
      control(scalar, &scalars)
    }
    put(cluster, columns)
  }

  private mutating func put(_ cluster: String, _ columns: Int) {
    guard !cluster.isEmpty else { return }
    if isPending || column + columns > width {
      column = 0
      lineFeed()
    }
    isPending = false
    // Half of a wide character that is written over goes with the other half.
    if rows[row][column].isEmpty, column > 0 { rows[row][column - 1] = " " }
    let end = column + columns
    if end < width, rows[row][end].isEmpty { rows[row][end] = " " }
    rows[row][column] = cluster
    if columns == 2 { rows[row][column + 1] = "" }
    if end >= width {
      column = width - 1
      isPending = true
    } else {
      column = end
    }
  }

  private mutating func lineFeed() {
    isPending = false
    if row + 1 < height {
      row += 1
    } else {
      scrolled.append(Self.line(rows.removeFirst()))
      rows.append(Array(repeating: " ", count: width))
    }
  }

  private mutating func control(_ scalar: Unicode.Scalar, _ scalars: inout Substring.UnicodeScalarView) {
    switch scalar {
    case "\r":
      column = 0
      isPending = false
    case "\n": lineFeed()
    case "\u{1b}": sequence(&scalars)
    default: violations.append("U+" + String(scalar.value, radix: 16))
    }
  }

  private mutating func sequence(_ scalars: inout Substring.UnicodeScalarView) {
    guard scalars.popFirst() == "[" else { return violations.append("ESC") }
    var parameters = ""
    while let scalar = scalars.popFirst() {
      if scalar == ";" || scalar == "?" || ("0"..."9").contains(scalar) {
        parameters.unicodeScalars.append(scalar)
        continue
      }
      act(scalar, parameters)
      return
    }
  }

  private mutating func act(_ final: Unicode.Scalar, _ parameters: String) {
    let count = Int(parameters) ?? 1
    switch (final, parameters) {
    case ("m", _): break
    case ("A", _): row = max(0, row - count)
    case ("C", _): column = min(width - 1, column + count)
    case ("K", ""): clear(row, from: column)
    case ("J", ""):
      clear(row, from: column)
      for below in row + 1..<max(row + 1, height) { clear(below, from: 0) }
    case ("h", "?25"): isCursorShown = true
    case ("l", "?25"): isCursorShown = false
    default: violations.append("CSI \(parameters)\(final)")
    }
    if final == "A" || final == "C" { isPending = false }
  }

  private mutating func clear(_ row: Int, from column: Int) {
    if isPending, row == self.row { violations.append("clears behind a full row") }
    for place in column..<width { rows[row][place] = " " }
  }
}
