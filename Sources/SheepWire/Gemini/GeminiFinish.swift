import SheepCore

/// Why an answer ended, in the provider's word.
struct GeminiFinish {
  var word: String
  /// Whether the prompt itself was blocked: the word is a block reason then.
  var isBlock: Bool

  /// The word of a value: a text, or the number that stands for it with
  /// `$alt=json;enum-encoding=int`.
  static func word(_ json: JSON?) -> String? {
    if let text = json?.string { return text.isEmpty ? nil : ErrorText.sanitized(text, limit: 128) }
    guard let number = json?.number?.integer else { return nil }
    let words = ["FINISH_REASON_UNSPECIFIED", "STOP", "MAX_TOKENS", "SAFETY", "RECITATION", "OTHER"]
    return Int(exactly: number).flatMap { words.indices.contains($0) ? words[$0] : nil } ?? "\(number)"
  }

  /// The finish reason that the word stands for.
  func reason(hasToolCalls: Bool) -> FinishReason {
    if isBlock { return .filtered }
    switch word {
    case "STOP": return hasToolCalls ? .tool : .stop
    case "MAX_TOKENS": return .length
    case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE", "MODEL_ARMOR":
      return .filtered
    case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "OTHER",
      "MALFORMED_RESPONSE", "MISSING_THOUGHT_SIGNATURE":
      return .error
    default: return word.utf8.starts(with: "IMAGE_".utf8) ? .filtered : .other
    }
  }
}
