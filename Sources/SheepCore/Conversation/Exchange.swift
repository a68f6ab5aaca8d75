/// What a person asked in a conversation.
package struct Question: Equatable, Sendable {
  /// The text as it was typed, file texts included; images as further parts.
  package var parts: [Message.Part]
  /// The names of the files that went along, as the user gave them; for showing only.
  package var files: [String]
  /// When it was asked, in seconds since 1970.
  package var time: Int

  /// A question asked at `time`.
  package init(parts: [Message.Part], files: [String] = [], time: Int) {
    self.parts = parts
    self.files = files
    self.time = time
  }

  /// The texts of all parts, joined by empty lines.
  package var text: String {
    parts.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n\n")
  }
}

/// What a model answered, or as much of it as came.
package struct Reply: Equatable, Sendable {
  /// The model that was asked, and the profile; `nil` for an address without one.
  package var model: String
  package var profile: String?
  /// The model that says it answered; `nil` when not said.
  package var servedModel: String?
  package var text: String
  /// The model's reasoning that was shown; empty without any.
  package var reasoning: String
  /// What the provider wants back with the next turn.
  package var state: [ProviderState]
  /// Why it ended; `interrupted` and `truncated` can be continued.
  package var finishReason: FinishReason
  /// The tokens; `nil` when unknown.
  package var usage: Usage?
  /// What it cost; `nil` when unknown.
  package var cost: Money?
  /// When it ended, in seconds since 1970.
  package var time: Int

  /// A reply of `text` by `model`.
  package init(
    model: String, profile: String? = nil, servedModel: String? = nil, text: String, reasoning: String = "",
    state: [ProviderState] = [], finishReason: FinishReason = .stop, usage: Usage? = nil, cost: Money? = nil,
    time: Int
  ) {
    self.model = model
    self.profile = profile
    self.servedModel = servedModel
    self.text = text
    self.reasoning = reasoning
    self.state = state
    self.finishReason = finishReason
    self.usage = usage
    self.cost = cost
    self.time = time
  }

  /// Whether there is more in it than blanks, of which some providers take no answer.
  package var hasWords: Bool { text.unicodeScalars.contains { !$0.properties.isWhitespace } }

  /// Whether it has no end of its own: it was stopped, or the connection or the provider failed.
  package var isBrokenOff: Bool {
    switch finishReason {
    case .interrupted, .truncated, .error: true
    default: false
    }
  }

  /// Whether more of it can be asked for: it was stopped, cut, or ended at a length limit.
  package var canContinue: Bool {
    switch finishReason {
    case .interrupted, .truncated, .length, .error, .paused: true
    default: false
    }
  }
}

/// A question and the answers to it: one, none yet, or several where the question was put again.
package struct Exchange: Equatable, Sendable {
  package var question: Question
  /// In the order they came. The earlier ones are branches that `retry` left behind.
  package var replies: [Reply]
  /// The number of the reply that the conversation goes on from; meaningless without replies.
  package var chosen: Int

  /// A question that nobody has answered yet.
  package init(_ question: Question) {
    self.question = question
    replies = []
    chosen = 0
  }

  /// The reply that counts; `nil` while there is none.
  package var reply: Reply? { replies.indices.contains(chosen) ? replies[chosen] : nil }
}
