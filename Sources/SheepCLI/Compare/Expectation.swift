/// What an answer must be, as one value of `--expect` says it: `contains:Seoul`.
package struct Expectation: Equatable, Sendable {
  /// How an answer is looked at.
  package enum Kind: String, CaseIterable, Sendable {
    /// The text stands somewhere in the answer, byte for byte.
    case contains
    /// The answer is the text and nothing else, white space around both left out.
    case exact
    /// The regular expression, as in JSON schemas, occurs somewhere in the answer.
    case regex
    /// The answer is JSON, bare or in a code block, and meets the schema.
    case schema
  }

  package let kind: Kind
  /// What follows the first colon.
  package let value: String

  /// As the user wrote it.
  package var text: String { kind.rawValue + ":" + value }

  /// Reads `KIND:VALUE`.
  package static func parse(_ text: String) throws(ValueProblem) -> Expectation {
    let wayOut = "give contains:TEXT, exact:TEXT, regex:PATTERN or schema:FILE"
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
      let kind = Kind(rawValue: String(text[..<colon]))
    else { throw ValueProblem("\(Quoted.text(text)) does not say what is expected", wayOut) }
    let value = String(text[text.index(after: colon)...])
    guard !value.isEmpty else {
      throw ValueProblem("\(Quoted.text(text)) has nothing after the colon", wayOut)
    }
    return Expectation(kind: kind, value: value)
  }
}
