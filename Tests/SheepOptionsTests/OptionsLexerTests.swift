import SheepOptions
import Testing

/// The grammar, tried on the table of `sheep chat`.
@Suite("options: lexer")
struct OptionsLexerTests {
  private static let options = ChatOptions.options.map(\.info) + [GeneralOptions.help]

  private static func lex(_ words: [String]) throws(UsageError) -> LexedWords {
    try Lexer.lex(words[...], options: options, command: "chat")
  }

  /// The options in short: `model=x`, `+quiet` for on, `-quiet` for off.
  private static func shown(_ lexed: LexedWords) -> [String] {
    lexed.options.map { option in
      let info = options[option.index]
      if info.takesValue { return info.long + "=" + option.value }
      return (option.isOn ? "+" : "-") + info.long
    }
  }

  @Test(
    "every way to write an option is understood",
    arguments: [
      (["--model", "x"], ["model=x"], []),
      (["--model=x"], ["model=x"], []),
      (["--model=x=y"], ["model=x=y"], []),
      (["--model="], ["model="], []),
      (["--model", ""], ["model="], []),
      (["-m", "x"], ["model=x"], []),
      (["-mx"], ["model=x"], []),
      (["-qum", "x"], ["+quiet", "+usage", "model=x"], []),
      (["-qumx"], ["+quiet", "+usage", "model=x"], []),
      (["--attach", "x", "-ay"], ["file=x", "file=y"], []),
      (["--no-quiet"], ["-quiet"], []),
      (["--stream"], ["-no-stream"], []),
      (["--no-stream"], ["+no-stream"], []),
      (["a", "-q", "b"], ["+quiet"], ["a", "b"]),
      (["-", "-m", "-"], ["model=-"], ["-"]),
      (["-q", "--", "-u", "--", "--nothing"], ["+quiet"], ["-u", "--", "--nothing"]),
      (["-m", "-3"], ["model=-3"], []),
      (["", "\u{2014} he said"], [], ["", "\u{2014} he said"]),
      (["--model=--quiet"], ["model=--quiet"], []),
      (["안녕", "-m모델"], ["model=모델"], ["안녕"]),
    ] as [([String], [String], [String])])
  func forms(words: [String], options: [String], operands: [String]) throws {
    let lexed = try Self.lex(words)
    #expect(Self.shown(lexed) == options)
    #expect(lexed.operands == operands)
    #expect(lexed.fullHelp == nil)
  }

  @Test(
    "help answers even when a later word is wrong",
    arguments: [
      (["-h", "--nothing"], false), (["--help", "--nothing"], true), (["-qh"], false),
      (["hello", "--help"], true),
    ] as [([String], Bool)])
  func help(words: [String], isFull: Bool) throws {
    #expect(try Self.lex(words).fullHelp == isFull)
  }

  @Test(
    "what cannot be understood says why and what to write",
    arguments: [
      (["--model"], "--model needs a value; write --model MODEL[@PROFILE]"),
      (["-m"], "-m needs a value; write -m MODEL[@PROFILE]"),
      (["--model", "--"], "--model needs a value; write --model MODEL[@PROFILE]"),
      (
        ["--model", "--quiet"],
        "--model needs a value, but '--quiet' is an option; write --model MODEL[@PROFILE], or --model=--quiet if you mean that text"
      ),
      (
        ["-m", "-u"],
        "-m needs a value, but '-u' is an option; write -m MODEL[@PROFILE], or --model=-u if you mean that text"
      ),
      (["-m=x"], "-m takes its value without '='; write -m VALUE or --model=VALUE"),
      (["--quiet=1"], "--quiet takes no value; write just --quiet or --no-quiet"),
      (["--usage=yes"], "--usage takes no value; write just --usage or --no-usage"),
      (["-q=1"], "-q takes no value; write just -q"),
      (["--no-seed"], "--no-seed: unknown option; did you mean --no-sse?"),
      (["--no-model"], "--no-model: unknown option; see 'sheep chat -h'"),
      (["--mod", "x"], "--mod: unknown option; did you mean --model?"),
      (["--modle", "x"], "--modle: unknown option; did you mean --model?"),
      (["--zebra"], "--zebra: unknown option; see 'sheep chat -h'"),
      (["-qz"], "-z: unknown option; see 'sheep chat -h'"),
      (["-7"], "-7: unknown option; put -- before text that starts with a hyphen"),
      (["-model", "x"], "-model needs two hyphens; write --model"),
      (["-V"], "-V: unknown option; try 'sheep --version'"),
      (["--version"], "--version: unknown option; try 'sheep --version'"),
      (["--port", "1"], "--port: unknown option; it belongs to 'sheep mock'"),
      (
        ["\u{2014}model", "x"],
        "--model was typed with a long dash; use two hyphens, or put -- before it to send it as text"
      ),
    ] as [([String], String)])
  func errors(words: [String], message: String) {
    let error = #expect(throws: UsageError.self) { try Self.lex(words) }
    #expect(error?.description == message)
  }

  @Test(
    "no option takes a key, and the key is not repeated",
    arguments: ["--api-key", "--api_key", "--key", "-k", "--token", "--apikey", "--API-KEY"],
    ["=sk-abcdefghijklmnopqrstuvwx", " sk-abcdefghijklmnopqrstuvwx"])
  func keys(option: String, value: String) {
    let words = (option + value).split(separator: " ").map(String.init)
    let error = #expect(throws: UsageError.self) { try Self.lex(words) }
    let message = error?.description ?? ""
    #expect(message.contains("keys are not accepted on the command line"))
    #expect(message.contains("--key-file"))
    #expect(!message.contains("abcdef"))
  }
}
