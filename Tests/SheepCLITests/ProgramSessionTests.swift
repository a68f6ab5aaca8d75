import SheepCore
import SheepOptions
import SheepRun
import SheepStore
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One-shot calls that belong to a conversation.
@Suite("program: sessions")
struct ProgramSessionTests {
  /// A place for sessions, and runs of the program that share it.
  final class Place {
    private let data: TemporaryFolder

    init() throws { data = try TemporaryFolder() }

    var path: String { data.path }

    var folder: SessionFolder {
      SessionFolder(path: path + "/sheep/sessions", now: { 1_795_219_200 }, random: { 0.5 })
    }

    func trial(_ scripts: [TransferScript]) -> ProgramTrial { placed(ProgramTrial(scripts)) }

    func trial(answer: String) -> ProgramTrial { placed(ProgramTrial(answer: answer)) }

    private func placed(_ trial: ProgramTrial) -> ProgramTrial {
      trial.variables["XDG_DATA_HOME"] = path
      return trial
    }

    func conversation(_ name: String) throws -> Conversation {
      let name = try #require(StoredName(name))
      return try #require(try folder.read(name)).conversation
    }

    var names: [String] { PrivateFile.names(in: path + "/sheep/sessions").sorted() }
  }

  private static func messages(_ trial: ProgramTrial) -> [String] {
    (trial.body?["messages"]?.array ?? []).map {
      ($0["role"]?.string ?? "?") + ": " + ($0["content"]?.string ?? "?")
    }
  }

