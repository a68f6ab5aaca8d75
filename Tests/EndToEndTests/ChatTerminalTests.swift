import SheepCore
import SheepMock
import SheepTesting
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The conversation of the built program on a terminal.
@Suite("binary: chat at a terminal")
struct ChatTerminalTests {
  /// A gateway, a folder for sessions and history, and the chats in them.
  private final class Place {
    let gateway: MockGateway
    private let folder: TemporaryFolder
    var path: String { folder.path }

    convenience init(_ faults: String...) throws {
      try self.init(faults.map { MockStep(.fault(try MockFault(parsing: $0))) })
    }

    init(_ script: [MockStep]) throws {
      gateway = try MockGateway(.instant(script: script))
      folder = try TemporaryFolder()
    }

    var variables: [String: String] {
      [
        "SHEEP_BASE_URL": gateway.baseURL, "SHEEP_MODEL": "mock-instant", "XDG_DATA_HOME": path + "/data",
        "XDG_STATE_HOME": path + "/state", "NO_COLOR": "1",
      ]
    }

    func chat(_ arguments: String..., location: SourceLocation = #_sourceLocation) throws -> PseudoTerminal {
      let terminal = try PseudoTerminal(["chat"] + arguments, variables: variables, sourceLocation: location)
      terminal.companion = self
      terminal.waitFor("▸")
      return terminal
    }

    /// The exported session as JSON.
    func session(_ name: String) throws -> JSON {
      let process = try SheepProcess(["chat", "-S", name, "--export", "json"], variables: variables)
      #expect(process.finish() == .exit(0), "\(process.errorText)")
      return try JSON.parse(process.output)
    }
  }

  private static let enter = "\r"
  private static let interrupt = "\u{3}"
  private static let end = "\u{4}"

  @Test("a conversation, and Ctrl-D leaves with 0 and the terminal as it was found")
  func conversation() throws {
    let place = try Place("text=Good morning", "text=Good night")
    let chat = try place.chat("-S", "talk")
    let before = chat.settings.c_lflag
    chat.type("Hello" + Self.enter)
    chat.waitFor("session 1 turn")
    chat.type("And now?" + Self.enter)
    chat.waitFor("session 2 turns")
    chat.type(Self.end)
    #expect(chat.finish() == .exit(0))
    #expect(chat.text.contains("Good morning\n") && chat.text.contains("Good night\n"))
    #expect(chat.settings.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == tcflag_t(ICANON | ECHO | ISIG))
    #expect(before & tcflag_t(ICANON) == 0, "while it edits, keys come one by one")
    #expect(try place.session("talk")["exchanges"]?.array?.count == 2)
  }

  @Test("the demo lists and completes the models that it has")
  func demoModels() throws {
    let place = try Place([])
    let chat = try place.chat("--demo", "--no-log", "-m", "gpt-4.1")
    chat.type("/models" + Self.enter)
    chat.waitFor("mock-slow")
    #expect(!chat.text.contains("claude-opus"))
    chat.type("/model mock-sl\t" + Self.enter)
    chat.waitFor("model mock-slow")
    chat.type(Self.end)
    #expect(chat.finish() == .exit(0))
  }

  @Test("Ctrl-C stops an answer and keeps it; the chat goes on, and so does the answer")
  func stop() throws {
    let place = try Place("text=Once upon a time;stall-after=2", "text= there was a sheep", "text=Bye")
    let chat = try place.chat("-S", "tale")
    chat.type("Tell" + Self.enter)
    chat.waitFor("Once")
    chat.type(Self.interrupt)
    chat.waitFor("[stopped after")
    chat.type("/continue" + Self.enter)
    chat.waitFor("there was a sheep")
    chat.type("Thanks" + Self.enter)
    chat.waitFor("session 2 turns")
    chat.type("exit" + Self.enter)
    #expect(chat.finish() == .exit(0))
    let reply = try place.session("tale")["exchanges"]?[0]?["replies"]?[0]
    #expect(reply?["text"]?.string?.hasPrefix("Once") == true)
    #expect(reply?["text"]?.string?.hasSuffix(" there was a sheep") == true)
  }

