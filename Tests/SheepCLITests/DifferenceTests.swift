import SheepCLI
import SheepClient
import SheepTerminal
import SheepTesting
import Testing

@Suite("differences of answers")
struct DifferenceTests {
  /// A difference in git's marks.
  private static func marked(_ old: String, _ new: String) -> String {
    TextDifference(from: old, to: new).pieces.map { piece in
      switch piece.change {
      case .kept: piece.text
      case .removed: "[-\(piece.text)-]"
      case .added: "{+\(piece.text)+}"
      }
    }.joined()
  }

  @Test(
    "words are compared, characters where no blanks stand between words",
    arguments: [
      ("a b c", "a x c", "a [-b-]{+x+} c"), ("same", "same", "same"), ("", "", ""),
      ("", "new", "{+new+}"), ("old", "", "[-old-]"), ("one two", "one", "one[- two-]"),
      ("東京は雨です", "東京は晴れです", "東京は[-雨-]{+晴れ+}です"),
      ("서울은 춥다", "서울은 덥다", "서울은 [-춥다-]{+덥다+}"),
      ("a b c d", "a x y d", "a [-b c-]{+x y+} d"), ("l1\nl2\n", "l1\nl3\nl2\n", "l1\n{+l3\n+}l2\n"),
    ])
  func words(old: String, new: String, marks: String) {
    #expect(Self.marked(old, new) == marks)
  }

  @Test("what is kept and removed is the old text, what is kept and added the new one")
  func faithful() {
    var random = RoundShuffler(seed: 3)
    let words = ["a", "bb ", "서울", " ", "\n", "。", "東", "\r\n", "👩‍👩‍👧"]
    for _ in 0..<300 {
      func text() -> String {
        (0..<random.next(below: 40)).map { _ in words[random.next(below: words.count)] }.joined()
      }
      let (old, new) = (text(), text())
      let pieces = TextDifference(from: old, to: new).pieces
      #expect(pieces.filter { $0.change != .added }.map(\.text).joined() == old)
      #expect(pieces.filter { $0.change != .removed }.map(\.text).joined() == new)
    }
  }

  @Test("long and wholly different texts take bounded work, and are compared by lines or not at all")
  func bounded() {
    func text(_ word: String) -> String {
      (0..<20_000).map { "\(word)\($0)\($0 % 10 == 9 ? "\n" : " ")" }.joined()
    }
    let different = TextDifference(from: text("a"), to: text("b"))
    #expect(different.isByLine && different.similarity == 0)
    let alike = TextDifference(from: text("a"), to: text("a") + "end")
    #expect(!alike.isByLine && alike.similarity > 0.99)
  }

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
