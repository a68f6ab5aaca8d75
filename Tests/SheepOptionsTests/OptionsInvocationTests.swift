import SheepOptions
import Testing

/// The first word decides what is done.
@Suite("options: invocations")
struct OptionsInvocationTests {
  private static func parse(_ words: [String]) throws(UsageError) -> Invocation {
    try Invocation.parse(words, PlainDefaults { _ in nil })
  }

  @Test(
    "the entry points",
    arguments: [
      ([], .help(command: nil, isFull: false)),
      (["-h"], .help(command: nil, isFull: false)),
      (["--help"], .help(command: nil, isFull: true)),
      (["--help", "mock"], .help(command: "mock", isFull: true)),
      (["help"], .help(command: nil, isFull: true)),
      (["help", "chat"], .help(command: "chat", isFull: true)),
      (["help", "-h"], .help(command: "help", isFull: false)),
      (["chat", "-h"], .help(command: "chat", isFull: false)),
      (["stream", "hello", "--help"], .help(command: "stream", isFull: true)),
      (["-V"], .version), (["--version"], .version),
      (["__complete", "models", "-x"], .complete(["models", "-x"])),
      (["__complete"], .complete([])),
    ] as [([String], Entry)])
  func entries(words: [String], entry: Entry) throws {
    switch try Self.parse(words) {
    case .help(let command, let isFull): #expect(entry == .help(command: command, isFull: isFull))
    case .version: #expect(entry == .version)
    case .complete(let words): #expect(entry == .complete(words))
    case .command(let command): Issue.record("the command \(command.name)")
    }
  }

  /// What is asked of the program itself.
  enum Entry: Equatable, Sendable {
    case help(command: String?, isFull: Bool)
    case version
    case complete([String])
  }

  @Test("a command without options has the values of none given")
  func plainCommands() throws {
    #expect(try Self.command(["mock"]) == MockOptions())
    #expect(try Self.command(["chat"]) == ChatOptions())
    #expect(try Self.command(["stream"]) == StreamOptions())
  }

  /// The values of a command line that names one.
  private static func command<Values: CommandValues>(_ words: [String]) throws -> Values {
    guard case .command(let command) = try parse(words) else {
      throw UsageError(subject: words[0], problem: "is not a command", wayOut: "")
    }
    return try #require(command.values as? Values)
  }

  @Test("help and version ask for no variable")
  func noEnvironment() throws {
    for words in [[], ["-h"], ["--help"], ["-V"], ["help", "chat"], ["chat", "--help"]] {
      let defaults = PlainDefaults { name in
        Issue.record("asked for \(name)")
        return nil
      }
      _ = try Invocation.parse(words, defaults)
    }
  }

  @Test("mock has options of its own")
  func mock() throws {
    let words = [
      "mock", "--port", "0", "--speed", "2.5", "--fault", "a", "--fault", "b", "--latency", "80",
      "--seed", "7", "--require-key-env", "K", "-q",
    ]
    let options: MockOptions = try Self.command(words)
    #expect(options.port == 0 && options.speed?.text == "2.5" && options.faults == ["a", "b"])
    #expect(options.latency == .milliseconds(80) && options.seed == 7 && options.quiet)
    #expect(options.requiredKeyName == "K")
    #expect(MockOptions().port == 4010)
  }

  @Test(
    "a wrong first word is answered with the likely one",
    arguments: [
      (["caht"], "'caht' is not a command; did you mean 'sheep chat'?"),
      (["CHAT"], "'CHAT' is not a command; did you mean 'sheep chat'?"),
      (["ask", "me"], "'ask' is not a command; did you mean 'sheep chat'?"),
      (["serve"], "'serve' is not a command; did you mean 'sheep mock'?"),
      (["why", "not"], "'why' is not a command; to ask a model, put 'sheep chat' before it"),
      (
        ["why is it so"],
        "'why is it so' is not a command; to ask a model, put 'sheep chat' before it"
      ),
      (
        ["zebra"],
        "'zebra' is not a command; commands: \(CommandTable.names.joined(separator: ", "))"
      ),
      (["help", "strem"], "'strem' is not a command; did you mean 'sheep stream'?"),
      (["help", "chat", "mock"], "help takes one command; write 'sheep help chat'"),
      (
        ["--model", "x", "chat"],
        "--model must follow the command; write 'sheep chat --model ...'"
      ),
      (["-m", "x"], "-m must follow the command; write 'sheep chat --model ...'"),
      (["--port=1"], "--port must follow the command; write 'sheep mock --port ...'"),
      (["--demo"], "--demo must follow the command; write 'sheep chat --demo'"),
      (["--vresion"], "--vresion: unknown option; did you mean --version?"),
      (["--zebra"], "--zebra: unknown option; see 'sheep -h'"),
      (["--"], "--: unknown option; see 'sheep -h'"),
      (["mock", "extra"], "'extra': 'sheep mock' takes only options; see 'sheep mock -h'"),
      (
        ["mock", "--port", "70000"], "--port: '70000' is out of range; use one from 0 to 65535"
      ),
      (
        ["compare", "--jsonl", "a.jsonl", "Hi"],
        "--jsonl is now called --records in 'sheep compare'; write --records FILE"
      ),
      (["chat", "--timeout", "5"], "--timeout: unknown option; did you mean --max-time?"),
      (["chat", "--max_tokens", "5"], "--max_tokens: unknown option; did you mean --max-tokens?"),
      (["chat", "-t", "x"], "--temperature: 'x' is not a number; use one from 0 to 2"),
    ] as [([String], String)])
  func errors(words: [String], message: String) {
    let error = #expect(throws: UsageError.self) { try Self.parse(words) }
    #expect(error?.description == message)
  }

  @Test("a habit from another program is no hint before its command exists")
  func futureCommands() {
    let error = #expect(throws: UsageError.self) { try Self.parse(["--list-models"]) }
    let hasModels = CommandTable.names.contains("models")
    #expect(error?.description.contains("'sheep models'") == hasModels)
  }

  @Test("a key as the first word is not repeated")
  func keyFirst() {
    for word in ["sk-abcdefghijklmnopqrstuvwx", "--sk-abcdefghijklmnopqrstuvwx"] {
      let error = #expect(throws: UsageError.self) { try Self.parse([word]) }
      #expect(error?.description.contains("abcdef") == false)
    }
  }
}
