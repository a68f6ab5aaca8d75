import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

/// Calls in a role.
@Suite("program: roles")
struct ProgramRoleTests {
  private func trial(_ role: String? = nil, _ configuration: String = "") -> ProgramTrial {
    let trial = ProgramTrial([])
    trial.variables["XDG_CONFIG_HOME"] = "/c"
    if let role { trial.stored["/c/sheep/roles/own.md"] = role }
    if !configuration.isEmpty { trial.stored["/c/sheep/config.toml"] = configuration }
    return trial
  }

  private static let own = """
    ---
    model: m-role@openai
    temperature: 0.3
    max-tokens: 70
    variables:
      tone: kind
    ---
    @Be {tone}.
    --- prompt
    Look: {}
    """

  private func body(_ trial: ProgramTrial, _ words: String...) -> JSON? {
    #expect(trial.run(["chat", "--dry-run", "--json"] + words) == .exit(.done), "\(trial.errors.text)")
    return trial.json?["body"]
  }

  @Test("a role brings its texts, its model and its options")
  func brings() {
    let trial = trial(Self.own)
    let body = body(trial, "-r", "own", "--var", "tone=stern", "Hello")
    #expect(trial.json?["url"]?.string == "https://api.openai.com/v1/chat/completions")
    #expect(body?["model"]?.string == "m-role" && body?["temperature"]?.number?.text == "0.3")
    #expect(body?["messages"]?[0]?["content"]?.string == "@Be stern.", "a text, not the name of a file")
    #expect(body?["messages"]?[1]?["content"]?.string == "Look: Hello")
  }

  @Test("the command line counts more than a role, and a role more than environment and configuration")
  func precedence() {
    let configuration = "default_model = \"m-config\"\n[options]\ntemperature = 0.9\ntop-p = 0.5\n"
    let plain = trial(Self.own, configuration)
    plain.variables["SHEEP_TEMPERATURE"] = "0.8"
    plain.variables["SHEEP_SYSTEM"] = "Environment"
    plain.variables["SHEEP_MODEL"] = "m-environment"
    let byRole = body(plain, "-r", "own", "Hi")
    #expect(byRole?["temperature"]?.number?.text == "0.3" && byRole?["model"]?.string == "m-role")
    #expect(
      byRole?["top_p"]?.number?.text == "0.5" && byRole?["messages"]?[0]?["content"]?.string == "@Be kind.")
    let typed = trial(Self.own, configuration)
    let byHand = body(typed, "-r", "own", "-t", "1", "-s", "S", "-m", "m-typed", "Hi")
    #expect(byHand?["temperature"]?.number?.text == "1" && byHand?["model"]?.string == "m-typed")
    #expect(byHand?["messages"]?[0]?["content"]?.string == "S")
    let task = trial(Self.own)
    #expect(body(task, "-r", "own", "--task", "fast", "Hi")?["model"]?.string == "gemini-2.5-flash")
    let elsewhere = trial(Self.own)
    elsewhere.variables["SHEEP_TASK"] = "fast"
    #expect(body(elsewhere, "-r", "own", "Hi")?["model"]?.string == "m-role")
  }

  @Test("what is piped in takes the place of what is asked")
  func piped() {
    let trial = trial("Sum up:\n{}")
    trial.input = TrialInput(piped: "a long text\n")
    #expect(body(trial, "-r", "own")?["messages"]?[0]?["content"]?.string == "Sum up:\na long text\n")
    let both = self.trial("Sum up:\n{}")
    both.input = TrialInput(piped: "text")
    #expect(
      body(both, "-r", "own", "of today")?["messages"]?[0]?["content"]?.string == "Sum up:\ntext\n\nof today")
    let itself = self.trial("S\n--- prompt\nTell a joke.")
    #expect(body(itself, "-r", "own")?["messages"]?[1]?["content"]?.string == "Tell a joke.")
    let nothing = self.trial("S {}")
    #expect(nothing.run("chat", "--dry-run", "-r", "own") == .exit(.usage))
  }

  @Test(
    "a role that cannot be used stops the call, and says where and why",
    arguments: [
      (["-r", "none"], "role 'none' does not exist"),
      (["-r", "translat"], "role 'translat' does not exist; did you mean translate?"),
      (["-r", "../x"], "--role: not a valid role name"),
      (["-r", "own", "--var", "tune=x"], "role 'own' has no variable 'tune'; did you mean tone?"),
      (["--var", "a=b"], "--var: 'a' needs a role; add one with --role"),
    ])
  func unusable(_ words: [String], _ problem: String) {
    let trial = trial(Self.own)
    #expect(trial.run(["chat", "Hi"] + words) == .exit(.usage))
    #expect(trial.errors.text.hasPrefix("sheep: " + problem), "\(trial.errors.text)")
  }

  @Test("a wrong value in a role is named with its place")
  func wrongValue() {
    let trial = trial("---\ntemperature: 9\n---\nS")
    #expect(trial.run("chat", "-r", "own", "Hi") == .exit(.usage))
    #expect(
      trial.errors.text.hasPrefix("sheep: /c/sheep/roles/own.md:2:14: temperature: '9' is out of range"),
      "\(trial.errors.text)")
    let missing = self.trial("---\nvariables:\n  who:\n---\n{who}")
    #expect(missing.run("chat", "-r", "own", "Hi") == .exit(.usage))
    #expect(missing.errors.text == "sheep: role 'own': 'who' has no value; add --var who=VALUE\n")
  }

  @Test("roles are listed, the broken ones with what is wrong, and completed offline")
  func list() {
    let trial = trial("---\nnonsense: 1\n---\n")
    #expect(trial.run("chat", "--list-roles", "--json") == .exit(.done))
    let rows = trial.json?.array
    #expect(rows?.count == 7)
    let own = rows?.first { $0["name"]?.string == "own" }
    #expect(own?["problem"]?.string?.contains("own.md:2:1: unknown setting 'nonsense'") == true)
    let translate = rows?.first { $0["name"]?.string == "translate" }
    #expect(translate?["variables"]?[0]?["default"]?.string == "English" && translate?["path"] == nil)
    let table = self.trial(Self.own)
    #expect(table.run("chat", "--list-roles") == .exit(.done))
    #expect(table.output.text.contains("own") && table.output.text.contains("m-role@openai"))
    let complete = self.trial(Self.own)
    #expect(complete.run("__complete", "roles", "o") == .exit(.done) && complete.output.text == "own\n")
  }

  @Test("where the model came from is explained")
  func explained() {
    let trial = trial(Self.own)
    #expect(trial.run("chat", "--dry-run", "--explain", "-r", "own", "Hi") == .exit(.done))
    #expect(trial.errors.text.contains("model: m-role (role own)"), "\(trial.errors.text)")
  }
}
