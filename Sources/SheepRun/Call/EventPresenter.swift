package import SheepCore

/// The answer as one JSON object a line, or as server-sent events.
package final class EventPresenter: AnswerPresenter {
  /// The shape of the events.
  package enum Form {
    /// `stream --jsonl`.
    case lines(JSONStyle)
    /// `stream --sse`: text only, for programs that pass it on to a browser.
    case serverSent(JSONStyle)
  }

  package let keepsText: Bool
  private let output: BufferedOutput
  private let form: Form

  /// Events to `output`; `keepsText` when the whole text is to be judged at the end.
  package init(output: BufferedOutput, form: Form, keepsText: Bool) {
    self.output = output
    self.form = form
    self.keepsText = keepsText
  }

  package func receive(_ event: Event, at instant: Instant, start: Instant) {
    switch form {
    case .lines(let style): line(event, at: instant - start, style)
    case .serverSent(let style):
      switch event {
      case .text(let text), .refusal(let text): serverSent(["text": .string(text.string)], style)
      default: break
      }
    }
  }

  private func line(_ event: Event, at time: Duration, _ style: JSONStyle) {
    let time = Milliseconds.json(time)
    switch event {
    case .started(let id, let model):
      write(
        [
          "type": "started", "id": id.map { .string($0) } ?? .null,
          "model": model.map { .string($0) } ?? .null,
          "t_ms": time,
        ], style)
    case .text(let text): write(["type": "text", "text": .string(text.string), "t_ms": time], style)
    case .reasoning(let text):
      write(["type": "reasoning", "text": .string(text.string), "t_ms": time], style)
    case .refusal(let text): write(["type": "refusal", "text": .string(text.string), "t_ms": time], style)
    case .toolCall(let call):
      write(
        [
          "type": "tool_call", "index": .number(JSONNumber(call.index)),
          "id": call.id.map { .string($0) } ?? .null, "name": call.name.map { .string($0) } ?? .null,
          "arguments": .string(call.arguments), "t_ms": time,
        ], style)
    case .usage(let usage): write(["type": "usage", "usage": AnswerReport.usage(usage), "t_ms": time], style)
    case .state, .cost, .finished, .notice: break
    }
  }

  private func write(_ json: JSON, _ style: JSONStyle) {
    output.append {
      json.write(to: &$0, style: style)
      $0.append(UInt8(ascii: "\n"))
    }
  }

  private func serverSent(_ json: JSON, _ style: JSONStyle, event: String? = nil) {
    output.append {
      if let event { $0 += "event: \(event)\n".utf8 }
      $0 += "data: ".utf8
      json.write(to: &$0, style: style)
      $0 += "\n\n".utf8
    }
  }

  package func end(_ result: CallResult) {
    switch form {
    case .lines(let style):
      var object = AnswerReport.object(
        requestedModel: result.requestedModel, profile: result.profile, api: result.api,
        answer: result.answer, cost: result.cost, includesText: false)
      object = JSONObject([JSONObject.Member(name: "type", value: "finished")] + object.members)
      write(.object(object), style)
    case .serverSent(let style):
      if let failure = result.failure {
        serverSent(Messages.json(failure), style, event: "error")
      } else {
        output.append("data: [DONE]\n\n")
      }
    }
    output.flush()
  }
}
