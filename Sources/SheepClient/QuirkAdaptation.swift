import SheepCore
import SheepWire

extension Quirks {
  /// Other quirks to try once, when a server's refusal names the very field that another
  /// spelling would mend; `nil` when it does not.
  func adapted(to failure: Failure, request: Request) -> Quirks? {
    guard failure.kind == .badRequest else { return nil }
    var quirks = self
    if request.maxTokens != nil, failure.problem.mentions(maxTokensField) || failure.code == maxTokensField {
      quirks.maxTokensField = maxTokensField == "max_tokens" ? "max_completion_tokens" : "max_tokens"
      return quirks
    }
    if request.streams, sendsStreamOptions, failure.problem.mentions("stream_options") {
      quirks.sendsStreamOptions = false
      return quirks
    }
    if sendsEncodingFormat, failure.problem.mentions("encoding_format") {
      quirks.sendsEncodingFormat = false
      return quirks
    }
    if request.reasoningEffort != nil, thinking == nil,
      failure.problem.mentions("thinking.type") || failure.problem.mentions("adaptive thinking")
    {
      quirks.thinking = ThinkingForm.usual(for: request.model) == .adaptive ? .budget : .adaptive
      return quirks
    }
    if request.messages.contains(where: { $0.role == .system }), failure.problem.mentions("role"),
      failure.problem.mentions(systemRole)
    {
      quirks.systemRole = systemRole == "system" ? "developer" : "system"
      return quirks
    }
    return nil
  }
}
