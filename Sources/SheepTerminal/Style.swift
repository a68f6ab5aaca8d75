/// Wraps text in colours and attributes, or leaves it alone where there are none.
package struct Style: Sendable {
  /// Whether control sequences are written at all.
  package let isOn: Bool

  /// A style for a stream that takes colours, or does not.
  package init(isOn: Bool) { self.isOn = isOn }

  /// The text in this look. The text must be free of control sequences: filter
  /// foreign text first.
  package func callAsFunction(_ text: String, _ ink: Ink) -> String {
    guard isOn, !ink.isEmpty, !text.isEmpty else { return text }
    var bytes: [UInt8] = []
    Ink.appendChange(from: [], to: ink, to: &bytes)
    bytes.append(contentsOf: text.utf8)
    Ink.appendChange(from: ink, to: [], to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text in bold.
  package func bold(_ text: String) -> String { self(text, .bold) }
  /// The text dimmed: what is worth less attention than the rest.
  package func dim(_ text: String) -> String { self(text, .dim) }
  /// The text in italics.
  package func italic(_ text: String) -> String { self(text, .italic) }
  /// The text underlined.
  package func underline(_ text: String) -> String { self(text, .underline) }
  /// The text in red: failures.
  package func red(_ text: String) -> String { self(text, .red) }
  /// The text in green: success.
  package func green(_ text: String) -> String { self(text, .green) }
  /// The text in yellow: warnings.
  package func yellow(_ text: String) -> String { self(text, .yellow) }
  /// The text in cyan: names and values.
  package func cyan(_ text: String) -> String { self(text, .cyan) }
}
