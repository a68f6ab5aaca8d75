import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

/// What the configuration changes in a call.
@Suite("program: configuration")
struct ProgramConfigurationTests {
  private static let path = "/c/sheep/config.toml"
  private static let other = "sk-other-1111111111112222"
  private static let third = "sk-third-3333333333334444"

  private func trial(_ configuration: String, _ scripts: [TransferScript]? = nil) -> ProgramTrial {
    let trial = scripts.map { ProgramTrial($0) } ?? ProgramTrial(answer: "Hi")
    trial.variables["XDG_CONFIG_HOME"] = "/c"
    trial.variables["HOME"] = "/home/u"
    trial.stored[Self.path] = configuration
    return trial
  }

  private static func model(_ trial: ProgramTrial) -> String? { trial.body?["model"]?.string }
  private static func url(_ trial: ProgramTrial) -> String? { trial.loop.received.first?.request.url }

  private static let work = """
    [profiles.work]
    base_url = "https://llm.example/v1"
    key_env = "WORK_KEY"
    default_model = "m-work"

    """

  @Test("what needs no configuration never looks for it")
  func notLookedFor() {
    for words in [
      ["--version"], ["--help"], ["-h"], ["help", "chat"], ["chat", "--help"], [],
    ] {
      let trial = trial("broken")
      #expect(trial.run(words) == .exit(.done))
      #expect(trial.stored.reads == [], "\(words)")
    }
    let call = trial("")
    #expect(call.run("chat", "Hello") == .exit(.done))
    #expect(call.stored.reads == [Self.path], "once, and nothing else")
  }

  @Test(
    "a mistake in the file is told, and stops nothing that can do without the file",
    arguments: ["x = 1", "a = ", "[options]\nusgae = true", "[options]\ntemperature = 99\nquiet = \"x\""])
  func mistakesThatStopNothing(_ text: String) {
    for words in [
      ["mock", "--models"], ["models", "--offline"],
      ["cost", "-m", "gpt-4.1", "--input", "5", "--output", "5"],
      ["chat", "--demo", "--dry-run", "Hello"],
    ] {
      let trial = trial(text, [])
      #expect(trial.run(words) == .exit(.done), "\(words) \(trial.errors.text)")
      #expect(trial.errors.text.contains(Self.path + ":"), "\(words)")
      #expect(trial.errors.text.contains("not read"), "\(words)")
      #expect(!trial.output.text.isEmpty, "\(words)")
    }
  }

