import SheepCore
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("prompt's editor: interruptions")
struct EditorSignalTests {
  private func isSame(_ left: termios, _ right: termios) -> Bool {
    withUnsafeBytes(of: left) { left in withUnsafeBytes(of: right) { left.elementsEqual($0) } }
  }

  @Test("Ctrl-C takes the line away, tells whether there was one, and keeps it in the history")
  func interrupt() throws {
    let trial = try EditorTrial()
    trial.type("아직" + Key.ctrl("c"), until: "interrupted", 1)
    trial.type(Key.ctrl("c"), until: "interrupted", 2)
    trial.type(Key.ctrl("c"), until: "interrupted", 3)
    let told = trial.record.events.filter { $0["event"]?.string == "interrupted" }
    #expect(told.map { $0["empty"]?.bool } == [false, true, true])
    trial.terminal.waitFor("^C")
    #expect(trial.submit(Key.up + "!\r") == "아직!")
    // In a search, and after a fence: the fence is none of the text.
    trial.type(Key.ctrl("r") + "아" + Key.ctrl("c"), until: "interrupted", 4)
    trial.type("\"\"\"\rline" + Key.ctrl("c"), until: "interrupted", 5)
    #expect(trial.submit(Key.up + "\r") == "line")
  }

  @Test("SIGINT from elsewhere does the same, as often as it comes")
  func signals() throws {
    let trial = try EditorTrial()
    for count in 1...3 {
      trial.show("abc", "abc")
      kill(trial.terminal.identifier, SIGINT)
      trial.terminal.wait { trial.record.count("interrupted") == count }
    }
    #expect(trial.submit("d\r") == "d")
  }

  @Test("Ctrl-D ends on an empty line and deletes to the right in a line")
  func endOfInput() throws {
    let trial = try EditorTrial()
    let before = trial.terminal.settings
    #expect(trial.submit("abc" + Key.left + Key.left + Key.ctrl("d") + "\r") == "ac")
    // At the end of a line it is not the end of all.
    #expect(trial.submit("abc" + Key.ctrl("d") + "d\r") == "abcd")
    trial.type(Key.ctrl("d"), until: "ended", 1)
    #expect(trial.terminal.finish() == .exit(0))
    #expect(!isSame(before, trial.terminal.settings))
    #expect(trial.terminal.text.hasSuffix("\r\n\u{1b}[?2004l"))
  }

  @Test(
    "the terminal is as it was found, whatever ends the program",
    arguments: ["end", "TERM", "HUP", "two TERMs"])
  func givenBack(_ way: String) throws {
    let record = try EditorRecord()
    // A shell that holds the terminal before and after; its settings are unusual ones.
    let script =
      "stty -echoctl erase ^H intr ^X; stty -a > \(record.folder.path)/before; "
      + "\(EditorRecord.program) \(record.arguments.joined(separator: " ")); echo ended $?; "
      + "stty -a > \(record.folder.path)/after; echo over"
    let terminal = try PseudoTerminal(program: "/bin/bash", ["--norc", "-c", script], variables: [:])
    terminal.wait { record.count("ready") == 1 }
    terminal.type("가\u{18}")
    terminal.wait { record.count("interrupted") == 1 }
    terminal.type("half a line")
    terminal.waitFor("half a line")
    #expect(terminal.settings.c_lflag & tcflag_t(ICANON | ECHO) == 0)
    switch way {
    case "end": terminal.type("\r\u{4}")
    case "TERM": signalProgram(SIGTERM, record)
    case "HUP": signalProgram(SIGHUP, record)
    default:
      // The second comes before the first was dealt with.
      terminal.typeAll("\r:block\r")
      terminal.wait { record.count("blocked") == 1 }
      terminal.wait {
        kill(record.identifier, SIGTERM)
        return terminal.text.contains("over")
      }
    }
    terminal.waitFor("over")
    let before = TemporaryFolder.read(record.folder.path + "/before")
    #expect(!before.isEmpty && before == TemporaryFolder.read(record.folder.path + "/after"))
    #expect(terminal.text.contains("\u{1b}[?2004l"))
    #expect(terminal.text.contains(["end": "ended 0", "HUP": "ended 129"][way] ?? "ended 143"))
    unlink(record.folder.path + "/before")
    unlink(record.folder.path + "/after")
  }

  private func signalProgram(_ number: Int32, _ record: EditorRecord) {
    #expect(kill(record.identifier, number) == 0)
  }

