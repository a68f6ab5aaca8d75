import SheepCore
import Testing

@Suite("provider state")
struct ProviderStateTests {
  @Test("an answer keeps what the provider wants back, in its order and without its texts")
  func answerKeeps() {
    var builder = AnswerBuilder(start: Instant(nanoseconds: 0), keepsText: false)
    let states = ["a", "b"].map { ProviderState(dialect: "d", value: ["signature": .string($0)]) }
    for state in states { builder.fold(.state(state), at: Instant(nanoseconds: 1)) }
    #expect(builder.build().providerState == states)
    #expect(!builder.build().hasBegun)
  }

  @Test("it costs nothing in an estimate")
  func estimate() {
    let state = Message.Part.state(ProviderState(dialect: "d", value: ["a": "b"]))
    let with = TokenEstimate(of: [Message(role: .assistant, parts: [state, .text("hello")])])
    #expect(with == TokenEstimate(of: [Message(.assistant, "hello")]))
  }
}
