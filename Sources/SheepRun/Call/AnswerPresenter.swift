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

/// A finished call with its price: what receipts, reports and exit codes are made from.
package struct CallResult {
  package var requestedModel: String
  package var profile: String?
  package var api: String
  package var answer: Answer
  package var cost: Cost
  /// What kept the answer from being whole and good; `nil` when nothing did.
  package var failure: Failure?

  /// The answer of a call for `requestedModel`, and what it cost.
  package init(
    requestedModel: String, profile: String?, api: String, answer: Answer, cost: Cost, failure: Failure?
  ) {
    self.requestedModel = requestedModel
    self.profile = profile
    self.api = api
    self.answer = answer
    self.cost = cost
    self.failure = failure
  }
}
