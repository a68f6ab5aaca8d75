/// Where servers of one dialect differ, as data.
package struct Quirks: Sendable, Equatable {
  /// The name of the field that limits the answer's tokens.
  package var maxTokensField = "max_tokens"
  /// Whether `stream_options` may be sent.
  package var sendsStreamOptions = true
  /// Whether embeddings may be asked for as base64.
  package var sendsEncodingFormat = true
  /// Where a server of the Gemini dialect takes requests.
  package var geminiEndpoint = GeminiEndpoint.google
  /// How Claude models are told to think; `nil`: as the model's name says.
  package var thinking: ThinkingForm?
  /// The role of the system prompt's message: `system` or `developer`.
  package var systemRole = "system"
  /// How the wished effort of reasoning is said.
  package var reasoning = ReasoningStyle.effort
  /// The name of the field for the seed.
  package var seedField = "seed"
  /// The header that carries the key, without anything before it; `nil`: the dialect's own.
  package var keyHeader: String?
  /// Whether a call without a key is refused before it is sent.
  package var needsKey = true

  /// The ways to say how much a model should reason.
  package enum ReasoningStyle: String, Sendable, CaseIterable {
    /// `"reasoning_effort": "high"`
    case effort
    /// `"reasoning": {"effort": "high"}`
    case object
  }

  /// What most compatible servers understand.
  package init() {}
}

/// Where a server of the Gemini dialect takes requests.
package enum GeminiEndpoint: Sendable, Equatable {
  /// `models/MODEL:generateContent` and `:streamGenerateContent`, as Google has them.
  case google
  /// `models/MODEL/generate`, one address for both, with a bearer token: the HolySheep gateway.
  case generate
}

/// The ways in which Claude models are told how much to think.
package enum ThinkingForm: Sendable, Equatable {
  /// `thinking: {type: adaptive}` with a word in `output_config.effort`.
  case adaptive
  /// `thinking: {type: enabled, budget_tokens}`.
  case budget
}
