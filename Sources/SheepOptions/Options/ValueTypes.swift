package import SheepCore

/// A model as the user names it, `MODEL` or `MODEL@PROFILE`.
package struct ModelTarget: Equatable, Sendable {
  /// The model's name at the gateway.
  package let model: String
  /// The gateway's profile; nil when none was named here.
  package let profile: String?

  /// A model and, where given, the profile that serves it.
  package init(model: String, profile: String? = nil) {
    self.model = model
    self.profile = profile
  }

  /// Splits at the last `@` when a letter follows it: some gateways' own model names
  /// end in `@20250101`.
  package static func parse(_ text: String) throws(ValueProblem) -> ModelTarget {
    let wayOut = "use a name such as gpt-4.1 or gpt-4.1@openai"
    guard !text.isEmpty else { throw ValueProblem("is empty", wayOut) }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw ValueProblem("\(Quoted.text(text)) contains a space or control character", wayOut)
    }
    guard !KeyShape.matches(text) else {
      throw ValueProblem("the value looks like an API key, not a model", wayOut)
    }
    guard let at = text.lastIndex(of: "@") else { return ModelTarget(model: text) }
    let profile = text[text.index(after: at)...]
    guard let first = profile.first else {
      throw ValueProblem("\(Quoted.text(text)) has no profile after the @", wayOut)
    }
    guard first.isLetter else { return ModelTarget(model: text) }
    guard at > text.startIndex else {
      throw ValueProblem("\(Quoted.text(text)) has no model before the @", wayOut)
    }
    return ModelTarget(model: String(text[..<at]), profile: String(profile))
  }
}

/// Text given on the command line or the file that holds it.
package enum TextSource: Equatable, Sendable {
  case text(String)
  /// The path of a file, not read yet.
  case file(String)

  /// Reads `TEXT` or `@FILE`; `@@` stands for a text that begins with one `@`.
  package static func textOrFile(_ text: String) throws(ValueProblem) -> TextSource {
    guard text.hasPrefix("@") else { return .text(text) }
    let rest = String(text.dropFirst())
    if rest.hasPrefix("@") { return .text(rest) }
    return .file(try PlainText.path(rest))
  }

  /// Reads a JSON object or array, known by its first byte, or the path of a file.
  package static func jsonOrFile(_ text: String) throws(ValueProblem) -> TextSource {
    let start = text.utf8.first {
      $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\t")
        && $0 != UInt8(ascii: "\r")
    }
    if start == UInt8(ascii: "{") || start == UInt8(ascii: "[") { return .text(text) }
    return .file(try PlainText.path(text))
  }
}

/// One field of the request's body as the user gave it, `KEY=VALUE`.
package struct BodyField: Equatable, Sendable {
  package let key: String
  /// The text after the first `=`; JSON if it parses, else a string.
  package let value: String

  /// Splits at the first `=`.
  package static func parse(_ text: String) throws(ValueProblem) -> BodyField {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw ValueProblem(
        "\(Quoted.text(text)) is not KEY=VALUE", "write it like top_k=40")
    }
    return BodyField(
      key: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
  }
}

/// One header of the request as the user gave it, `Name: value`.
package struct HeaderField: Equatable, Sendable {
  package let name: String
  /// The value without the spaces around it.
  package let value: String

  /// Names that carry keys: a key on the command line can be read by every user of the machine.
  private static let credentials = [
    "authorization", "proxy-authorization", "x-api-key", "api-key", "x-goog-api-key", "cookie",
  ]
  /// Names that `sheep` must set itself for the request to arrive whole at the right place.
  private static let reserved = [
    "host", "content-length", "transfer-encoding", "connection", "accept-encoding", "te", "upgrade",
  ]

  /// Reads a header; refuses line breaks, credentials, and what the transport sets itself.
  package static func parse(_ text: String) throws(ValueProblem) -> HeaderField {
    let wayOut = "write it like 'Name: value'"
    guard let colon = text.firstIndex(of: ":") else {
      throw ValueProblem("\(Quoted.text(text)) has no colon", wayOut)
    }
    let name = String(text[..<colon])
    guard !name.isEmpty, name.utf8.allSatisfy(isNameByte) else {
      throw ValueProblem("\(Quoted.text(name)) is not a valid header name", wayOut)
    }
    let lowered = name.lowercased()
    guard !credentials.contains(lowered) else {
      throw ValueProblem(
        "\(name) would show a key to every user of this machine", KeyShape.keyAdvice)
    }
    guard !reserved.contains(lowered) else {
      throw ValueProblem("\(name) is set by sheep itself", "leave it out")
    }
    let value = text[text.index(after: colon)...].trimmingSpaces()
    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else {
      throw ValueProblem("the value of \(name) contains a control character", "remove it")
    }
    return HeaderField(name: name, value: value)
  }

  /// Whether a text can be a header's name.
  package static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isNameByte)
  }

  /// The token characters of RFC 9110, 5.6.2.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    if lower >= UInt8(ascii: "a"), lower <= UInt8(ascii: "z") { return true }
    return DecimalText.isDigit(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
  }
}

extension Substring {
  /// The text without spaces and tabs at its ends.
  fileprivate func trimmingSpaces() -> String {
    let isSpace = { (character: Character) in character == " " || character == "\t" }
    let start = drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(start[...last])
  }
}

/// When to do something that suits a terminal.
package enum When: String, WordChoice {
  case auto, always, never
}

extension DialectName: WordChoice {}

/// How much a model should think before it answers.
package enum ReasoningEffort: String, WordChoice {
  case none, minimal, low, medium, high, xhigh, max
}
