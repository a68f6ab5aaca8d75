import SheepTerminal
import Testing

@Suite("renderer")
struct RendererTests {
  private func bytes(_ renderer: some Renderer, _ pieces: [[UInt8]]) -> [UInt8] {
    var renderer = renderer
    var output: [UInt8] = []
    for piece in pieces { renderer.write(piece, to: &output) }
    renderer.finish(to: &output)
    return output
  }

  private func screen(
    _ pieces: [[UInt8]], width: Int = 60, isStyled: Bool = true, canRedraw: Bool = true
  ) -> Screen {
    let renderer = MarkdownRenderer(width: width, isStyled: isStyled, canRedraw: canRedraw)
    var screen = Screen()
    screen.write(bytes(renderer, pieces))
    return screen
  }

  private func shown(_ text: String, width: Int = 60, isStyled: Bool = true) -> String {
    screen([Array(text.utf8)], width: width, isStyled: isStyled).text
  }

  // MARK: Whole answers

  @Test("an answer looks as recorded", arguments: ["english", "korean"], [40, 80])
  func golden(_ name: String, _ width: Int) {
    let source = goldenBytes("\(name).md")
    let renderer = MarkdownRenderer(width: width, isStyled: true, canRedraw: true)
    let output = bytes(renderer, [source])
    let visible = String(decoding: output, as: UTF8.self)
      .split(separator: "\u{1b}", omittingEmptySubsequences: false).joined(separator: "␛")
    expectGolden(visible, "\(name)-\(width).txt")
    expectGolden(screen([source], width: width, isStyled: false).text, "\(name)-\(width)-unstyled.txt")
  }

  @Test("an answer looks the same however its bytes arrive", arguments: ["english", "korean"], [40, 80])
  func arrival(_ name: String, _ width: Int) {
    let source = goldenBytes("\(name).md")
    let whole = screen([source], width: width)
    #expect(whole.violations.isEmpty)
    #expect(whole.look == "")
    #expect(screen(source.map { [$0] }, width: width) == whole)
    var generator = SeededGenerator(7)
    for longest in [3, 9, 40] {
      let pieces = randomPieces(source, longest: longest, using: &generator)
      #expect(screen(pieces, width: width) == whole)
      #expect(screen(pieces, width: width, canRedraw: false) == whole)
    }
  }

  @Test("without redrawing the bytes written are the same however the answer arrives")
  func arrivalWithoutRedrawing() {
    let source = goldenBytes("english.md")
    let renderer = MarkdownRenderer(width: 50, isStyled: false, canRedraw: false)
    #expect(bytes(renderer, source.map { [$0] }) == bytes(renderer, [source]))
  }

  // MARK: Another width in mid-answer

