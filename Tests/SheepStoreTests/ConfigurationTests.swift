import SheepStore
import Testing

@Suite("configuration: reading")
struct ConfigurationTests {
  private static let rules = ConfigurationReader.Rules(
    looksLikeKey: { $0.hasPrefix("sk-") },
    nearest: { word, names in names.first { $0.hasPrefix(word.prefix(3)) } })

  private static func read(_ text: String) -> (configuration: Configuration, problems: [ConfigurationProblem])
  {
    ConfigurationReader.read(Array(text.utf8), path: "/c/config.toml", rules: rules)
  }

  @Test("every setting is read, with its place")
  func everything() {
    let (configuration, problems) = Self.read(
      """
      default_profile = "work"
      default_model = "m-1"
      [profiles.work]
      base_url = "https://llm.example/v1"
      api = "openai"
      key_env = "A"
      keys = [{ env = "B" }, { file = "~/k" }, { cmd = "pass x" }]
      headers = { X-Team = "s" }
      quirks = { stream_options = false, system_role = "developer" }
      [aliases]
      mini = "m-2@work"
      [tasks]
      simple = "m-3"
      [prices."m-1@work"]
      in = 2.50
      out = 10
      [options]
      max-tokens = 200
      usage = true
      temperature = 0.20
      """)
    #expect(problems == [])
    #expect(configuration.defaultProfile == Located("work", at: TextPosition(line: 1, column: 1)))
    let work = configuration.profiles.first
    #expect(work?.baseURL?.value == "https://llm.example/v1" && work?.api?.value == "openai")
    #expect(
      work?.keys?.map(\.value) == [.variable("A"), .variable("B"), .file("~/k"), .command("pass x")])
    #expect(work?.headers.map(\.name) == ["X-Team"])
    #expect(work?.quirks.map(\.text.value) == ["false", "developer"])
    #expect(configuration.aliases.map(\.text.value) == ["m-2@work"])
    #expect(configuration.tasks.map(\.name) == ["simple"])
    #expect(configuration.prices.first?.fields.map(\.text.value) == ["2.50", "10"], "as written: exact")
    #expect(configuration.options.map(\.text.value) == ["200", "1", "0.20"])
    #expect(configuration.options.last?.text.position == TextPosition(line: 20, column: 1))
  }

  @Test(
    "what is wrong is named with its place and the nearest name",
    arguments: [
      ("default_prof = \"x\"", "1:1", "unknown setting 'default_prof'", "did you mean default_profile?"),
      (
        "[profiles.w]\n  base_uri = \"x\"", "2:3", "unknown setting 'base_uri' in [profiles.w]",
        "did you mean base_url?"
      ),
      (
        "[profiles.w.quirks]\nsystem = \"x\"", "2:1", "unknown setting 'system' in [profiles.w.quirks]",
        "did you mean system_role?"
      ),
      ("default_model = 3", "1:1", "'default_model' is a whole number", "write a string in quotes"),
      (
        "[profiles.w.quirks]\nstream_options = \"no\"", "2:1", "'stream_options' is a string",
        "write true or false"
      ),
      ("[profiles.\"../x\"]\n", "1:11", "'../x' is not a valid profile name", nil),
      ("[profiles.1st]\n", "1:11", "'1st' is not a valid profile name", nil),
      (
        "[profiles.w]\nkeys = [{ env = \"A\", file = \"b\" }]", "2:9",
        "must be exactly one of env, file and cmd", nil
      ),
      ("[profiles.w]\nkeys = \"A\"", "2:1", "'keys' is a string", nil),
      ("aliases = 1", "1:1", "'aliases' is a whole number", "write a table"),
      ("[options]\nstop = [\"a\"]", "2:1", "'stop' is a list", nil),
      ("[prices.m]\nin = true\nout = 1", "2:1", "'in' is true or false", nil),
      ("a = ", "1:5", "a value is missing", nil),
    ] as [(String, String, String, String?)])
  func problems(_ text: String, _ place: String, _ problem: String, _ advice: String?) throws {
    let found = Self.read(text).problems
    let first = try #require(found.first)
    #expect(found.count == 1, "\(found)")
    #expect(first.position?.description == place)
    #expect(first.problem == problem)
    if let advice { #expect(first.advice == advice) }
  }

  @Test(
    "a key is refused wherever it stands, and not repeated",
    arguments: [
      ("[profiles.w]\napi_key = \"abc\"", "'api_key' would put a key into this file"),
      ("[profiles.w]\nkey = \"sk-12345\"", "'key' would put a key into this file"),
      ("[profiles.w]\nkey_env = \"sk-12345\"", "'key_env' looks like a key"),
      ("[options]\nmodel = \"sk-12345\"", "'model' looks like a key"),
      ("[aliases]\nx = \"sk-12345\"", "'x' looks like a key"),
      ("[profiles.w.headers]\nX-A = \"sk-12345\"", "'X-A' looks like a key"),
      ("[profiles.w]\nkeys = [{ env = \"sk-12345\" }]", "'env' looks like a key"),
      ("default_model = \"sk-12345\"", "'default_model' looks like a key"),
    ])
  func keys(_ text: String, _ problem: String) {
    let problems = Self.read(text).problems
    #expect(problems.count == 1)
    let first = problems.first
    #expect(first?.problem.hasPrefix(problem) == true, "\(problems)")
    #expect(first?.advice?.hasPrefix("say where it is with key_env, key_file or key_cmd") == true)
    #expect(!"\(problems)".contains("sk-12345"))
  }

  @Test("all mistakes are named, in the order of the file")
  func several() {
    let problems = Self.read("x = 1\n[options]\ny = []\n[profiles.w]\nz = 1").problems
    #expect(problems.map { $0.position?.line } == [1, 3, 5])
  }

  @Test("the template is right, with its settings commented out and without")
  func template() {
    let text = ConfigurationTemplate.text
    #expect(Self.read(text).problems == [])
    #expect(Self.read(text).configuration == Configuration(path: "/c/config.toml"))
    let active = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("#") && !line.hasPrefix("# ") ? line.dropFirst() : line
    }.joined(separator: "\n")
    let (configuration, problems) = Self.read(active)
    #expect(problems == [])
    #expect(configuration.profiles.count == 2 && configuration.options.count == 3)
  }

  @Test("columns count characters, not bytes")
  func columns() {
    #expect(TextPosition(of: 7, in: Array("é€ = x".utf8)).column == 5)
    #expect(TextPosition(of: 3, in: Array("\u{feff}a".utf8)).column == 1)
    #expect(TextPosition(of: 99, in: Array("a\nb".utf8)) == TextPosition(line: 2, column: 2))
  }
}
