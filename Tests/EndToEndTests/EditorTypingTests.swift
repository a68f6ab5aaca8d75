import SheepTesting
import Testing

@Suite("prompt's editor: typing")
struct EditorTypingTests {
  @Test(
    "Korean counts in syllables, whatever the locale says",
    arguments: ["C.UTF-8", "C", "POSIX", "ko_KR.eucKR", ""])
  func korean(_ locale: String) throws {
    let trial = try EditorTrial(variables: ["LC_ALL": locale])
    #expect(trial.submit("안녕하세요" + Key.backspace + "!\r") == "안녕하세!")
    #expect(trial.submit("한글" + Key.left + Key.left + "새 " + Key.end + "\r") == "새 한글")
    #expect(trial.submit("가나다" + Key.home + Key.delete + "\r") == "나다")
    #expect(trial.submit("漢字é" + Key.left + Key.left + Key.right + "x\r") == "漢字xé")
    // The words of Korean are words.
    #expect(trial.submit("하나 둘 셋" + Key.ctrl("w") + "끝\r") == "하나 둘 끝")
  }

  @Test(
    "what looks like one character is deleted as one",
    arguments: [
      ("jamo", "\u{1112}\u{1161}\u{11ab}"), ("marks", "e\u{301}\u{323}"),
      ("family", "👨\u{200d}👩\u{200d}👧"), ("flag", "🇰🇷"), ("skin tone", "👍🏽"), ("keycap", "1\u{fe0f}\u{20e3}"),
    ])
  func clusters(_ name: String, _ text: String) throws {
    let trial = try EditorTrial()
    #expect(trial.submit("a" + text + Key.backspace + "b\r") == "ab")
    #expect(trial.submit(text + "a" + Key.home + Key.delete + "b\r") == "ba")
    #expect(trial.submit("a" + text + "b" + Key.left + Key.left + "c\r") == "ac" + text + "b")
  }

  @Test("a character that arrives in pieces is one")
  func pieces() throws {
    let trial = try EditorTrial()
    trial.show("가", "가")
    for byte in Array("나".utf8) {
      // Each is read before the next is sent.
      trial.terminal.wait { trial.terminal.unread == 0 }
      trial.terminal.type(bytes: [byte])
    }
    #expect(trial.submit("다\r") == "가나다")
  }

  @Test("the usual keys of readline work: killing, bringing back, undo, words")
  func keys() throws {
    let trial = try EditorTrial()
    #expect(
      trial.submit("one two" + Key.ctrl("a") + Key.ctrl("k") + "three " + Key.ctrl("y") + "\r")
        == "three one two")
    #expect(trial.submit("one two" + Key.ctrl("u") + "x" + Key.ctrl("y") + "\r") == "xone two")
    #expect(trial.submit("one two" + "\u{1b}b" + "X\r") == "one Xtwo")
    #expect(trial.submit("abc" + Key.ctrl("u") + Key.ctrl("_") + "\r") == "abc")
    #expect(trial.submit("ab" + Key.ctrl("t") + "\r") == "ba")
  }

  @Test("a line that wraps, with wide characters at the edge, is edited in its middle")
  func wrapping() throws {
    let trial = try EditorTrial()
    let long = String(repeating: "가나다라마바사아자차", count: 20)
    let moves = String(repeating: Key.left, count: 100)
    let start = long.index(long.startIndex, offsetBy: 100)
    #expect(trial.submit(long + moves + "!\r") == long[..<start] + "!" + long[start...])
  }

  @Test("the user's own ~/.inputrc counts, with the editor's functions on its keys")
  func inputrc() throws {
    let record = try EditorRecord()
    let path = try record.folder.write(".inputrc", "set editing-mode vi\n", mode: 0o600)
    let trial = try EditorTrial(variables: ["INPUTRC": path], record: record)
    trial.show("hello world", "world")
    // Escape alone: after a moment it is the key.
    trial.show("\u{1b}", "C")
    trial.show("bD", "\u{1b}[K")
    #expect(trial.submit("\r") == "hello ")
    #expect(trial.submit("x" + Key.left + "y\r") == "yx")
  }

  @Test("a terminal that can only write on works, and a line feed ends its lines")
  func dumb() throws {
    let trial = try EditorTrial(variables: ["TERM": "dumb"])
    #expect(trial.submit("héllo안" + Key.backspace + Key.backspace + "p\n") == "héllp")
    #expect(trial.submit("a\\\r" + "b\r") == "a\nb")
    #expect(!trial.terminal.text.contains("\u{1b}"))
    trial.type(Key.ctrl("d"), until: "ended", 1)
    #expect(trial.terminal.finish() == .exit(0))
  }

  @Test("a text can stand in the line from the beginning, to be changed")
  func prefilled() throws {
    let trial = try EditorTrial()
    trial.terminal.typeAll(":text 다시 한번\r")
    #expect(trial.submit("!\r") == "다시 한번!")
  }
}