  @Test("at the prompt Ctrl-C clears the line; twice on an empty one the chat ends by SIGINT")
  func interruptAtPrompt() throws {
    let place = try Place("text=Never")
    let chat = try place.chat()
    chat.type("some words")
    chat.waitFor("some words")
    chat.type(Self.interrupt)
    chat.waitFor("^C")
    chat.type(Self.interrupt)
    chat.waitFor("press Ctrl-C again")
    chat.type(Self.interrupt)
    #expect(chat.finish() == .signal(SIGINT))
    #expect(place.gateway.requestCount == 0)
  }

  @Test("what is typed while an answer streams is the next question")
  func typeAhead() throws {
    let place = try Place("text=Once upon a time;stall-after=2", "text=Second answer")
    let chat = try place.chat("--no-log")
    chat.type("First" + Self.enter)
    chat.waitFor("Once")
    chat.type("Second" + Self.enter)
    kill(chat.identifier, SIGINT)
    chat.waitFor("Second answer")
    chat.waitFor("session 2 turns")
    chat.type(Self.end)
    #expect(chat.finish() == .exit(0))
    #expect(place.gateway.requestCount == 2)
  }

  @Test("--no-log leaves nothing on the disk, not even what was typed; without it the history is private")
  func unlogged() throws {
    let place = try Place("text=One", "text=Two")
    for (arguments, isKept) in [(["--no-log"], false), ([], true)] {
      let chat = try PseudoTerminal(["chat"] + arguments, variables: place.variables)
      chat.waitFor("▸")
      chat.type("A private question" + Self.enter)
      chat.waitFor("session 1 turn")
      chat.type("given up")
      chat.waitFor("given up")
      chat.type(Self.interrupt)
      chat.waitFor("^C")
      chat.type(Self.end)
      #expect(chat.finish() == .exit(0))
      #expect((access(place.path + "/data/sheep/sessions", F_OK) == 0) == isKept)
      var facts = stat()
      #expect((stat(place.path + "/state/sheep/history", &facts) == 0) == isKept)
      if isKept { #expect(facts.st_mode & 0o777 == 0o600) }
    }
  }

  @Test("a question that fails stands in the edit line again, so that Enter sends it")
  func failure() throws {
    let place = try Place("status=400", "text=At last")
    let chat = try place.chat("--no-log", "--max-retries", "0")
    chat.type("An important question" + Self.enter)
    chat.waitFor("sheep: ")
    chat.type(Self.enter)
    chat.waitFor("At last")
    chat.type(Self.end)
    chat.finish()
    let messages = place.gateway.requests.last?.json?["messages"]
    #expect(messages?.array?.count == 1)
    #expect(messages?[0]?["content"]?.string == "An important question")
  }

  @Test("kill -9 in mid-answer: the session goes on with what was seen")
  func killed() throws {
    let place = try Place("text=Once upon a time;stall-after=2", "text= and so on")
    let chat = try place.chat("-S", "tale")
    chat.type("Tell" + Self.enter)
    chat.waitFor("Once")
    kill(chat.identifier, SIGKILL)
    #expect(chat.finish() == .signal(SIGKILL))
    let again = try place.chat("-c")
    #expect(again.text.contains("session tale: 1 turn"))
    again.type("/continue" + Self.enter)
    again.waitFor("and so on")
    again.type(Self.end)
    #expect(again.finish() == .exit(0))
  }

  @Test("two terminals on one session: the second is told")
  func crowded() throws {
    let place = try Place("text=Hi")
    let first = try place.chat("-S", "work")
    first.type("Hello" + Self.enter)
    first.waitFor("session 1 turn")
    let second = try PseudoTerminal(["chat", "-S", "work"], variables: place.variables)
    #expect(second.finish() == .exit(2))
    #expect(second.text.contains("is in use by process \(first.identifier)"))
    first.type(Self.end)
    #expect(first.finish() == .exit(0))
  }

  @Test("what a model sends reaches neither the screen nor the title nor the clipboard")
  func escapes() throws {
    let evil = "safe\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}]52;c;aGk=\u{7} end"
    let place = try Place([.stream(Array(ChatStream.answer(evil).joined().utf8))])
    let chat = try place.chat("--no-log")
    chat.type("Go" + Self.enter)
    chat.waitFor("session 1 turn")
    chat.type("/history" + Self.enter)
    chat.waitFor("mock-instant\n")
    chat.type(Self.end)
    chat.finish()
    for mark in ["\u{1b}]", "\u{1b}[2J", "\u{7}"] { #expect(!chat.text.contains(mark)) }
    #expect(chat.text.contains("safe end"))
  }
}
