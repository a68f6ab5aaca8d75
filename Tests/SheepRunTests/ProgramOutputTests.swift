import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

@Suite("program: what is written")
struct ProgramOutputTests {
  @Test(
    "in a pipe the answer is byte-exact, with no line end added and nothing on standard error",
    arguments: ["chat", "stream"],
    [["Hi"], ["**안", "녕**\r\n", "\u{1b}[31m\u{9b}2J\u{0}\t"], ["ends\n"], ["\n\n"]])
  func exactText(_ command: String, _ pieces: [String]) {
    let trial = ProgramTrial([
      .stream(
        [ChatStream.role] + pieces.map { ChatStream.text($0) } + [ChatStream.finish(), ChatStream.done])
    ])
    #expect(trial.run(command, "Hello") == .exit(.done))
    #expect(trial.output.text.utf8.elementsEqual(pieces.joined().utf8), "\(trial.output.text)")
    #expect(trial.errors.text.isEmpty)
  }

  @Test("each piece is written before the program waits for the next", arguments: ["chat", "stream"])
  func tokensAtOnce(_ command: String) {
    let trial = ProgramTrial([
      [
        .head(200), .text(ChatStream.text("one ")), .after(.seconds(1)), .text(ChatStream.text("two ")),
        .text(ChatStream.text("three")), .after(.seconds(1)), .text(ChatStream.finish() + ChatStream.done),
        .end,
      ]
    ])
    var seen: [(String, Int64)] = []
    trial.output.onWrite = { seen.append((trial.output.text, trial.loop.now.nanoseconds / 1_000_000_000)) }
    #expect(trial.run(command, "Hello") == .exit(.done))
    #expect(seen.map(\.0) == ["one ", "one two three"])
    #expect(seen.map(\.1) == [1, 2], "the second burst costs one write")
  }

  @Test("on a terminal the answer is filtered and its last line ended", arguments: ["chat", "stream"])
  func filteredOnTerminals(_ command: String) {
    let trial = ProgramTrial(
      answer: "a\u{1b}]0;own", "ed\u{7}b\u{1b}", "[2Jc\u{9b}31m\r\u{8}\u{202e}", "d\u{7f}")
    trial.output.isTerminal = true
    trial.variables["TERM"] = "dumb"
    #expect(trial.run(command, "-q", "Hello") == .exit(.done))
    #expect(trial.output.text == "abc\nd\n")
    #expect(trial.errors.text.isEmpty, "-q silences the note")
  }

  @Test("what was taken out is said once on standard error")
  func filterNote() {
    let trial = ProgramTrial(answer: "a\u{1b}[2Jb\u{7}")
    trial.output.isTerminal = true
    #expect(trial.run("stream", "Hello") == .exit(.done))
    #expect(trial.notes == ["sheep: removed 2 control sequences from the answer; --json shows them"])
  }

  @Test("chat renders Markdown on a terminal, stream does not")
  func rendering() {
    func shown(_ arguments: String..., term: String = "xterm", isTerminal: Bool = true) -> String {
      let trial = ProgramTrial(answer: "**bold** ", "and `code`")
      trial.output.isTerminal = isTerminal
      trial.variables["TERM"] = term
      #expect(trial.run(arguments + ["Hello"]) == .exit(.done))
      return trial.output.text
    }
    #expect(shown("chat").contains("\u{1b}[1mbold"))
    #expect(!shown("chat").contains("**"))
    let plain = "**bold** and `code`\n"
    #expect(shown("stream") == plain)
    #expect(shown("stream", "--markdown", "always") == plain)
    #expect(shown("chat", "--raw") == plain)
    #expect(shown("chat", "--markdown", "never") == plain)
    #expect(shown("chat", term: "dumb") == plain)
    #expect(shown("chat", isTerminal: false) == "**bold** and `code`")
    #expect(!shown("chat", "--color", "never").contains("\u{1b}[1m"))
  }

