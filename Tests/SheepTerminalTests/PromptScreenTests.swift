import SheepTerminal
import Testing

@Suite("prompt's editor: layout and screen")
struct PromptScreenTests {
  private func layout(
    _ text: String, point: Int? = nil, width: Int = 20, prompt: String = "> "
  ) -> PromptLayout {
    PromptLayout(
      prompt: prompt, ink: .bold, text: text, point: point ?? text.utf8.count, width: width,
      label: { _ in nil })
  }

  private func lines(_ layout: PromptLayout) -> [String] {
    layout.rows.map { row in row.cells.map(\.text).joined() }
  }

  @Test("rows end where the terminal ends, wide characters whole")
  func rows() {
    let wrapped = layout(String(repeating: "가", count: 12), width: 9)
    #expect(lines(wrapped) == ["> 가가가", "가가가가", "가가가가", "가"])
    #expect(wrapped.rows.dropLast().allSatisfy { $0.isContinued })
    #expect(wrapped.cursor == (3, 2))
    #expect(lines(layout("a\n\n b")) == ["> a", "… ", "…  b"])
    #expect(layout("abc", point: 1).cursor == (0, 3))
    // A full row: the cursor has a row of its own.
    let full = layout(String(repeating: "x", count: 18))
    #expect(full.rows.count == 2 && full.cursor == (1, 0))
    #expect(layout(String(repeating: "x", count: 18), point: 0).rows.count == 1)
  }

  @Test(
    "what would act on the terminal shows as what it is",
    arguments: [
      ("\u{1b}[2J", "> ^[[2J"), ("\u{7}\r\u{7f}", "> ^G^M^?"), ("\u{9b}6n", "> <U+009B>6n"),
      ("\u{202e}x", "> <U+202E>x"), ("\u{200b}\u{feff}", "> <U+200B><U+FEFF>"), ("a\tb", "> a     b"),
    ])
  func controls(_ text: String, _ shown: String) {
    #expect(lines(layout(text, width: 40)) == [shown])
  }

  @Test("the cursor stands on the character before which it is, however that is shown")
  func cursor() {
    #expect(layout("\u{1b}x", point: 1, width: 40).cursor == (0, 4))
    #expect(layout("가나", point: 3, width: 40).cursor == (0, 4))
    #expect(layout("e\u{301}x", point: 3, width: 40).cursor == (0, 3))
    #expect(layout("a\nb", point: 1).cursor == (0, 3))
    #expect(layout("a\nb", point: 2).cursor == (1, 2))
    // The next character does not fit: that is where it will be.
    #expect(layout("xxxxx가", point: 5, width: 8).cursor == (1, 0))
  }

  /// Pieces of text that have given terminals trouble.
  private static let pieces = [
    "a", "b ", "\n", "가", "漢字", "e\u{301}", "👍🏽", "👨\u{200d}👩\u{200d}👧", "\u{1b}[31m", "\t", "\n\n  x",
    "한글 단어 ",
    "long-word-of-letters", "1\u{fe0f}\u{20e3}", "🇰🇷", "\u{202e}", "\u{301}",
  ]

  @Test("whatever is typed, deleted and moved over, the screen shows what a fresh drawing would")
  func differences() {
    var random = SeededGenerator(7)
    for round in 0..<400 {
      let width = Int.random(in: 8...30, using: &random)
      let height = Int.random(in: 2...9, using: &random)
      var terminal = VirtualTerminal(width: width, height: height)
      var screen = PromptScreen(hasColor: round % 2 == 0)
      screen.reset(width: width, height: height)
      var text: [Character] = []
      for _ in 0..<40 {
        switch Int.random(in: 0..<10, using: &random) {
        case 0...5:
          let piece = Self.pieces.randomElement(using: &random) ?? ""
          text.insert(contentsOf: piece, at: Int.random(in: 0...text.count, using: &random))
        case 6, 7:
          if let place = text.indices.randomElement(using: &random) { text.remove(at: place) }
        case 8: text.removeLast(Int.random(in: 0...text.count, using: &random))
        default: break
        }
        let place = Int.random(in: 0...text.count, using: &random)
        let point = String(text[..<place]).utf8.count
        let wanted = layout(String(text), point: point, width: width)
        terminal.write(screen.draw(wanted))
        check(terminal, wanted, height, "round \(round): \(String(text).debugDescription) at \(place)")
        if !terminal.violations.isEmpty { return }
      }
      let last = layout(String(text), width: width)
      terminal.write(screen.finish(last))
      // Nothing is missing, also of what had scrolled away, and nothing is there twice.
      let expected = Self.withoutEmptyEnd(lines(last).map(Self.trimmed))
      let all = Self.withoutEmptyEnd(terminal.scrolled + terminal.text)
      #expect(Array(all.suffix(expected.count)) == expected, "round \(round)")
    }
  }

