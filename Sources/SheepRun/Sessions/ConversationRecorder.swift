package import SheepCore

/// Writes a conversation down while it happens, and goes on when that fails: an answer that was
/// paid for is shown in any case, and the failure is told afterwards.
package final class ConversationRecorder {
  package let log: any ConversationLog
  /// The first thing that could not be written; `nil`: all was.
  package private(set) var problem: Failure?
  /// Whether the last record could not be written.
  package private(set) var isFailing = false
  /// Called when a record cannot be written, and the one before it could.
  package var onProblem: ((Failure) -> Void)?
  private var text: [UInt8] = []
  private var reasoning: [UInt8] = []
  /// Whether the answer in flight has a piece that is written down.
  private var hasPiece = false

  /// A recorder of what happens in `log`.
  package init(_ log: any ConversationLog) {
    self.log = log
  }

  /// Writes a record.
  package func record(_ record: ConversationRecord) {
    do throws(Failure) {
      try log.append(record)
      isFailing = false
    } catch {
      problem = problem ?? error
      if !isFailing { onProblem?(error) }
      isFailing = true
    }
  }

  /// Writes what is new: the system prompt, where one is given, and the model.
  package func record(system: String?, model: String, profile: String?) {
    if let system, system != log.conversation.system { record(.system(system)) }
    if model != log.conversation.model || profile != log.conversation.profile {
      record(.model(model, profile: profile))
    }
  }

  /// Takes an event of the answer in flight. Its first piece is shown at once and therefore
  /// written at once; the others wait for `keepPieces`, which comes before they are shown.
  package func receive(_ event: Event) {
    switch event {
    case .text(let piece), .refusal(let piece): text += piece.bytes
    case .reasoning(let piece): reasoning += piece.bytes
    default: return
    }
    if !hasPiece { keepPieces() }
  }

  /// Writes down what has arrived since the last time.
  package func keepPieces() {
    if text.isEmpty, reasoning.isEmpty { return }
    hasPiece = true
    record(
      .piece(
        text: String(decoding: text, as: UTF8.self), reasoning: String(decoding: reasoning, as: UTF8.self)))
    text.removeAll(keepingCapacity: true)
    reasoning.removeAll(keepingCapacity: true)
  }

  /// The answer has ended.
  package func end(_ result: CallResult, profile: String?, time: Int) {
    if let reply = Reply(result, profile: profile, time: time) {
      endPieces()
      record(.reply(reply))
    } else {
      keepPieces()
      endPieces()
    }
  }

  /// The answer in flight has ended; what it was stands in a record of its own.
  package func endPieces() {
    hasPiece = false
    text = []
    reasoning = []
  }
}

/// Shows an answer as another presenter does, and has it written down.
package final class RecordingPresenter: AnswerPresenter {
  package let keepsText = true
  private let shown: any AnswerPresenter
  private let recorder: ConversationRecorder

  /// Shows by `shown`, writes down by `recorder`.
  package init(_ shown: any AnswerPresenter, _ recorder: ConversationRecorder) {
    self.shown = shown
    self.recorder = recorder
  }

  package func receive(_ event: Event, at instant: Instant, start: Instant) {
    recorder.receive(event)
    shown.receive(event, at: instant, start: start)
  }

  package func end(_ result: CallResult) { shown.end(result) }
}
