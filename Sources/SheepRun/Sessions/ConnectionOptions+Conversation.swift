package import SheepCore
package import SheepOptions

extension ConnectionOptions {
  /// Takes the model over that a conversation was held with, where the user names no other.
  package mutating func follow(_ conversation: Conversation) {
    guard model == nil, task == nil, let name = conversation.model else { return }
    // Another gateway than the conversation's was asked for: its models are its own.
    let isElsewhere = profile != nil && profile != conversation.profile
    if isElsewhere, conversation.profile != nil { return }
    model = ModelTarget(model: name, profile: demo || baseURL != nil ? nil : conversation.profile)
  }
}
