import Testing

@Suite("prompt's editor: several lines")
struct EditorLinesTests {
  @Test(
    "the keys for a line end put one into the line",
    arguments: [
      ("Ctrl-J", "\n"), ("Alt-Enter", "\u{1b}\r"), ("backslash", "\\\r"), ("Shift-Enter", "\u{1b}[13;2u"),
      ("xterm's Shift-Enter", "\u{1b}[27;2;13~"),
    ])
  func lineEnds(_ name: String, _ key: String) throws {
    let trial = try EditorTrial()
    #expect(trial.submit("하나" + key + "  둘" + key + key + "셋 \r") == "하나\n  둘\n\n셋 ")
    trial.terminal.waitFor("… ")
  }

  @Test("a line end can be taken back, and put in anywhere")
  func anywhere() throws {
    let trial = try EditorTrial()
    #expect(trial.submit("ab" + Key.newLine + Key.backspace + "c\r") == "abc")
    #expect(trial.submit("ab" + Key.left + Key.newLine + "\r") == "a\nb")
  }

  @Test("two backslashes are no line end", arguments: [("a\\\\", "a\\\\"), ("a\\ ", "a\\ ")])
  func backslashes(_ typed: String, _ sent: String) throws {
    #expect(try EditorTrial().submit(typed + "\r") == sent)
  }

  @Test("between fences Enter is a line end, and every blank stays", arguments: ["\"\"\"", ":::"])
  func fences(_ fence: String) throws {
    let trial = try EditorTrial()
    #expect(trial.submit("\(fence)\r  하나\r\r\tb \\\r\(fence)\r") == "  하나\n\n\tb \\")
    #expect(trial.submit("\(fence)one line\(fence)\r") == "one line")
    #expect(trial.submit("\(fence)a\rb\(fence)\r") == "a\nb")
    #expect(trial.submit("\(fence)\r\r\r\(fence)\r") == "\n")
    // Not at the beginning: text.
    #expect(trial.submit("a \(fence)\r") == "a \(fence)")
  }

  @Test("Up and Down go through the lines of a text, then through the history")
  func upAndDown() throws {
    let trial = try EditorTrial()
    #expect(trial.submit("older\r") == "older")
    #expect(trial.submit("하나\n둘\n셋" + Key.up + "!" + Key.up + "?" + Key.down + "+\r") == "하?나\n둘!+\n셋")
    // On the first line with nothing before the cursor: the newest entry.
    #expect(trial.submit("new\nline" + Key.up + Key.home + Key.up + "\r") == "하?나\n둘!+\n셋")
  }

  @Test("an entry of several lines comes back whole, is edited and sent exactly")
  func recalled() throws {
    let trial = try EditorTrial()
    let text = "\"\"\"not a fence\n  \tcode \\"
    #expect(trial.submit(Key.paste(text) + "\r") == text)
    #expect(trial.submit(Key.up + "\r") == text)
    #expect(trial.submit(Key.up + "x\r") == text + "x")
    // The entry itself is as it was.
    #expect(trial.submit(Key.up + Key.up + "\r") == text)
    // Up from its first line goes on to older entries, Down comes back.
    #expect(trial.submit("first\r") == "first")
    #expect(trial.submit(Key.up + Key.up + Key.up + Key.down + Key.down + "\r") == "first")
  }

  @Test("Home, End and the keys that kill keep to their line first")
  func lineKeys() throws {
    let trial = try EditorTrial()
    #expect(trial.submit("ab\ncd" + Key.home + "x" + Key.end + "y\r") == "ab\nxcdy")
    #expect(trial.submit("ab\ncd" + Key.home + Key.home + "x\r") == "xab\ncd")
    #expect(trial.submit("ab\ncd" + Key.ctrl("u") + "x\r") == "ab\nx")
    #expect(trial.submit("ab\ncd" + Key.up + Key.home + Key.ctrl("k") + Key.ctrl("k") + "\r") == "cd")
  }
}
