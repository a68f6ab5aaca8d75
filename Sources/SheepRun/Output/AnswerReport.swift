package import SheepCore

/// An answer as the JSON object of the contract.
///
/// What was not given is `null`, never 0; the names only ever grow.
package enum AnswerReport {
  /// The object of `chat --json`; without its text, the fields of a stream's last event.
  package static func object(
    requestedModel: String, profile: String?, api: String, answer: Answer, cost: Cost, includesText: Bool
  ) -> JSONObject {
    var object = JSONObject()
    object["schema"] = 1
    object["model"] = string(answer.servedModel)
    object["requested_model"] = .string(requestedModel)
    object["profile"] = string(profile)
    object["api"] = .string(api)
    if includesText {
      object["text"] = .string(
        answer.refusal.isEmpty ? answer.text ?? "" : (answer.text ?? "") + answer.refusal)
      if let reasoning = answer.reasoning, !reasoning.isEmpty { object["reasoning"] = .string(reasoning) }
    }
    if !answer.toolCalls.isEmpty { object["tool_calls"] = .array(answer.toolCalls.map(toolCall)) }
    object["complete"] = .bool(answer.isComplete)
    object["finish_reason"] = string(answer.finishReason?.rawValue)
    object["usage"] = answer.usage.map(usage) ?? .null
    object["cost"] = cost.json
    object["timing"] = timing(answer)
    object["attempts"] = .number(JSONNumber(answer.attempts))
    object["retries"] = .array(answer.retries.map(retry))
    object["request_id"] = string(answer.requestID)
    object["http_version"] = string(answer.timing.connection.httpVersion)
    return object
  }

  private static func string(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
  private static func number(_ value: Int?) -> JSON { value.map { .number(JSONNumber($0)) } ?? .null }
  private static func milliseconds(_ duration: Duration?) -> JSON { duration.map(Milliseconds.json) ?? .null }

  /// A tool call; the arguments stay text, for the model may have written invalid JSON.
  package static func toolCall(_ call: ToolCall) -> JSON {
    ["id": string(call.id), "name": .string(call.name), "arguments": .string(call.arguments)]
  }

  /// Tokens under the contract's names.
  package static func usage(_ usage: Usage) -> JSON {
    [
      "input_tokens": number(usage.inputTotal),
      "cached_input_tokens": number(usage.cacheRead),
      "cache_write_tokens": number(usage.cacheWriteTotal),
      "output_tokens": number(usage.outputTotal),
      "reasoning_tokens": number(usage.reasoning),
      "source": .string(usage.source.rawValue),
    ]
  }

  private static func timing(_ answer: Answer) -> JSON {
    let timing = answer.timing
    let perToken = timing.timePerOutputToken(
      usage: answer.usage, streamedReasoning: answer.streamedReasoning)
    return [
      "dns_ms": milliseconds(timing.connection.nameResolution),
      "connect_ms": milliseconds(timing.connection.connect),
      "tls_ms": milliseconds(timing.connection.tls),
      "ttft_ms": milliseconds(timing.timeToFirstToken),
      "ttft_visible_ms": milliseconds(timing.timeToFirstVisibleToken),
      "ttft_total_ms": milliseconds(timing.totalTimeToFirstToken),
      "e2e_ms": milliseconds(timing.endToEnd),
      "total_ms": milliseconds(timing.total),
      "tpot_ms": milliseconds(perToken),
      "tokens_per_second": perToken.flatMap(rate) ?? .null,
      "connection_reused": timing.connection.reused.map { .bool($0) } ?? .null,
    ]
  }

  private static func rate(_ perToken: Duration) -> JSON? {
    guard perToken.nanoseconds > 0 else { return nil }
    let hundredths = 100_000_000_000 / perToken.nanoseconds
    return JSONNumber(text: Figures.fixed(hundredths, decimals: 2)).map { .number($0) }
  }

  /// A repeated attempt under the contract's names.
  package static func retry(_ retry: Answer.Retry) -> JSON {
    [
      "model": .string(retry.model),
      "profile": string(retry.profile),
      "kind": .string(retry.kind.rawValue),
      "status": number(retry.status),
      "waited_ms": Milliseconds.json(retry.waited),
    ]
  }
}
