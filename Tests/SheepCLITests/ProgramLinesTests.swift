import SheepCLI
import SheepCore
import SheepOptions
import SheepRun
import SheepStore
import SheepTesting
import Testing

/// `chat --jsonl`: conversations with a program.
@Suite("program: messages by line")
struct ProgramLinesTests {
  private static func answer(_ text: String) -> TransferScript { .stream(ChatStream.answer(text)) }

  private func talk(
    _ lines: String, _ scripts: [TransferScript], _ words: String..., set: (ProgramTrial) -> Void = { _ in }
  ) -> (trial: ProgramTrial, end: Termination, lines: [JSON]) {
    let trial = ProgramTrial(scripts)
    trial.input = TrialInput(piped: lines)
    set(trial)
    let end = trial.run(["chat", "--jsonl"] + words)
    let rows = trial.output.text.split(separator: "\n").compactMap { try? JSON.parse(text: String($0)) }
    return (trial, end, rows)
  }

  private static func messages(_ trial: ProgramTrial, _ number: Int) -> [String] {
    (trial.loop.received[number].json?["messages"]?.array ?? []).map { $0["content"]?.string ?? "?" }
  }

  @Test("each line is answered with one, and what was said goes along")
  func conversation() {
    let (trial, end, lines) = talk(
      "first\r\n\n  \n{\"text\":\"second\",\"id\":{\"n\":1}}\n\"third\\nline\"",
      [Self.answer("one"), Self.answer("two"), Self.answer("three")])
    #expect(end == .exit(.done))
    #expect(lines.map { $0["type"]?.string } == ["answer", "answer", "answer"])
    #expect(lines.map { $0["text"]?.string } == ["one", "two", "three"])
    #expect(lines.map { $0["turn"]?.count } == [1, 2, 3])
    #expect(lines[1]["id"]?["n"]?.count == 1 && lines[0].object?["id"] == .null)
    #expect(lines[0]["usage"]?["input_tokens"]?.count == 9 && lines[0]["complete"]?.bool == true)
    #expect(Self.messages(trial, 2) == ["first", "one", "second", "two", "third\nline"])
  }

  @Test("system prompt and model hold from the line that names them")
  func settings() {
    let (trial, end, lines) = talk(
      """
      a
      {"text":"b","system":"S","model":"m-2@openai"}
      c
      {"system":null}
      d
      """, (0..<4).map { Self.answer("r\($0)") }, "-s", "First", "-m", "m-1"
    ) { $0.variables["OPENAI_API_KEY"] = "sk-other-1111111111112222" }
    #expect(end == .exit(.done), "\(trial.errors.text)")
    #expect(trial.loop.received.map { $0.json?["model"]?.string } == ["m-1", "m-2", "m-2", "m-2"])
    #expect(lines.map { $0["profile"]?.string } == ["holysheep", "openai", "openai", nil, "openai"])
    #expect(lines[3]["type"]?.string == "done")
    #expect(Self.messages(trial, 0) == ["First", "a"])
    #expect(Self.messages(trial, 2) == ["S", "a", "r0", "b", "r1", "c"])
    #expect(Self.messages(trial, 3).first == "a")
  }

