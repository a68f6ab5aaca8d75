/// Single characters that stand in the edit line for what cannot stand there itself: a large
/// paste, shown as `[pasted 214 lines]`, and characters that the line cannot hold.
///
/// A stand-in is one code point of the private use plane 16, so it is deleted, moved over,
/// killed and brought back as one character, and what it stands for is exact whatever happens.
package struct StandInTable: Sendable {
  private struct Entry {
    var text: String
    var label: String
  }

  private static let first: UInt32 = 0x10f000
  private static let last: UInt32 = 0x10fffd

  private var entries: [Entry] = []

  /// A table without stand-ins.
  package init() {}

  /// A character that stands for a text and shows as the label; `nil` when there are no more.
  package mutating func standIn(for text: String, label: String) -> String? {
    guard let scalar = Unicode.Scalar(Self.first + UInt32(entries.count)), scalar.value <= Self.last
    else { return nil }
    entries.append(Entry(text: text, label: label))
    return String(Character(scalar))
  }

  /// What a stand-in shows; `nil` for every other code point.
  package func label(of value: UInt32) -> String? {
    entry(value)?.label
  }

  /// The line as it is meant.
  package func expanded(_ line: String) -> String {
    guard Self.needsCare(line) else { return line }
    var text = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
      if let entry = entry(scalar.value) {
        text.append(contentsOf: entry.text.unicodeScalars)
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }

  /// Foreign text as the line can hold it: zero bytes and code points that look like stand-ins
  /// are themselves stood in for.
  package mutating func protected(_ text: String) -> String {
    guard Self.needsCare(text) else { return text }
    var line = ""
    for scalar in text.unicodeScalars {
      let isForeign = Self.first...Self.last ~= scalar.value
      guard scalar.value == 0 || isForeign else {
        line.unicodeScalars.append(scalar)
        continue
      }
      let label = isForeign ? "<U+" + String(scalar.value, radix: 16, uppercase: true) + ">" : "^@"
      line += reuse(String(Character(scalar)), label) ?? ""
    }
    return line
  }

  private mutating func reuse(_ text: String, _ label: String) -> String? {
    if let place = entries.firstIndex(where: { $0.text == text && $0.label == label }),
      let scalar = Unicode.Scalar(Self.first + UInt32(place))
    {
      return String(Character(scalar))
    }
    return standIn(for: text, label: label)
  }

  private func entry(_ value: UInt32) -> Entry? {
    guard value >= Self.first, value <= Self.last else { return nil }
    let place = Int(value - Self.first)
    return place < entries.count ? entries[place] : nil
  }

  /// Whether there is a zero byte, or a lead byte of plane 16.
  private static func needsCare(_ text: String) -> Bool {
    text.utf8.contains { $0 == 0 || $0 == 0xf4 }
  }
}
