import SheepCore
package import SheepOptions
package import SheepTerminal

/// Chooses how an answer is shown: by the command, the options and what looks at it.
package struct Presentation: ~Copyable {
  /// How the commands that show one answer differ.
  package enum Kind {
    /// Rendered on a terminal.
    case chat
    /// Raw text, the moment it arrives.
    case stream
  }

  private let kind: Kind
  private let options: OutputOptions
  private let environment: Environment
  private let output: BufferedOutput
  private let messages: Messages
  /// Whether the answer must be whole before it can be judged (`--schema`).
  private let needsWhole: Bool

  /// How the answer of a command of this kind is shown on `output`.
  package init(
    kind: Kind, options: OutputOptions, environment: Environment, output: BufferedOutput,
    messages: Messages, needsWhole: Bool
  ) {
    self.kind = kind
    self.options = options
    self.environment = environment
    self.output = output
    self.messages = messages
    self.needsWhole = needsWhole
  }

  package func presenter() -> any AnswerPresenter {
    let isTerminal = environment.standardOutput.isTerminal
    let style = JSONStyle(indented: isTerminal && options.format == .json, terminalSafe: isTerminal)
    switch options.format {
    case .json: return whole(.json(style))
    case .jsonLines: return EventPresenter(output: output, form: .lines(style), keepsText: needsWhole)
    case .serverSentEvents:
      return EventPresenter(output: output, form: .serverSent(style), keepsText: needsWhole)
    case .text: break
    }
    if options.extract { return whole(.code) }
    if needsWhole || options.noStream && !isTerminal { return whole(.text) }
    return TextPresenter(
      output: output, renderer: renderer(isTerminal), reasoning: reasoning(), note: messages.note)
  }

  private func whole(_ form: WholePresenter.Form) -> WholePresenter {
    WholePresenter(
      output: output, form: form, filtersText: environment.standardOutput.isTerminal,
      reasoning: options.format == .json ? nil : reasoning(), note: messages.note)
  }

  private func renderer(_ isTerminal: Bool) -> (any Renderer)? {
    let terminal = Self.terminal(environment.standardOutput, environment, color: options.color)
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

  private func reasoning() -> ReasoningLine? {
    if options.quiet { return nil }
    return ReasoningLine(sink: environment.standardError, messages: messages, style: errorTerminal.style)
  }

  /// What is known of standard error; under `--quiet` it counts as no terminal.
  package var errorTerminal: TerminalInfo {
    if options.quiet { return TerminalInfo(isTerminal: false) }
    return Self.terminal(environment.standardError, environment, color: options.color)
  }

  package static func terminal(_ sink: any ByteSink, _ environment: Environment, color: When) -> TerminalInfo
  {
    TerminalInfo(
      isTTY: sink.isTerminal, size: sink.columns.map { (columns: $0, rows: 0) },
      color: ColorChoice(rawValue: color.rawValue) ?? .auto, variable: environment.variable)
  }
}