  @Test("clear, undo and retry change what goes along, and are answered")
  func commands() {
    let (trial, end, lines) = talk(
      """
      a
      b
      {"command":"undo","id":1}
      c
      {"command":"retry"}
      {"command":"clear"}
      d
      {"command":"undo"}
      {"command":"undo"}
      """, (0..<5).map { Self.answer("r\($0)") })
    #expect(
      lines.map { $0["type"]?.string } == [
        "answer", "answer", "done", "answer", "answer", "done", "answer", "done", "error",
      ])
    #expect(lines[2]["command"]?.string == "undo" && lines[2]["id"]?.count == 1)
    #expect(Self.messages(trial, 2) == ["a", "r0", "c"])
    #expect(Self.messages(trial, 3) == ["a", "r0", "c"], "put again, without the former answer")
    #expect(Self.messages(trial, 4) == ["d"])
    #expect(end == .exit(.usage), "the last undo had nothing to take back")
  }

  @Test("a turn that fails is told on its line, and the conversation goes on without it")
  func failures() {
    let (trial, end, lines) = talk(
      "a\nb\nc\n",
      [
        .response(429, body: ErrorReply.body("slow down")),
        TransferScript([.head(200), .text(ChatStream.text("half")), .fail(.connectionLost)]),
        Self.answer("yes"),
      ], "--max-retries", "0")
    #expect(lines.map { $0["type"]?.string } == ["error", "error", "answer"])
    #expect(lines[0]["error"]?["code"]?.count == 4 && lines[0]["error"]?["status"]?.count == 429)
    #expect(lines[0]["answer"] == nil)
    #expect(lines[1]["error"]?["kind"]?.string == "incomplete" && lines[1]["turn"]?.count == 2)
    #expect(lines[1]["answer"]?["text"]?.string == "half" && lines[1]["answer"]?["complete"]?.bool == false)
    #expect(Self.messages(trial, 2) == ["b", "half", "c"])
    #expect(end == .exit(.conditionFalse), "they failed in different ways")
    let (_, same, _) = talk(
      "a\nb\n", [.response(429, body: ErrorReply.body("x")), Self.answer("y")], "--max-retries", "0")
    #expect(same == .exit(.rateLimit))
  }

  @Test("what is wrong with the settings is said once, before anything is read")
  func settingsProblem() {
    let (trial, end, lines) = talk("a\nb\n", [], "-m", "m@nobody")
    #expect(end == .exit(.usage) && lines.isEmpty && trial.input.reads == 0)
    let (_, keyless, rows) = talk("a\n", []) { $0.variables = [:] }
    #expect(keyless == .exit(.authentication) && rows.isEmpty)
  }

  @Test("T22: lines read no files unless that is allowed")
  func files() {
    let lines = "{\"text\":\"see\",\"files\":[\"/a.txt\"]}\n@/a.txt\n"
    let (trial, end, rows) = talk(lines, [Self.answer("x")]) { $0.files["/a.txt"] = Array("secret".utf8) }
    #expect(rows[0]["error"]?["message"]?.string?.contains("add --allow-files") == true)
    #expect(Self.messages(trial, 0) == ["@/a.txt"], "a text is a text")
    #expect(end == .exit(.usage))
    let (allowed, done, _) = talk(lines, [Self.answer("x"), Self.answer("y")], "--allow-files") {
      $0.files["/a.txt"] = Array("secret".utf8)
    }
    #expect(done == .exit(.done) && Self.messages(allowed, 0) == ["[file: /a.txt]\nsecret\n\nsee"])
  }

  @Test("a conversation is kept in a session, and gone on with")
  func session() throws {
    let place = try ProgramSessionTests.Place()
    for (line, text) in [("a", "one"), ("b", "two")] {
      let (trial, end, _) = talk(line, [Self.answer(text)], "-S", "work") {
        $0.variables["XDG_DATA_HOME"] = place.path
      }
      #expect(end == .exit(.done), "\(trial.errors.text)")
      if line == "b" { #expect(Self.messages(trial, 0) == ["a", "one", "b"]) }
    }
    #expect(try place.conversation("work").exchanges.map(\.reply?.text) == ["one", "two"])
    let (_, end, _) = talk("{\"command\":\"retry\"}", [Self.answer("three")], "-S", "work") {
      $0.variables["XDG_DATA_HOME"] = place.path
    }
    #expect(end == .exit(.done))
    #expect(try place.conversation("work").exchanges.last?.replies.map(\.text) == ["two", "three"])
    let (_, _, _) = talk("x", [Self.answer("y")]) { $0.variables["XDG_DATA_HOME"] = place.path }
    #expect(place.names == ["work.jsonl"], "without a session nothing is kept")
  }

  @Test("a role is put around every message")
  func role() {
    let (trial, _, _) = talk("a\nb", [Self.answer("x"), Self.answer("y")], "-r", "own") {
      $0.variables["XDG_CONFIG_HOME"] = "/c"
      $0.stored["/c/sheep/roles/own.md"] = "S\n--- prompt\n<{}>"
    }
    #expect(Self.messages(trial, 1) == ["S", "<a>", "x", "<b>"])
  }

  @Test("with a prompt the events of one answer are printed, as from stream")
  func prompt() {
    let (_, end, lines) = talk("piped", [Self.answer("x")], "Hello")
    #expect(end == .exit(.done))
    #expect(lines.first?["type"]?.string == "started" && lines.last?["type"]?.string == "finished")
  }

  @Test("a reader that has gone ends it quietly, a full disk with 11")
  func output() {
    let (trial, end, _) = talk("a\nb", [Self.answer("x")]) { $0.output.end = (0, .closed) }
    #expect(end == .exit(.done) && trial.errors.text == "")
    let (_, full, _) = talk("a\nb", [Self.answer("x")]) { $0.output.end = (0, .failed(28)) }
    #expect(full == .exit(.localIO))
  }

  @Test("a signal ends it by that signal, and the answer in flight is reported")
  func signal() {
    let trial = ProgramTrial([
      TransferScript([.head(200), .text(ChatStream.text("so")), .after(.seconds(1)), .silence])
    ])
    trial.input = TrialInput(piped: "a\nb")
    let timer = trial.loop.schedule(at: trial.loop.now + .milliseconds(500)) {
      trial.signals.pending = [15]
      trial.loop.makeReadable(trial.signals.descriptor)
    }
    #expect(trial.run("chat", "--jsonl") == .signal(15))
    #expect(trial.json?["error"]?["kind"]?.string == "interrupted")
    #expect(trial.json?["answer"]?["text"]?.string == "so")
    trial.loop.cancel(timer)
  }

  @Test(
    "a line that is no message is an error with what is wrong",
    arguments: [
      ("{", "is not valid JSON"), ("{}", "is empty"),
      ("{\"txet\":\"a\"}", "'txet'; did you mean text?"),
      ("{\"text\":7}", "the value of 'text' has the wrong type"),
      ("{\"command\":\"redo\"}", "'redo' is not a command"),
      ("{\"text\":\"a\",\"command\":\"undo\"}", "has both"),
      ("{\"files\":[7]}", "a value in 'files' that is not a string"),
      ("{\"model\":\"\"}", "has an invalid model"),
      ("\"a", "is not valid JSON"), ("{\"text\":\"a\"} {\"text\":\"b\"}", "is not valid JSON"),
    ])
  func mistakes(_ line: String, _ problem: String) throws {
    let found = try #require(MessageLine.read(Array(line.utf8)[...]))
    guard case .failure(let failure) = found.line else {
      Issue.record("\(line) was taken")
      return
    }
    #expect(failure.kind == .usage && failure.sentence.contains(problem), "\(failure.sentence)")
  }

  @Test("bytes that are no text are refused, not repaired")
  func notText() throws {
    let found = try #require(MessageLine.read([0x61, 0xff][...]))
    guard case .failure = found.line else {
      Issue.record("they were taken")
      return
    }
  }
}
