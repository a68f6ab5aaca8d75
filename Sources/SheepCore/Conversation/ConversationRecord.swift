/// One thing that happened in a conversation. A conversation is the sum of its records, and a
/// session's file holds one a line, so that nothing that happened can be lost by a later mistake.
package enum ConversationRecord: Equatable, Sendable {
  /// The system prompt from here on; `nil`: none.
  case system(String?)
  /// The model and the profile that are asked from here on.
  case model(String, profile: String?)
  /// A question is about to be sent.
  case question(Question)
  /// A piece of the reply in flight, written so that a killed program loses no more than the
  /// token in flight; the `reply` that follows holds all of it again.
  case piece(text: String, reasoning: String)
  /// The reply to the last question: another branch where there is one already.
  case reply(Reply)
  /// More of the last reply is being asked for: the pieces that follow are added to the chosen
  /// reply if their end is never recorded, instead of becoming a branch of their own.
  case continuing
  /// More of the last reply: its text follows the chosen reply's.
  case continuation(Reply)
  /// The last `count` exchanges are taken back; 1 or more.
  case undo(count: Int)
  /// Another of the last exchange's replies counts; a number of `Exchange.replies`.
  case choose(Int)
  /// The conversation begins anew; what was spent stays spent.
  case clear
}
