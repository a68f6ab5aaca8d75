/// What came back of one call: the answer, or as much of it as arrived.
package struct Answer: Sendable, Equatable {
  /// The provider's id of the answer; `nil` when not given.
  package var id: String?
  /// The model that says it answered; `nil` when not said. May differ from the one asked for.
  package var servedModel: String?
  /// The visible text; `nil` when the caller asked not to keep it.
  package var text: String?
  /// The model's reasoning; empty when none was shown, `nil` when not kept.
  package var reasoning: String?
  /// The model's words of refusal; empty without one.
  package var refusal = ""
  package var toolCalls: [ToolCall] = []
  /// What the provider wants back when the conversation goes on, in the order it came.
  package var providerState: [ProviderState] = []
  /// Whether the dialect's end marker arrived.
  package var isComplete = false
  /// Why it ended; `nil` only while it has not.
  package var finishReason: FinishReason?
  /// The provider's own word for that; `nil` when it gave none.
  package var rawFinishReason: String?
  /// The tokens; `nil` when unknown.
  package var usage: Usage?
  /// Tokens of the visible text, estimated from it; what `usage` falls back on.
  package var estimatedOutput = 0
  /// Tokens of the reasoning that was shown, estimated from it.
  package var estimatedReasoning = 0
  /// What the provider says the call costs; `nil` when it says nothing.
  package var reportedCost: Money?
  /// The instants of the attempt that answered (of the last one, when none did).
  package var timing: Timing
  /// Whether any reasoning was streamed, so that reasoning tokens were not hidden.
  package var streamedReasoning = false
  /// Times the request was sent, this answer's included.
  package var attempts = 0
  package var retries: [Retry] = []
  /// The provider's id of the request, for their support; `nil` when not given.
  package var requestID: String?
  /// What the user should know and changes nothing.
  package var notices: [String] = []

  /// One attempt that failed and was repeated.
  package struct Retry: Sendable, Equatable {
    package var model: String
    /// The profile's name; `nil` for an address without one.
    package var profile: String?
    package var kind: Failure.Kind
    /// The HTTP status; `nil` when there was no response.
    package var status: Int?
    /// How long the next attempt was held back.
    package var waited: Duration

    /// A failed attempt.
    package init(model: String, profile: String?, kind: Failure.Kind, status: Int?, waited: Duration) {
      self.model = model
      self.profile = profile
      self.kind = kind
      self.status = status
      self.waited = waited
    }
  }

  /// An answer of which nothing has arrived yet.
  package init(timing: Timing) {
    self.timing = timing
  }

  /// Whether anything visible or thought has arrived: from then on nothing may be repeated.
  package var hasBegun: Bool { timing.firstDelta != nil }
}