  @Test("NO_COLOR and CLICOLOR_FORCE are honoured, and --color outranks them")
  func colors() {
    func hasColor(_ variables: [String: String], _ arguments: String...) -> Bool {
      let trial = ProgramTrial(answer: "**bold** text")
      trial.output.isTerminal = true
      trial.variables.merge(variables) { $1 }
      #expect(trial.run(["chat"] + arguments + ["Hello"]) == .exit(.done))
      return trial.output.text.contains("\u{1b}[1m")
    }
    #expect(hasColor(["TERM": "xterm"]))
    #expect(!hasColor(["TERM": "xterm", "NO_COLOR": "1"]))
    #expect(hasColor(["TERM": "xterm", "NO_COLOR": "1"], "--color", "always"))
    #expect(hasColor(["TERM": "xterm", "NO_COLOR": ""]))
    #expect(!hasColor(["TERM": "xterm"], "--color=never"))
    #expect(!hasColor(["TERM": "xterm", "SHEEP_COLOR": "never"]))
    #expect(hasColor(["TERM": "xterm", "SHEEP_COLOR": "never"], "--color=auto"))
  }

  @Test("--no-stream asks for one piece and prints the same")
  func noStream() {
    let body =
      #"{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"whole \u001b[1m"},"finish_reason":"stop"}]}"#
    let trial = ProgramTrial([.response(200, body: body)])
    #expect(trial.run("chat", "--no-stream", "Hello") == .exit(.done))
    #expect(trial.output.text == "whole \u{1b}[1m")
    #expect(trial.body?["stream"]?.bool != true)
    #expect(trial.body?["stream_options"] == nil)
  }

  @Test("reasoning goes to standard error, apart from the answer")
  func reasoning() {
    let events = [
      ChatStream.reasoning("let me "), ChatStream.reasoning("think\u{1b}[2J"), ChatStream.text("42"),
      ChatStream.finish(),
      ChatStream.done,
    ]
    let trial = ProgramTrial([.stream(events)])
    #expect(trial.run("chat", "Hello") == .exit(.done))
    #expect(trial.output.text == "42")
    #expect(trial.errors.text == "let me think\n\n")
    let quiet = ProgramTrial([.stream(events)])
    #expect(quiet.run("chat", "-q", "Hello") == .exit(.done))
    #expect(quiet.errors.text.isEmpty)
    let terminal = ProgramTrial([.stream(events)])
    terminal.errors.isTerminal = true
    terminal.variables["TERM"] = "xterm"
    terminal.run("chat", "Hello")
    #expect(terminal.errors.text.hasPrefix("\u{1b}[2mlet me "), "\(terminal.errors.text)")
  }

  @Test("who waits longer than five seconds sees them counted; the line is gone before the answer")
  func waitingCounter() {
    func run(isTerminal: Bool, _ arguments: String...) -> String {
      let trial = ProgramTrial([
        [
          .sent, .after(.seconds(7)), .head(200),
          .text(ChatStream.text("Hi") + ChatStream.finish() + ChatStream.done), .end,
        ]
      ])
      trial.errors.isTerminal = isTerminal
      trial.variables["TERM"] = "xterm"
      #expect(trial.run(["chat"] + arguments + ["Hello"]) == .exit(.done))
      return trial.errors.text
    }
    let shown = run(isTerminal: true)
    #expect(shown.contains("5 s") && shown.contains("6 s"), "\(shown.debugDescription)")
    let receipt = shown.split(separator: "\r").last ?? ""
    #expect(receipt.contains("served-1"), "\(shown.debugDescription)")
    #expect(run(isTerminal: true, "-q").isEmpty)
    #expect(run(isTerminal: false).isEmpty)
  }

