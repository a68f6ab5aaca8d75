import Testing

@Suite("prompt's editor: pastes")
struct EditorPasteTests {
  @Test("a paste never submits, and nothing of it changes but the line ends")
  func exact() throws {
    let trial = try EditorTrial(["--candidates", "3"])
    let text = "def f():\r\n\treturn  1\r  # 주석\r\r\nend\\"
    trial.show(Key.paste(text), "end")
    #expect(trial.record.submitted == [])
    #expect(trial.submit("\r") == "def f():\n\treturn  1\n  # 주석\n\nend\\")
    // Inside a line, and among what is typed.
    #expect(trial.submit("a b" + Key.left + Key.paste("x\ry") + "!\r") == "a x\ny!b")
  }

  @Test("the line end after a paste's last line ends no message and is none of it")
  func lastLineEnd() throws {
    let trial = try EditorTrial()
    #expect(trial.submit(Key.paste("one\rtwo\r") + "\r") == "one\ntwo")
    #expect(trial.submit(Key.paste("one\rtwo\r") + "three\r") == "one\ntwo\nthree")
  }

  @Test("a fence or a backslash that was pasted is text")
  func pastedMarks() throws {
    let trial = try EditorTrial()
    #expect(trial.submit(Key.paste("\"\"\"Doc.\"\"\"\rx = 1") + "\r") == "\"\"\"Doc.\"\"\"\nx = 1")
    #expect(trial.submit(Key.paste("C:\\") + "\r") == "C:\\")
    // In an open fence the mark has to be typed.
    #expect(
      trial.submit("\"\"\"" + Key.paste("a = \"\"\"b\"\"\"") + "\r\"\"\"\r") == "a = \"\"\"b\"\"\"")
  }

  @Test("a large paste shows as its size, with a note above, and is sent whole")
  func large() throws {
    let trial = try EditorTrial()
    let lines = (0..<214).map { "line \($0) 줄" }
    trial.show("이것 " + Key.paste(lines.joined(separator: "\r")), "[pasted 214 lines]")
    let text = lines.joined(separator: "\n")
    trial.terminal.waitFor("pasted \(text.utf8.count) bytes\u{1b}[0m\r\n")
    #expect(!trial.terminal.text.contains("line 100"))
    #expect(trial.submit(" 요약\r") == "이것 " + text + " 요약")
    // It comes back from the history as short, and as whole.
    #expect(trial.submit(Key.up + "!\r") == "이것 " + text + " 요약!")
    // One key takes it away.
    #expect(trial.submit("a" + Key.paste(text) + Key.backspace + "b\r") == "ab")
    #expect(trial.submit(Key.paste(String(repeating: "x", count: 3_000)) + "\r").utf8.count == 3_000)
    trial.terminal.waitFor("[pasted 3000 characters]")
  }

  @Test("a megabyte is pasted, in time that grows with its size and not with the square of it")
  func megabyte() throws {
    let trial = try EditorTrial()
    let line = "0123456789 가나다라\r"
    func time(bytes: Int) -> Double {
      let text = String(repeating: line, count: bytes / line.utf8.count)
      let start = trial.terminal.processorSeconds
      let sent = trial.submit(Key.paste(text) + "\r")
      #expect(sent.utf8.count == text.utf8.count - 1)
      #expect(sent.utf8.elementsEqual(text.utf8.dropLast().map { $0 == 0x0d ? 0x0a : $0 }))
      return trial.terminal.processorSeconds - start
    }
    let quarter = time(bytes: 1 << 18)
    // Four times as long; sixteen times where it is quadratic.
    #expect(time(bytes: 1 << 20) < 10 * quarter + 0.05)
  }

  @Test("what is pasted cannot steer the terminal")
  func escapes() throws {
    for (name, bytes) in TerminalTests.corpus where name != "paste end" {
      let trial = try EditorTrial()
      let text = String(decoding: bytes, as: UTF8.self)
      let sent = trial.submit("[" + Key.paste(text) + "]\r")
      let meant = String(decoding: text.utf8.map { $0 == 0x0d ? 0x0a : $0 }, as: UTF8.self)
      #expect(sent == "[" + meant + "]", "\(name)")
      // Our own sequences: the paste mode, the cursor.
      var output = trial.terminal.text
      for own in ["\u{1b}[?2004h", "\u{1b}[?25l", "\u{1b}[?25h"] {
        output = output.split(separator: own, omittingEmptySubsequences: false).joined()
      }
      #expect(TerminalTests.forbidden(Array(output.utf8)) == [], "\(name): \(output.debugDescription)")
    }
  }

  @Test("the marks of a paste may arrive in pieces")
  func pieces() throws {
    let trial = try EditorTrial()
    for byte in Array(Key.paste("a\rb").utf8) {
      trial.terminal.type(bytes: [byte])
      trial.terminal.wait { trial.terminal.unread == 0 }
    }
    #expect(trial.submit("\r") == "a\nb")
  }

  @Test("a paste during a search of the history ends the search and goes into the line")
  func duringSearch() throws {
    let trial = try EditorTrial()
    #expect(trial.submit("hello\r") == "hello")
    trial.show(Key.ctrl("r") + "hel", "reverse-i-search")
    #expect(trial.submit(Key.paste("x\ry") + "\r") == "x\nyhello")
  }
}
