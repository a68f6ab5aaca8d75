import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The library that stands in for readline.
private enum Libedit {
  /// Its file name, where there is one.
  static let name: String? = ["libedit.so.2", "/usr/lib/libedit.3.dylib"].first { (name: String) in
    guard let handle = dlopen(name, RTLD_LAZY) else { return false }
    dlclose(handle)
    return true
  }
}

@Suite("prompt's editor: with libedit, where readline is missing", .enabled(if: Libedit.name != nil))
struct EditorLibeditTests {
  private func start(variables: [String: String] = [:]) throws -> EditorTrial {
    try EditorTrial(["--library", Libedit.name ?? "", "--candidates", "20"], variables: variables)
  }

  @Test("Korean is typed, moved over and deleted by syllables", arguments: ["C.UTF-8", "C"])
  func korean(_ locale: String) throws {
    let trial = try start(variables: ["LC_ALL": locale])
    #expect(trial.submit("안녕하세요" + Key.backspace + "!\r") == "안녕하세!")
    #expect(trial.submit("가나다" + Key.home + Key.delete + Key.end + "라\r") == "나다라")
    #expect(trial.submit("漢字é" + Key.left + Key.left + Key.right + "x\r") == "漢字xé")
    #expect(trial.submit("a👨\u{200d}👩\u{200d}👧" + Key.backspace + "b\r") == "ab")
  }

  @Test("several lines, fences, backslashes")
  func lines() throws {
    let trial = try start()
    #expect(trial.submit("하나\n둘" + Key.altEnter + "셋\\\r넷\r") == "하나\n둘\n셋\n넷")
    #expect(trial.submit("\"\"\"\r  a\r\r b\r\"\"\"\r") == "  a\n\n b")
    #expect(trial.submit("ab\ncd" + Key.up + "x" + Key.down + "y\r") == "abx\ncdy")
    #expect(trial.submit("ab\ncd" + Key.ctrl("u") + "x" + Key.home + Key.ctrl("k") + "\r") == "ab\n")
  }

  @Test("what is killed comes back")
  func killing() throws {
    let trial = try start()
    #expect(trial.submit("하나 둘" + Key.ctrl("w") + "셋\r") == "하나 셋")
    #expect(trial.submit("하나 둘" + Key.ctrl("u") + "x " + Key.ctrl("y") + "\r") == "x 하나 둘")
    #expect(trial.submit("ab" + Key.left + Key.ctrl("k") + Key.home + Key.ctrl("y") + "\r") == "ba")
    #expect(trial.submit("abc" + Key.left + Key.ctrl("u") + "\r") == "c")
  }

  @Test("pastes are exact, and large ones short")
  func pastes() throws {
    let trial = try start()
    #expect(
      trial.submit(Key.paste("def f():\r\n\treturn 1\r\r주석 \u{1b}[2J") + "\r")
        == "def f():\n\treturn 1\n\n주석 \u{1b}[2J")
    let long = (0..<214).map { "줄 \($0)" }.joined(separator: "\n")
    trial.show("x" + Key.paste(long), "[pasted 214 lines]")
    #expect(trial.submit("y\r") == "x" + long + "y")
    #expect(trial.submit(Key.up + Key.backspace + Key.backspace + "z\r") == "xz")
    let wide = String(repeating: "가나다라 ", count: 150)
    #expect(trial.submit(Key.paste(wide) + "!\r") == wide + "!")
  }

  @Test("history, completion, interruption, type-ahead and the end")
  func rest() throws {
    let trial = try start()
    for text in ["git log", "make", "git show"] { #expect(trial.submit(text + "\r") == text) }
    #expect(trial.submit("git" + Key.up + Key.up + "!\r") == "git log!")
    #expect(trial.submit("ask mode\t19\t\r") == "ask model-19 ")
    trial.type("아직" + Key.ctrl("c"), until: "interrupted", 1)
    trial.type(Key.ctrl("c"), until: "interrupted", 2)
    #expect(trial.submit(Key.up + "\r") == "아직")
    trial.type(":stream\r", until: "streaming", 1)
    trial.terminal.typeAll("ahead\rmore")
    trial.type(Key.ctrl("c"), until: "signal", 1)
    trial.terminal.wait { trial.terminal.unread == 0 }
    trial.record.openGate()
    trial.terminal.wait { trial.record.submitted.last == "ahead" }
    #expect(trial.submit("\r") == "more")
    #expect(trial.submit("abc" + Key.home + Key.ctrl("d") + "\r") == "bc")
    trial.type(Key.ctrl("d"), until: "ended", 1)
    #expect(trial.terminal.finish() == .exit(0))
  }
}
