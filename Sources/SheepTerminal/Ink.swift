/// How text looks on a terminal: attributes and one foreground colour.
package struct Ink: OptionSet, Sendable, Hashable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let bold = Ink(rawValue: 1 << 0)
  package static let dim = Ink(rawValue: 1 << 1)
  package static let italic = Ink(rawValue: 1 << 2)
  package static let underline = Ink(rawValue: 1 << 3)
  package static let strike = Ink(rawValue: 1 << 4)
  /// Of several colours in one ink the first listed here wins.
  package static let red = Ink(rawValue: 1 << 5)
  package static let green = Ink(rawValue: 1 << 6)
  package static let yellow = Ink(rawValue: 1 << 7)
  package static let blue = Ink(rawValue: 1 << 8)
  package static let magenta = Ink(rawValue: 1 << 9)
  package static let cyan = Ink(rawValue: 1 << 10)

  /// The SGR parameters of each attribute and colour, by bit (ECMA-48, 8.3.117).
  private static let codes: [(ink: Ink, code: StaticString)] = [
    (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.strike, "9"),
    (.red, "31"), (.green, "32"), (.yellow, "33"), (.blue, "34"), (.magenta, "35"), (.cyan, "36"),
  ]

  private static let colours: Ink = [.red, .green, .yellow, .blue, .magenta, .cyan]

  /// Appends the control sequence that changes the terminal from one look to another.
  static func appendChange(from old: Ink, to new: Ink, to output: inout [UInt8]) {
    guard old != new else { return }
    output.append(contentsOf: [0x1b, UInt8(ascii: "[")])
    var needsSeparator = false
    var hasColour = false
    if !old.isEmpty {
      output.append(UInt8(ascii: "0"))
      needsSeparator = true
    }
    for (ink, code) in codes where new.contains(ink) {
      if colours.contains(ink) {
        if hasColour { continue }
        hasColour = true
      }
      if needsSeparator { output.append(UInt8(ascii: ";")) }
      needsSeparator = true
      code.withUTF8Buffer { output.append(contentsOf: $0) }
    }
    output.append(UInt8(ascii: "m"))
  }
}