  @Test("text after a resize is laid out in the new width")
  func resize() {
    let words = Array((String(repeating: "word ", count: 40) + "\n\n**end** of it\n").utf8)
    for (before, after) in [(60, 30), (30, 60)] {
      var renderer = MarkdownRenderer(width: before, isStyled: false, canRedraw: true)
      var output: [UInt8] = []
      for byte in words[..<73] { renderer.write([byte], to: &output) }
      renderer.resize(to: after)
      for byte in words[73...] { renderer.write([byte], to: &output) }
      renderer.finish(to: &output)
      var screen = Screen()
      screen.write(output)
      let rows = screen.text.split(separator: "\n").map { $0.unicodeScalars.count }
      #expect(screen.violations.isEmpty)
      #expect(
        screen.text.split { $0 == " " || $0 == "\n" }.filter { $0 == "word" }.count == 40, "no word is lost")
      #expect(rows.dropFirst(3).allSatisfy { $0 <= after }, "\(rows)")
      #expect(rows.dropFirst(3).dropLast(2).contains { $0 > after - 5 }, "\(rows)")
      #expect(screen.text.contains("**end** of it"))
    }
  }

  @Test("the open row is shown again below what a shell wrote meanwhile")
  func resume() {
    var renderer = MarkdownRenderer(width: 30, isStyled: true, canRedraw: true)
    var output: [UInt8] = []
    renderer.write(Array("A finished row of thirty cols and **bold wor".utf8), to: &output)
    var screen = Screen()
    screen.write(output + Array("\n$ fg\n".utf8))
    output = []
    renderer.showRowAgain(to: &output)
    renderer.write(Array("ds** end\n".utf8), to: &output)
    renderer.finish(to: &output)
    screen.write(output)
    #expect(screen.look == "")
    #expect(
      screen.text == "A finished row of thirty cols\nand bold wor\n$ fg\nand bold words end\n",
      "\(screen.text)")
  }

  // MARK: Any input

  private static let fragments = [
    "*", "**", "***", "_", "`", "``", "~~", "[", "](", ")", "!", "\\", "#", "## ", "> ", "- ", "+ ", "1. ",
    "12) ",
    "```", "```swift\n", "~~~", "---", "|", "| a | b |\n|---|--:|\n", "|:-:|\n", "\n", "\n\n", "    ", "  ",
    "\t", "word",
    "다람쥐", "漢字", "。", "「", "」", "👩‍💻", "e\u{301}", "a_b", "let x = \"s\" // c", "\u{1b}[31m", "\r\n",
    "\u{202e}",
    "[x](https://a.b/c) ", "- [ ] ", "<br>", "supercalifragilisticexpialidocious", " ", " ", " ", "한 ", "❤️",
    "🇰🇷",
  ]

  @Test("random Markdown gives one screen however it is cut", arguments: 1...100)
  func randomInput(_ seed: Int) {
    var generator = SeededGenerator(UInt64(seed))
    let text = (0..<60).compactMap { _ in Self.fragments.randomElement(using: &generator) }.joined()
    let source = Array(text.utf8)
    let width = [8, 13, 20, 33, 80].randomElement(using: &generator) ?? 20
    let whole = screen([source], width: width)
    #expect(whole.violations.isEmpty, "\(text.debugDescription)")
    #expect(whole.look == "", "\(text.debugDescription)")
    for longest in [1, 4, 15] {
      let pieces = randomPieces(source, longest: longest, using: &generator)
      let parts = screen(pieces, width: width)
      let isSame = parts == whole
      #expect(isSame, "width \(width): \(text.debugDescription)\n\(parts.text)\n---\n\(whole.text)")
    }
  }

  @Test("no word of a random text is lost or moved", arguments: 1...60)
  func words(_ seed: Int) {
    var generator = SeededGenerator(UInt64(seed) + 1000)
    let text = (0..<80).compactMap { _ in Self.fragments.randomElement(using: &generator) }.joined()
    // Letters of the source in their order, in the rendered text the same: markup
    // holds none but a fence's `swift`, which is shown too, and `br`, which is not.
    func letters(_ text: String) -> [Unicode.Scalar] {
      text.unicodeScalars.filter { $0.properties.isAlphabetic && $0.value != 0x3001 }
    }
    let source = text.split(separator: "<br>", omittingEmptySubsequences: false).joined()
      .split(separator: "[x](https://a.b/c) ", omittingEmptySubsequences: false).joined(separator: "link ")
      .split(separator: "\u{1b}[31m", omittingEmptySubsequences: false).joined()
    let rendered = screen([Array(source.utf8)], width: 4000)
    #expect(letters(rendered.text) == letters(source), "\(source.debugDescription)\n\(rendered.text)")
  }

  @Test("no row of text is wider than the screen", arguments: [10, 20, 45])
  func rowWidth(_ width: Int) {
    let text = String(repeating: "word 다람쥐 漢字、「語」 👩‍💻 **bold** supercalifragilistic ", count: 20)
    #expect(screen([Array(text.utf8)], width: width).widestRow <= width)
  }

  @Test(
    "thousands of repeated marks come to an end and keep their text",
    arguments: [
      "[a](", "*a ", "**a", "`a``b```c", "| a ", ">", " ", "- ", "\u{1b}]", "_a[b*c`d~~", "```\n/*",
      "|a|\n|-|\n", "#", "1",
    ])
  func repeatedMarks(_ unit: String) {
    let source = Array(String(repeating: unit, count: 5000).utf8)
    let result = screen([source], width: 80)
    #expect(result.violations.isEmpty)
    #expect(result == screen([Array(source[..<4001]), Array(source[4001...])], width: 80))
  }

  // MARK: Streaming

  /// What the screen shows after these pieces, without the end.
  private func soFar(_ pieces: [String], width: Int = 20) -> Screen {
    var renderer = MarkdownRenderer(width: width, isStyled: true, canRedraw: true)
    var output: [UInt8] = []
    for piece in pieces { renderer.write(Array(piece.utf8), to: &output) }
    var screen = Screen()
    screen.write(output)
    return screen
  }

  @Test(
    "text shows as soon as it arrives",
    arguments: [
      (["Hel"], "Hel"), (["안"], "안"), (["Hello, wor"], "Hello, wor"), (["**Bo"], "Bo"), (["a `co"], "a co"),
      (["- it"], "• it"), (["# Ti"], "Ti"), (["```py\nx = 1\nimp"], "  py\n  x = 1\n  imp"),
      (["1. on"], "1. on"),
    ])
  func immediate(_ pieces: [String], _ expected: String) {
    #expect(soFar(pieces).text == expected)
    #expect(soFar(pieces).look == "")
  }

  @Test("a mark that is never closed is drawn as the text that it is")
  func unclosedMark() {
    #expect(soFar(["use **kw"]).text == "use kw")
    #expect(soFar(["use **kw", "args\n"]).text == "use **kwargs\n")
  }

  @Test("a word that outgrows its row moves to the next one")
  func growingWord() {
    #expect(soFar(["twelve chars ", "gro"]).text == "twelve chars gro")
    #expect(soFar(["twelve chars ", "gro", "wing"]).text == "twelve chars growing")
    #expect(soFar(["twelve chars ", "gro", "wing", "er"]).text == "twelve chars\ngrowinger")
  }

  @Test("plain words are written once and never redrawn")
  func writtenOnce() {
    var renderer = MarkdownRenderer(width: 80, isStyled: true, canRedraw: true)
    var output: [UInt8] = []
    for piece in ["The", " quick", " **bro", "wn** fo", "x ju", "mps.\n", "- so", "on\n"] {
      renderer.write(Array(piece.utf8), to: &output)
    }
    renderer.finish(to: &output)
    let text = String(decoding: output, as: UTF8.self)
    #expect(!text.contains("\u{1b}[K") && !text.contains("\r"))
  }

  // MARK: Markup

  @Test(
    "each kind of Markdown has its layout",
    arguments: [
      ("a **b** *c* ~~d~~ `e` __f__ _g_", "a b c d e f g\n"),
      ("2 * 3 * 4 and 2*3*4", "2 * 3 * 4 and 2*3*4\n"),
      ("snake_case_name", "snake_case_name\n"), ("**\"인용\"**은", "\"인용\"은\n"), ("***x***", "x\n"),
      ("**a `b` *c* d** e", "a b c d e\n"), ("`` a`b ``", "a`b\n"), ("`open", "`open\n"),
      ("[1] and [x]", "[1] and [x]\n"),
      ("[t](u)", "t (u)\n"), ("[u](u)", "u\n"), ("![pic](p.png)", "pic (p.png)\n"),
      ("[t](u \"title\")", "t (u)\n"),
      ("[t](a(b)c)", "t (a(b)c)\n"), ("[t](not a link)", "[t](not a link)\n"), ("\\*a\\*", "*a*\n"),
      ("\\(x\\)", "\\(x\\)\n"), ("Wow!", "Wow!\n"), ("~5 min", "~5 min\n"), ("**unclosed", "**unclosed\n"),
      ("**a\nb**", "**a\nb**\n"), ("- - x", "• - x\n"), ("***", String(repeating: "─", count: 60) + "\n"),
      ("#no", "#no\n"),
      ("# Yes #1", "Yes #1\n"), ("1.5 is", "1.5 is\n"), ("```not``` code", "not code\n"),
      ("-5 degrees", "-5 degrees\n"),
      ("\n\n\na\n\n\n\nb\n\n", "a\n\nb\n"), ("> > deep", "│ │ deep\n"), ("| not a table", "| not a table\n"),
      ("a\r\nb", "a\nb\n"), ("", ""), ("4", "4\n"), ("-", "•\n"), ("=====", "=====\n"),
      ("- a\n  - b\n    - c\n- d", "• a\n  ◦ b\n    ▪ c\n• d\n"),
      ("1. a\n   - b\n2. c", "1. a\n   • b\n2. c\n"),
      ("- a\n\n  more\n\nafter", "• a\n\n  more\n\nafter\n"), ("- [x] done\n- [ ] open", "☑ done\n☐ open\n"),
      ("> ```sh\n> ls\n> ```\n> end", "│   sh\n│   ls\n│ end\n"), ("> ```\n> a\nout", "│   a\nout\n"),
      ("```\na\n\n  b\n```\nc", "  a\n\n    b\nc\n"), ("````\n```\n````", "  ```\n"),
      ("```\nopen", "  open\n"),
      ("- a\n  ```\n  x\n  ```", "• a\n    x\n"), ("|a|b|\n|-|-|\n|1|2|3|", "a │ b\n──┼──────\n1 │ 2 | 3\n"),
      ("| a\\|b | c |\n|-|-|", "a|b │ c\n────┼──\n"), ("|a|\n|b|", "|a|\n|b|\n"),
      ("|a|b|\n|-|-|\n|x<br>y|z|", "a │ b\n──┼──\nx │ z\ny │\n"),
    ])
  func markup(_ source: String, _ expected: String) {
    #expect(shown(source) == expected)
  }

  @Test("without styles the marks stay")
  func withoutStyles() {
    let source = "# Title\n**bold** and `code`\n```swift\nlet x = 1\n```"
    #expect(shown(source, isStyled: false) == "# Title\n**bold** and `code`\n```swift\n  let x = 1\n```\n")
  }

  @Test("no row begins with closing punctuation")
  func punctuation() {
    #expect(shown("漢字漢字漢字漢、漢字「語」", width: 14) == "漢字漢字漢字\n漢、漢字「語」\n")
    #expect(shown("안녕하세요 여러분 반갑습니다", width: 20) == "안녕하세요 여러분\n반갑습니다\n")
  }

  @Test("escape sequences in an answer never reach the terminal")
  func escapeSequences() {
    let source = "a\u{1b}]52;c;evil\u{7}**b\u{1b}[2J** `c\u{9b}31m`\n```\n\u{1b}[6n\n|\u{1b}[0m|\n"
    let result = screen(Array(source.utf8).map { [$0] })
    #expect(result.violations.isEmpty)
    var renderer = MarkdownRenderer(width: 40, isStyled: true, canRedraw: true)
    var output: [UInt8] = []
    renderer.write(Array(source.utf8), to: &output)
    #expect(renderer.removedSequences == 5)
  }

  @Test(
    "the words of code are coloured by their kind",
    arguments: [
      ("swift", "let x = 1 // no", "let:35 x = 1:36 // no:2"),
      ("python", "def f(): return \"a\" # c", "def:35 f(): return:35 \"a\":32 # c:2"),
      ("js", "const s = `a`", "const:35 s = `a`:32"),
      ("json", "{\"a\": true, \"b\": 1.5}", "{\"a\":32: true:35, \"b\":32: 1.5:36}"),
      ("sql", "SELECT a -- x", "SELECT:35 a -- x:2"), ("sh", "echo $# # c", "echo:35 $# # c:2"),
      ("html", "<p id=\"a\">t</p>", "<p:35 id=\"a\":32>t</p:35>"),
      ("rust", "fn f<'a>() {}", "fn:35 f<'a>() {}"),
      ("unknown", "let x = 1", "let x = 1"), ("go", "a / b /* c */ d", "a / b /* c */:2 d"),
      ("swift", "letter x1 0xff", "letter x1 0xff:36"),
      ("python", "x = \"a\\\"b\" + 'c'", "x = \"a\\\"b\":32 + 'c':32"),
      ("c", "char c = '\\''; int i", "char:35 c = '\\'':32; int:35 i"),
    ])
  func code(_ language: String, _ code: String, _ expected: String) {
    let result = screen([Array("```\(language)\n\(code)\n```".utf8)])
    var text = ""
    var look = ""
    for cell in result.rows[1].dropFirst(2) {
      if cell.look != look, !look.isEmpty { text += ":\(look)" }
      look = cell.look
      text += cell.text
    }
    #expect(text + (look.isEmpty ? "" : ":\(look)") == expected)
  }

  @Test("a string over several lines keeps its colour")
  func longStrings() {
    let result = screen([Array("```python\n\"\"\"a\nb\"\"\"\nc\n```".utf8)])
    #expect(result.rows[2][2].look == "32" && result.rows[3][2].look == "")
  }

  @Test("plain text stays as it is, and its last line is ended")
  func plainText() {
    #expect(bytes(PlainRenderer(), [Array("**a**\r\nb\u{1b}[1m".utf8)]) == Array("**a**\nb\n".utf8))
    #expect(bytes(PlainRenderer(), [Array("a\n".utf8)]) == Array("a\n".utf8))
    #expect(bytes(PlainRenderer(), []) == [])
  }
}
