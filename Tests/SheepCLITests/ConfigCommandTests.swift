import SheepOptions
import SheepRun
import SheepTesting
import Testing

@Suite("sheep config")
struct ConfigCommandTests {
  private static let path = "/home/u/.config/sheep/config.toml"

  /// A trial with a home and, where given, a configuration.
  private func trial(_ configuration: String? = nil) -> ProgramTrial {
    let trial = ProgramTrial()
    trial.variables["HOME"] = "/home/u"
    trial.stored[Self.path] = configuration
    return trial
  }

  @Test("path names the file, which need not be there")
  func path() {
    let trial = trial()
    #expect(trial.run("config", "path") == .exit(.done))
    #expect(trial.output.text == Self.path + "\n")
    trial.variables["XDG_CONFIG_HOME"] = "/c"
    let other = ProgramTrial()
    other.variables = ["XDG_CONFIG_HOME": "/c"]
    #expect(other.run("config", "path") == .exit(.done))
    #expect(other.output.text == "/c/sheep/config.toml\n")
  }

  @Test(
    "54: without a home every action says what to set, and a call works",
    arguments: ["path", "init", "check"])
  func homeless(_ action: String) {
    let trial = ProgramTrial()
    #expect(trial.run("config", action) == .exit(.usage))
    #expect(trial.errors.text.contains("set HOME"))
    let call = ProgramTrial(answer: "Hi")
    #expect(call.run("chat", "Hello") == .exit(.done))
    #expect(call.stored.reads == [])
  }

  @Test("init writes a file that explains itself, and never a second time")
  func initialize() {
    let trial = trial()
    #expect(trial.run("config", "init") == .exit(.done))
    #expect(trial.stored[Self.path]?.hasPrefix("# Configuration of sheep") == true)
    trial.stored[Self.path] = "# mine\n"
    #expect(trial.run("config", "init") == .exit(.usage))
    #expect(trial.stored[Self.path] == "# mine\n")
    #expect(trial.errors.text.contains("already exists"))
  }

