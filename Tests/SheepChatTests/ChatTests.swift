import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

/// The conversation at a terminal, by script.
@Suite("chat")
struct ChatTests {
  private func trial(_ scripts: [TransferScript], _ steps: [ScriptedLineEditor.Step]) -> ProgramTrial {
    let trial = ProgramTrial(scripts)
    trial.typist = ScriptedLineEditor(steps)
    trial.output.isTerminal = true
    trial.errors.isTerminal = true
    trial.errors.width = 400
    trial.variables["TERM"] = "xterm"
    trial.variables["NO_COLOR"] = "1"
    return trial
  }

  private static func answer(_ pieces: String...) -> TransferScript {
    .stream(
      pieces.map { ChatStream.text($0) } + [
        ChatStream.finish(), ChatStream.usage(prompt: 9, completion: 20), ChatStream.done,
      ])
  }

  private func contents(_ trial: ProgramTrial, _ index: Int) -> [String] {
    (trial.loop.received[index].json?["messages"]?.array ?? []).map {
      ($0["role"]?.string ?? "") + ": " + ($0["content"]?.string ?? "")
    }
  }

  @Test("what was said goes along, and the receipt carries the running total")
  func conversation() {
    let trial = trial(
      [Self.answer("One."), Self.answer("Two.")], [.line("First?"), .line(""), .line("Second?")])
    #expect(trial.run("chat", "--no-log", "-m", "gpt-4.1") == .exit(.done))
    #expect(contents(trial, 1) == ["user: First?", "assistant: One.", "user: Second?"])
    #expect(trial.loop.received.count == 2, "an empty line is no question")
    #expect(trial.output.text == "One.\nTwo.\n")
    #expect(trial.errors.text.contains("session 2 turns, 58 tokens, $0.001424"), "\(trial.errors.text)")
    #expect(trial.typist?.reads.map(\.prompt) == Array(repeating: "gpt-4.1 ▸ ", count: 4))
    #expect(trial.typist?.isClosed == true)
    #expect(trial.loop.waitingTimers == 0)
  }

