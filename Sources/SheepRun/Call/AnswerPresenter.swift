package import SheepCore

/// Shows an answer in one of the output forms while it arrives and when it has ended.
///
/// Everything goes through one `BufferedOutput`, which the runner flushes.
package protocol AnswerPresenter: AnyObject {
  /// Whether the answer's text must be kept until the end.
  var keepsText: Bool { get }

  /// The next event; `start` is when the call began.
  func receive(_ event: Event, at instant: Instant, start: Instant)

  /// The call has ended, well or not. Writes what is still to be written to standard output.
  func end(_ result: CallResult)
}
