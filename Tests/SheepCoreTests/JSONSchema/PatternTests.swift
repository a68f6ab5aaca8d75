import SheepCore
import Testing

/// Patterns are tried through the schema, which is the only way to reach them.
@Suite("patterns of JSON schemas")
struct PatternTests {
  static func matches(_ pattern: String, _ text: String) throws -> Bool {
    let schema = try JSONSchema(["pattern": .string(pattern)])
    try #require(schema.unchecked.isEmpty, "\(pattern) is not known")
    return schema.violations(in: .string(text)).isEmpty
  }

  @Test(
    "match",
    arguments: [
      ("", "anything"), ("b", "abc"), ("^abc$", "abc"), ("^a|b$", "xb"), ("^(a|b)$", "b"),
      ("^(?:ab)+$", "abab"),
      ("^a*$", ""), ("^a?b$", "b"), ("^a{2,3}$", "aaa"), ("^a{2,}$", "aaaaa"), ("^a{2}$", "aa"), ("^.$", "한"),
      ("^[a-c0-9_]+$", "b7_"), ("^[^a-c]$", "d"), ("^[\\w-]+$", "a-b"), ("^[+-]?\\d+$", "-12"),
      ("^\\S+@\\S+$", "a@b"),
      ("^\\u00e9$", "\u{e9}"), ("^\\u{1F600}$", "😀"), ("^\\x41$", "A"), ("\\bcat\\b", "a cat!"),
      ("\\Bat", "cat"),
      ("^[가-힣]+$", "한글"), ("^(?<year>\\d{4})$", "2024"), ("^a{,2}$", "a{,2}"), ("^[.]$", "."), ("^\\.$", "."),
      ("^(a*)*$", "aaa"), ("^(a|aa)+$", "aaaaa"), ("^a+?$", "aaa"), ("^\\d{3}-\\d{4}$", "555-1234"),
      ("^[^\\s]+$", "x\u{200d}y"), ("^\\/$", "/"), ("^((){1000}){1000}$", ""), ("x*", ""),
    ])
  func match(_ pattern: String, _ text: String) throws {
    #expect(try Self.matches(pattern, text))
  }

  @Test(
    "do not match",
    arguments: [
      ("^abc$", "abcd"), ("b", "ac"), ("^a{2,3}$", "a"), ("^a{2,3}$", "aaaa"), ("^.$", "\n"),
      ("^[^a-c]$", "b"),
      ("^\\d$", "٣"), ("^\\w+$", "é"), ("\\bcat\\b", "concat"), ("^[\\W]$", "a"), ("^[^\\W]$", "-"),
      ("^$", "x"),
      ("^(a|b)$", "ab"), ("^a.c$", "a\u{2028}c"), ("[]", "a"),
    ])
  func noMatch(_ pattern: String, _ text: String) throws {
    #expect(try !Self.matches(pattern, text))
  }

  @Test(
    "what an automaton cannot do, or nobody means, is reported as not checked",
    arguments: [
      "(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "(a)\\1", "\\p{L}", "a**", "(", ")", "[a", "a{3,2}", "a{2000}",
      "(((a{100}){100}){100})", "\\", "*a", "[z-a]", "\\k<n>",
      String(repeating: "(", count: 1000) + String(repeating: ")", count: 1000),
    ])
  func unknown(_ pattern: String) throws {
    let schema = try JSONSchema(["pattern": .string(pattern)])
    #expect(schema.unchecked.count == 1)
    #expect(schema.violations(in: "text").isEmpty)
  }

  @Test("a pattern that would make a backtracking matcher run for ever takes linear time")
  func noBacktracking() throws {
    #expect(try !Self.matches("^(a+)+$", String(repeating: "a", count: 20_000) + "!"))
  }
}
