package import SheepCore
import SheepTerminal

/// The answer once it is whole: as the JSON object, as extracted code, or after a check.
package final class WholePresenter: AnswerPresenter {
  /// What is written at the end.
  package enum Form {
    /// The object of `chat --json`.
    case json(JSONStyle)
    /// The first code block.
    case code
    /// The text.
    case text
  }

  package let keepsText = true
  private let output: BufferedOutput
  private let form: Form
  private let filtersText: Bool
  private let reasoning: ReasoningView?
  private let note: (String) -> Void

  /// - Parameters:
  ///   - filtersText: whether text (not JSON) goes to a terminal and is filtered.
  ///   - note: says something on standard error.
  package init(
    output: BufferedOutput, form: Form, filtersText: Bool, reasoning: ReasoningView?,
    note: @escaping (String) -> Void
  ) {
    self.output = output
    self.form = form
    self.filtersText = filtersText
    self.reasoning = reasoning
    self.note = note
  }

  package func receive(_ event: Event, at instant: Instant, start: Instant) {
    if case .reasoning(let text) = event {
      reasoning?.show(text, at: instant)
    } else if case .text = event {
      reasoning?.close(at: instant)
    }
  }

  package func end(_ result: CallResult) {
    reasoning?.close(at: result.answer.timing.end ?? result.answer.timing.start)
    switch form {
    case .json(let style):
      let object = AnswerReport.object(
        requestedModel: result.requestedModel, profile: result.profile, api: result.api,
        answer: result.answer, cost: result.cost, includesText: true)
      output.append { JSON.object(object).write(to: &$0, style: style) }
      output.append("\n")
    case .code: write(code(result.answer))
    case .text: write((result.answer.text ?? "") + result.answer.refusal)
    }
    output.flush()
  }

  private func code(_ answer: Answer) -> String {
    let text = (answer.text ?? "") + answer.refusal
    if let code = CodeBlock.first(in: text) { return code }
    if !text.isEmpty { note("the answer has no code block, so all of it is printed") }
    return text
  }

  private func write(_ text: String) {
    guard filtersText else {
      output.append(text)
      return
    }
    var filter = EscapeFilter(.answer)
    output.append { bytes in
      Array(text.utf8).withUnsafeBytes { filter.write($0, to: &bytes) }
      filter.finish(to: &bytes)
      if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    }
  }
}
