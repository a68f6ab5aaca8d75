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

  /// An expectation of that kind; `value` is not empty.
  package init(kind: Kind, value: String) {
    self.kind = kind
    self.value = value
  }

  /// As the user wrote it.
  package var text: String { kind.rawValue + ":" + value }
}
