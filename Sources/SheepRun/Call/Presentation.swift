import SheepCore
package import SheepOptions
import SheepTerminal

/// Chooses how an answer is shown: by the command, the options and what looks at it.
package struct Presentation {
  /// How the commands that show one answer differ.
  package enum Kind {
    /// Rendered on a terminal.
    case chat
    /// Raw text, the moment it arrives.
    case stream
  }

  private let kind: Kind
  private let options: OutputOptions
  private let run: Run
  /// Whether the answer must be whole before it can be judged (`--schema`).
  private let needsWhole: Bool

  /// How the answer of a command of this kind is shown on the run's standard output.
  package init(_ kind: Kind, _ options: OutputOptions, _ run: Run, needsWhole: Bool) {
    self.kind = kind
    self.options = options
    self.run = run
    self.needsWhole = needsWhole
  }

  package func presenter() -> any AnswerPresenter {
    let isTerminal = run.environment.standardOutput.isTerminal
    let style = JSONStyle(indented: isTerminal && options.format == .json, terminalSafe: isTerminal)
    switch options.format {
    case .json: return whole(.json(style))
    case .jsonLines: return EventPresenter(output: run.output, form: .lines(style), keepsText: needsWhole)
    case .serverSentEvents:
      return EventPresenter(output: run.output, form: .serverSent(style), keepsText: needsWhole)
    case .text: break
    }
    if options.extract { return whole(.code) }
    if needsWhole || options.noStream && !isTerminal { return whole(.text) }
    return TextPresenter(
      output: run.output, renderer: renderer(isTerminal), reasoning: reasoning(), note: run.messages.note)
  }

  private func whole(_ form: WholePresenter.Form) -> WholePresenter {
    WholePresenter(
      output: run.output, form: form, filtersText: run.environment.standardOutput.isTerminal,
      reasoning: options.format == .json ? nil : reasoning(), note: run.messages.note)
  }

  private func renderer(_ isTerminal: Bool) -> (any Renderer)? {
    let terminal = run.outputTerminal
    let renders: Bool
    switch options.rendering {
    case .always: renders = kind == .chat
    case .never: renders = false
    case .auto: renders = kind == .chat && isTerminal && terminal.canRedraw
    }
    if renders {
      return MarkdownRenderer(
        width: terminal.width ?? 80, isStyled: terminal.hasColor, canRedraw: terminal.canRedraw)
    }
    return isTerminal ? PlainRenderer() : nil
  }

  private func reasoning() -> ReasoningView? {
    if options.quiet { return nil }
    return ReasoningView(.plain, run, terminal: { [run] in run.errorTerminal }, note: run.messages.note)
  }
}
