import SheepCore
import SheepStore
import Synchronization
import Testing

/// Roles: what their files say, and what comes of it.
@Suite("roles")
struct RoleTests {
  private static let rules = ConfigurationReader.Rules(
    looksLikeKey: { $0.hasPrefix("sk-") },
    nearest: { word, names in names.first { $0.first == word.first && $0.count == word.count } })

  private static func book(_ files: [String: String]) -> RoleBook {
    var access = FileAccess(
      read: { path throws(FileProblem) in files[path].map { Array($0.utf8) } },
      write: { _, _, _ throws(FileProblem) in throw FileProblem(.system, "not here") })
    access.names = { folder in
      files.keys.filter { $0.hasPrefix(folder + "/") }.map { String($0.dropFirst(folder.count + 1)) }
    }
    return RoleBook(folder: "/r", files: access, rules: rules)
  }

  private static func role(_ text: String) throws(Failure) -> Role {
    try book(["/r/own.md": text]).role(named: "own")
  }

  private static let whole = """
    ---
    # what it is
    description: "Say: \\"hello\\"\\n# twice"
    model: gpt-4.1@openai
    temperature: 0.2
    stop: 'it''s'

    variables:
      language: English
      # one without a value must be given
      tone:
      empty: ""
    ---

    Answer in {language}, {tone}{empty}.
    {{language}} {{}} {other} {"json": {}x} { language } {{other}} }{

    ---

    The rule above is Markdown's.
    --- prompt
    About {language}:

    {}
    Again: {}

    """

