/// The one error of a call: what went wrong, in words a user can act on and kinds a rule can
/// read.
package struct Failure: Error, Equatable, Sendable {
  /// What went wrong. The raw value is the `kind` of the JSON error object: only add.
  package enum Kind: String, Sendable, CaseIterable {
    /// A wrong option, file, setting or prompt; nothing was sent.
    case usage
    case authentication
    case permission
    case rateLimit = "rate_limit"
    /// Quota, credit or billing: waiting does not help.
    case quota
    case nameResolution = "dns"
    case connect
    case tls
    case proxy
    /// No answer in the time that the program allows by itself.
    case timeout
    /// The connection broke.
    case network
    case redirect
    case overloaded
    /// The provider failed: 5xx or an error event.
    case server
    /// The answer breaks the rules of HTTP or of the dialect.
    case protocolViolation = "protocol"
    /// The provider refused the request as it is (400, 413, 422).
    case badRequest = "bad_request"
    /// The model is unknown or not allowed.
    case model
    /// The provider's filter withheld the answer, or the model declined.
    case filtered
    /// The answer broke off after it had begun.
    case incomplete
    /// A limit that the user set: deadline or money.
    case limit
    /// A file, or standard output, cannot be written.
    case output
    /// Complete, but not what was asked: schema mismatch, cut by length under `--strict`.
    case mismatch
    case interrupted
    case internalError = "internal"
  }

  package var kind: Kind
  /// What the sentence is about: an option, a file, a host, a model; a noun.
  package var subject: String
  /// What is wrong with it, without a full stop: a clause of its own (`no such file`), or what the
  /// subject is or does, beginning with a verb (`is not a directory`). See `ErrorSentence`.
  package var problem: String
  /// What to do about it, as a clause; `nil` when there is nothing to advise.
  package var advice: String?
  /// The HTTP status; `nil` when there was no response.
  package var status: Int?
  /// The provider's id of the request, for their support; `nil` when not given.
  package var requestID: String?
  /// How many times the request was sent, this failure included; 0 when nothing was.
  package var attempts = 0
  /// How long the server asks to wait; `nil` when it did not say.
  package var retryAfter: Duration?
  /// The server's explicit word on retrying (`x-should-retry`); `nil` when it did not say.
  package var shouldRetry: Bool?
  /// The provider's own code for the error, such as `insufficient_quota`; `nil` without one.
  package var code: String?

  /// A failure about `subject`; the rest is filled in where it is known.
  package init(_ kind: Kind, _ subject: String, _ problem: String, advice: String? = nil, status: Int? = nil)
  {
    self.kind = kind
    self.subject = subject
    self.problem = problem
    self.advice = advice
    self.status = status
  }

  /// What went wrong and what to do about it, on one line.
  package var sentence: String { ErrorSentence.text(subject, problem, advice: advice) }

  /// What went wrong, without the advice: for a note while the program carries on.
  package var statement: String { ErrorSentence.text(subject, problem) }
}
