import SheepTerminal
import Testing

@Suite("prompt's editor: its parts")
struct LineEditingTests {
  /// All that an input hands out.
  private func tokens(_ input: inout KeyInput) -> [KeyInput.Token] {
    var tokens: [KeyInput.Token] = []
    while let token = input.next() { tokens.append(token) }
    return tokens
  }

  private func keys(_ text: String) -> [KeyInput.Token] {
    text.unicodeScalars.map { .key(Array(String($0).utf8)) }
  }

  private func paste(_ text: String) -> KeyInput.Token { .paste(Array(text.utf8)) }

  @Test("keys and pastes come out as they went in, wherever the bytes were cut")
  func pieces() {
    let text = "한글a\u{1b}[A\u{1b}[200~x\r\u{1b}[20 \u{1b}[201~b\u{1b}[200~\u{1b}[201~\u{1b}\r끝"
    let expected =
      keys("한글a\u{1b}[A") + [paste("x\r\u{1b}[20 ")] + keys("b") + [paste("")] + keys("\u{1b}\r끝")
    var random = SeededGenerator(3)
    for _ in 0..<300 {
      var input = KeyInput()
      var got: [KeyInput.Token] = []
      for piece in randomPieces(Array(text.utf8), longest: 9, using: &random) {
        #expect(input.take(piece, .prompt) == [])
        got += tokens(&input)
      }
      #expect(got == expected)
      #expect(input.isEmpty && !input.holdsBack)
    }
  }

  @Test("an escape byte is held back until it is clear what it is")
  func escape() {
    var input = KeyInput()
    _ = input.take([0x1b], .prompt)
    #expect(input.holdsBack && input.next() == nil)
    input.release()
    #expect(tokens(&input) == keys("\u{1b}"))
    _ = input.take(Array("\u{1b}[2".utf8), .prompt)
    #expect(input.holdsBack)
    _ = input.take(Array("~".utf8), .prompt)
    #expect(tokens(&input) == keys("\u{1b}[2~"))
  }

  @Test("bytes that are no UTF-8 hold nothing up")
  func broken() {
    var input = KeyInput()
    _ = input.take([0xff, 0xe3, 0x61, 0xc0, 0x80, 0xf0, 0x9f], .prompt)
    #expect(tokens(&input) == [.key([0xff]), .key([0xe3]), .key([0x61]), .key([0xc0]), .key([0x80])])
    _ = input.take([0x91, 0x8d], .prompt)
    #expect(tokens(&input) == [.key([0xf0, 0x9f, 0x91, 0x8d])])
  }

  @Test("while an answer streams a line feed is Enter, and the keys for signals are told")
  func between() {
    var input = KeyInput()
    let text = "a\n\u{3}b\u{1b}[200~c\n\u{3}\u{1b}[201~\u{1a}\r"
    #expect(input.take(Array(text.utf8), .between) == [3, 26])
    #expect(tokens(&input) == keys("a\rb") + [paste("c\n\u{3}")] + keys("\r"))
    input.interruptKey = -1
    #expect(input.take([3], .between) == [])
  }

  @Test("what a terminal made of keys before it was held is made undone")
  func cooked() {
    var input = KeyInput()
    _ = input.take(Array("ab\n\0".utf8), .cooked)
    #expect(tokens(&input) == keys("ab\r\u{4}"))
  }

  @Test("the interrupt key alone gets out of a paste whose end never came")
  func openPaste() {
    var input = KeyInput()
    _ = input.take(Array("\u{1b}[200~abc\u{3}d".utf8), .prompt)
    #expect(input.next() == nil)
    #expect(input.take([3], .prompt) == [])
    #expect(tokens(&input) == [paste("abc\u{3}d")])
  }

