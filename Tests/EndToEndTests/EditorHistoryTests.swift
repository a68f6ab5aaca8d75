import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("prompt's editor: history")
struct EditorHistoryTests {
  private func mode(_ path: String) -> mode_t {
    var facts = stat()
    return stat(path, &facts) == 0 ? facts.st_mode & 0o7777 : 0
  }

  @Test("what was sent is kept for the next run, in a file for the owner alone")
  func kept() throws {
    let record = try EditorRecord()
    let first = try EditorTrial(record: record)
    #expect(first.submit("하나\r") == "하나")
    #expect(first.submit("a\n  b\tc \"q\" \\ \u{b}x\r").hasPrefix("a\n  b"))
    #expect(first.submit("하나\r") == "하나")
    #expect(first.submit(" secret\r") == " secret")
    #expect(mode(record.historyFolder) == 0o700)
    #expect(mode(record.historyFolder + "/history") == 0o600)
    first.type(Key.ctrl("d"), until: "ended", 1)
    #expect(first.terminal.finish() == .exit(0))
    #expect(!record.historyLines.joined().contains("secret"))
    let second = try EditorTrial(record: record)
    #expect(second.submit(Key.up + "\r") == "하나")
    // Moved to the end, not doubled.
    #expect(second.submit(Key.up + Key.up + "!\r") == record.submitted[1] + "!")
  }

  @Test("each entry is on disk as soon as it is sent, also from two terminals at once")
  func twoTerminals() throws {
    let record = try EditorRecord()
    let one = try EditorTrial(record: record)
    let other = try EditorTrial(record: record)
    for number in 0..<5 {
      _ = one.submit("one \(number)\r")
      _ = other.submit("other \(number)\r")
    }
    #expect(record.historyLines.count == 10)
    #expect(Set(record.historyLines).count == 10)
    // Killed without warning, nothing is lost.
    kill(one.terminal.identifier, SIGKILL)
    kill(other.terminal.identifier, SIGKILL)
    #expect(one.terminal.finish() == .signal(SIGKILL))
    #expect(other.terminal.finish() == .signal(SIGKILL))
    let third = try EditorTrial(record: record)
    #expect(third.submit(Key.up + Key.up + "\r") == "one 4")
  }

  @Test("Up finds what begins as the line does, Down comes back to it")
  func prefix() throws {
    let trial = try EditorTrial()
    for text in ["git log", "make", "git show", "make test"] { #expect(trial.submit(text + "\r") == text) }
    #expect(trial.submit("git" + Key.up + Key.up + "\r") == "git log")
    #expect(trial.submit("git" + Key.up + Key.up + Key.down + "\r") == "git log")
    #expect(trial.submit("gi" + Key.up + Key.up + Key.down + Key.down + "ft\r") == "gift")
    #expect(trial.submit("zzz" + Key.up + "\r") == "zzz")
    // From an empty line it is the newest.
    #expect(trial.submit(Key.up + "\r") == "zzz")
  }

  @Test("Ctrl-R searches, also in Korean, also in what older runs left")
  func search() throws {
    let record = try EditorRecord()
    let first = try EditorTrial(record: record)
    for text in ["파란 하늘", "붉은 노을\n그리고 바다", "파란 바다"] { #expect(first.submit(text + "\r") == text) }
    first.terminal.hangUp()
    let second = try EditorTrial(record: record)
    second.show(Key.ctrl("r") + "노", "(reverse-i-search)`노': ")
    #expect(second.submit("\r") == "붉은 노을\n그리고 바다")
    #expect(second.submit(Key.ctrl("r") + "파란" + Key.ctrl("r") + "\r") == "파란 하늘")
    // Given up, the line is as it was.
    #expect(second.submit("x" + Key.ctrl("r") + "파" + Key.ctrl("g") + "y\r") == "xy")
    // A found entry is edited.
    #expect(second.submit(Key.ctrl("r") + "하늘" + Key.ctrl("e") + "!\r") == "파란 하늘!")
  }

  @Test("an entry of more than 64 KiB is for this run only")
  func longEntry() throws {
    let record = try EditorRecord()
    let trial = try EditorTrial(record: record)
    let long = String(repeating: "x", count: 65 << 10)
    #expect(trial.submit(Key.paste(long) + "\r") == long)
    #expect(trial.submit(Key.up + "y\r") == long + "y")
    #expect(record.historyLines == [])
    #expect(trial.submit("short\r") == "short")
    #expect(record.historyLines == ["\"short\""])
  }

  @Test("a file that others can write is not believed, and not written to")
  func unsafeFile() throws {
    let record = try EditorRecord()
    #expect(mkdir(record.historyFolder, 0o700) == 0)
    let path = record.historyFolder + "/history"
    let file = try #require(fopen(path, "w"))
    fputs("\"planted\"\n", file)
    fclose(file)
    #expect(chmod(path, 0o666) == 0)
    let trial = try EditorTrial(record: record)
    #expect(trial.submit("mine" + Key.ctrl("u") + Key.up + "x\r") == "x")
    #expect(record.historyLines == ["\"planted\""])
  }
}
