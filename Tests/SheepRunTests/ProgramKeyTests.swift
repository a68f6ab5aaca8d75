import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

@Suite("program: keys")
struct ProgramKeyTests {
  private static let other = "sk-other-1111111111111111"

  @Test("a profile's key goes to its own origin")
  func home() {
    let trial = ProgramTrial(answer: "Hi")
    #expect(trial.run("chat", "Hello") == .exit(.done))
    #expect(trial.loop.received.first?.request.url == "https://api.holysheep.ai/v1/chat/completions")
    #expect(trial.sentKey == ProgramTrial.key)
    #expect(trial.loop.received.first?.request.headers["authorization"] == nil, "kept apart from the headers")
  }

  @Test(
    "a profile's key is never sent to another origin",
    arguments: [
      "https://api.holysheep.ai.evil.example/v1", "https://evil.example/api.holysheep.ai/v1",
      "https://api.holysheep.ai:8443/v1", "https://holysheep.ai/v1", "https://openrouter.ai/api/v1",
    ])
  func otherOrigin(_ address: String) {
    let trial = ProgramTrial()
    let termination = trial.run("chat", "-P", "holysheep", "--base-url", address, "-m", "m-1", "Hello")
    #expect(termination == .exit(.authentication))
    #expect(trial.loop.received.isEmpty)
    #expect(trial.errors.text.contains("SHEEP_API_KEY"))
    let loopback = ProgramTrial(answer: "Hi")
    #expect(
      loopback.run("chat", "-m", "m-1@holysheep", "--base-url", "http://127.0.0.1:9", "Hello") == .exit(.done)
    )
    #expect(loopback.sentKey == nil)
  }

  @Test("the profile's own origin in another spelling keeps its key")
  func sameOrigin() {
    for address in [
      "https://api.holysheep.ai", "https://API.holysheep.ai:443/v1/", "https://api.holysheep.ai/x/v1",
    ] {
      let trial = ProgramTrial(answer: "Hi")
      #expect(trial.run("chat", "--base-url", address, "-m", "m-1", "Hello") == .exit(.done))
      #expect(trial.sentKey == ProgramTrial.key, "\(address)")
    }
  }

  @Test("SHEEP_API_KEY goes with an address that was given, and with no profile")
  func sheepKey() {
    let trial = ProgramTrial(answer: "Hi")
    trial.variables["SHEEP_API_KEY"] = Self.other
    #expect(trial.run("chat", "--base-url", "https://gateway.example", "-m", "m-1", "Hello") == .exit(.done))
    #expect(trial.sentKey == Self.other)
    let variable = ProgramTrial(answer: "Hi")
    variable.variables["SHEEP_API_KEY"] = Self.other
    variable.variables["SHEEP_BASE_URL"] = "https://gateway.example"
    #expect(variable.run("chat", "-m", "m-1", "Hello") == .exit(.done))
    #expect(variable.sentKey == Self.other)
    #expect(variable.loop.received.first?.request.url == "https://gateway.example/v1/chat/completions")
    let profile = ProgramTrial(answer: "Hi")
    profile.variables["SHEEP_API_KEY"] = Self.other
    #expect(profile.run("chat", "Hello") == .exit(.done))
    #expect(profile.sentKey == ProgramTrial.key)
  }

  @Test("each profile has its own variable, in -P, in @PROFILE and in SHEEP_PROFILE")
  func profiles() {
    for (profile, variable, host) in [
      ("openai", "OPENAI_API_KEY", "https://api.openai.com/"),
      ("deepseek", "DEEPSEEK_API_KEY", "https://api.deepseek.com/"),
      ("openrouter", "OPENROUTER_API_KEY", "https://openrouter.ai/"),
      ("groq", "GROQ_API_KEY", "https://api.groq.com/"),
    ] {
      for (arguments, variables) in [
        (["-P", profile, "-m", "m-1"], [:]), (["-m", "m-1@" + profile], [:]),
        (["-m", "m-1"], ["SHEEP_PROFILE": profile]), (["-P", "ollama", "-m", "m-1@" + profile], [:]),
      ] as [([String], [String: String])] {
        let trial = ProgramTrial(answer: "Hi")
        trial.variables[variable] = Self.other
        trial.variables.merge(variables) { $1 }
        #expect(trial.run(["chat"] + arguments + ["Hello"]) == .exit(.done))
        #expect(trial.sentKey == Self.other)
        #expect(trial.loop.received.first?.request.url.hasPrefix(host) == true)
        #expect(trial.body?["model"] == "m-1")
      }
    }
  }

  @Test("without a key nothing is sent, and the error says how to get going")
  func noKey() {
    for value in [nil, ""] as [String?] {
      let trial = ProgramTrial()
      trial.variables["HOLYSHEEP_API_KEY"] = value
      #expect(trial.run("chat", "Hello") == .exit(.authentication))
      #expect(
        trial.errors.text
          == "sheep: holysheep: no key: HOLYSHEEP_API_KEY is not set; export HOLYSHEEP_API_KEY=YOUR_KEY,"
          + " or add --demo to try it without a key\n")
      #expect(trial.loop.received.isEmpty)
    }
  }

  @Test("--key-file, --key-env and --key-cmd give the key, and no two of them together")
  func sources() {
    let file = ProgramTrial(answer: "Hi")
    file.files["key"] = Array((Self.other + "\r\nnot this\n").utf8)
    #expect(file.run("chat", "--key-file", "key", "Hello") == .exit(.done))
    #expect(file.sentKey == Self.other)
    let variable = ProgramTrial(answer: "Hi")
    variable.variables["TEAM_KEY"] = Self.other
    #expect(variable.run("chat", "--key-env", "TEAM_KEY", "Hello") == .exit(.done))
    #expect(variable.sentKey == Self.other)
    let command = ProgramTrial(answer: "Hi")
    command.commands[["pass", "show", "a b"]] = Array((Self.other + "\n").utf8)
    #expect(command.run("chat", "--key-cmd", "pass show 'a b'", "Hello") == .exit(.done))
    #expect(command.sentKey == Self.other)
    let both = ProgramTrial()
    #expect(both.run("chat", "--key-file", "key", "--key-cmd", "x", "Hello") == .exit(.usage))
    #expect(both.commandsRun.isEmpty)
  }

  @Test("a key source that gives no key is named, and nothing is sent")
  func badSources() {
    func run(_ arguments: String..., file: [UInt8]? = nil, problem: String? = nil) -> String {
      let trial = ProgramTrial()
      trial.files["key"] = file
      trial.keyFileProblems["key"] = problem
      #expect(trial.run(["chat"] + arguments + ["Hello"]) == .exit(.usage))
      #expect(trial.loop.received.isEmpty)
      return trial.errors.text
    }
    #expect(run("--key-file", "key").hasPrefix("sheep: key: No such file"))
    #expect(run("--key-file", "key", file: []).contains("the key is empty"))
    #expect(run("--key-file", "key", file: Array("sk a".utf8)).contains("the key contains a space"))
    #expect(run("--key-file", "key", file: Array("sk-\u{e9}".utf8)).contains("non-ASCII"))
    #expect(
      run("--key-file", "key", file: Array(Self.other.utf8), problem: "can be read by other users")
        == "sheep: key can be read by other users; run: chmod 600 key, or use a copy that only you can read\n"
    )
    let other = Array("root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/:/bin/sh\n".utf8)
    #expect(
      run("--key-file", "key", file: other, problem: "can be read by other users")
        == "sheep: key can be read by other users; is it a key file? use one that contains only the key and that only you can read\n"
    )
    #expect(run("--key-env", "NOT_SET").contains("the variable NOT_SET is not set"))
    #expect(run("--key-cmd", "false").hasPrefix("sheep: --key-cmd: false exited with status 1"))
    #expect(run("--key-cmd", "a 'b").contains("a quote is not closed"))
  }

  @Test("a key with a line break cannot become a header of its own")
  func headerInjection() {
    let trial = ProgramTrial()
    trial.variables["HOLYSHEEP_API_KEY"] = "sk-1\r\nX-Evil: y"
    #expect(trial.run("chat", "Hello") == .exit(.usage))
    #expect(trial.errors.text.contains("HOLYSHEEP_API_KEY: the key contains a line break"))
    #expect(!trial.errors.text.contains("sk-1"))
  }

  @Test(
    "no option takes a key's value",
    arguments: ["--api-key", "--key", "--token", "--openai-key", "--apikey", "-k"])
  func noKeyOption(_ option: String) {
    let trial = ProgramTrial()
    #expect(trial.run("chat", option, Self.other, "Hello") == .exit(.usage))
    #expect(trial.run("chat", option + "=" + Self.other, "Hello") == .exit(.usage))
    #expect(!trial.errors.text.contains(Self.other))
    #expect(trial.loop.received.isEmpty)
  }

  @Test(
    "headers that carry keys are refused",
    arguments: ["Authorization: Bearer x", "X-API-Key: x", "api-key: x", "Cookie: a=b", "x-goog-api-key: x"])
  func keyHeaders(_ header: String) {
    let trial = ProgramTrial()
    #expect(trial.run("chat", "-H", header, "Hello") == .exit(.usage))
    #expect(trial.loop.received.isEmpty)
  }

  @Test("plain http with a key is refused except to this machine")
  func plainHTTP() {
    let trial = ProgramTrial()
    trial.variables["SHEEP_API_KEY"] = Self.other
    #expect(
      trial.run("chat", "--base-url", "http://gateway.example/v1", "-m", "m-1", "Hello") == .exit(.usage))
    #expect(trial.loop.received.isEmpty)
    let loopback = ProgramTrial(answer: "Hi")
    loopback.variables["SHEEP_API_KEY"] = Self.other
    #expect(loopback.run("chat", "--base-url", "http://localhost:9/v1", "-m", "m-1", "Hello") == .exit(.done))
    #expect(loopback.sentKey == Self.other)
  }

  @Test("plain http to another machine is called without a key, and no profile's key goes there")
  func plainHTTPWithoutKey() {
    let trial = ProgramTrial(answer: "Hi")
    #expect(
      trial.run("chat", "--base-url", "http://192.168.1.20:8000/v1", "-m", "m-1", "Hello") == .exit(.done))
    #expect(trial.loop.received.count == 1)
    #expect(trial.sentKey == nil)
    let secure = ProgramTrial()
    #expect(
      secure.run("chat", "--base-url", "https://192.168.1.20/v1", "-m", "m-1", "Hello")
        == .exit(.authentication))
    #expect(secure.loop.received.isEmpty)
  }

  @Test("plain http to another machine is refused with any place of a key, also for --dry-run")
  func plainHTTPWithKeyPlaces() {
    let address = ["--base-url", "http://192.168.1.20:8000/v1", "-m", "m-1", "Hello"]
    for more in [["--key-env", "TEAM_KEY"], ["--key-env", "TEAM_KEY", "--dry-run"]] {
      let trial = ProgramTrial()
      trial.variables["TEAM_KEY"] = Self.other
      #expect(trial.run(["chat"] + more + address) == .exit(.usage))
      #expect(trial.loop.received.isEmpty)
      #expect(trial.errors.text.contains("TEAM_KEY"))
      #expect(!trial.errors.text.contains(Self.other))
    }
  }

  @Test("--dry-run shows the request and its price with the key masked, and sends nothing")
  func dryRun() throws {
    let trial = ProgramTrial()
    #expect(
      trial.run("chat", "--dry-run", "--max-tokens", "100", "-H", "X-Team: search", "Hello") == .exit(.done))
    #expect(trial.output.text.hasPrefix("POST https://api.holysheep.ai/v1/chat/completions\n"))
    #expect(trial.output.text.contains("\nAuthorization: Bearer ****4d60\n"))
    #expect(trial.output.text.contains("\nX-Team: search\n"))
    #expect(trial.notes.count == 1)
    #expect(trial.errors.text.hasPrefix("sheep: nothing was sent; ~"))
    #expect(trial.loop.received.isEmpty)
    let json = ProgramTrial()
    #expect(json.run("chat", "--dry-run", "--json", "--max-tokens", "100", "Hello") == .exit(.done))
    let object = try #require(json.json)
    #expect(object.object?.members.map(\.name) == ["method", "url", "headers", "body", "estimate"])
    #expect(object["headers"]?["Authorization"] == "Bearer ****4d60")
    #expect(object["body"]?["messages"]?[0]?["content"] == "Hello")
    #expect(object["estimate"]?["max_usd"] != nil)
    let without = ProgramTrial()
    without.variables["HOLYSHEEP_API_KEY"] = nil
    #expect(without.run("stream", "--dry-run", "Hello") == .exit(.done))
    #expect(!without.output.text.contains("Authorization"))
  }

  @Test("a key that the server repeats is masked, wherever it stands")
  func echoes() {
    let key = ProgramTrial.key
    let scripts: [[TransferScript]] = [
      [
        .response(
          401, [("X-Request-Id", key)], body: ErrorReply.body("bad key \(key)", code: key, param: key))
      ],
      [[.head(302, [("Location", "https://evil.example/?k=\(key)")]), .end]],
      [[.head(200), .text(ChatStream.text("a") + ChatStream.error("your key \(key)")), .end]],
      [.stream([ChatStream.chunk(["content": "a"], finish: key), ChatStream.done])],
      [
        .stream([
          #"data: {"id":"\#(key)","model":"\#(key)","choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}"#
            + "\n\n"
        ])
      ],
      Array(repeating: .response(503, body: ErrorReply.body("key \(key)")), count: 3),
    ]
    for (index, script) in scripts.enumerated() {
      for form in [["-u"], ["--json"], ["--jsonl"]] {
        let trial = ProgramTrial(script)
        trial.run(["chat"] + form + ["Hello"])
        let all = trial.output.text + trial.errors.text
        #expect(!all.contains(key.dropFirst(3).prefix(8)), "script \(index) \(form): \(all)")
      }
    }
  }

  @Test("a key that is cut off at the length of an error's text is masked too", arguments: 255...300)
  func cutEcho(_ padding: Int) {
    let key = ProgramTrial.key
    let message = String(repeating: "x", count: padding) + key + String(repeating: "y", count: 100)
    let trial = ProgramTrial([.response(401, body: ErrorReply.body(message))])
    #expect(trial.run("chat", "--json", "Hello") == .exit(.authentication))
    #expect(!trial.errors.text.contains(key.prefix(5)), "\(trial.errors.text)")
    let redirect = ProgramTrial([
      [.head(302, [("Location", String(repeating: "l", count: padding - 190) + key)]), .end]
    ])
    #expect(redirect.run("chat", "Hello") == .exit(.network))
    #expect(!redirect.errors.text.contains(key.prefix(5)), "\(redirect.errors.text)")
    let stream = ProgramTrial([[.head(200), .text(ChatStream.text("a") + ChatStream.error(message)), .end]])
    #expect(stream.run("chat", "Hello") == .exit(.incomplete))
    #expect(!stream.errors.text.contains(key.prefix(5)), "\(stream.errors.text)")
  }
}
