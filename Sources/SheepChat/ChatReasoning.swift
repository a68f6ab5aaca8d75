import SheepCore
import SheepRun
import SheepTerminal

/// Shows a model's reasoning on standard error: dim, folded into one line, or not at all.
final class ChatReasoning {
  private let mode: ChatSettings.Reasoning
  private let sink: any ByteSink
  private let screen: ChatScreen
  private var estimator = TokenEstimator()
  /// When it began; `nil` while no passage is open.
  private var begin: Instant?
  private var renderer: MarkdownRenderer?

  init(_ mode: ChatSettings.Reasoning, sink: any ByteSink, screen: ChatScreen) {
    self.mode = mode
    self.sink = sink
    self.screen = screen
  }

  /// Takes the next piece.
  func show(_ text: BorrowedText, at instant: Instant) {
    begin = begin ?? instant
    switch mode {
    case .on: if !screen.messages.isQuiet { write { $0.write(text.bytes, to: &$1) } }
    case .off: break
    case .fold: estimator.feed(text.bytes)
    }
  }

  /// In whole words and without looks of its own, so that all of it is dim.
  private func write(_ append: (inout MarkdownRenderer, inout [UInt8]) -> Void) {
    let terminal = screen.terminal
    var bytes: [UInt8] = []
    var renderer =
      renderer
      ?? MarkdownRenderer(width: terminal.width ?? 80, isStyled: false, canRedraw: terminal.canRedraw)
    if self.renderer == nil { screen.messages.beforeWriting?() }
    renderer.resize(to: terminal.width ?? 80)
    append(&renderer, &bytes)
    self.renderer = renderer
    if !bytes.isEmpty { sink.write(terminal.style.dim(String(decoding: bytes, as: UTF8.self))) }
  }

  /// Ends the passage: the answer follows, or nothing does.
  func close(at instant: Instant) {
    guard let begin else { return }
    self.begin = nil
    if renderer != nil {
      write { $0.finish(to: &$1) }
      renderer = nil
      sink.write("\n")
    }
    guard mode == .fold else { return }
    let tokens = FigureText.grouped(estimator.estimate.tokens)
    screen.note("reasoning ~\(tokens) tokens, \(Milliseconds.text(instant - begin)); /reasoning on shows it")
    estimator = TokenEstimator()
  }
}
