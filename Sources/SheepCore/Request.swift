/// What is wanted of a model, in no provider's words.
///
/// Holds no URL, key or wire format. What is unset is left to the provider: no number here is
/// ever guessed.
package struct Request: Equatable, Sendable {
  /// The model's id as the provider knows it.
  package var model: String
  package var messages: [Message]
  /// Whether tokens are asked for as they are made. On the wire almost always true, so that
  /// silence can be told from work; false only by the user's wish.
  package var streams = true
  /// The user's number, as typed; `nil`: the provider's default.
  package var temperature: JSONNumber?
  package var topP: JSONNumber?
  /// The most tokens to generate, reasoning included; 1 or more.
  package var maxTokens: Int?
  /// The most tokens the model can generate; `nil` when not known. Never sent by itself: it is
  /// what a dialect that demands a limit says when `maxTokens` is unset.
  package var modelLimit: Int?
  /// Up to four texts that end the answer.
  package var stop: [String] = []
  package var seed: Int64?
  /// `none`, `minimal`, `low`, `medium`, `high` or what the model knows; sent as given.
  package var reasoningEffort: String?
  /// The JSON schema that the answer must follow; `nil` for free text.
  package var schema: JSON?
  /// The functions that the model may ask to have called; empty: none.
  package var tools: [Tool] = []
  /// Whether it may or must ask for one; `nil`: as the provider likes. Not without `tools`.
  package var toolChoice: ToolChoice?
  /// Body fields given by the user, merged over everything else, in their order. The name may
  /// have dots for nested fields.
  package var extraFields: [JSONObject.Member] = []

  /// A request for one answer to these messages.
  package init(model: String, messages: [Message]) {
    self.model = model
    self.messages = messages
  }
}
