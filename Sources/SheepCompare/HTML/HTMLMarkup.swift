import SheepTerminal

/// A piece of HTML or SVG that is well formed by construction.
///
/// Names of elements and attributes are literals of this program, and a text can only get in
/// through `text`, `prose` or an attribute's value, where it is escaped. So nothing that a model,
/// a server or a file said can become markup.
struct HTMLMarkup: Equatable, Sendable {
  /// The source text.
  private(set) var source: String

  /// An attribute of an element.
  struct Attribute: Sendable {
    fileprivate let name: StaticString
    fileprivate let value: String

    /// An attribute with any text as its value.
    init(_ name: StaticString, _ value: String) {
      self.name = name
      self.value = value
    }

    /// The classes of an element.
    static func style(_ names: String) -> Attribute { Attribute("class", names) }
  }

  /// Nothing.
  static let empty = HTMLMarkup(source: "")

  private init(source: String) {
    self.source = source
  }

  /// Pieces one after the other.
  init(_ parts: [HTMLMarkup]) {
    source = parts.reduce(into: "") { $0 += $1.source }
  }

  /// A text on one line. Controls, and characters that reorder or hide text, are shown as what
  /// they are.
  static func text(_ text: String) -> HTMLMarkup {
    HTMLMarkup(source: escaped(EscapeFilter.visible(text, lineFeeds: .symbol)))
  }

  /// A text of several lines, with the same care.
  static func prose(_ text: String) -> HTMLMarkup {
    HTMLMarkup(source: escaped(EscapeFilter.visible(text, lineFeeds: .keep)))
  }

  /// Source that is part of this program: the style sheet.
  static func literal(_ source: StaticString) -> HTMLMarkup { HTMLMarkup(source: source.description) }

  /// An element with its end tag.
  static func element(
    _ name: StaticString, _ attributes: [Attribute] = [], _ content: [HTMLMarkup] = []
  ) -> HTMLMarkup {
    var source = "<\(name)\(list(attributes))>"
    for part in content { source += part.source }
    return HTMLMarkup(source: source + "</\(name)>")
  }

  /// An element that holds a text.
  static func element(_ name: StaticString, _ attributes: [Attribute] = [], text: String) -> HTMLMarkup {
    element(name, attributes, [.text(text)])
  }

  /// An element without content, in the form that HTML and SVG both read.
  static func void(_ name: StaticString, _ attributes: [Attribute]) -> HTMLMarkup {
    HTMLMarkup(source: "<\(name)\(list(attributes))/>")
  }

  /// A whole page.
  static func page(head: [HTMLMarkup], body: [HTMLMarkup]) -> String {
    let content = element("head", [], head).source + "\n" + element("body", [], body).source
    return "<!DOCTYPE html>\n<html lang=\"en\">\n" + content + "\n</html>\n"
  }

  /// Whether there is nothing in it.
  var isEmpty: Bool { source.isEmpty }

  private static func list(_ attributes: [Attribute]) -> String {
    attributes.reduce(into: "") { result, attribute in
      let value = escaped(EscapeFilter.visible(attribute.value, lineFeeds: .symbol))
      result += " \(attribute.name)=\"\(value)\""
    }
  }

  /// The text with the five characters that mean something in HTML written as references.
  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { "<>&\"'".utf8.contains($0) }) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 32)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case UInt8(ascii: "'"): bytes += "&#39;".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
