package import SheepCore
import SheepOptions
package import SheepTerminal

/// What the program says beside the answer, all of it on standard error.
///
/// Every text passes the escape filter: names, addresses and error bodies come from outside.
package final class Messages {
  private let sink: any ByteSink
  /// Whether only errors are said (`--quiet`).
  package let isQuiet: Bool
  /// Whether an error is repeated as a JSON object, for scripts.
  private let errorsAsJSON: Bool
  private let style: Style
  /// Called before anything is written, so that a status line can make room.
  package var beforeWriting: (() -> Void)?
  /// The columns of a row, where notes and errors are parted between words; `nil`: each is one
  /// line, as programs want it.
  package var width: (() -> Int)?

  /// Messages to `sink`.
  package init(
    to sink: any ByteSink, isQuiet: Bool, errorsAsJSON: Bool, style: Style = Style(isOn: false)
  ) {
    self.sink = sink
    self.style = style
    self.isQuiet = isQuiet
    self.errorsAsJSON = errorsAsJSON
  }

  /// Says something worth knowing that is no error; nothing under `--quiet`.
  package func note(_ text: String) {
    if !isQuiet { say("sheep: " + text) }
  }

  /// Says that something is tried again, and why.
  /// - Parameter subject: who it happened to; `nil`: as the failure says.
  package func retry(after wait: Duration, because failure: Failure, subject: String? = nil) {
    let pause = wait > .zero ? "; retrying in \(DurationText.of(wait))" : "; retrying"
    note(ErrorSentence.text(subject ?? failure.subject, failure.problem) + pause)
  }

  /// Says what went wrong; with JSON output also as an object on the last line.
  package func error(_ failure: Failure) {
    say("sheep: " + failure.sentence)
    if errorsAsJSON {
      line(Self.json(failure).serialized(JSONStyle(indented: false, terminalSafe: true)), filtered: true)
    }
  }

  private func say(_ text: String) {
    guard let width else { return line(text) }
    for row in WordWrap.rows(Self.filtered(text), width: width()) { line(row, filtered: true) }
  }

  /// Shows a receipt, dimmed where there are colours: it is worth less than the answer.
  package func receipt(_ parts: [String]) {
    beforeWriting?()
    sink.write(style.dim(Self.filtered(parts.joined(separator: " · "))) + "\n")
  }

  /// Writes one line of text as it is, after the escape filter.
  package func line(_ text: String, filtered: Bool = false) {
    beforeWriting?()
    sink.write((filtered ? text : Self.filtered(text)) + "\n")
  }

  /// A text from outside, with control sequences made visible, on one line.
  package static func filtered(_ text: String) -> String {
    EscapeFilter.visible(text)
  }

  /// The error object of the contract.
  package static func json(_ failure: Failure) -> JSON {
    [
      "error": [
        "code": .number(JSONNumber(ExitStatus(failure).rawValue)),
        "kind": .string(failure.kind.rawValue),
        "message": .string(failure.sentence),
        "status": failure.status.map { .number(JSONNumber($0)) } ?? .null,
        "request_id": failure.requestID.map { .string($0) } ?? .null,
        "attempts": .number(JSONNumber(failure.attempts)),
        "retry_after": failure.retryAfter.map { Milliseconds.seconds($0) } ?? .null,
      ]
    ]
  }
}