  private static func withoutEmptyEnd(_ lines: [String]) -> [String] {
    var lines = lines
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  /// The terminal shows a window of the layout with the cursor in its place.
  private func check(_ terminal: VirtualTerminal, _ wanted: PromptLayout, _ height: Int, _ note: String) {
    #expect(terminal.violations == [], "\(note)")
    #expect(terminal.isCursorShown, "\(note)")
    let all = lines(wanted).map(Self.trimmed)
    let first = wanted.cursor.row - terminal.row
    guard first >= 0 || all.count <= height else {
      Issue.record("the cursor is in row \(terminal.row), \(note)")
      return
    }
    #expect(terminal.column == min(wanted.cursor.column, terminal.width - 1), "\(note)")
    let shown = terminal.rows.map { Self.trimmed($0.joined()) }
    // Above the prompt may stand what scrolled in before; below it nothing.
    for (place, line) in shown.enumerated() {
      let row = place + first
      if all.indices.contains(row) {
        #expect(line == all[row], "\(note), row \(place)")
      } else if row >= all.count {
        #expect(line.isEmpty, "\(note), row \(place)")
      }
    }
  }

  @Test("a narrower or wider terminal gets the prompt anew, and keeps nothing of the old one")
  func resize() {
    var screen = PromptScreen(hasColor: false)
    screen.reset(width: 20, height: 6)
    let text = "가나다라마바사아자차카타파하 and more"
    _ = screen.draw(layout(text, width: 20))
    // The terminal has wrapped the old rows by itself.
    var terminal = VirtualTerminal(width: 12, height: 6)
    terminal.write(Array("above\r\n> \(text)".utf8))
    terminal.write(screen.resize(layout(text, width: 12), width: 12, height: 6))
    terminal.write(screen.draw(layout(text + "!", width: 12)))
    #expect(terminal.text == ["above"] + lines(layout(text + "!", width: 12)).map(Self.trimmed))
    #expect(terminal.violations == [])
  }

  @Test("a list of possibilities is cut where it does not fit, and says how many are left")
  func candidates() {
    let table = CandidateTable(candidates: (0..<200).map { .init("model-\($0)", note: "note \($0)") })
    let (rows, next) = table.rows(page: 0, width: 30, height: 11)
    let shown = rows.map { $0.cells.map(\.text).joined() }
    #expect(
      shown.count == 11 && shown.first == "model-0    note 0" && shown.last == "… 190 more" && next == 1)
    let last = table.rows(page: 19, width: 30, height: 11)
    #expect(last.rows.count == 11 && last.next == 0)
    // Without notes in columns, down first, wide characters counted as two.
    let wide = CandidateTable(candidates: ["하나", "둘", "three", "four"].map { .init($0) })
    #expect(
      wide.rows(page: 0, width: 14, height: 9).rows.map { $0.cells.map(\.text).joined() } == [
        "하나   three", "둘     four ",
      ])
    #expect(wide.commonPrefix == "")
    #expect(CandidateTable(candidates: ["가격표", "가격"].map { .init($0) }).commonPrefix == "가격")
    // Nothing in a name acts on the terminal.
    let hostile = CandidateTable(candidates: [.init("a\u{1b}[2J"), .init("b", note: "\u{9b}")])
    #expect(
      hostile.rows(page: 0, width: 40, height: 9).rows.flatMap { $0.cells.map(\.text) }.joined()
        == "a^[[2J  b       <U+009B>")
  }
}