  @Test("a terminal that goes away is the end, and what was typed is in the history")
  func hangUp() throws {
    let record = try EditorRecord()
    let trial = try EditorTrial(record: record)
    trial.show("안녕 unsent", "unsent")
    trial.terminal.hangUp()
    // Either comes first: the signal of the lost terminal, or its end.
    let outcome = Waiting.wait(until: {
      record.count("ended") + record.count("signal") > 0 && !record.historyLines.isEmpty
    })
    #expect(outcome == .done)
    #expect(record.historyLines == ["\"안녕 unsent\""])
  }

  @Test("what is typed while an answer streams is not seen, and is all there afterwards")
  func typeAhead() throws {
    let trial = try EditorTrial()
    trial.show(":stream\r", "stream\u{1b}[K\r\n")
    trial.terminal.wait { trial.record.count("streaming") == 1 }
    let shown = trial.terminal.output.count
    let long = String(repeating: "가나다라 ", count: 4_000)
    trial.terminal.typeAll(
      "first" + Key.backspace + "\rsecond\n" + Key.paste("p\rq") + "\r" + long + "\rrest")
    // When its signal has come, all before it has reached the terminal.
    trial.type(Key.ctrl("c"), until: "signal", 1)
    trial.terminal.wait { trial.terminal.unread == 0 }
    #expect(trial.terminal.output.count == shown)
    #expect(trial.record.submitted == [])
    trial.record.openGate()
    trial.terminal.wait { trial.record.count("submitted") == 4 }
    #expect(trial.record.submitted == ["firs", "second", "p\nq", long])
    #expect(trial.submit("!\r") == "rest!")
  }

  @Test("Ctrl-C while an answer streams is SIGINT, and takes nothing of what was typed")
  func interruptBetween() throws {
    let trial = try EditorTrial()
    for count in 1...3 {
      trial.type(":stream\r", until: "streaming", count)
      trial.type("a" + Key.ctrl("c") + "b", until: "signal", count)
      trial.terminal.wait { trial.terminal.unread == 0 }
      trial.record.openGate()
      trial.terminal.wait { trial.record.count("streamed") == count }
      #expect(trial.submit("c\r") == "abc")
    }
    #expect(trial.record.count("interrupted") == 0)
  }

  @Test("what was typed before the program began is there, with its line ends")
  func beforeStart() throws {
    let record = try EditorRecord()
    let script =
      "echo started; read line < \(record.gatePath); exec "
      + "\(EditorRecord.program) \(record.arguments.joined(separator: " "))"
    let terminal = try PseudoTerminal(program: "/bin/bash", ["--norc", "-c", script], variables: [:])
    terminal.waitFor("started")
    terminal.type("early\rbird")
    terminal.waitFor("bird")
    let gate = open(record.gatePath, O_WRONLY)
    #expect(write(gate, "\n", 1) == 1)
    close(gate)
    terminal.wait { record.count("submitted") == 1 }
    terminal.type("s\r\u{4}")
    terminal.finish()
    #expect(record.submitted == ["early", "birds"])
  }

  @Test("the user's editor gets the text, gives it back, and leaves no trace")
  func usersEditor() throws {
    let record = try EditorRecord()
    let script = try record.folder.write(
      "editor",
      "#!/bin/sh\nstat -c '%a' \"$1\" \"$(dirname \"$1\")\" > \(record.folder.path)/modes\n"
        + "echo \"$1\" > \(record.folder.path)/name\nstty -a | grep -q ' icanon' && printf ' 그리고\\n' >> \"$1\"\n",
      mode: 0o700)
    let trial = try EditorTrial(variables: ["EDITOR": script], record: record)
    trial.type(":edit 처음\r", until: "edited", 1)
    #expect(record.events.last?["text"]?.string == "처음 그리고")
    #expect(TemporaryFolder.read(record.folder.path + "/modes") == "600\n700\n")
    let name =
      TemporaryFolder.read(record.folder.path + "/name").split(separator: "\n").first.map(String.init) ?? ""
    #expect(access(name, F_OK) != 0 && !name.isEmpty)
    // The line itself, by Ctrl-X Ctrl-E.
    #expect(trial.submit("a\nb" + Key.ctrl("x") + Key.ctrl("e") + "\r") == "a\nb 그리고")
    unlink(record.folder.path + "/modes")
    unlink(record.folder.path + "/name")
    let failing = try EditorTrial(variables: ["EDITOR": "/bin/false"])
    failing.type(":edit x\r", until: "edited", 1)
    #expect(failing.record.events.last?["text"]?.string == nil)
    #expect(failing.submit("on\r") == "on")
  }
}
