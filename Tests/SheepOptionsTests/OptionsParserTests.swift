import SheepCore
import SheepOptions
import Testing

/// Options become values: repetition, conflicts, and defaults from the environment.
@Suite("options: parser")
struct OptionsParserTests {
  /// The options of `sheep chat` after `words`, with `variables` set.
  private static func chat(
    _ words: [String], _ variables: [String: String] = [:]
  ) throws -> CallOptions {
    let invocation = try Invocation.parse(["chat"] + words, PlainDefaults { variables[$0] })
    guard case .command(let command) = invocation, let options = command.values as? ChatOptions else {
      Issue.record("not a chat: \(invocation)")
      return CallOptions()
    }
    return options.call
  }

  private static func message(_ words: [String], _ variables: [String: String] = [:]) -> String {
    do {
      _ = try chat(words, variables)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test("each option reaches its own field")
  func fields() throws {
    let call = try Self.chat([
      "-m", "gpt-4.1@openai", "-P", "holysheep", "--base-url", "https://h.example/v1", "--api",
      "openai",
      "--key-file", "k", "-H", "X-Team: a b ", "--proxy", "", "--ca-file", "c.pem",
      "--connect-timeout", "2", "--first-byte-timeout", "500ms", "--idle-timeout", "2m",
      "--max-time", "1h",
      "--max-retries", "0", "--max-cost", "$0.50",
      "-s", "@style.txt", "-t", "0.70", "--max-tokens", "9", "--top-p", ".5", "--stop", "a",
      "--stop", "b",
      "--seed", "-4", "--reasoning-effort", "high", "--schema", "{}", "-o", "a=1=2", "-f", "x",
      "-ay",
      "-n", "--dry-run", "--jsonl", "--no-stream", "-x", "--strict", "--markdown", "never",
      "--color", "always", "-uq", "--no-log", "hello", "world",
    ])
    let connection = call.connection
    #expect(connection.model == ModelTarget(model: "gpt-4.1", profile: "openai"))
    #expect(connection.profile == "holysheep")
    #expect(connection.baseURL == "https://h.example/v1")
    #expect(connection.api == .openai)
    #expect(connection.keyFile == "k")
    #expect(
      connection.headers.map(\.name) == ["X-Team"] && connection.headers.map(\.value) == ["a b"])
    #expect(connection.proxy == "" && connection.caFile == "c.pem")
    #expect(connection.connectTimeout == .seconds(2))
    #expect(connection.firstByteTimeout == .milliseconds(500))
    #expect(connection.idleTimeout == .seconds(120) && connection.maxTime == .seconds(3600))
    #expect(connection.maxRetries == 0 && connection.maxCost?.text == "0.50")
    let sampling = call.sampling
    #expect(sampling.system == .file("style.txt") && sampling.schema == .text("{}"))
    #expect(sampling.temperature?.text == "0.70" && sampling.topP?.text == "0.5")
    #expect(sampling.maxTokens == 9 && sampling.seed == -4 && sampling.stop == ["a", "b"])
    #expect(sampling.reasoningEffort == .high)
    #expect(sampling.bodyFields.map(\.key) == ["a"] && sampling.bodyFields.map(\.value) == ["1=2"])
    #expect(call.input.files == ["x", "y"] && call.input.noStandardInput && call.input.dryRun)
    let output = call.output
    #expect(output.format == .jsonLines && output.noStream && output.extract && output.strict)
    #expect(output.rendering == .never && output.color == .always)
    #expect(output.usage && output.quiet && output.noLog)
    #expect(call.prompt == ["hello", "world"])
  }

  @Test("hidden spellings mean the same")
  func hidden() throws {
    #expect(try Self.chat(["--temp", "1"]) == Self.chat(["--temperature", "1"]))
    #expect(try Self.chat(["--code"]) == Self.chat(["-x"]))
    #expect(try Self.chat(["--attach", "f"]) == Self.chat(["--file", "f"]))
    #expect(try Self.chat(["-a", "f"]) == Self.chat(["-f", "f"]))
  }

  @Test("the later of two counts, save where text would be lost")
  func repetition() throws {
    #expect(try Self.chat(["-m", "a", "-m", "b"]).connection.model?.model == "b")
    #expect(try Self.chat(["-q", "--no-quiet"]).output.quiet == false)
    #expect(Self.message(["-s", "a", "-s", "b"]) == "--system is given twice; give it once")
  }

  @Test(
    "options that exclude each other are refused",
    arguments: [
      (["--json", "--jsonl"], "--jsonl cannot be combined with --json; use one of them"),
      (["--sse", "--json"], "--sse cannot be combined with --json; use one of them"),
      (
        ["--raw", "--markdown", "always"],
        "--raw cannot be combined with --markdown; use one of them"
      ),
      (
        ["--key-file", "f", "--key-env", "E"],
        "--key-env cannot be combined with --key-file; use one of them"
      ),
      (
        ["--demo", "--base-url", "https://h"],
        "--demo cannot be combined with --base-url; use one of them"
      ),
    ])
  func conflicts(words: [String], message: String) {
    #expect(Self.message(words) == message)
  }

  @Test("a switch that was turned off again excludes nothing")
  func conflictTakenBack() throws {
    #expect(try Self.chat(["--json", "--no-json", "--jsonl"]).output.format == .jsonLines)
  }

  @Test("a variable sets the default of its option")
  func environment() throws {
    let call = try Self.chat(
      [],
      [
        "SHEEP_MODEL": "m@p", "SHEEP_MAX_TOKENS": "5", "SHEEP_NO_STREAM": "yes",
        "SHEEP_USAGE": "ON",
        "SHEEP_QUIET": "0", "SHEEP_STOP": "x", "SHEEP_TEMPERATURE": "", "SHEEP_HELP": "1",
      ])
    #expect(call.connection.model == ModelTarget(model: "m", profile: "p"))
    #expect(call.sampling.maxTokens == 5 && call.sampling.stop == ["x"])
    #expect(call.sampling.temperature == nil)
    #expect(call.output.noStream && call.output.usage && !call.output.quiet)
  }

  @Test(
    "a variable turns a switch on or off by the usual words, in capitals or not",
    arguments: [
      ("1", true), ("true", true), ("yes", true), ("on", true), ("On", true), ("0", false), ("false", false),
      ("no", false), ("off", false), ("OFF", false),
    ])
  func switches(word: String, isOn: Bool) throws {
    #expect(try Self.chat([], ["SHEEP_NO_STREAM": word]).output.noStream == isOn)
    // A switch that is off excludes nothing.
    #expect(
      try Self.chat([], ["SHEEP_JSON": word, "SHEEP_SSE": "0"]).output.format == (isOn ? .json : .text))
  }

