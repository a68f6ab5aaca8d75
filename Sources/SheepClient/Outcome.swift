package import SheepCore

/// How a call ended.
package struct Outcome: Sendable {
  /// The answer, whole or as far as it came.
  package var answer: Answer
  /// What kept it from being whole and good; `nil` when nothing did.
  package var failure: Failure?

  /// An end.
  package init(answer: Answer, failure: Failure?) {
    self.answer = answer
    self.failure = failure
  }
}