  @Test("head, system prompt and template are read, and filled in once")
  func whole() throws {
    // `{}` belongs below the line, so that the body's own one is written with two braces.
    let role = try Self.role(Self.whole.replacing("{}x", with: "{{}}x"))
    #expect(role.description == "Say: \"hello\"\n# twice")
    #expect(role.options.map(\.name) == ["model", "temperature", "stop"] && role.model == "gpt-4.1@openai")
    #expect(role.options.map(\.text.value) == ["gpt-4.1@openai", "0.2", "it's"])
    #expect(role.options.map(\.text.position.description) == ["4:8", "5:14", "6:7"])
    #expect(role.variables.map(\.name) == ["language", "tone", "empty"])
    #expect(role.variables.map(\.preset) == ["English", nil, ""])
    let filled = try role.fill(variables: [("tone", "{language} {}"), ("language", "Korean")])
    #expect(
      filled.system == """
        Answer in Korean, {language} {}.
        {language} {} {other} {"json": {}x} { language } {{other}} }{

        ---

        The rule above is Markdown's.
        """)
    #expect(filled.prompt(for: "{tone}") == "About Korean:\n\n{tone}\nAgain: {tone}")
    #expect(filled.prompt(for: nil) == "About Korean:\n\n\nAgain: " && !filled.asksByItself)
  }

  @Test("without a head all is the system prompt, and with {} all is the prompt")
  func forms() throws {
    let plain = try Self.role("Be brief.\r\nAnd kind.\r\n").fill(variables: [])
    #expect(plain.system == "Be brief.\nAnd kind." && plain.prompt(for: "q") == "q")
    #expect(plain.prompt(for: nil) == nil)
    let template = try Self.role("---\ndescription: x\n---\nSay {} twice").fill(variables: [])
    #expect(template.system == nil && template.prompt(for: "a") == "Say a twice")
    let follows = try Self.role("S\n--- prompt\nLook at this.").fill(variables: [])
    #expect(follows.prompt(for: "a") == "Look at this.\n\na" && follows.prompt(for: nil) == "Look at this.")
    #expect(follows.asksByItself && follows.system == "S")
    let options = try Self.role("---\nmodel: m\n---\n").fill(variables: [])
    #expect(options.system == nil && options.prompt(for: "a") == "a")
    #expect(try Self.role("\u{feff}---\nmodel: m\n---\nS").model == "m")
  }

  @Test(
    "a mistake is named with its place",
    arguments: [
      ("", "1:1: has no text"),
      ("---\ndescription: x\n---\n\n", "4:1: has no text"),
      ("---\nmodel: m\n", "1:1: the header is not closed"),
      ("---\ntemperatura: 1\n---\nS", "2:1: unknown setting 'temperatura'; did you mean 'temperature'?"),
      ("---\nmodel m\n---\nS", "2:1: is not a setting"),
      ("---\nmodel:m\n---\nS", "2:7: a space is missing after the colon"),
      ("---\nmodel:\n---\nS", "2:1: 'model' has no value"),
      ("---\nmodel: a\nmodel: b\n---\nS", "3:1: 'model' is set twice"),
      ("---\n  model: a\n---\nS", "2:1: is indented without a setting above it"),
      ("---\n\tmodel: a\n---\nS", "2:1: is indented with a tab"),
      ("---\nvariables: x\n---\nS", "2:12: variables go on the lines below"),
      ("---\nvariables:\n  a: 1\n  a: 2\n---\nS", "4:3: 'a' is set twice"),
      ("---\nvariables:\n  a: 1\nb: 2\n---\nS", "4:1: unknown setting 'b'"),
      ("---\nstop: [a]\n---\nS", "2:7: an unquoted value cannot start with '['"),
      ("---\nstop: a # b\n---\nS", "2:7: an unquoted value cannot contain ' #'"),
      ("---\nstop: \"a\n---\nS", "2:7: the quote is not closed"),
      ("---\nstop: \"a\" b\n---\nS", "2:7: there is text after the closing quote"),
      ("---\nstop: \"\\x\"\n---\nS", "2:7: unknown escape"),
      ("---\nmodel: sk-1234\n---\nS", "2:8: the value of 'model' looks like a key"),
      (
        "---\nvariables:\n  tone: x\n---\n\nBe {tune}",
        "6:4: unknown variable '{tune}'; did you mean '{tone}'?"
      ),
      ("S {}\n--- prompt\nP", "1:1: '{}' is in the system prompt"),
    ])
  func mistakes(_ text: String, _ problem: String) {
    let failure = #expect(throws: Failure.self) { try Self.role(text) }
    #expect(failure?.kind == .usage)
    #expect(failure?.sentence.hasPrefix("/r/own.md:" + problem) == true, "\(failure?.sentence ?? "")")
  }

  @Test("a value too many and one too few are told apart")
  func variables() throws {
    let role = try Self.role("---\nvariables:\n  a:\n---\n{a}")
    #expect(throws: RoleProblem(variable: "a", isMissing: true)) { try role.fill(variables: []) }
    #expect(throws: RoleProblem(variable: "b", isMissing: false)) {
      try role.fill(variables: [("a", "1"), ("b", "2")])
    }
  }

  @Test("the user's roles stand before the built-in ones, and only safe names are looked for")
  func book() throws {
    let book = Self.book([
      "/r/translate.md": "Mine", "/r/zebra.md": "Z", "/r/no.txt": "x", "/r/.hidden.md": "x",
      "/r/../x.md": "bad",
    ])
    #expect(
      book.names == [
        "code-review", "commit-message", "explain", "shell-command", "summarize", "translate", "zebra",
      ])
    #expect(try book.role(named: "translate").fill(variables: []).system == "Mine")
    #expect(try book.role(named: "translate").path == "/r/translate.md")
    for name in ["../x", "a/b", ".hidden", "", "-x"] {
      #expect(throws: Failure.self, "\(name)") { try book.role(named: name) }
    }
    let near = #expect(throws: Failure.self) { try book.role(named: "explane") }
    #expect(near?.sentence == "role 'explane' does not exist; did you mean explain?")
    #expect(RoleBook(folder: nil, files: .none, rules: Self.rules).names.count == 6)
  }

  @Test("every built-in role can be read, described and used as it is")
  func builtIn() throws {
    let book = RoleBook(folder: nil, files: .none, rules: Self.rules)
    for name in book.names {
      let role = try book.role(named: name)
      #expect(role.path == nil && role.description != nil, "\(name)")
      let filled = try role.fill(variables: [])
      #expect(filled.system?.isEmpty == false && filled.prompt(for: "q") == "q", "\(name)")
      #expect(filled.system?.contains("{") == false, "\(name): every place is a variable's")
    }
    let role = try book.role(named: "translate")
    #expect(
      try role.fill(variables: [("language", "Korean")]).system?.hasPrefix("You translate into Korean.")
        == true)
  }
}
