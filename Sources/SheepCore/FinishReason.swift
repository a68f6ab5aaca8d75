/// Why an answer ended, in one vocabulary for all dialects.
package enum FinishReason: String, Sendable, Equatable, CaseIterable {
  /// The model came to its end or to a stop sequence.
  case stop
  /// The token limit was reached; the text is whole as far as it goes.
  case length
  /// The model asks for tools to be run.
  case tool
  /// The provider's filter withheld the answer or the prompt.
  case filtered
  /// The model declined in its own words.
  case refused
  /// The provider paused a long turn.
  case paused
  /// The provider reported a failure inside the stream.
  case error
  /// The stream ended without its end marker.
  case truncated
  /// The user, a signal or a limit stopped it.
  case interrupted
  /// A word this program does not know; treated as complete, with a note.
  case other
}
