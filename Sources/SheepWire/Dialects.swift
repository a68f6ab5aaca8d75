/// The dialects by the names that `--api` takes and the JSON output gives.
package enum Dialects {
  /// All of them, the one that most servers speak first.
  package static let all: [any Dialect] = [
    OpenAIChat(), OpenAIResponses(), AnthropicMessages(), Gemini(),
  ]

  /// The dialect of that name; `nil` without one.
  package static func named(_ name: String) -> (any Dialect)? {
    all.first { $0.name == name }
  }
}
