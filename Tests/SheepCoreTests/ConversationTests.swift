import SheepCore
import Testing

/// What of a conversation is sent along.
@Suite("conversation")
struct ConversationTests {
  private static let state = ProviderState(dialect: "anthropic", value: ["signature": "x"])

  private static func parts(_ text: String, _ reason: FinishReason) -> [Message.Part]? {
    let conversation = Conversation([
      .question(Question(parts: [.text("Q")], time: 1)),
      .reply(Reply(model: "m", text: text, state: [state], finishReason: reason, time: 2)),
    ])
    return conversation.messages.last?.parts
  }

  @Test("an answer that was cut goes along as far as it came, without the provider's state")
  func cut() {
    #expect(Self.parts("Whole", .stop) == [.state(Self.state), .text("Whole")])
    #expect(Self.parts("Long", .length) == [.state(Self.state), .text("Long")])
    for reason: FinishReason in [.interrupted, .truncated, .error] {
      #expect(Self.parts("Half", reason) == [.text("Half")])
    }
  }

  @Test("an answer of blanks is none, and its question stays behind")
  func blank() {
    #expect(Self.parts(" \n\u{3000}", .stop) == nil)
    #expect(Self.parts("", .interrupted) == nil)
  }
}
