package import SheepCore
package import SheepTerminal

/// The answer as text the moment it arrives: rendered, filtered or as it is.
package final class TextPresenter: AnswerPresenter {
  package let keepsText = false
  private let output: BufferedOutput
  private var renderer: (any Renderer)?
  /// Whether there is no renderer: to look at the renderer itself copies it.
  private let isPlain: Bool
  private let reasoning: ReasoningView?
  private let note: (String) -> Void

  /// Text to `output`.
  /// - Parameters:
  ///   - renderer: what makes the bytes fit for a terminal; `nil` passes them on as they are.
  ///   - reasoning: where the model's thinking is shown; `nil`: nowhere.
  ///   - note: says something on standard error.
  package init(
    output: BufferedOutput, renderer: (any Renderer)?, reasoning: ReasoningView?,
    note: @escaping (String) -> Void
  ) {
    self.output = output
    self.renderer = renderer
    isPlain = renderer == nil
    self.reasoning = reasoning
    self.note = note
  }

  package func receive(_ event: Event, at instant: Instant, start: Instant) {
    switch event {
    case .text(let text), .refusal(let text):
      reasoning?.close(at: instant)
      if isPlain {
        output.append(text.bytes)
      } else {
        output.append { renderer?.write(text.bytes, to: &$0) }
      }
    case .reasoning(let text): reasoning?.show(text, at: instant)
    default: break
    }
  }

  package func end(_ result: CallResult) {
    reasoning?.close(at: result.answer.timing.end ?? result.answer.timing.start)
    if renderer != nil { output.append { renderer?.finish(to: &$0) } }
    output.flush()
    if let removed = renderer?.removedSequences, removed > 0 {
      note("removed \(removed) control sequences from the answer; --json shows them")
    }
  }
}
