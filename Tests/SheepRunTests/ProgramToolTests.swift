import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

@Suite("program: tools")
struct ProgramToolTests {
  private static let tools = #"[{"name":"find","parameters":{"type":"object"}},{"name":"now"}]"#

  private static func called(_ finish: String = "tool_calls") -> ProgramTrial {
    let call: JSON = ["index": 0, "id": "t1", "function": ["name": "find", "arguments": "{\"q\":1}"]]
    return ProgramTrial([
      .stream([
        ChatStream.chunk(["tool_calls": [call]]), ChatStream.finish(finish),
        ChatStream.usage(prompt: 9, completion: 2), ChatStream.done,
      ])
    ])
  }

  @Test(
    "every form that vendors describe functions in is the same tool",
    arguments: [
      #"[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}}]"#,
      #"[{"type":"function","name":"f","description":"d","parameters":{"type":"object"},"strict":true}]"#,
      #" [{"name":"f","description":"d","input_schema":{"type":"object"},"strict":true}]"#,
      #"[{"type":"custom","name":"f","description":"d","input_schema":{"type":"object"},"strict":true}]"#,
      #"[{"name":"f","description":"d","inputSchema":{"type":"object"},"strict":true,"parameters":null}]"#,
    ])
  func forms(_ text: String) {
    let trial = ProgramTrial(answer: "ok")
    #expect(trial.run("chat", "--tools", text, "Hello") == .exit(.done), "\(trial.errors.text)")
    #expect(
      trial.body?["tools"]?.serialized()
        == #"[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}}]"#
    )
    #expect(trial.body?["tool_choice"] == nil)
  }

  @Test("a file is read, and a choice sent along")
  func file() {
    let trial = ProgramTrial(answer: "ok")
    trial.files["tools.json"] = Array(Self.tools.utf8)
    #expect(
      trial.run("stream", "--tools", "tools.json", "--tool-choice", "find", "Hello") == .exit(.done))
    #expect(trial.body?["tools"]?.array?.count == 2)
    #expect(trial.body?["tool_choice"]?["function"]?["name"] == "find")
  }

  @Test(
    "what is no list of functions is refused before anything is sent",
    arguments: [
      ("{}", "--tools is not a JSON array of tools; "), ("[]", "--tools has no tools; "),
      ("[{", "--tools is not valid JSON (byte "), ("gone.json", "gone.json: No such file or directory; "),
      ("[7]", "--tools: tool 1 is not an object; "),
      (#"[{"name":"a"},{}]"#, "--tools: tool 2 has no name; "),
      (#"[{"name":"a b"}]"#, "--tools: tool 1 has the invalid name 'a b'; "),
      (#"[{"name":"a"},{"name":"a"}]"#, "--tools: tool 2 has the same name as an earlier one, 'a'; "),
      (#"[{"type":"web_search"}]"#, "--tools: tool 1 is of the type 'web_search', not a function; "),
      (#"[{"name":"a","parameters":[]}]"#, "--tools: tool 1 has arguments that are not an object; "),
      (
        #"[{"name":"a","parameters":{"type":"string"}}]"#,
        "--tools: tool 1 has arguments that are not an object; "
      ),
      (#"[{"name":"a","strict":1}]"#, "--tools: tool 1 has a 'strict' that is neither true nor false; "),
      (#"[{"name":"a","description":1}]"#, "--tools: tool 1 has a description that is not a string; "),
      (
        #"[{"name":"a","parameters":{},"input_schema":{}}]"#,
        "--tools: tool 1 has several schemas for its arguments; "
      ),
      (#"[{"name":"a","cache_control":{}}]"#, "--tools: tool 1 has the field 'cache_control', "),
      (#"[{"function":{"name":"a"},"strict":true}]"#, "--tools: tool 1 has the field 'strict', "),
      (#"[{"type":"function","function":"a"}]"#, "--tools: tool 1 has a 'function' that is not an object; "),
    ])
  func refused(_ text: String, _ message: String) {
    let trial = ProgramTrial()
    #expect(trial.run("chat", "--tools", text, "Hello") == .exit(.usage))
    #expect(trial.errors.text.hasPrefix("sheep: " + message), "\(trial.errors.text)")
    #expect(trial.loop.received.isEmpty)
  }

  @Test("a choice needs tools, and a name that one of them has")
  func choices() {
    for (arguments, message) in [
      (["--tool-choice", "required"], "--tool-choice: there are no tools to choose from; "),
      (
        ["--tools", Self.tools, "--tool-choice", "fnid"],
        "--tool-choice: there is no tool 'fnid'; did you mean 'find'?"
      ),
    ] {
      let trial = ProgramTrial()
      #expect(trial.run(["chat"] + arguments + ["Hello"]) == .exit(.usage))
      #expect(trial.errors.text.hasPrefix("sheep: " + message), "\(trial.errors.text)")
    }
  }

  @Test("a call stands in the JSON, also where the provider says stop", arguments: ["tool_calls", "stop"])
  func json(_ finish: String) {
    let trial = Self.called(finish)
    #expect(trial.run("chat", "--json", "--tools", Self.tools, "Hello") == .exit(.done))
    #expect(
      trial.json?["tool_calls"]?.serialized() == #"[{"id":"t1","name":"find","arguments":"{\"q\":1}"}]"#)
    #expect(trial.json?["finish_reason"] == "tool")
    #expect(trial.errors.text.isEmpty)
  }

  @Test("where only text is shown, a note says that there is a call; a schema is not held against it")
  func text() {
    for command in ["chat", "stream"] {
      let trial = Self.called()
      #expect(trial.run(command, "--tools", Self.tools, "--schema", "{}", "Hello") == .exit(.done))
      #expect(trial.output.text.isEmpty)
      #expect(
        trial.notes == ["sheep: the model calls find; the arguments are in tool_calls of --json"]
      )
    }
  }

  @Test("--dry-run shows the tools in the dialect's words, and counts them as input")
  func dryRun() {
    func run(_ arguments: String...) -> JSON? {
      let trial = ProgramTrial()
      #expect(trial.run(["chat", "--dry-run", "--json"] + arguments + ["Hello"]) == .exit(.done))
      return trial.json
    }
    let anthropic = run(
      "--api", "anthropic", "-m", "claude-sonnet-4", "--tools", Self.tools, "--tool-choice", "required")
    #expect(anthropic?["body"]?["tools"]?[0]?["input_schema"]?["type"] == "object")
    #expect(anthropic?["body"]?["tool_choice"]?["type"] == "any")
    let with = run("--tools", Self.tools)?["estimate"]?["input_tokens"]?.count ?? 0
    let without = run()?["estimate"]?["input_tokens"]?.count ?? 0
    #expect(without > 0 && with > without + 10)
  }
}