  @Test("cost goes on without the configuration's prices where one of them is wrong, and says so")
  func mistakenPrices() {
    let trial = trial("[prices.m]\nin = \"x\"\nout = 2\n", [])
    #expect(
      trial.run("cost", "-m", "gpt-4.1", "--input", "1000000", "--output", "0") == .exit(.done),
      "\(trial.errors.text)")
    #expect(trial.errors.text.contains("prices from the configuration were not read"))
    #expect(trial.output.text.contains("$8.00"))
  }

  @Test("explain names the origin of an option that a role, a variable and the file all set")
  func origins() {
    let trial = trial("[options]\ntemperature = 0.1\nmax-tokens = 7\n", [])
    trial.variables["SHEEP_TEMPERATURE"] = "0.2"
    trial.stored["/c/sheep/roles/r.md"] = "---\ntop-p: 0.5\n---\nBe brief."
    #expect(
      trial.run("chat", "--explain", "--dry-run", "-r", "r", "--seed", "3", "Hello") == .exit(.done),
      "\(trial.errors.text)")
    for line in [
      "--temperature: 0.2 (SHEEP_TEMPERATURE)", "--max-tokens: 7 (\(Self.path):3)",
      "--top-p: 0.5 (role r)", "--seed: 3 (command line)",
    ] {
      #expect(trial.errors.text.contains(line), "\(trial.errors.text)")
    }
  }

  @Test("51: a mistake in the file stops a call before anything is sent")
  func mistakes() {
    for (text, problem) in [
      ("default_profile = 1", ":1:1: 'default_profile' is a whole number"),
      ("x = 1", ":1:1: unknown setting 'x'"),
      ("a = ", ":1:5: a value is missing"),
      ("[options]\nusgae = true", ":2:1: 'usgae' is not an option"),
      ("[options]\ntemperature = 99", ":2:1: temperature: '99' is out of range"),
      ("default_profile = \"nobody\"", "profile 'nobody'"),
    ] {
      let trial = trial(text, [])
      #expect(trial.run("chat", "Hello") == .exit(.usage), "\(text)")
      #expect(trial.errors.text.contains(problem), "\(trial.errors.text)")
    }
  }

  @Test("a profile of the user's own has its address, key, model, headers and quirks")
  func ownProfile() {
    let trial = trial(
      Self.work + """
        proxy = "http://proxy.example:3128"
        ca_file = "~/ca.pem"
        headers = { X-Team = "search" }
        quirks = { max_tokens_field = "limit", stream_options = false, system_role = "developer", seed_field = "s", reasoning = "object", key_header = "api-key" }
        """)
    trial.variables["WORK_KEY"] = Self.other
    #expect(
      trial.run(
        "chat", "-P", "work", "--max-tokens", "9", "-s", "S", "--seed", "3", "--reasoning-effort", "low",
        "Hello")
        == .exit(.done))
    let request = trial.loop.received.first?.request
    #expect(request?.url == "https://llm.example/v1/chat/completions")
    #expect(trial.sentKey == Self.other && request?.credential?.header == "api-key")
    #expect(request?.credential?.prefix == "" && request?.headers["x-team"] == "search")
    #expect(request?.settings.proxy == "http://proxy.example:3128")
    #expect(request?.settings.certificateFile == "/home/u/ca.pem")
    #expect(Self.model(trial) == "m-work")
    #expect(
      trial.body?["limit"]?.count == 9 && trial.body?["stream_options"] == nil && trial.body?["s"]?.count == 3
    )
    #expect(trial.body?["messages"]?[0]?["role"]?.string == "developer")
    #expect(trial.body?["reasoning"]?["effort"]?.string == "low")
  }

  @Test("T6: an address moved by the configuration does not get the vendor's key")
  func movedAddress() {
    let moved = "[profiles.openai]\nbase_url = \"https://evil.example\"\n"
    let trial = trial(moved, [])
    trial.variables["OPENAI_API_KEY"] = Self.other
    #expect(trial.run("chat", "-P", "openai", "-m", "m", "Hello") == .exit(.authentication))
    let named = self.trial(moved + "key_env = \"OPENAI_API_KEY\"")
    named.variables["OPENAI_API_KEY"] = Self.other
    #expect(named.run("chat", "-P", "openai", "-m", "m", "Hello") == .exit(.done))
    #expect(named.sentKey == Self.other, "the user has named it for this address")
  }

  @Test("a profile's keys, headers and proxy are not used for another address")
  func otherAddress() {
    let trial = trial(Self.work + "headers = { X-Team = \"s\" }\nproxy = \"http://p.example:1\"")
    trial.variables["WORK_KEY"] = Self.other
    trial.variables["SHEEP_API_KEY"] = Self.third
    #expect(
      trial.run("chat", "-P", "work", "--base-url", "https://else.example", "-m", "m", "Hello")
        == .exit(.done))
    #expect(trial.sentKey == Self.third)
    #expect(trial.loop.received.first?.request.headers["x-team"] == nil)
    #expect(trial.loop.received.first?.request.settings.proxy == nil)
  }

  @Test("a profile without an address asks for one; the key of azure's goes to it")
  func azure() {
    let none = trial("", [])
    none.variables["AZURE_OPENAI_API_KEY"] = Self.other
    #expect(none.run("chat", "-P", "azure", "-m", "m", "Hello") == .exit(.usage))
    #expect(none.errors.text.contains("set one with 'sheep config set profiles.azure.base_url"))
    let given = trial("[profiles.azure]\nbase_url = \"https://r.openai.azure.com/openai/v1\"")
    given.variables["AZURE_OPENAI_API_KEY"] = Self.other
    #expect(given.run("chat", "-P", "azure", "-m", "m", "Hello") == .exit(.done))
    #expect(given.sentKey == Self.other && given.loop.received.first?.request.credential?.header == "api-key")
    #expect(Self.url(given) == "https://r.openai.azure.com/openai/v1/chat/completions")
  }

  @Test("which profile and model: command line, variable, profile, configuration, built-in")
  func precedence() {
    let file = "default_profile = \"work\"\ndefault_model = \"m-default@openai\"\n" + Self.work
    for (words, variables, model, host) in [
      ([], [:], "m-default", "https://api.openai.com"),
      (["-P", "work"], [:], "m-work", "https://llm.example"),
      ([], ["SHEEP_PROFILE": "work"], "m-work", "https://llm.example"),
      (["-m", "m-1"], [:], "m-1", "https://llm.example"),
      (["-m", "m-1@groq"], [:], "m-1", "https://api.groq.com"),
      ([], ["SHEEP_MODEL": "m-2"], "m-2", "https://llm.example"),
      (["-m", "m-1"], ["SHEEP_MODEL": "m-2@groq"], "m-1", "https://llm.example"),
      (["-P", "holysheep"], [:], "gpt-4.1", "https://api.holysheep.ai"),
      (["--task", "simple"], [:], "deepseek-v3.2", "https://api.holysheep.ai"),
    ] as [([String], [String: String], String, String)] {
      let trial = trial(file)
      for name in ["OPENAI_API_KEY", "GROQ_API_KEY", "WORK_KEY"] { trial.variables[name] = Self.other }
      trial.variables.merge(variables) { $1 }
      #expect(trial.run(["chat", "Hello"] + words) == .exit(.done), "\(words) \(trial.errors.text)")
      #expect(Self.model(trial) == model, "\(words) \(variables)")
      #expect(Self.url(trial)?.hasPrefix(host) == true, "\(words) \(variables)")
    }
  }

  @Test("an alias stands for a model and its profile; one with @ is taken as it is")
  func aliases() {
    let file = Self.work + "[aliases]\nmini = \"m-9@work\"\nplain = \"m-8\"\n[tasks]\nodd = \"mini\"\n"
    for (words, model, host) in [
      (["-m", "mini"], "m-9", "https://llm.example"),
      (["-m", "mini", "-P", "openai"], "m-9", "https://llm.example"),
      (["-m", "plain", "-P", "work"], "m-8", "https://llm.example"),
      (["-m", "mini@openai"], "mini", "https://api.openai.com"),
      (["--task", "odd"], "m-9", "https://llm.example"),
    ] {
      let trial = trial(file)
      for name in ["OPENAI_API_KEY", "WORK_KEY"] { trial.variables[name] = Self.other }
      #expect(trial.run(["chat", "Hello"] + words) == .exit(.done), "\(words) \(trial.errors.text)")
      #expect(Self.model(trial) == model && Self.url(trial)?.hasPrefix(host) == true, "\(words)")
    }
    let unknown = trial(file, [])
    #expect(unknown.run("chat", "--task", "od", "Hello") == .exit(.usage))
    let both = trial(file, [])
    #expect(both.run("chat", "--task", "odd", "-m", "m", "Hello") == .exit(.usage))
  }

  @Test("defaults of options: below variables and the command line, above what is built in")
  func options() {
    let file = "[options]\nmax-tokens = 5\ntemperature = 0.20\nseed = 1\nquiet = true\n"
    let trial = trial(file)
    trial.variables["SHEEP_SEED"] = "2"
    #expect(trial.run("chat", "-t", "0.7", "Hello") == .exit(.done))
    #expect(trial.body?["max_tokens"]?.count == 5 && trial.body?["seed"]?.count == 2)
    #expect(trial.body?["temperature"]?.number?.text == "0.7")
    let conflict = self.trial("[options]\nmarkdown = \"always\"\n")
    #expect(
      conflict.run("chat", "--raw", "Hello") == .exit(.done), "a default never contradicts the command line")
  }

  @Test("a profile's proxy counts more than the configuration's, and less than a variable")
  func proxies() {
    let file =
      "[options]\nproxy = \"http://default.example:1\"\n" + Self.work + "proxy = \"http://work.example:2\"\n"
    for (words, variable, proxy) in [
      (["-P", "work"], nil, "http://work.example:2"),
      (["-P", "openai", "-m", "m"], nil, "http://default.example:1"),
      (["-P", "work"], "http://variable.example:3", "http://variable.example:3"),
      (["-P", "work", "--proxy", "http://line.example:4"], nil, "http://line.example:4"),
    ] as [([String], String?, String)] {
      let trial = trial(file)
      for name in ["OPENAI_API_KEY", "WORK_KEY"] { trial.variables[name] = Self.other }
      trial.variables["SHEEP_PROXY"] = variable
      #expect(trial.run(["chat", "Hello"] + words) == .exit(.done))
      #expect(trial.loop.received.first?.request.settings.proxy == proxy, "\(words)")
    }
  }

  @Test("17: several keys of a profile, from a variable, a file and a command")
  func severalKeys() {
    let file = """
      [profiles.holysheep]
      keys = [{ env = "A" }, { env = "UNSET" }, { file = "~/key" }, { cmd = "pass show 'my key'" }]
      """
    let refused = TransferScript.response(401, body: ErrorReply.body("bad key"))
    let trial = trial(
      file, [refused, .stream([ChatStream.text("Hi"), ChatStream.finish(), ChatStream.done])])
    trial.variables["A"] = Self.other
    trial.files["/home/u/key"] = Array((Self.third + "\n").utf8)
    trial.commands[["pass", "show", "my key"]] = Array("sk-fourth-55555555556666\n".utf8)
    #expect(trial.run("chat", "--explain", "Hello") == .exit(.done))
    #expect(trial.loop.received.map { $0.request.credential?.secret.exposed } == [Self.other, Self.third])
    for line in ["key: ****2222 (A)", "key: ****4444 (~/key)", "key: ****6666 (key_cmd)", "(key ****2222)"] {
      #expect(trial.errors.text.contains(line), "\(trial.errors.text)")
    }
    #expect(!trial.errors.text.contains(Self.other))
    let none = self.trial("[profiles.holysheep]\nkeys = [{ env = \"A\" }, { env = \"B\" }]", [])
    #expect(none.run("chat", "Hello") == .exit(.authentication))
    #expect(none.errors.text.contains("none of A, B is set"), "HOLYSHEEP_API_KEY was replaced")
    let unsafe = self.trial("[profiles.holysheep]\nkey_file = \"/k\"", [])
    unsafe.keyFileProblems["/k"] = "can be read by other users"
    #expect(unsafe.run("chat", "Hello") == .exit(.usage))
  }

  @Test("prices of the configuration count for their profile, below --price")
  func prices() {
    let file =
      "[prices.\"gpt-4.1@holysheep\"]\nin = 1000\nout = 1000\n[prices.\"gpt-4.1@openai\"]\nin = 1\nout = 1\n"
    let trial = trial(file)
    #expect(trial.run("chat", "--json", "Hello") == .exit(.done))
    #expect(trial.json?["cost"]?["usd"]?.number?.text == "0.029")
    #expect(trial.json?["cost"]?["source"]?.string == "user")
    let given = self.trial(file)
    #expect(given.run("chat", "--json", "--price", "in=2000,out=2000", "Hello") == .exit(.done))
    #expect(given.json?["cost"]?["usd"]?.number?.text == "0.058")
  }

  @Test("the local gateway knows nothing of the user's own defaults")
  func demo() {
    let trial = trial("default_profile = \"work\"\ndefault_model = \"m-x\"\n" + Self.work)
    #expect(trial.run("chat", "--demo", "--dry-run", "Hello") == .exit(.done))
    #expect(trial.output.text.contains("\"gpt-4.1\""))
  }

  @Test("explain names what holds and why")
  func explain() {
    let trial = trial(Self.work + "[aliases]\nmini = \"m-9@work\"\n[options]\nmax-tokens = 5\n")
    trial.variables["WORK_KEY"] = Self.other
    trial.variables["SHEEP_SEED"] = "7"
    #expect(trial.run("chat", "--explain", "-m", "mini", "Hello") == .exit(.done))
    for line in [
      "configuration: \(Self.path)", "profile: work (command line)",
      "address: https://llm.example/v1 (\(Self.path):2)", "model: m-9 (command line)",
      "alias: mini = m-9@work (\(Self.path):6)", "key: ****2222 (WORK_KEY)", "--model: mini (command line)",
      "--max-tokens: 5 (\(Self.path):8)", "--seed: 7 (SHEEP_SEED)",
    ] { #expect(trial.notes.contains("sheep: " + line), "\(line) in \(trial.errors.text)") }
    #expect(trial.output.text == "Hi\n" || trial.output.text == "Hi")
  }

  @Test("explain names every target of compare, and what models, ping and embed would ask")
  func explainElsewhere() {
    func notes(_ words: String...) -> [String] {
      let trial = trial(Self.work + "[options]\nmax-tokens = 5\n", [])
      trial.variables["WORK_KEY"] = Self.other
      trial.variables["OPENAI_API_KEY"] = Self.third
      _ = trial.run(words)
      return trial.notes
    }
    let compared = notes("compare", "--explain", "--dry-run", "-m", "m-1@work,m-2@openai", "Hello")
    for line in [
      "configuration: \(Self.path)", "profile: work (command line)", "model: m-1 (command line)",
      "key: ****2222 (WORK_KEY)", "profile: openai (command line)", "model: m-2 (command line)",
      "key: ****4444 (OPENAI_API_KEY)", "--max-tokens: 5 (\(Self.path):6)",
    ] { #expect(compared.contains("sheep: " + line), "\(line) in \(compared)") }
    #expect(compared.filter { $0.hasPrefix("sheep: configuration:") }.count == 1)
    let listed = notes("models", "--explain", "-P", "openai")
    #expect(listed.contains("sheep: profile: openai (command line)"), "\(listed)")
    let embedded = notes("embed", "--explain", "--dry-run", "-P", "work", "text")
    #expect(embedded.contains("sheep: address: https://llm.example/v1 (\(Self.path):2)"), "\(embedded)")
  }

  @Test("completion offers aliases and profiles; a broken file offers the built-in ones")
  func completion() {
    let trial = trial(Self.work + "[aliases]\nwonder = \"m-9@work\"\n")
    #expect(trial.run("__complete", "models", "wo") == .exit(.done))
    #expect(trial.run("__complete", "profiles", "wo") == .exit(.done))
    #expect(trial.run("__complete", "models", "m@wo") == .exit(.done))
    #expect(trial.output.text == "wonder\nwork\nm@work\n")
    let broken = self.trial("x")
    #expect(broken.run("__complete", "profiles", "gro") == .exit(.done))
    #expect(broken.output.text == "groq\n")
  }
}
