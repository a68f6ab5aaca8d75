/// A text of a role with places to be filled in.
///
/// `{name}` is a variable of the role, `{}` what is asked. Other braces are text, so that code
/// and JSON need no care; `{{name}}` and `{{}}` stand for the braces themselves.
package struct RoleText: Sendable, Equatable {
  private enum Piece: Sendable, Equatable {
    case text(String)
    case variable(String)
    case input
  }

  private var pieces: [Piece] = []

  /// Whether what is asked has a place in it.
  package var takesInput: Bool { pieces.contains(.input) }

  /// Reads a text.
  /// - Parameter mistake: called with the name of a place that is no variable, and where it is.
  init(_ text: String, variables: [String], mistake: (_ name: String, _ offset: Int) -> Void) {
    let bytes = Array(text.utf8)
    var start = 0
    var index = 0
    func keep(until end: Int) {
      if end > start { pieces.append(.text(String(decoding: bytes[start..<end], as: UTF8.self))) }
    }
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "{") else {
        index += 1
        continue
      }
      let isDoubled = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "{")
      let open = isDoubled ? index + 1 : index
      guard let close = Self.end(of: bytes, after: open) else {
        index += 1
        continue
      }
      let name = String(decoding: bytes[open + 1..<close], as: UTF8.self)
      if isDoubled {
        guard close + 1 < bytes.count, bytes[close + 1] == UInt8(ascii: "}"),
          name.isEmpty || variables.contains(name)
        else {
          index += 2
          continue
        }
        // The outer brace on each side is left out.
        keep(until: index)
        start = open
        keep(until: close + 1)
        index = close + 2
        start = index
      } else if name.isEmpty || variables.contains(name) {
        keep(until: index)
        pieces.append(name.isEmpty ? .input : .variable(name))
        index = close + 1
        start = index
      } else {
        mistake(name, index)
        index = close + 1
      }
    }
    keep(until: bytes.count)
  }

  /// The brace that closes a name; `nil` when no name is open.
  private static func end(of bytes: [UInt8], after open: Int) -> Int? {
    var index = open + 1
    while index < bytes.count, isNameByte(bytes[index]) { index += 1 }
    return index < bytes.count && bytes[index] == UInt8(ascii: "}") ? index : nil
  }

  /// Whether a text can be a variable's name: letters, digits, `-` and `_`.
  static func isName(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(isNameByte) }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// The text with all places filled in; what is put in is not looked at again.
  func filled(_ values: [String: String], input: String) -> String {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .variable(let name): result += values[name] ?? ""
      case .input: result += input
      }
    }
    return result
  }
}
