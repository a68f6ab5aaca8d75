import SheepRun
import SheepTerminal
import SheepTesting
import Testing

@Suite("program: answers of a comparison on a terminal")
struct ProgramCompareAnswersTests {
  /// The lines of standard output, on a terminal of so many columns.
  private static func lines(_ targets: String, width: Int, answer: String, styled: Bool) -> [String] {
    let trial = ProgramTrial()
    trial.loop.lastScript = .stream([
      ChatStream.role, ChatStream.text(answer), ChatStream.finish(),
      ChatStream.usage(prompt: 9, completion: 20), ChatStream.done,
    ])
    trial.output.isTerminal = true
    trial.output.width = width
    trial.variables["TERM"] = styled ? "xterm-256color" : "dumb"
    trial.run("compare", "-q", "-m", targets, "x")
    return trial.output.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func plain(_ line: String) -> String {
    var text = ""
    var isSequence = false
    for character in line {
      if character == "\u{1b}" { isSequence = true } else if !isSequence { text.append(character) }
      if isSequence, character.isLetter { isSequence = false }
    }
    return text
  }

  private static let code = """
    **두 가지** 방법이 있습니다.

    ```python
    def mean(values): return sum(values) / len(values)  # 평균을 구합니다
    ```

    끝입니다.
    """

  @Test(
    "columns stay in line with code, Korean and looks in them, and nothing comes twice",
    arguments: [(80, 2), (120, 3), (200, 5)], [true, false])
  func columns(size: (width: Int, count: Int), styled: Bool) {
    let names = Array(["a", "b", "c", "d", "e"].prefix(size.count)).joined(separator: ",")
    let lines = Self.lines(names, width: size.width, answer: Self.code, styled: styled).map(Self.plain)
    let rows = lines.filter { $0.contains(" │ ") }
    #expect(rows.count > 5)
    // The dividers stand below each other.
    let places = rows.map { row in
      var column = 0
      return row.compactMap { character -> Int? in
        defer { column += TextWidth.of(character) }
        return character == "│" ? column : nil
      }
    }
    #expect(Set(places).count == 1 && places.first?.count == size.count - 1, "\(places)")
    for line in lines { #expect(TextWidth.of(line) <= size.width, "\(line)") }
    let ends = rows.filter { $0.contains("끝입니다.") }
    #expect(ends.count == 1)
    let joined = rows.map { $0.prefix { $0 != "│" }.filter { $0 != " " } }.joined()
    #expect(joined.contains("returnsum(values)/len(values)#평균을구합니다"), "code is whole: \(joined)")
  }

  @Test("where not all fit beside each other they come in even groups")
  func groups() {
    let lines = Self.lines("a,b,c,d,e", width: 160, answer: "text", styled: false)
    let headings = lines.filter { $0.contains("│") && !$0.contains("text") }
    #expect(headings.map { $0.count { $0 == "│" } } == [2, 1], "\(headings)")
    let narrow = Self.lines("a,b", width: 70, answer: "text", styled: false)
    #expect(!narrow.contains { $0.contains("│") })
  }
}
