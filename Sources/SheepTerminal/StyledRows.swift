/// Styled text in rows of a limited width, each of which stands for itself: a look that goes on
/// in the next row is ended and begun again, so that something else can stand beside the row.
package struct StyledRows {
  /// One row.
  package struct Row: Equatable, Sendable {
    /// The text with its control sequences; neutral at both ends.
    package var text: String
    /// Its columns.
    package var width: Int
  }

  private let limit: Int
  private var rows: [Row] = []
  private var bytes: [UInt8] = []
  private var width = 0
  /// The sequence that made the look that is on; empty: none is.
  private var look: [UInt8] = []
  private var meter = WidthMeter()

  private static let neutral = Array("\u{1b}[0m".utf8)

  /// The rows of a text that a renderer of this module has written. A line that is longer than
  /// `width` columns, such as one of code, is cut into several rows; nothing is lost.
  package static func of(_ output: [UInt8], width: Int) -> [Row] {
    var rows = StyledRows(limit: max(2, width))
    rows.read(output)
    return rows.rows
  }

  private init(limit: Int) {
    self.limit = limit
  }

  private mutating func read(_ output: [UInt8]) {
    let scalars = Array(String(decoding: output, as: UTF8.self).unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      if scalar == "\n" {
        endRow()
      } else if scalar == "\u{1b}" {
        var sequence = Array("\u{1b}".utf8)
        while index < scalars.count {
          sequence += String(scalars[index]).utf8
          index += 1
          if scalars[index - 1].properties.isAlphabetic { break }
        }
        change(to: sequence)
      } else {
        append(scalar)
      }
    }
    if !bytes.isEmpty { endRow() }
  }

  /// `Ink` writes each look whole, after a reset: the last sequence says all.
  private mutating func change(to sequence: [UInt8]) {
    bytes += sequence
    look = sequence == Self.neutral ? [] : sequence
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    var columns = meter.advance(scalar.value)
    if width + columns > limit, meter.beganCluster {
      endRow()
      columns = meter.advance(scalar.value)
    }
    width += columns
    bytes += String(scalar).utf8
  }

  private mutating func endRow() {
    if !look.isEmpty { bytes += Self.neutral }
    rows.append(Row(text: String(decoding: bytes, as: UTF8.self), width: width))
    bytes = look
    width = 0
    meter = WidthMeter()
  }
}