  @Test("what was said goes along, and question and answer are kept, in every form of output")
  func goesOn() throws {
    let place = try Place()
    let first = place.trial(answer: "Blue.")
    #expect(first.run("chat", "-S", "work", "-s", "Be brief", "-m", "m-1", "Which colour?") == .exit(.done))
    #expect(first.output.text == "Blue.")
    let second = place.trial(answer: "Rayleigh.")
    #expect(second.run("chat", "-S", "work", "--json", "Why?") == .exit(.done))
    #expect(second.json?["text"]?.string == "Rayleigh.")
    #expect(
      Self.messages(second) == ["system: Be brief", "user: Which colour?", "assistant: Blue.", "user: Why?"])
    #expect(second.body?["model"]?.string == "m-1", "the session's model")
    let third = place.trial(answer: "42")
    third.input = TrialInput(piped: "data")
    #expect(third.run("stream", "-c", "-m", "m-2", "-s", "Be long", "Count") == .exit(.done))
    #expect(third.output.text == "42")
    #expect(
      Self.messages(third).first == "system: Be long" && Self.messages(third).last == "user: data\n\nCount")
    let kept = try place.conversation("work")
    #expect(kept.exchanges.map(\.reply?.text) == ["Blue.", "Rayleigh.", "42"])
    #expect(
      kept.exchanges.last?.reply?.model == "m-2" && kept.exchanges.last?.reply?.servedModel == "served-1")
    #expect(kept.exchanges.last?.question.files == ["standard input"])
    #expect(kept.system == "Be long" && kept.total.outputTokens == 60)
    let file = try #require(try PrivateFile.read(place.folder.path + "/work.jsonl"))
    #expect(!String(decoding: file, as: UTF8.self).contains(ProgramTrial.key.suffix(8)), "no key is kept")
    let fourth = place.trial(answer: "x")
    #expect(fourth.run("chat", "-S", "work", "-x", "More") == .exit(.done))
    #expect(try place.conversation("work").exchanges.count == 4)
  }

  @Test("a call without a session, one that only shows and one without a log keep nothing")
  func keepsNothing() throws {
    let place = try Place()
    #expect(place.trial(answer: "a").run("chat", "Hello") == .exit(.done))
    #expect(place.trial(answer: "a").run("chat", "--no-log", "-S", "work", "Hello") == .exit(.done))
    #expect(place.trial([]).run("chat", "--dry-run", "-S", "work", "Hello") == .exit(.done))
    #expect(place.trial([]).run("chat", "-S", "work", "-m", "m@nobody", "Hello") == .exit(.usage))
    #expect(place.names == [])
    #expect(place.trial(answer: "a").run("chat", "-S", "work", "Hello") == .exit(.done))
    let shown = place.trial([])
    #expect(shown.run("chat", "--dry-run", "--json", "-S", "work", "Again") == .exit(.done))
    #expect(shown.json?["body"]?["messages"]?.array?.count == 3)
    let unkept = place.trial(answer: "b")
    #expect(unkept.run("chat", "--no-log", "-c", "Again") == .exit(.done))
    #expect(Self.messages(unkept).count == 3)
    #expect(try place.conversation("work").exchanges.count == 1)
  }

  @Test("an answer that breaks off is kept as far as it came, and a question without one is not put again")
  func broken() throws {
    let place = try Place()
    let cut = place.trial([
      TransferScript([
        .head(200), .text(ChatStream.role), .text(ChatStream.text("half an")), .fail(.connectionLost),
      ])
    ])
    #expect(cut.run("chat", "-S", "work", "--max-retries", "0", "Hello") == .exit(.incomplete))
    #expect(try place.conversation("work").exchanges.last?.reply?.text == "half an")
    #expect(try place.conversation("work").exchanges.last?.reply?.finishReason == .truncated)
    let refused = place.trial([.response(401, body: ErrorReply.body("no"))])
    #expect(refused.run("chat", "-S", "work", "Unanswered") == .exit(.authentication))
    #expect(try place.conversation("work").exchanges.map { $0.reply == nil } == [false, true])
    let next = place.trial(answer: "yes")
    #expect(next.run("chat", "-S", "work", "Next") == .exit(.done))
    #expect(Self.messages(next) == ["user: Hello", "assistant: half an", "user: Next"])
  }

  @Test("a signal keeps what came, as interrupted")
  func signal() throws {
    let place = try Place()
    let trial = place.trial([
      TransferScript([.head(200), .text(ChatStream.role), .text(ChatStream.text("so far")), .silence])
    ])
    trial.output.onWrite = {
      trial.signals.pending = [2]
      trial.loop.makeReadable(trial.signals.descriptor)
    }
    #expect(trial.run("chat", "-S", "work", "Hello") == .signal(2))
    let reply = try place.conversation("work").exchanges.last?.reply
    #expect(reply?.text == "so far" && reply?.finishReason == .interrupted)
  }

  @Test("what a provider wants back goes back, to its own dialect only")
  func state() throws {
    let place = try Place()
    let log = try place.folder.open(#require(StoredName("work")))
    let state = ProviderState(
      dialect: "anthropic", value: ["type": "thinking", "thinking": "hm", "signature": "c2lnbmF0dXJl"])
    try log.append(.model("claude-x", profile: "anthropic"))
    try log.append(.question(Question(parts: [.text("Hello")], time: 1)))
    try log.append(
      .reply(Reply(model: "claude-x", profile: "anthropic", text: "Hi", state: [state], time: 2)))
    log.close()
    let same = place.trial([])
    #expect(same.run("chat", "--dry-run", "--json", "-c", "Next") == .exit(.done))
    #expect(same.json?["url"]?.string?.contains("api.anthropic.com") == true, "the session's profile")
    let sent = same.json?["body"]?["messages"]?[1]?["content"]
    #expect(sent?[0]?["signature"]?.string == "c2lnbmF0dXJl" && sent?[1]?["text"]?.string == "Hi")
    let other = place.trial([])
    #expect(other.run("chat", "--dry-run", "--json", "-c", "-m", "gpt-4.1@openai", "Next") == .exit(.done))
    #expect(other.output.text.contains("c2lnbmF0dXJl") == false)
  }

  @Test("a session that cannot be written costs the session, not the answer")
  func unwritable() throws {
    let place = try Place()
    try PrivateFile.write([], to: place.path + "/sheep", mayReplace: false)
    let trial = place.trial(answer: "All of it")
    #expect(trial.run("chat", "-S", "work", "--json", "Hello") == .exit(.localIO))
    #expect(trial.json?["text"]?.string == "All of it")
    #expect(trial.errorObject?["kind"]?.string == "output")
    let homeless = ProgramTrial([])
    #expect(homeless.run("chat", "-S", "work", "Hello") == .exit(.usage))
    #expect(homeless.errors.text.contains("set HOME, or XDG_DATA_HOME to an absolute path"))
  }

  @Test("a session in use is refused before anything is sent, and can be copied or read")
  func inUse() throws {
    let place = try Place()
    let log = try place.folder.open(#require(StoredName("work")))
    try log.append(.question(Question(parts: [.text("First")], time: 1)))
    try log.append(.reply(Reply(model: "m", text: "One", time: 2)))
    let refused = place.trial([])
    #expect(refused.run("chat", "-S", "work", "Hello") == .exit(.usage))
    #expect(refused.errors.text.contains("session 'work' is in use by process "))
    #expect(refused.errors.text.contains("; continue in a copy with --fork NAME, or close the other one"))
    let copy = place.trial(answer: "Two")
    #expect(copy.run("chat", "-S", "work", "--fork", "copy", "Second") == .exit(.done))
    #expect(try place.conversation("copy").exchanges.map(\.reply?.text) == ["One", "Two"])
    #expect(try place.conversation("work").exchanges.count == 1)
    let again = place.trial([])
    #expect(again.run("chat", "-S", "work", "--fork", "copy", "Second") == .exit(.usage))
    #expect(again.errors.text.contains("session 'copy' already exists"))
    #expect(place.trial([]).run("chat", "-S", "none", "--fork", "x", "Hi") == .exit(.usage))
    #expect(place.trial([]).run("chat", "--fork", "x", "Hi") == .exit(.usage))
    let list = place.trial([])
    #expect(list.run("chat", "--list", "--json") == .exit(.done))
    #expect(list.json?.array?.compactMap { $0["name"]?.string }.sorted() == ["copy", "work"])
    #expect(place.trial([]).run("chat", "--export", "json", "-S", "work") == .exit(.done))
  }

  @Test("T12: no name leads out of the folder", arguments: [["-S"], ["--fork"]])
  func names(_ option: [String]) throws {
    let place = try Place()
    for name in [
      "../x", "/x", "a/b", "%2e", "-x", ".hidden", "한글", "a b", String(repeating: "n", count: 300),
    ] {
      for words in [["chat", "Hi"], ["stream", "Hi"], ["chat", "--export", "md"], ["chat", "--jsonl"]] {
        let trial = place.trial([])
        #expect(trial.run(words + option.map { $0 + (option == ["-S"] ? "" : "=") + name }) == .exit(.usage))
        #expect(trial.errors.text.contains("is not a valid session name"), "\(trial.errors.text)")
      }
    }
    #expect(PrivateFile.names(in: place.path) == [], "nothing was touched")
  }

  @Test("a list is a table for people and an array for programs")
  func list() throws {
    let place = try Place()
    let none = place.trial([])
    #expect(none.run("chat", "--list") == .exit(.done) && none.output.text == "")
    #expect(
      place.trial(answer: "a").run("chat", "-S", "one", "-m", "gpt-4.1", "What\u{1b}[2J is this?")
        == .exit(.done))
    let table = place.trial([])
    #expect(table.run("chat", "--list") == .exit(.done))
    let lines = table.output.text.split(separator: "\n")
    #expect(lines.count == 2 && lines.first?.hasPrefix("session  title") == true)
    #expect(lines.last?.hasPrefix("one") == true && lines.last?.contains("gpt-4.1") == true)
    #expect(!table.output.text.contains("\u{1b}"), "a title does not steer the terminal")
    let rows = place.trial([])
    #expect(rows.run("chat", "--list", "--jsonl") == .exit(.done))
    #expect(rows.json?["turns"]?.count == 1 && rows.json?["output_tokens"]?.count == 20)
    let cost = try place.conversation("one").total.cost
    #expect(rows.json?["cost_usd"]?.number?.text == cost.decimal && cost > .zero)
    #expect(place.trial([]).run("chat", "--list", "Hello") == .exit(.usage))
    #expect(place.trial([]).run("chat", "-c", "--export", "md", "Hello") == .exit(.usage))
    #expect(place.trial([]).run("__complete", "sessions", "o") == .exit(.done))
  }

  @Test("an export is the conversation that counts, and names what is near when there is none")
  func export() throws {
    let place = try Place()
    let log = try place.folder.open(#require(StoredName("work")))
    for record: ConversationRecord in [
      .system("S"), .model("m", profile: nil),
      .question(Question(parts: [.image(bytes: [1, 2], mediaType: "image/png"), .text("What?")], time: 1)),
      .reply(Reply(model: "m", text: "First\n", time: 2)), .reply(Reply(model: "m", text: "Second", time: 3)),
      .question(Question(parts: [.text("And?")], time: 4)), .piece(text: "Half", reasoning: ""),
    ] { try log.append(record) }
    let markdown = place.trial([])
    markdown.variables["TZ"] = "UTC"
    #expect(markdown.run("chat", "-S", "work", "--export", "md") == .exit(.done))
    #expect(markdown.output.text.hasPrefix("# What?\n\n_session work · m · "))
    #expect(
      markdown.output.text.contains("\n\n_(image/png, 2 bytes)_\n\nWhat?\n\n## m\n\nSecond\n\n## Question"))
    #expect(markdown.output.text.hasSuffix("\n\nAnd?\n\n## m\n\nHalf\n\n_(interrupted)_\n"))
    let json = place.trial([])
    #expect(json.run("chat", "-c", "--export", "json") == .exit(.done))
    let exchanges = json.json?["exchanges"]?.array
    #expect(exchanges?.count == 2 && exchanges?[0]["replies"]?.array?.count == 2)
    #expect(exchanges?[0]["chosen"]?.count == 1 && exchanges?[1]["replies"]?[0]?["complete"]?.bool == false)
    #expect(exchanges?[0]["question"]?["images"]?[0]?["bytes"]?.count == 2)
    let near = place.trial([])
    #expect(near.run("chat", "-S", "wrok", "--export", "md") == .exit(.usage))
    #expect(near.errors.text == "sheep: session 'wrok' does not exist; did you mean work?\n")
    #expect(place.trial([]).run("chat", "--export", "md") == .exit(.usage))
  }

  @Test("to go on with the last session there must be one")
  func noneYet() throws {
    let place = try Place()
    let trial = place.trial([])
    #expect(trial.run("chat", "-c", "Hello") == .exit(.usage))
    #expect(trial.errors.text.contains("--continue: there is no session yet; start one with --session NAME"))
  }
}
