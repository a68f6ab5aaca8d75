import SheepCompare
import Testing

@Suite("differences of texts")
struct TextDifferenceTests {
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
}