  @Test("the model that is billed is named at the beginning and whenever it changes")
  func banner() {
    let trial = trial([], [.line("/model gpt-4o-mini@openai")])
    trial.variables["OPENAI_API_KEY"] = "sk-other-1234567890abcdef"
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.notes.first?.hasPrefix("model gpt-4.1 · holysheep") == true, "\(trial.notes)")
    #expect(trial.notes.contains { $0.hasPrefix("model gpt-4o-mini · openai · ") }, "\(trial.notes)")
    #expect(trial.typist?.reads.last?.prompt == "gpt-4o-mini@openai ▸ ")
  }

  @Test("a question that fails comes back into the edit line, and is never sent along")
  func failure() {
    let refusal = TransferScript.response(400, body: ErrorReply.body("no such thing"))
    let trial = trial(
      [refusal, Self.answer("Yes.")], [.line("A long question"), .line("Another one")])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.typist?.reads.map(\.text) == ["", "A long question", ""])
    #expect(contents(trial, 1) == ["user: Another one"])
    #expect(trial.errors.text.contains("no such thing"))
  }

  @Test("Ctrl-C stops an answer at once and keeps what came; /continue resumes it")
  func interrupt() {
    let slow = TransferScript([
      .head(200), .text(ChatStream.text("Begin")), .after(.seconds(60)), .text(ChatStream.text(" never")),
    ])
    let trial = trial([slow, Self.answer(" and end.")], [])
    let loop = trial.loop
    var stopped: Instant?
    trial.typist = ScriptedLineEditor([
      .act {
        _ = loop.schedule(at: loop.now + .seconds(3)) {
          trial.signals.pending = [2]
          stopped = loop.now
          loop.makeReadable(trial.signals.descriptor)
        }
      }, .line("Go"), .act { #expect(loop.now == stopped, "back at the prompt in the same turn") },
      .line("/continue"),
      .line("/last"),
    ])
    #expect(trial.run("chat", "--no-log", "-m", "gpt-4.1") == .exit(.done))
    #expect(loop.received[0].wasCancelled)
    #expect(trial.errors.text.contains("[stopped after 1 token, ~$"), "\(trial.errors.text)")
    #expect(contents(trial, 1).dropLast() == ["user: Go", "assistant: Begin"])
    #expect(contents(trial, 1).last?.contains("exactly where it stopped") == true)
    #expect(trial.output.text.hasSuffix("Begin and end.\n"), "\(trial.output.text)")
  }

  @Test("a stream that the network cuts is kept, and can be gone on with")
  func cut() {
    let broken = TransferScript([.head(200), .text(ChatStream.text("Half")), .fail(.connectionLost)])
    let trial = trial([broken], [.line("Go"), .line("/history")])
    #expect(trial.run("chat", "--no-log", "-m", "gpt-4.1") == .exit(.done))
    #expect(trial.errors.text.contains("/continue resumes it"), "\(trial.errors.text)")
    #expect(trial.typist?.reads.last?.text == "")
    #expect(trial.errors.text.contains("Half"))
  }

  @Test("Ctrl-C twice on an empty line leaves as if killed by it, with a hint after the first")
  func leaving() {
    let twice = trial([], [.interrupt(wasEmpty: true), .interrupt(wasEmpty: true)])
    #expect(twice.run("chat", "--no-log") == .signal(2))
    #expect(twice.errors.text.contains("press Ctrl-C again"))
    let text = trial(
      [], [.interrupt(wasEmpty: true), .interrupt(wasEmpty: false), .interrupt(wasEmpty: true)])
    #expect(text.run("chat", "--no-log") == .exit(.done), "text in between begins anew")
    #expect(trial([], [.line("exit")]).run("chat", "--no-log") == .exit(.done))
  }

  @Test("SIGTERM at the prompt ends the chat by that signal")
  func terminated() {
    let trial = trial([], [])
    trial.typist = ScriptedLineEditor([
      .act {
        trial.signals.pending = [15]
        trial.loop.makeReadable(trial.signals.descriptor)
      }, .line("never read"),
    ])
    #expect(trial.run("chat", "--no-log") == .signal(15))
    #expect(trial.loop.received.isEmpty)
  }

  @Test("an unknown command is answered with the nearest and not sent; // sends a slash, paths go through")
  func commands() {
    let trial = trial(
      [Self.answer("a"), Self.answer("b"), Self.answer("c")],
      [
        .line("/modle x"), .line("//help me"), .line("/usr/bin is what?"), .line(".NET is what?"),
        .line(".usage"),
      ])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.errors.text.contains("did you mean /model?"), "\(trial.errors.text)")
    #expect(trial.typist?.reads[1].text == "/modle x")
    #expect(contents(trial, 0) == ["user: /help me"])
    #expect(contents(trial, 1).last == "user: /usr/bin is what?")
    #expect(contents(trial, 2).last == "user: .NET is what?")
    #expect(trial.errors.text.contains("totals include retries, stopped answers and undone turns"))
  }

  @Test("/retry keeps the older answer as a branch, and /choose goes back to it")
  func retry() {
    let trial = trial(
      [Self.answer("One."), Self.answer("Two."), Self.answer("Three.")],
      [.line("Q?"), .line("/retry -m gpt-4o-mini"), .line("/choose 1"), .line("And?")])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(contents(trial, 1) == ["user: Q?"])
    #expect(trial.loop.received[1].json?["model"]?.string == "gpt-4o-mini")
    #expect(trial.errors.text.contains("answer 2 of 2"))
    #expect(contents(trial, 2) == ["user: Q?", "assistant: One.", "user: And?"])
    #expect(trial.loop.received[2].json?["model"]?.string == "gpt-4.1", "the model of /retry holds once")
  }

  @Test("/undo takes turns back, and puts the question into the edit line")
  func undo() {
    let trial = trial(
      [Self.answer("One."), Self.answer("Two."), Self.answer("Three.")],
      [.line("A"), .line("B"), .line("/undo"), .line("C"), .line("/undo 9"), .line("/undo")])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(contents(trial, 2) == ["user: A", "assistant: One.", "user: C"])
    #expect(trial.typist?.reads.map(\.text) == ["", "", "", "B", "", "A", "/undo"])
  }

  @Test("/undo brings back what was typed: with the slash that makes a text of it, without the role")
  func undoTyped() {
    let trial = trial(
      [Self.answer("One."), Self.answer("Two."), Self.answer("Three.")],
      [
        .line("//help me"), .line("/undo"), .line("/usr/bin is what?"), .line("/undo"),
        .line("/role translate language=Korean"), .line("Hello"), .line("/undo"),
      ])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    let reads = trial.typist?.reads.map(\.text) ?? []
    #expect(reads == ["", "", "//help me", "", "/usr/bin is what?", "", "", "Hello"], "\(reads)")
  }

  @Test("an answer of blanks is none: the question comes back, and is never sent along")
  func blank() {
    let trial = trial([Self.answer("\n\n"), Self.answer("Yes.")], [.line("Q?"), .line("R?")])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.typist?.reads.map(\.text) == ["", "Q?", ""])
    #expect(contents(trial, 1) == ["user: R?"])
  }

  @Test("/cost is about the last answer, also after a call that brought none")
  func costAfterFailure() {
    let refusal = TransferScript.response(404, body: ErrorReply.body("no such model"))
    let trial = trial(
      [Self.answer("One."), refusal], [.line("Q?"), .line("/retry -m none"), .line("/cost")])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.errors.text.contains("from the built-in price list"), "\(trial.errors.text)")
    #expect(!trial.errors.text.contains("the price is unknown"))
  }

  @Test("/retry and /continue stand in the edit line again when nothing came of them")
  func failedCommands() {
    let broken = TransferScript([.head(200), .text(ChatStream.text("Half")), .fail(.connectionLost)])
    let refusal = TransferScript.response(400, body: ErrorReply.body("not now"))
    let trial = trial(
      [broken, refusal, refusal, Self.answer("Whole.")],
      [.line("Q?"), .line("/continue"), .line("/retry -m gpt-4o"), .line("/retry")])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    let reads = trial.typist?.reads.map(\.text) ?? []
    #expect(reads == ["", "", "/continue", "/retry -m gpt-4o", ""], "\(reads)")
  }

  @Test("an answer that is not shown on the terminal ends its line too")
  func piped() {
    let trial = trial([Self.answer("One."), Self.answer("Two.\n")], [.line("Q?"), .line("R?")])
    trial.output.isTerminal = false
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.output.text == "One.\nTwo.\n")
  }

  @Test("a model that is not there is not named among those to choose from")
  func missingModel() {
    let body = ErrorReply.body("no such model", code: "model_not_found")
    let refusal = TransferScript.response(404, body: body)
    let trial = trial([refusal], [.line("Q?")])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    let text = trial.errors.text
    let advice = text.ranges(of: "choose another with /model: ").first.map { text[$0.upperBound...] }
    #expect(advice != nil && advice?.contains("gpt-4.1,") == false, "\(trial.errors.text)")
  }

  @Test("what is said while a call is tried again is parted between words")
  func wrappedNotes() {
    let refusal = TransferScript.response(500, body: ErrorReply.body("the server had a very bad day"))
    let trial = trial([refusal, Self.answer("Yes.")], [.line("Q?")])
    trial.errors.width = 30
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    let rows = trial.errors.text.split(separator: "\n")
    #expect(trial.errors.text.contains("retrying in "), "\(trial.errors.text)")
    #expect(rows.allSatisfy { $0.count <= 30 }, "\(rows)")
  }

  @Test("/help keeps to the window's width", arguments: [40, 60, 80, 120])
  func help(width: Int) {
    let trial = trial([], [.line("/help")])
    trial.errors.width = width
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    let rows = trial.errors.text.split(separator: "\n")
    #expect(rows.count > 40)
    #expect(rows.filter { $0.count > width } == [])
  }

  @Test("the size of a paste counts the lines that it has")
  func pasteNote() {
    let trial = trial([], [])
    var note: String?
    trial.typist = ScriptedLineEditor([
      .act { note = trial.typist?.pasteNote?(String(repeating: "x\n", count: 60)) }
    ])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(note?.hasPrefix("[pasted 60 lines, ") == true, "\(note ?? "none")")
  }

  @Test("settings reach the request, and go back to the model's own")
  func settings() {
    let trial = trial(
      [Self.answer("a"), Self.answer("b")],
      [
        .line("/system Be brief"), .line("/set max-tokens 50"), .line("/temp 0.3"), .line("/set top_k 7"),
        .line("Q"), .line("/temp off"), .line("/set top_k off"), .line("/system off"), .line("Q2"),
        .line("/temp hot"), .line("/set temprature 1"),
      ])
    trial.run("chat", "--no-log", "-m", "gpt-4.1", "--seed", "3")
    let first = trial.loop.received[0].json
    #expect(contents(trial, 0) == ["system: Be brief", "user: Q"])
    #expect(
      first?["max_tokens"]?.serialized() == "50" || first?["max_completion_tokens"]?.serialized() == "50")
    #expect(first?["temperature"]?.serialized() == "0.3")
    #expect(first?["top_k"]?.serialized() == "7")
    #expect(first?["seed"]?.serialized() == "3")
    let second = trial.loop.received[1].json
    #expect(second?["temperature"] == nil)
    #expect(second?["top_k"] == nil)
    #expect(contents(trial, 1).first == "user: Q")
    #expect(trial.typist?.reads.last?.text == "/set temprature 1")
    #expect(trial.errors.text.contains("did you mean temperature?"))
  }

  @Test("a dry chat sends nothing and shows the request")
  func dry() {
    let trial = trial([], [.line("/dry on"), .line("Hello")])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.loop.received.isEmpty)
    #expect(trial.output.text.contains("\"content\": \"Hello\""), "\(trial.output.text)")
  }

  @Test("nothing is sent that could pass the budget, and most of it spent is said once")
  func budget() {
    let long = String(repeating: "word ", count: 4000)
    let trial = trial(
      [Self.answer("a"), Self.answer("b")],
      [
        .line("/budget 0.0008"), .line("Q"), .line("R"), .line("/budget 0.01"), .line(long),
        .line("/budget off"),
      ])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.loop.received.count == 2)
    #expect(trial.notes.filter { $0.hasPrefix("budget: ") }.count == 1, "\(trial.notes)")
    #expect(trial.errors.text.contains("nothing was sent"))
    #expect(trial.typist?.reads[5].text == long)
  }

  @Test("what looks like a key is neither sent nor remembered")
  func key() {
    let trial = trial([], [.line("my key is sk-abcdefghijklmnopqrstuvwxyz")])
    trial.run("chat", "--no-log")
    #expect(trial.loop.received.isEmpty)
    #expect(trial.typist?.history == [])
  }

  @Test("files go along once, and stay when the question fails")
  func files() {
    let trial = trial(
      [.response(400, body: ErrorReply.body("no")), Self.answer("a"), Self.answer("b")],
      [.line("/file 'my notes.txt'"), .line("/file none.txt"), .line("What is it?"), .enter, .line("And?")])
    trial.files["my notes.txt"] = Array("Remember the milk.".utf8)
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    let expected = "user: [file: my notes.txt]\nRemember the milk.\n\nWhat is it?"
    #expect(contents(trial, 0) == [expected])
    #expect(contents(trial, 1) == [expected])
    #expect(contents(trial, 2).last == "user: And?")
    #expect(trial.errors.text.contains("none.txt: No such file"))
  }

  @Test("reasoning can be folded into one line, and left out")
  func reasoning() {
    let thinking = TransferScript.stream(
      [ChatStream.reasoning("Let me think about it.")] + ChatStream.answer("So."))
    let trial = trial(
      [thinking, thinking, thinking],
      [.line("A"), .line("/reasoning fold"), .line("B"), .line("/reasoning off"), .line("C")])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.errors.text.split(separator: "Let me think about it.").count == 2, "\(trial.errors.text)")
    #expect(trial.errors.text.split(separator: "reasoning ~").count == 2)
    #expect(trial.output.text == "So.\nSo.\nSo.\n")
  }

  @Test("control sequences of a model reach neither screen nor clipboard nor the list of turns")
  func escapes() {
    let evil = "safe\u{1b}]52;c;aGk=\u{7} \u{1b}[2Jtext\u{7}"
    let trial = trial([Self.answer(evil)], [.line("Q"), .line("/history"), .line("/last"), .line("/copy")])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    let copied = "\u{1b}]52;c;" + Base64.encode(Array("safe text".utf8)) + "\u{7}"
    #expect(trial.output.text.hasSuffix(copied), "\(trial.output.text.debugDescription)")
    let rest = trial.output.text.dropLast(copied.count) + trial.errors.text
    for mark in ["\u{1b}]", "\u{1b}[2J", "\u{7}"] { #expect(!rest.contains(mark)) }
    #expect(trial.errors.text.contains("removed 3 control sequences from the answer"))
  }

  @Test("the clipboard's own tool is used where there is one, and tmux passes the sequence on")
  func clipboard() {
    let trial = trial([Self.answer("text")], [.line("Q"), .line("/copy"), .line("/paste")])
    trial.variables["WAYLAND_DISPLAY"] = "wayland-0"
    trial.filters = ["wl-copy": [], "wl-paste": Array("from\u{1b}[31m there".utf8)]
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.filtered.first?.input == Array("text".utf8))
    #expect(trial.typist?.reads.last?.text == "from there")
    let inTmux = self.trial([Self.answer("text")], [.line("Q"), .line("/copy")])
    inTmux.variables["TMUX"] = "/tmp/x,1,0"
    inTmux.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(inTmux.output.text.contains("\u{1b}Ptmux;\u{1b}\u{1b}]52;c;"))
  }

  @Test("code blocks are listed, and written to files that do not exist yet")
  func code() {
    let text = "Look:\n```swift\nlet a = 1\n```\nand\n```\nplain\n```\n"
    let trial = trial(
      [Self.answer(text)],
      [
        .line("Q"), .line("/code"), .line("/write a.swift 1"), .line("/write there.txt 2"),
        .line("/write! there.txt 2"), .line("/write b.txt 3"),
      ])
    let written = TrialFiles()
    trial.written = written
    trial.files["there.txt"] = []
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(written.content["a.swift"] == Array("let a = 1\n".utf8))
    #expect(written.content["there.txt"] == Array("plain\n".utf8))
    #expect(written.replacements["there.txt"] == 1, "only with the mark")
    #expect(written.content["b.txt"] == nil)
    #expect(trial.errors.text.contains("there.txt exists; use /write! to overwrite it"))
    #expect(trial.errors.text.contains("swift"))
  }

  @Test("/multi takes several lines, and Ctrl-C gives them up into the history")
  func multi() {
    let trial = trial(
      [Self.answer("a")],
      [
        .line("/multi"), .line("one"), .line(""), .line("  two"), .line("/end"), .line("/multi"),
        .line("three"),
        .interrupt(wasEmpty: true),
      ])
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(contents(trial, 0) == ["user: one\n\n  two"])
    #expect(trial.typist?.history.last == "three")
  }

  @Test("/edit puts what the editor wrote into the edit line")
  func edit() {
    let trial = trial([], [.line("/edit begin"), .line("/edit")])
    trial.typist?.editing = { $0.isEmpty ? nil : $0 + " and more\n" }
    trial.run("chat", "--no-log")
    #expect(trial.typist?.reads[1].text == "begin and more")
    #expect(trial.typist?.reads[2].text == "/edit")
  }

  @Test("/compare asks others the last question, keeps their answers, and goes on from the old one")
  func compare() {
    let trial = trial(
      [Self.answer("One."), Self.answer("Two."), Self.answer("Three."), Self.answer("Four.")],
      [.line("Q?"), .line("/compare gpt-4o-mini,deepseek-v3.2"), .line("And?"), .line("/compare x,x")])
    trial.output.width = 120
    trial.run("chat", "--no-log", "-m", "gpt-4.1")
    #expect(trial.loop.received[1...2].map { $0.json?["model"]?.string } == ["gpt-4o-mini", "deepseek-v3.2"])
    #expect(contents(trial, 2) == ["user: Q?"])
    #expect(contents(trial, 3) == ["user: Q?", "assistant: One.", "user: And?"])
    #expect(trial.output.text.contains("Two."))
    #expect(trial.errors.text.contains("/choose N continues from another of the 3 answers"))
    #expect(trial.errors.text.contains("session 1 turn, 87 tokens"), "\(trial.errors.text)")
  }

  @Test("Tab offers commands, models with their prices, settings and nothing in a question")
  func completion() {
    let trial = trial([], [])
    var found: [[String]] = []
    trial.typist = ScriptedLineEditor([
      .act {
        let typist = trial.typist
        found = ["/mod", "/model gpt-4.1-m", "/set max", "/reasoning f", "hello", "/compare a,gpt-4.1-m"].map
        {
          typist?.completions($0) ?? []
        }
      }
    ])
    trial.run("chat", "--no-log", "-P", "openai", "--key-env", "HOLYSHEEP_API_KEY")
    #expect(found[0] == ["model", "models"])
    #expect(found[1] == ["gpt-4.1-mini"], "\(found)")
    #expect(found[2] == ["max-tokens"])
    #expect(found[3] == ["fold"])
    #expect(found[4] == [])
    #expect(found[5] == ["gpt-4.1-mini"])
  }
}
