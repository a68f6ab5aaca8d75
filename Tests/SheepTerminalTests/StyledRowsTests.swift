import SheepTerminal
import Testing

@Suite("styled rows")
struct StyledRowsTests {
  private func rows(_ text: String, _ width: Int) -> [StyledRows.Row] {
    StyledRows.of(Array(text.utf8), width: width)
  }

  @Test("control sequences take no columns, and wide characters take two")
  func widths() {
    #expect(rows("\u{1b}[1mab\u{1b}[0mc\n한국 a\n", 20).map(\.width) == [3, 6])
    #expect(rows("", 20).isEmpty && rows("\n", 20).map(\.width) == [0])
  }

  @Test("a long line is cut into rows and nothing of it is lost", arguments: [2, 3, 7, 10])
  func cutting(width: Int) {
    let line = "return sum(값들) / 👩‍💻 len(values)  # 평균"
    let found = rows(line + "\n", width)
    #expect(found.map(\.text).joined() == line)
    #expect(found.allSatisfy { $0.width <= width && TextWidth.of($0.text) == $0.width })
  }

  @Test("a look that goes on is ended and begun again in each row")
  func looks() {
    #expect(
      rows("\u{1b}[1mabcd\nef\u{1b}[0mgh", 3).map(\.text) == [
        "\u{1b}[1mabc\u{1b}[0m", "\u{1b}[1md\u{1b}[0m", "\u{1b}[1mef\u{1b}[0mg", "h",
      ])
  }
}
