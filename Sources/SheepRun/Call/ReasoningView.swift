package import SheepCore
package import SheepTerminal

/// Shows a model's reasoning on standard error, apart from the answer.
package final class ReasoningView {
  /// How it is shown.
  package enum Form {
    /// As it comes, dim.
    case plain
    /// As Markdown in whole words, without looks of its own, so that all of it is dim.
    case rendered
    /// As one line that says how much there was.
    case folded
    case hidden
  }

  private let form: Form
  private let messages: Messages
  private let sink: any ByteSink
  /// The terminal behind the sink: its width changes when the window does.
  private let terminal: () -> TerminalInfo
  private let note: (String) -> Void
  private var filter = EscapeFilter(.answer)
  private var renderer: MarkdownRenderer?
  private var estimator = TokenEstimator()
  /// When the passage began; `nil` while none is open.
  private var begin: Instant?
  private var hasWritten = false
  private var lastByte: UInt8 = UInt8(ascii: "\n")

  /// Reasoning on the run's standard error, whose messages make room for it.
  /// - Parameter note: says how much a folded passage had.
  package init(
    _ form: Form, _ run: Run, terminal: @escaping () -> TerminalInfo, note: @escaping (String) -> Void
  ) {
    self.form = run.messages.isQuiet && form != .folded ? .hidden : form
    self.terminal = terminal
    self.note = note
    messages = run.messages
    sink = run.environment.standardError
  }

  /// Takes the next piece.
  package func show(_ text: BorrowedText, at instant: Instant) {
    begin = begin ?? instant
    switch form {
    case .hidden: break
    case .folded: estimator.feed(text.bytes)
    case .plain: write { self.filter.write(text.bytes, to: &$0) }
    case .rendered:
      let info = terminal()
      let width = info.width ?? 80
      write { bytes in
        var renderer =
          self.renderer ?? MarkdownRenderer(width: width, isStyled: false, canRedraw: info.canRedraw)
        renderer.resize(to: width)
        renderer.write(text.bytes, to: &bytes)
        self.renderer = renderer
      }
    }
  }

  private func write(_ append: (inout [UInt8]) -> Void) {
    if !hasWritten { messages.beforeWriting?() }
    hasWritten = true
    var bytes: [UInt8] = []
    append(&bytes)
    guard let last = bytes.last else { return }
    lastByte = last
    sink.write(terminal().style.dim(String(decoding: bytes, as: UTF8.self)))
  }

  /// Ends the passage: the answer follows, apart from it, or nothing does.
  package func close(at instant: Instant) {
    guard let begin else { return }
    self.begin = nil
    if hasWritten {
      if form == .rendered { write { self.renderer?.finish(to: &$0) } }
      renderer = nil
      sink.write(lastByte == UInt8(ascii: "\n") ? "\n" : "\n\n")
      lastByte = UInt8(ascii: "\n")
      hasWritten = false
    }
    guard form == .folded else { return }
    note(
      "reasoning ~\(Figures.grouped(estimator.estimate.tokens)) tokens, "
        + "\(DurationText.of(instant - begin)); /reasoning on shows it")
    estimator = TokenEstimator()
  }
}
