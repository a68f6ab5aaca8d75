/// How a JSON text is to be written.
package struct JSONStyle: Sendable {
  /// Two-space indentation and line breaks, for people.
  package var indented: Bool
  /// Writes DEL, the C1 controls, bidirectional controls and line separators as `\uXXXX`,
  /// so that the text can be shown on a terminal. The value it stands for is the same.
  package var terminalSafe: Bool

  /// One line, bytes as they are.
  package static let compact = JSONStyle(indented: false, terminalSafe: false)

  /// Combines the two choices.
  package init(indented: Bool, terminalSafe: Bool) {
    self.indented = indented
    self.terminalSafe = terminalSafe
  }
}

extension JSON {
  /// The value as JSON text, members in their order and numbers as they were written.
  package func serialized(_ style: JSONStyle = .compact) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, style: style)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the value as JSON text.
  package func write(to bytes: inout [UInt8], style: JSONStyle = .compact, level: Int = 0) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .number(let number): bytes += number.text.utf8
    case .string(let text): Self.write(text, to: &bytes, terminalSafe: style.terminalSafe)
    case .array(let elements):
      Self.writeList(elements, "[", "]", to: &bytes, style, level) { element, bytes in
        element.write(to: &bytes, style: style, level: level + 1)
      }
    case .object(let object):
      Self.writeList(object.members, "{", "}", to: &bytes, style, level) { member, bytes in
        Self.write(member.name, to: &bytes, terminalSafe: style.terminalSafe)
        bytes += (style.indented ? ": " : ":").utf8
        member.value.write(to: &bytes, style: style, level: level + 1)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], _ open: String, _ close: String, to bytes: inout [UInt8], _ style: JSONStyle,
    _ level: Int, _ write: (Element, inout [UInt8]) -> Void
  ) {
    func newLine(_ level: Int) {
      guard style.indented else { return }
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
    }
    bytes += open.utf8
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      newLine(level + 1)
      write(element, &bytes)
    }
    if !elements.isEmpty { newLine(level) }
    bytes += close.utf8
  }

  /// Appends `text` as a JSON string, quotes included.
  package static func write(_ text: String, to bytes: inout [UInt8], terminalSafe: Bool = false) {
    bytes.append(UInt8(ascii: "\""))
    if terminalSafe {
      for scalar in text.unicodeScalars { write(scalar, to: &bytes) }
    } else {
      for byte in text.utf8 { escape(byte, to: &bytes) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\"")]
    case UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
    case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
    case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
    case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
    case 0..<0x20: escapeUnit(UInt16(byte), to: &bytes)
    default: bytes.append(byte)
    }
  }

  private static func write(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    switch scalar.value {
    case 0x7f...0x9f, 0x200b, 0x200e, 0x200f, 0x2028...0x202e, 0x2060...0x2069, 0xfeff:
      escapeUnit(UInt16(scalar.value), to: &bytes)
    case 0xe0000...0xe007f:
      for unit in UTF16.encode(scalar).map({ Array($0) }) ?? [] { escapeUnit(unit, to: &bytes) }
    default:
      for byte in UTF8.encode(scalar).map({ Array($0) }) ?? [] { escape(byte, to: &bytes) }
    }
  }

  private static func escapeUnit(_ unit: UInt16, to bytes: inout [UInt8]) {
    bytes += "\\u".utf8
    bytes += String(unit, radix: 16).zeroPadded(to: 4).utf8
  }
}
