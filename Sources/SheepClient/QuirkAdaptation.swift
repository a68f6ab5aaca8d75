import SheepCore
import SheepWire

extension Quirks {
  /// Other quirks to try once, when a server's refusal names the very field that another
  /// spelling would mend; `nil` when it does not.
  func adapted(to failure: Failure, request: Request) -> Quirks? {
    guard failure.kind == .badRequest else { return nil }
    var quirks = self
    if request.maxTokens != nil, Self.says(failure, maxTokensField) || failure.code == maxTokensField {
      quirks.maxTokensField = maxTokensField == "max_tokens" ? "max_completion_tokens" : "max_tokens"
      return quirks
    }
    if request.streams, sendsStreamOptions, Self.says(failure, "stream_options") {
      quirks.sendsStreamOptions = false
      return quirks
    }
    return nil
  }
  /// Whether the provider's words hold `word`.
  ///
  /// By bytes: `String.contains(String)` would link the regular expressions of
  /// `_StringProcessing`, which double the size of the program and its memory at start.
  private static func says(_ failure: Failure, _ word: String) -> Bool {
    var rest = failure.problem.utf8[...]
    while !rest.isEmpty {
      if rest.starts(with: word.utf8) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
