/// Where a conversation lives: in memory, or in a session's file that follows it.
package protocol ConversationLog: AnyObject {
  /// The session's name; `nil` for a conversation that is not kept.
  var name: String? { get }

  /// The conversation as it stands.
  var conversation: Conversation { get }

  /// Takes a record in. When this returns it is on the disk, except for a `piece`, which is in
  /// the hands of the system: enough to survive the program's death, not the machine's.
  ///
  /// The record counts in memory also when it cannot be written.
  func append(_ record: ConversationRecord) throws(Failure)
}

/// A conversation that is forgotten with the process: `--no-log`, and tests.
package final class UnsavedConversation: ConversationLog {
  package let name: String? = nil
  package private(set) var conversation: Conversation

  /// Begins with a conversation, by default an empty one.
  package init(_ conversation: Conversation = Conversation()) {
    self.conversation = conversation
  }

  package func append(_ record: ConversationRecord) throws(Failure) { conversation.apply(record) }
}
