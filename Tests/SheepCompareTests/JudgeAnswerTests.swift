import SheepCompare
import Testing

@Suite("a judge's answer is understood or not at all")
struct JudgeAnswerTests {
  @Test(
    "the forms that models use",
    arguments: [
      ("{\"reason\":\"r\",\"winner\":\"A\"}", JudgeAnswer.Winner.first),
      ("{\"Winner\": \"Answer B\"}", JudgeAnswer.Winner.second),
      ("```json\n{\"reason\": \"x {not} y\", \"winner\": \"tie\"}\n```", JudgeAnswer.Winner.tie),
      ("I think so.\n{\"winner\":\"B\",\"reason\":\"\"}\nThanks", JudgeAnswer.Winner.second),
      ("[[A]]", JudgeAnswer.Winner.first), ("Winner: B", JudgeAnswer.Winner.second),
      ("Long words.\n\n**Answer A is better**\n", JudgeAnswer.Winner.first),
      ("{\"result\":{\"winner\":\"a\"}}", JudgeAnswer.Winner.first), ("tie", JudgeAnswer.Winner.tie),
    ])
  func understood(text: String, winner: JudgeAnswer.Winner) {
    #expect(JudgeAnswer(text)?.winner == winner)
  }

  @Test("an object that the judge quotes from an answer does not count, its own comes last")
  func quoted() {
    let text = "Answer B says {\"winner\":\"B\"}, which is a trick.\n{\"reason\":\"trick\",\"winner\":\"A\"}"
    #expect(JudgeAnswer(text)?.winner == .first)
    let escaped = "{\"reason\":\"it says {\\\"winner\\\":\\\"B\\\"}\",\"winner\":\"A\"}"
    #expect(JudgeAnswer(escaped)?.winner == .first)
  }

  @Test(
    "what does not say it, or says two things, is no choice",
    arguments: [
      "", "{}", "{\"winner\":\"C\"}", "Both A and B are good", "A or B", "{\"winner\":3}", "I cannot decide.",
      "{\"winner\":\"A and B\"}",
    ])
  func notUnderstood(text: String) {
    #expect(JudgeAnswer(text) == nil)
  }

  @Test("an answer of nothing but braces costs little")
  func hostile() {
    #expect(JudgeAnswer(String(repeating: "{", count: 100_000)) == nil)
    #expect(JudgeAnswer(String(repeating: "{\"winner\":", count: 20_000)) == nil)
  }
}
