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
  private let reasoning: ChatReasoning
  /// What has come since the last record.
  private var text: [UInt8] = []
  private var thought: [UInt8] = []
  private var hasLookedAtWidth = false
  /// The last byte of an answer that is passed on as it came; `nil`: none was.
  private var lastByte: UInt8?
  /// Whether a piece of the answer is kept.
  private var hasPiece = false

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
    reasoning = ChatReasoning(
      chat.settings.reasoning, sink: chat.environment.standardError, screen: chat.screen)
  }

  /// Whether nobody reads standard output any more.
  var isClosed: Bool { output.state == .closed }
  /// Whether standard output could not be written.
  var hasFailed: Bool { if case .failed = output.state { true } else { false } }

  func receive(_ event: Event, at instant: Instant, start: Instant) {
    switch event {
    case .text(let piece), .refusal(let piece):
      reasoning.close(at: instant)
      text.append(contentsOf: piece.bytes)
      keepFirst()
      show(piece)
    case .reasoning(let piece):
      thought.append(contentsOf: piece.bytes)
      keepFirst()
      reasoning.show(piece, at: instant)
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

  /// The first piece is shown at once, and therefore kept at once: a kill then loses nothing that
  /// was seen. The others are kept before the loop waits, and shown after that.
  private func keepFirst() {
    if !hasPiece { keep() }
  }

  /// Keeps what has come, before it is written and the loop waits for more.
  func pause() {
    hasLookedAtWidth = false
    keep()
  }

  private func keep() {
    guard !text.isEmpty || !thought.isEmpty else { return }
    hasPiece = true
    chat.append(
      .piece(text: String(decoding: text, as: UTF8.self), reasoning: String(decoding: thought, as: UTF8.self))
    )
    text.removeAll(keepingCapacity: true)
    thought.removeAll(keepingCapacity: true)
  }

  func end(_ result: CallResult) {
    reasoning.close(at: result.answer.timing.end ?? chat.loop.now)
    output.append { bytes in
      markdown?.finish(to: &bytes)
      plain?.finish(to: &bytes)
      // The next answer, or what is said of this one, begins on a line of its own.
      if let lastByte, lastByte != 0x0a { bytes.append(0x0a) }
    }
    output.flush()
    let removed = markdown?.removedSequences ?? plain?.removedSequences ?? 0
    if removed > 0 { chat.screen.note("\(removed) control sequences were taken out of the answer") }
  }
}
