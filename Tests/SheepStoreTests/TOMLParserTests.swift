import SheepStore
import Testing

/// TOML 1.0, as far as a document can say it.
@Suite("TOML: reading")
struct TOMLParserTests {
  @Test(
    "what a document says",
    arguments: [
      ("", "{}"), ("# only a comment\n\n", "{}"), ("\u{feff}a = 1", "{a: 1}"),
      ("a = 1\nb = -2\nc = +3", "{a: 1, b: -2, c: 3}"), ("a = 1_000", "{a: 1000}"),
      ("a = 0xff\nb = 0o17\nc = 0b101", "{a: 255, b: 15, c: 5}"),
      ("a = 2.50\nb = -1e5\nc = 6.02E-23", "{a: 2.50, b: -1e5, c: 6.02e-23}"),
      ("a = true\nb = false", "{a: true, b: false}"), ("a = inf", "{a: inf}"),
      (#"a = "x\ty\"z\\ \u00e9 \U0001F411""#, "{a: 'x\ty\"z\\ é 🐑'}"), (#"a = 'C:\dir'"#, #"{a: 'C:\dir'}"#),
      ("a = \"\"\"\none\ntwo \\\n   three\"\"\"", "{a: 'one\ntwo three'}"),
      ("a = '''\nit''s'''", "{a: 'it''s'}"), (#"a = """x""""""#, "{a: 'x\"\"'}"),
      ("a = [1, [2, 'x'],\n # comment\n 3,\n]", "{a: [1, [2, 'x'], 3]}"),
      ("a = { b = 1, c.d = 'x' }", "{a: {b: 1, c: {d: 'x'}}}"),
      ("a.b.c = 1\na.b.d = 2", "{a: {b: {c: 1, d: 2}}}"),
      ("[a]\nb = 1\n[a.c]\nd = 2", "{a: {b: 1, c: {d: 2}}}"),
      ("[a.b]\nc = 1\n[a]\nd = 2", "{a: {b: {c: 1}, d: 2}}"),
      ("[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3", "{a: [{b: 1}, {b: 2, c: {d: 3}}]}"),
      ("[ a . \"b.c\" ]\nd = 1", "{a: {b.c: {d: 1}}}"), ("\"\" = 1\n'k y' = 2", "{: 1, k y: 2}"),
      (
        "a = 1979-05-27T07:32:00Z\nb = 1979-05-27 07:32:00.5+01:00\nc = 07:32:00",
        "{a: 1979-05-27T07:32:00Z, b: 1979-05-27 07:32:00.5+01:00, c: 07:32:00}"
      ),
      ("a = 1\r\nb = 2\r\n", "{a: 1, b: 2}"), ("a = '''x\ny'''", "{a: 'x\ny'}"),
    ])
  func reads(_ text: String, _ meaning: String) throws {
    #expect(Self.show(.table(try TOMLParser.parse(Array(text.utf8)))) == meaning)
  }

  @Test(
    "what is wrong, and where",
    arguments: [
      ("a", 1, 2), ("a =", 1, 4), ("= 1", 1, 1), ("a = b", 1, 5), ("a = 1 2", 1, 7), ("a = 01", 1, 5),
      ("a = 1__0", 1, 5), ("a = 1.", 1, 5), ("a = .5", 1, 5), ("a = 0x", 1, 5), ("a = -0x1", 1, 5),
      ("a = 9223372036854775808", 1, 5), ("a = \"x", 1, 5), ("a = \"x\ny\"", 1, 5), ("a = \"\\q\"", 1, 6),
      ("a = \"\\u12\"", 1, 6), ("a = \"\\ud800\"", 1, 6), ("a = [1, 2", 1, 5), ("a = [1 2]", 1, 8),
      ("a = {b = 1,}", 1, 12), ("a = {b = 1\n}", 1, 11), ("a = 1\na = 2", 2, 1), ("[a]\n[a]", 2, 2),
      ("a = 1\n[a]", 2, 2), ("a = {}\n[a.b]", 2, 2), ("[a]\nb.c = 1\n[a.b]", 3, 4), ("a = [1]\n[[a]]", 2, 3),
      ("[a", 1, 3), ("[[a]", 1, 4), ("[a] b = 1", 1, 5), ("x = 1\n\ty = \u{1}", 2, 6), ("a = 1\rb = 2", 1, 6),
      ("a = 2023-02-29", 1, 5), ("a = 25:00:00", 1, 5), ("é = 1", 1, 1), ("k = \"é\" x", 1, 9),
      ("# a\u{7f}", 1, 4), ("\"\"\"a\"\"\" = 1", 1, 1), ("a.b = 1\na = 2", 2, 1),
    ])
  func refuses(_ text: String, _ line: Int, _ column: Int) {
    let error = #expect(throws: TOMLError.self) { try TOMLParser.parse(Array(text.utf8)) }
    let position = error.map { TextPosition(of: $0.offset, in: Array(text.utf8)) }
    #expect(position == TextPosition(line: line, column: column), "\(error?.problem ?? "")")
  }

  @Test("bytes that are no text, and depth without end, are refused without a trap")
  func hostile() {
    for bytes in [[0x61, 0x3d, 0xff], [0xc3], [0x61, 0x3d, 0x22, 0xed, 0xa0, 0x80, 0x22]] as [[UInt8]] {
      #expect(throws: TOMLError.self) { try TOMLParser.parse(bytes) }
    }
    let deep = "a = " + String(repeating: "[", count: 100_000)
    #expect(throws: TOMLError.self) { try TOMLParser.parse(Array(deep.utf8)) }
    let keys = String(repeating: "a.", count: 100_000) + "a = 1"
    #expect(throws: TOMLError.self) { try TOMLParser.parse(Array(keys.utf8)) }
    for length in 0..<Self.sample.count { _ = try? TOMLParser.parse(Array(Self.sample.prefix(length))) }
    for index in Self.sample.indices {
      for byte: UInt8 in [0x00, 0x22, 0x27, 0x5b, 0x7d, 0x0a, 0xff] {
        var damaged = Self.sample
        damaged[index] = byte
        _ = try? TOMLParser.parse(damaged)
      }
    }
  }

  private static let sample = Array(
    "a = \"x\\u00e9\" # c\n[b.c]\nd = [1, {e = '''f'''}, 2.5]\n[[g]]\nh = 1979-05-27 07:32:00\n".utf8)

  static func show(_ value: TOMLValue) -> String {
    switch value {
    case .string(let text): "'" + text + "'"
    case .integer(let number): String(number)
    case .fraction(let text), .date(let text): text
    case .boolean(let value): String(value)
    case .array(let elements): "[" + elements.map { show($0.value) }.joined(separator: ", ") + "]"
    case .table(let table):
      "{" + table.entries.map { $0.key + ": " + show($0.node.value) }.joined(separator: ", ") + "}"
    }
  }
}
