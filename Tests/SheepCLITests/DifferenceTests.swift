import SheepRun
import SheepTerminal
import SheepTesting
import Testing

@Suite("differences of answers")
struct DifferenceTests {
  private static func trial(_ old: String, _ new: String) -> ProgramTrial {
    ProgramTrial([JudgeTests.answer(old), JudgeTests.answer(new)])
  }

  private static let arguments = ["compare", "--seed", "1", "-m", "a,b", "--diff", "--no-answers", "x"]

  @Test("in a pipe the difference is plain, with its marks")
  func plain() {
    let trial = Self.trial("The sky is blue.", "The sky is grey.")
    trial.run(Self.arguments)
    #expect(trial.output.text.hasSuffix("\nThe sky is [-blue-]{+grey+}.\n"))
    #expect(!trial.output.text.contains("\u{1b}"))
    let same = Self.trial("The same.", "The same.")
    same.run(Self.arguments)
    #expect(same.output.text.contains("a → b: the same text"))
  }

  @Test("on a terminal lines fit its width, wide characters counted as two, and nothing steers it")
  func terminal() {
    let old = String(repeating: "가나다라 ", count: 60) + "\u{1b}[31mred"
    let trial = Self.trial(old, String(repeating: "가나마라 ", count: 60))
    trial.output.isTerminal = true
    trial.output.width = 40
    trial.variables["TERM"] = "xterm"
    trial.run(Self.arguments + ["--color", "never"])
    #expect(!trial.output.text.contains("\u{1b}"))
    for line in trial.output.text.split(separator: "\n") {
      #expect(TextWidth.of(line) <= 40, "\(line)")
    }
    let colours = Self.trial("The sky is blue.", "The sky is grey.")
    colours.output.isTerminal = true
    colours.variables["TERM"] = "xterm"
    colours.run(Self.arguments)
    #expect(colours.output.text.contains("grey") && !colours.output.text.contains("{+"))
    #expect(
      colours.output.text.contains("\u{1b}[9;31mblue") || colours.output.text.contains("\u{1b}[31;9mblue"))
  }
}
