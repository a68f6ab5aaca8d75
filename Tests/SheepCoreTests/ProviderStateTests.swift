import SheepCore
import Testing

@Suite struct ProviderStateTests {
  @Test func `an answer keeps what the provider wants back, in its order and without its texts`() {
    var builder = AnswerBuilder(start: Instant(nanoseconds: 0), keepsText: false)
    let states = ["a", "b"].map { ProviderState(dialect: "d", value: ["signature": .string($0)]) }
    for state in states { builder.fold(.state(state), at: Instant(nanoseconds: 1)) }
    #expect(builder.build().providerState == states)
    #expect(!builder.build().hasBegun)
  }

  @Test func `it costs nothing in an estimate`() {
    let state = Message.Part.state(ProviderState(dialect: "d", value: ["a": "b"]))
    let with = TokenEstimate(of: [Message(role: .assistant, parts: [state, .text("hello")])])
    #expect(with == TokenEstimate(of: [Message(.assistant, "hello")]))
  }
}
