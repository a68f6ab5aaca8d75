import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

/// Shows an answer of the chat while it arrives, and keeps what came of it as records.
///
/// The terminal's width is asked for with each burst, so that what follows a resize is laid out
/// in the new one.
final class ChatPresenter: AnswerPresenter {
  let keepsText = true
  let output: BufferedOutput
  private let chat: Chat
  private var markdown: MarkdownRenderer?
  private var plain: PlainRenderer?
  private let reasoning: ReasoningView
  private var hasLookedAtWidth = false
  /// The last byte of an answer that is passed on as it came; `nil`: none was.
  private var lastByte: UInt8?
  init(chat: Chat, output: BufferedOutput) {
    self.chat = chat
    self.output = output
    let terminal = chat.program.outputTerminal
    let isAlways = chat.options.output.rendering == .always
    let renders = !chat.settings.isRaw && (isAlways || terminal.isTerminal && terminal.canRedraw)
    if renders {
      markdown = MarkdownRenderer(
        width: terminal.width ?? 80, isStyled: terminal.hasColor, canRedraw: terminal.canRedraw)
    } else if terminal.isTerminal {
      plain = PlainRenderer()
    }
    reasoning = ReasoningView(
      chat.settings.reasoning.form, chat.program, terminal: { [screen = chat.screen] in screen.terminal },
      note: chat.screen.note)
  }

  /// Whether nobody reads standard output any more.
  var isClosed: Bool { output.state == .closed }
  /// Whether standard output could not be written.
  var hasFailed: Bool { if case .failed = output.state { true } else { false } }

  func receive(_ event: Event, at instant: Instant, start: Instant) {
    chat.recorder.receive(event)
    switch event {
    case .text(let piece), .refusal(let piece):
      reasoning.close(at: instant)
      show(piece)
    case .reasoning(let piece): reasoning.show(piece, at: instant)
    default: break
    }
  }

  private func show(_ piece: BorrowedText) {
    if !hasLookedAtWidth, markdown != nil {
      hasLookedAtWidth = true
      if let width = chat.program.outputTerminal.width { markdown?.resize(to: width) }
    }
    output.append { bytes in
      if markdown != nil {
        markdown?.write(piece.bytes, to: &bytes)
      } else if plain != nil {
        plain?.write(piece.bytes, to: &bytes)
      } else {
        bytes.append(contentsOf: piece.bytes)
        lastByte = piece.bytes.last ?? lastByte
      }
    }
  }

  /// Shows the open row once more, after the program was suspended and goes on.
  func showRowAgain() {
    output.append { markdown?.showRowAgain(to: &$0) }
    output.flush()
  }

  /// Keeps what has come, before it is written and the loop waits for more.
  func pause() {
    hasLookedAtWidth = false
    chat.recorder.keepPieces()
  }

  func end(_ result: CallResult) {
    chat.recorder.endPieces()
    reasoning.close(at: result.answer.timing.end ?? chat.loop.now)
    output.append { bytes in
      markdown?.finish(to: &bytes)
      plain?.finish(to: &bytes)
      // The next answer, or what is said of this one, begins on a line of its own.
      if let lastByte, lastByte != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    }
    output.flush()
    let removed = markdown?.removedSequences ?? plain?.removedSequences ?? 0
    if removed > 0 { chat.screen.note("removed \(removed) control sequences from the answer") }
  }
}