  @Test("show names every setting with its source")
  func show() {
    let trial = trial(
      """
      default_profile = "work"
      [profiles.work]
      base_url = "https://llm.example/v1"
      keys = [{ env = "A" }, { file = "~/k" }]
      quirks = { stream_options = false }
      [tasks]
      simple = "m-1"
      [options]
      max-tokens = 5
      """)
    trial.variables["SHEEP_TEMPERATURE"] = "0.5"
    #expect(trial.run("config", "show") == .exit(.done))
    let lines = trial.output.text.split(separator: "\n").map { line in
      line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    for line in [
      #"default_profile = "work" # \#(Self.path):1"#,
      #"profiles.work.base_url = "https://llm.example/v1" # \#(Self.path):3"#,
      #"profiles.work.api = "openai" # built-in"#, #"profiles.work.key_env = "A" # \#(Self.path):4"#,
      #"profiles.work.key_file = "~/k" # \#(Self.path):4"#,
      "profiles.work.quirks.stream_options = false # \(Self.path):5",
      #"tasks.simple = "m-1" # \#(Self.path):7"#,
      #"tasks.fast = "gemini-2.5-flash@holysheep" # built-in"#,
      #"options.max-tokens = "5" # \#(Self.path):9"#,
      #"options.temperature = "0.5" # SHEEP_TEMPERATURE"#,
    ] { #expect(lines.contains(line), "\(line) in \(trial.output.text)") }
  }

  @Test(
    "get prints the value that holds, for scripts",
    arguments: [
      ("default_profile", "holysheep"), ("default_model", "m-1"),
      ("profiles.groq.base_url", "https://api.groq.com/openai/v1"),
      ("profiles.anthropic.api", "anthropic"), ("aliases.\"a.b\"", "m-2"),
    ])
  func get(_ key: String, _ value: String) {
    let trial = trial("default_model = \"m-1\"\n[aliases]\n\"a.b\" = \"m-2\"")
    #expect(trial.run("config", "get", key) == .exit(.done))
    #expect(trial.output.text == value + "\n")
  }

  @Test("get of something unset is a condition that is false")
  func getUnset() {
    let trial = trial()
    #expect(trial.run("config", "get", "aliases.x") == .exit(.conditionFalse))
    #expect(trial.output.text.isEmpty)
    #expect(trial.run("config", "get", "a b") == .exit(.usage))
  }

  @Test("set makes the file and then changes it in place")
  func set() {
    let trial = trial()
    #expect(trial.run("config", "set", "default_model", "m-1") == .exit(.done))
    #expect(trial.stored[Self.path] == "default_model = \"m-1\"\n")
    for (key, value) in [
      ("default_model", "m-2"), ("profiles.work.base_url", "https://llm.example"),
      ("options.max-tokens", "20"),
      ("options.usage", "true"), ("profiles.work.quirks.needs_key", "false"),
    ] { #expect(trial.run("config", "set", key, value) == .exit(.done), "\(key) \(trial.errors.text)") }
    #expect(
      trial.stored[Self.path] == """
        default_model = "m-2"

        [profiles.work]
        base_url = "https://llm.example"

        [options]
        max-tokens = 20
        usage = true

        [profiles.work.quirks]
        needs_key = false

        """)
  }

  @Test(
    "set refuses what would be wrong, and changes nothing",
    arguments: [
      (["options.max-tokns", "5"], "did you mean max-tokens?"), (["options.max-tokens", "many"], "many"),
      (["default_profile", "nobody"], "does not exist"),
      (["default_modl", "x"], "did you mean default_model?"),
      (["profiles.keyed.base_url", "http://llm.example"], "plain http"),
      (["profiles.work.base_ur", "https://x"], "did you mean base_url?"),
      (["profiles.work.api_key", "abc"], "keys do not belong"),
      (["profiles.work.keys", "A"], "more than one value"),
      (["profiles.work.quirks.stream_options", "no"], "neither true nor false"),
      (["profiles.../x.base_url", "https://x"], "is not a setting"),
      (["profiles.\"../x\".base_url", "https://x"], "is not a valid profile name"),
      (["profiles.work.ca_file", "ca.pem"], "is a relative path"),
      (["aliases.x", "m@nobody"], "does not exist"), (["profiles", "x"], "more than one value"),
      (["default_model", ProgramTrial.key], "looks like an API key"),
    ])
  func setRefuses(_ words: [String], _ text: String) {
    let before = """
      # mine
      [profiles.work]
      base_url = "https://llm.example"
      [profiles.keyed]
      base_url = "https://llm.example"
      key_env = "TEAM_KEY"

      """
    let trial = trial(before)
    #expect(trial.run(["config", "set"] + words) == .exit(.usage))
    #expect(trial.errors.text.contains(text), "\(trial.errors.text)")
    #expect(trial.stored[Self.path] == before)
  }

  @Test("a profile without a key may stand at plain http on another machine, and is called there")
  func plainHTTPWithoutKey() {
    let trial = trial("[profiles.lan]\nbase_url = \"http://192.168.1.20:8000/v1\"\n")
    #expect(trial.run("config", "check") == .exit(.done), "\(trial.errors.text)")
    let call = ProgramTrial(answer: "Hi")
    call.variables["HOME"] = "/home/u"
    call.stored[Self.path] = trial.stored[Self.path]
    #expect(call.run("chat", "-m", "m-1@lan", "Hello") == .exit(.done), "\(call.errors.text)")
    #expect(call.sentKey == nil && call.loop.received.count == 1)
  }

  @Test("set mends a file that has other mistakes, but not one that cannot be read")
  func setMends() {
    let trial = trial("default_profile = \"nobody\"\nx = 1\n")
    #expect(trial.run("config", "set", "default_profile", "openai") == .exit(.done))
    #expect(trial.stored[Self.path] == "default_profile = \"openai\"\nx = 1\n")
    let broken = self.trial("a = \n")
    #expect(broken.run("config", "set", "default_profile", "openai") == .exit(.usage))
    #expect(broken.errors.text.contains(Self.path + ":1:5"))
  }

  @Test("prices come one after the other")
  func prices() {
    let trial = trial()
    #expect(trial.run("config", "set", "prices.\"m@openai\".in", "2.50") == .exit(.done))
    #expect(trial.errors.text.contains("out=… is missing"))
    #expect(trial.run("config", "set", "prices.\"m@openai\".out", "10") == .exit(.done))
    #expect(trial.stored[Self.path] == "[prices.\"m@openai\"]\nin = 2.50\nout = 10\n")
    #expect(trial.run("config", "check") == .exit(.done))
  }

  @Test("51: check names every mistake with line, column and the nearest name")
  func check() {
    let trial = trial(
      """
      default_profil = "x"
      [profiles.work]
      base_url = "ftp://x"
      [options]
      temperature = 99
      [aliases]
      a = "m@wrk"
      [profiles.work.headers]
      Authorization = "x"
      """)
    #expect(trial.run("config", "check") == .exit(.usage))
    #expect(trial.notes.count == 5, "\(trial.errors.text)")
    for (index, text) in [
      ":1:1: unknown setting 'default_profil'; did you mean default_profile?", ":3:1: base URL",
      ":5:1: temperature: '99'",
      ":7:1: profile 'wrk' does not exist; did you mean work?", ":9:1: Authorization would show",
    ].enumerated() where trial.notes.indices.contains(index) {
      #expect(trial.notes[index].contains(Self.path + text), "\(trial.notes[index])")
    }
    let good = self.trial("default_profile = \"openai\"\n")
    #expect(good.run("config", "check") == .exit(.done))
    #expect(good.output.text == Self.path + ": no mistakes\n")
  }

  @Test("edit opens the file in the user's editor and checks it")
  func edit() {
    let trial = trial()
    trial.variables["EDITOR"] = "my-editor --wait 'a b'"
    nonisolated(unsafe) var words: [String] = []
    trial.editor = { [stored = trial.stored] in
      words = $0
      stored[Self.path] = "x = 1\n"
      return 0
    }
    #expect(trial.run("config", "edit") == .exit(.usage))
    #expect(words == ["my-editor", "--wait", "a b", Self.path])
    #expect(trial.errors.text.contains(":1:1: unknown setting 'x'"))
    let none = self.trial()
    #expect(none.run("config", "edit") == .exit(.usage))
    #expect(none.errors.text.contains("EDITOR is not set"))
    let failing = self.trial()
    failing.variables["VISUAL"] = "v"
    failing.editor = { _ in 3 }
    #expect(failing.run("config", "edit") == .exit(.usage))
    #expect(failing.errors.text.contains("exited with status 3"))
  }

  @Test(
    "an action that is none, or lacks its words, says what to write",
    arguments: [
      (["config"], "use path, show, init, edit, check, get KEY, set KEY VALUE"),
      (["config", "shwo"], "did you mean 'sheep config show'?"),
      (["config", "get"], "write 'sheep config get KEY'"),
      (["config", "set", "a"], "write 'sheep config set KEY VALUE'"),
      (["config", "path", "x"], "takes no argument"),
    ])
  func actions(_ words: [String], _ text: String) {
    let trial = trial()
    #expect(trial.run(words) == .exit(.usage))
    #expect(trial.errors.text.contains(text))
  }

  @Test("a broken configuration does not keep config from working")
  func broken() {
    let trial = trial("a = \n[options]\nquiet = perhaps")
    #expect(trial.run("config", "path") == .exit(.done))
    #expect(trial.run("config", "show") == .exit(.usage))
    #expect(trial.run("config", "check") == .exit(.usage))
  }
}