  @Test("the command line counts more than the environment")
  func precedence() throws {
    let call = try Self.chat(
      ["-m", "a", "--stream", "--stop", "y", "--jsonl", "--demo"],
      [
        "SHEEP_MODEL": "b", "SHEEP_NO_STREAM": "1", "SHEEP_STOP": "x", "SHEEP_JSON": "1",
        "SHEEP_BASE_URL": "https://h", "SHEEP_PROFILE": "p",
      ])
    #expect(call.connection.model?.model == "a")
    #expect(!call.output.noStream && call.sampling.stop == ["y"])
    #expect(call.output.format == .jsonLines)
    #expect(
      call.connection.demo && call.connection.baseURL == nil && call.connection.profile == nil)
    #expect(
      try Self.chat(["-t", "1"], ["SHEEP_TEMPERATURE": "wrong"]).sampling.temperature?.text == "1")
  }

  @Test("a variable counts more than the configuration, also where the two exclude each other")
  func configuredDefaults() throws {
    func format(
      _ words: [String], _ variables: [String: String], _ file: [String: String]
    ) throws -> OutputFormat {
      let invocation = try Invocation.parse(
        ["chat"] + words, PlainDefaults({ variables[$0] }, configured: { file[$0] }))
      guard case .command(let command) = invocation, let options = command.values as? ChatOptions else {
        return .text
      }
      return options.call.output.format
    }
    #expect(try format([], ["SHEEP_JSON": "1"], ["SHEEP_SSE": "true"]) == .json)
    #expect(try format([], ["SHEEP_SSE": "0"], ["SHEEP_SSE": "true"]) == .text)
    #expect(try format([], ["SHEEP_SSE": "0"], ["SHEEP_JSON": "true"]) == .json)
    #expect(try format(["--jsonl"], ["SHEEP_JSON": "1"], ["SHEEP_SSE": "true"]) == .jsonLines)
    #expect(throws: UsageError.self) {
      try format([], [:], ["SHEEP_JSON": "true", "SHEEP_SSE": "true"])
    }
  }

  @Test(
    "an error from the environment names the variable",
    arguments: [
      (
        ["SHEEP_TEMPERATURE": "hot"],
        "SHEEP_TEMPERATURE: 'hot' is not a number; use one from 0 to 2"
      ),
      (
        ["SHEEP_QUIET": "maybe"],
        "SHEEP_QUIET: 'maybe' is neither on nor off; set it to 1 or 0, or unset it"
      ),
      (
        ["SHEEP_JSON": "1", "SHEEP_SSE": "1"],
        "SHEEP_SSE cannot be combined with SHEEP_JSON; use one of them"
      ),
    ])
  func environmentErrors(variables: [String: String], message: String) {
    #expect(Self.message([], variables) == message)
  }

  @Test("a prompt that looks like a key is refused and not repeated")
  func keyAsPrompt() {
    let key = "sk-abcdefghijklmnopqrstuvwxyz0123"
    for words in [[key], ["--", key], ["hello", key], ["-m", key]] {
      let message = Self.message(words)
      #expect(message.contains("looks like an API key"), "\(words.count)")
      #expect(!message.contains("abcdef"))
    }
    #expect(Self.message([key + " is this a key?"]) == "no error")
    #expect(Self.message(["sk-short"]) == "no error")
  }
}