  @Test("the receipt begins a line of its own where the answer went to the same pipe, and only there")
  func receiptLine() {
    for (pieces, isShared, begin) in [
      (["Bah"], true, "\n"), (["Bah"], false, ""), (["Bah\n"], true, ""), (["Bah", "\n", "x"], true, "\n"),
    ] {
      let trial = ProgramTrial([
        .stream(pieces.map { ChatStream.text($0) } + [ChatStream.finish(), ChatStream.done])
      ])
      if isShared { trial.output.twin = trial.errors }
      #expect(trial.run("stream", "-u", "Hello") == .exit(.done))
      #expect(trial.output.text == pieces.joined(), "to the byte")
      #expect(trial.errors.text.hasPrefix(begin + "served-1"), "\(trial.errors.text)")
    }
    let silent = ProgramTrial(answer: "Bah")
    silent.output.twin = silent.errors
    #expect(silent.run("stream", "Hello") == .exit(.done))
    #expect(silent.errors.text.isEmpty, "nothing to say, no line")
  }

  @Test("-x prints the first code block, byte for byte")
  func extract() {
    let trial = ProgramTrial(answer: "Here:\n```sh\nls -l\n", "wc\n```\nand\n```\nmore\n```\n")
    #expect(trial.run("chat", "-x", "Hello") == .exit(.done))
    #expect(trial.output.text == "ls -l\nwc\n")
    #expect(trial.errors.text.isEmpty)
    let without = ProgramTrial(answer: "no code here")
    #expect(without.run("stream", "--extract", "Hello") == .exit(.done))
    #expect(without.output.text == "no code here")
    #expect(without.notes == ["sheep: the answer has no code block, so all of it is printed"])
    let terminal = ProgramTrial(answer: "```\na\u{1b}[2Jb\n```")
    terminal.output.isTerminal = true
    #expect(terminal.run("chat", "-x", "Hello") == .exit(.done))
    #expect(terminal.output.text == "ab\n")
  }

