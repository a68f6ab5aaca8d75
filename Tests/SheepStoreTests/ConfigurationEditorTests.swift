import SheepStore
import Testing

@Suite("configuration: changing in place")
struct ConfigurationEditorTests {
  private static func set(
    _ key: String, _ literal: ConfigurationEditor.Literal, in text: String
  ) throws -> String {
    let path = try #require(ConfigurationEditor.path(key))
    return String(
      decoding: try ConfigurationEditor.set(path, to: literal, in: Array(text.utf8)), as: UTF8.self)
  }

  @Test(
    "one setting changes and every other byte stays",
    arguments: [
      ("", "a", .text("x"), "a = \"x\"\n"),
      ("a = 1 # why\nb = 2", "a", .number("3"), "a = 3 # why\nb = 2"),
      ("a   =  'old'\t# why\n", "a", .text("n\"ew"), "a   =  \"n\\\"ew\"\t# why\n"),
      ("# top\n\n# of t\n[t]\nx = 1\n", "a", .text("y"), "# top\n\na = \"y\"\n\n# of t\n[t]\nx = 1\n"),
      ("#a = 0\n#b = 1\n\n[t]\n", "a", .number("2"), "#a = 0\na = 2\n#b = 1\n\n[t]\n"),
      ("[t]\nx = 1\n# end\n\n[u]\n", "t.y", .boolean(true), "[t]\nx = 1\ny = true\n# end\n\n[u]\n"),
      ("[t]\n[u]\nz = 1", "t.y", .number("2"), "[t]\ny = 2\n[u]\nz = 1"),
      ("[u]\nz = 1", "t.y", .number("2"), "[u]\nz = 1\n\n[t]\ny = 2\n"),
      ("[p.work]\na = 1\n", "p.work.b", .text("c"), "[p.work]\na = 1\nb = \"c\"\n"),
      ("[p.work.q]\na = 1\n", "p.work.b", .text("c"), "[p.work.q]\na = 1\n\n[p.work]\nb = \"c\"\n"),
      ("a = 1\r\n[t]\r\n", "t.y", .number("2"), "a = 1\r\n[t]\r\ny = 2\r\n"),
      ("t = { a = 1, b = 'x' }\n", "t.b", .text("y"), "t = { a = 1, b = \"y\" }\n"),
      ("t.a = 1\n", "t.a", .number("2"), "t.a = 2\n"),
      ("[\"m@p\"]\nin = 1\n", "\"m@p\".out", .number("2.50"), "[\"m@p\"]\nin = 1\nout = 2.50\n"),
    ] as [(String, String, ConfigurationEditor.Literal, String)])
  func changes(
    _ before: String, _ key: String, _ literal: ConfigurationEditor.Literal, _ after: String
  ) throws {
    #expect(try Self.set(key, literal, in: before) == after)
  }

  @Test(
    "what cannot be changed without touching more is refused with its line",
    arguments: [
      ("b = 1\na = [1, 2]", "a", 2), ("[a]\nb = 1", "a", 1), ("a = 1", "a.b", 1), ("a = '''x\ny'''", "a", 1),
      ("t = { a = 1 }", "t.b", 1), ("t.a = 1", "t.b", 1), ("[[t]]\na = 1", "t.a", 1), ("a = 1\nb =", "a", 2),
    ])
  func refuses(_ text: String, _ key: String, _ line: Int) throws {
    let error = #expect(throws: ConfigurationProblem.self) {
      try Self.set(key, .number("9"), in: text)
    }
    #expect(error?.position?.line == line)
    #expect(error?.advice != nil)
  }

  @Test(
    "a key's path is read and written with quotes where they are needed",
    arguments: [
      ("a.b-c.d_1", ["a", "b-c", "d_1"]),
      ("prices.\"gpt-4.1@openai\".in", ["prices", "gpt-4.1@openai", "in"]),
      ("\"\"", [""]),
    ])
  func paths(_ text: String, _ path: [String]) {
    #expect(ConfigurationEditor.path(text) == path)
    #expect(ConfigurationEditor.text(of: path) == text)
  }

  @Test("what is no path is none", arguments: ["", "a..b", ".a", "a.", "a b", "a = 1", "a@b", "\"a"])
  func notPaths(_ text: String) {
    #expect(ConfigurationEditor.path(text) == nil)
  }

  @Test("any text survives being written and read")
  func quoting() throws {
    let text = "\"\\\n\r\t\u{0}\u{1f}\u{7f}é🐑'#]}"
    let written = try Self.set("a", .text(text), in: "# c\n")
    let table = try TOMLParser.parse(Array(written.utf8))
    guard case .string(let read)? = table.entry("a")?.node.value else {
      Issue.record("no text")
      return
    }
    #expect(read == text)
  }
}
