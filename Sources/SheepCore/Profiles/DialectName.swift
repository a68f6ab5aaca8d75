/// The dialects by the names that `--api` and the configuration take and the JSON output gives.
///
/// The one list of them: the command line, the profiles, the client and the gateway of `mock` read
/// it, and the compiler asks for the functions of each (`DialectName.dialect`).
package enum DialectName: String, CaseIterable, Sendable {
  /// OpenAI's chat completions, which most servers speak.
  case openai
  /// OpenAI's Responses.
  case responses
  /// Anthropic's Messages.
  case anthropic
  /// Google's `generateContent`.
  case gemini

  /// All names as a part of a sentence: `openai, responses`.
  package static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
