import SheepCore
import SheepWire

// What hides the target's keys in everything that comes from its server. Without a key all of
// it is returned unchanged.
extension Target {
  /// A text without the keys.
  package func redacted(_ text: String) -> String {
    keys.ring.entries.reduce(text) { $1.key.redacted(from: $0) }
  }

  /// The same for a message or a name, which may hold the key in part: shortened in its middle,
  /// or under a provider's own mask.
  package func redactedShortened(_ text: String) -> String {
    // Whole keys first: they may have pieces in common.
    keys.ring.entries.reduce(redacted(text)) {
      $1.key.redacted(fromShortened: $0, sparing: [name, baseURL.host])
    }
  }

  /// An event, of which a server may have echoed the key in a name of its own. The answer's
  /// words are passed on as they come: a key in them may lie across two deltas.
  func redacted(_ event: Event) -> Event {
    guard !keys.ring.entries.isEmpty else { return event }
    switch event {
    case .started(let id, let model):
      return .started(id: id.map(redactedShortened), model: model.map(redactedShortened))
    case .finished(let reason, let raw): return .finished(reason, raw: redactedShortened(raw))
    case .notice(let text): return .notice(redactedShortened(text))
    default: return event
    }
  }

  /// A failure, all of whose words may be the server's.
  func redacted(_ failure: Failure) -> Failure {
    var failure = failure
    failure.subject = redactedShortened(failure.subject)
    failure.problem = redactedShortened(failure.problem)
    failure.advice = failure.advice.map(redactedShortened)
    failure.requestID = failure.requestID.map(redactedShortened)
    failure.code = failure.code.map(redactedShortened)
    return failure
  }

  /// A whole answer, its words included.
  func redacted(_ answer: Answer) -> Answer {
    var answer = answer
    answer.id = answer.id.map(redactedShortened)
    answer.servedModel = answer.servedModel.map(redactedShortened)
    answer.requestID = answer.requestID.map(redactedShortened)
    answer.rawFinishReason = answer.rawFinishReason.map(redactedShortened)
    answer.notices = answer.notices.map(redactedShortened)
    answer.text = answer.text.map(redacted)
    answer.reasoning = answer.reasoning.map(redacted)
    answer.refusal = redacted(answer.refusal)
    for index in answer.toolCalls.indices {
      answer.toolCalls[index].id = answer.toolCalls[index].id.map(redacted)
      answer.toolCalls[index].name = redacted(answer.toolCalls[index].name)
      answer.toolCalls[index].arguments = redacted(answer.toolCalls[index].arguments)
    }
    return answer
  }
}