  @Test(
    "Enter submits, or asks for more",
    arguments: [
      ("", .submit("")), ("a", .submit("a")), ("a\\", .continueLine), ("a\\\\", .submit("a\\\\")),
      ("\\", .continueLine),
      ("\"\"\"", .newLine), ("\"\"\"a", .newLine), ("\"\"\"a\"\"", .newLine), ("\"\"\"a\"\"\"", .submit("a")),
      ("\"\"\"\"\"\"", .submit("")), ("\"\"\"\n a \n\"\"\"", .submit(" a ")),
      ("\"\"\"\n\n\n\"\"\"", .submit("\n")),
      (":::a:::", .submit("a")), (":::a\"\"\"", .newLine), (" :::a", .submit(" :::a")),
      ("\"\"\"\\", .newLine),
    ] as [(String, MessageRules.Decision)])
  func enter(_ line: String, _ decision: MessageRules.Decision) {
    #expect(MessageRules().decide(line) == decision)
  }

  @Test("what nobody typed is sent as it is")
  func foreign() {
    var rules = MessageRules()
    rules.foreignHead = "\"\"\"doc"
    rules.foreignTail = "\"\"\"doc"
    #expect(rules.decide("\"\"\"doc") == .submit("\"\"\"doc", endsForeign: true))
    #expect(rules.decide("\"\"\"doc and more") == .submit("\"\"\"doc and more"))
    rules.foreignHead = ""
    rules.foreignTail = "C:\\"
    #expect(rules.decide("in C:\\") == .submit("in C:\\", endsForeign: true))
    #expect(rules.decide("in C:\\x\\") == .continueLine)
    rules.foreignLine = ":::\nold"
    #expect(rules.decide(":::\nold") == .submit(":::\nold", endsForeign: true))
    #expect(rules.decide(":::\nnew") == .newLine)
    #expect(rules.givenUp(":::\nold") == ":::\nold")
    #expect(rules.givenUp(":::\nnew\n") == "new")
  }

  @Test("a stand-in is one character, and what it stands for is exact")
  func standIns() throws {
    var table = StandInTable()
    let made = table.standIn(for: "a\nb", label: "[pasted 2 lines]")
    let one = try #require(made)
    #expect(
      one.unicodeScalars.count == 1
        && one.unicodeScalars.first.map { table.label(of: $0.value) } == "[pasted 2 lines]")
    #expect(table.expanded("x" + one + "y" + one) == "xa\nbya\nb")
    // Text that looks like one, and a byte that no line can hold.
    let foreign = "q\0\u{10f000}\u{10f001}"
    let line = table.protected(foreign)
    #expect(!line.utf8.contains(0) && line != foreign)
    #expect(table.expanded(line) == foreign)
    let twice = table.protected(line)
    #expect(table.expanded(twice) == line)
    #expect(table.label(of: 0x61) == nil)
    // There is an end to them, and then the text itself is used.
    var count = 0
    while table.standIn(for: "x", label: "x") != nil { count += 1 }
    #expect(count > 4_000 && count < 5_000)
  }

  @Test("places in a line go by characters and columns")
  func places() {
    func line(_ text: String, _ point: Int) -> EditLine { EditLine(bytes: Array(text.utf8), point: point) }
    #expect(line("가나", 3).next() == 6 && line("가나", 3).previous() == 0)
    #expect(line("e\u{301}x", 0).next() == 3 && line("e\u{301}x", 3).previous() == 0)
    #expect(line("", 0).next() == 0 && line("", 0).previous() == 0)
    let long = String(repeating: "가", count: 200)
    #expect(line(long, 600).previous() == 597)
    // Up and down: the column, not the count of characters.
    #expect(line("abcd\n가나", 11).moved(lines: -1) == 4)
    #expect(line("abcd\n가나", 3).moved(lines: 1) == 8)
    #expect(line("ab\nc", 4).moved(lines: -1) == 1)
    #expect(line("ab", 1).moved(lines: -1) == 0 && line("ab", 1).moved(lines: 1) == 2)
  }
}