  @Test("--schema is sent, and judged when the answer is whole", arguments: ["chat", "stream"])
  func schema(_ command: String) {
    let schema = #"{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}}"#
    func run(_ answer: String) -> (Termination, ProgramTrial) {
      let trial = ProgramTrial(answer: answer)
      trial.files["person.json"] = Array(schema.utf8)
      return (trial.run(command, "--schema", "person.json", "Invent a person"), trial)
    }
    let (good, first) = run(#"{"name":"양"}"#)
    #expect(good == .exit(.done))
    #expect(first.output.text == #"{"name":"양"}"#)
    #expect(first.body?["response_format"]?["json_schema"]?["schema"]?.serialized() == schema)
    let (bad, second) = run(#"{"name":7}"#)
    #expect(bad == .exit(.mismatch))
    #expect(second.output.text == #"{"name":7}"#, "printed all the same")
    #expect(second.notes.last?.hasPrefix("sheep: --schema: the answer does not match it: ") == true)
    let (text, third) = run("Sorry, no")
    #expect(text == .exit(.mismatch))
    #expect(third.output.text == "Sorry, no")
    #expect(third.notes.last?.hasPrefix("sheep: --schema: the answer is not JSON; ") == true)
  }

  @Test("a schema that cannot be used is refused before anything is sent")
  func badSchema() {
    for (text, message) in [
      ("{", "--schema is not valid JSON"), (#"{"type":7}"#, "--schema is not a valid JSON Schema"),
      ("gone.json", "gone.json: No such file"),
    ] {
      let trial = ProgramTrial()
      #expect(trial.run("chat", "--schema", text, "Hello") == .exit(.usage))
      #expect(trial.errors.text.hasPrefix("sheep: " + message), "\(trial.errors.text)")
    }
  }

  @Test("an answer at the length limit is done with a note, and a mismatch under --strict")
  func lengthLimit() {
    func run(_ arguments: String...) -> (Termination, ProgramTrial) {
      let trial = ProgramTrial([
        .stream([ChatStream.text("cut"), ChatStream.finish("length"), ChatStream.done])
      ])
      return (trial.run(["chat"] + arguments + ["Hello"]), trial)
    }
    let (plain, first) = run()
    #expect(plain == .exit(.done))
    #expect(
      first.notes == ["sheep: gpt-4.1: the answer was cut at the length limit; raise it with --max-tokens"])
    let (strict, second) = run("--strict")
    #expect(strict == .exit(.mismatch))
    #expect(second.output.text == "cut")
    #expect(second.notes.count == 1)
    #expect(run("-q").1.errors.text.isEmpty)
  }

  @Test("a finish reason of the provider's own is complete, with a note")
  func unknownFinish() {
    let trial = ProgramTrial([
      .stream([ChatStream.text("x"), ChatStream.finish("tired\u{1b}[2J"), ChatStream.done])
    ])
    #expect(trial.run("chat", "Hello") == .exit(.done))
    #expect(trial.notes == ["sheep: unknown finish reason 'tired^[[2J'; treated as complete"])
  }

  @Test(
    "43: a reader that has gone stops the transfer, quietly, and that is done", arguments: ["chat", "stream"])
  func readerGone(_ command: String) {
    for form in [[], ["--jsonl"], ["--sse"]] {
      let trial = ProgramTrial([
        [
          .head(200), .text(ChatStream.text("one ")), .after(.seconds(1)), .text(ChatStream.text("two ")),
          .after(.seconds(1)), .text(ChatStream.text("three")), .silence,
        ]
      ])
      trial.output.end = (after: 1, result: .closed)
      #expect(trial.run([command] + form + ["-u", "Hello"]) == .exit(.done))
      #expect(trial.errors.text.isEmpty)
      #expect(trial.loop.received.map(\.wasCancelled) == [true])
      #expect(!trial.output.text.contains("three"))
    }
  }

  @Test("44: output that cannot be written is a local error, and stops the transfer")
  func diskFull() {
    let trial = ProgramTrial([
      [
        .head(200), .text(ChatStream.text("one ")), .after(.seconds(1)), .text(ChatStream.text("two")),
        .silence,
      ]
    ])
    trial.output.end = (after: 0, result: .failed(28))
    #expect(trial.run("chat", "Hello") == .exit(.localIO))
    #expect(trial.notes == ["sheep: standard output cannot be written: No space left on device"])
    #expect(trial.loop.received.map(\.wasCancelled) == [true])
    let whole = ProgramTrial(answer: "Hi")
    whole.output.end = (after: 0, result: .failed(28))
    #expect(whole.run("chat", "--json", "Hello") == .exit(.localIO))
    #expect(whole.errorObject?["code"] == 11)
    let help = ProgramTrial()
    help.output.end = (after: 0, result: .failed(28))
    #expect(help.run("--help") == .exit(.localIO))
  }

  @Test(
    "a signal stops the transfer and ends the program by the same signal", arguments: [2, 15, 1] as [Int32])
  func signal(_ number: Int32) {
    let trial = ProgramTrial([[.head(200), .text(ChatStream.text("one ")), .silence]])
    trial.output.isTerminal = true
    _ = trial.loop.schedule(at: trial.loop.now + .seconds(2)) {
      trial.signals.pending.append(number)
      trial.loop.makeReadable(trial.signals.descriptor)
    }
    #expect(trial.run("stream", "Hello") == .signal(number))
    #expect(trial.output.text == "one \n")
    #expect(trial.notes == ["sheep: stopped; the partial answer was delivered"])
    #expect(trial.loop.received.map(\.wasCancelled) == [true])
    let json = ProgramTrial([[.head(200), .text(ChatStream.text("one ")), .silence]])
    _ = json.loop.schedule(at: json.loop.now + .seconds(2)) {
      json.signals.pending.append(number)
      json.loop.makeReadable(json.signals.descriptor)
    }
    #expect(json.run("chat", "--json", "Hello") == .signal(number))
    #expect(json.json?["text"] == "one ")
    #expect(json.json?["complete"] == false)
    #expect(json.json?["finish_reason"] == "interrupted")
  }
}
