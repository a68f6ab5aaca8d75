import SheepCore
import SheepSchema
import Testing

/// A pattern, a text in which it occurs and one in which it does not; checked with V8 as well.
struct PatternCase: Sendable, CustomTestStringConvertible {
  let pattern: String
  let match: String?
  let other: String?

  init(_ pattern: String, match: String? = nil, other: String? = nil) {
    (self.pattern, self.match, self.other) = (pattern, match, other)
  }

  var testDescription: String { pattern }

  func check(_ location: SourceLocation = #_sourceLocation) throws {
    let schema = try JSONSchema(["pattern": .string(pattern)])
    if let match { #expect(schema.violations(in: .string(match)).isEmpty, sourceLocation: location) }
    if let other { #expect(schema.violations(in: .string(other)).count == 1, sourceLocation: location) }
  }
}

@Suite("patterns of JSON schemas")
struct PatternTests {
  @Test(
    "literals, alternatives, groups and repetitions",
    arguments: [
      PatternCase("", match: "anything"), PatternCase("b", match: "abc", other: "ac"),
      PatternCase("^a|b$", match: "xb", other: "ba!"), PatternCase("^(a|b)$", match: "b", other: "ab"),
      PatternCase("^(?:ab)+$", match: "abab", other: "aba"), PatternCase("^a*$", match: "", other: "b"),
      PatternCase("^a?b$", match: "b", other: "aab"), PatternCase("^a{2,3}$", match: "aaa", other: "aaaa"),
      PatternCase("^a{2,}$", match: "aaaaa", other: "a"), PatternCase("^a{2}$", match: "aa", other: "aaa"),
      PatternCase("^a{0}$", match: "", other: "a"), PatternCase("^a+?$", match: "aaa", other: "ab"),
      PatternCase("^(a*)*$", match: "aaa", other: "b"),
      PatternCase("^(a|aa)+$", match: "aaaaa", other: "aab"),
      PatternCase("^\\d{3}-\\d{4}$", match: "555-1234", other: "555-123"), PatternCase("x*", match: ""),
      PatternCase("^a{2000}$", match: String(repeating: "a", count: 2000), other: "a"),
    ])
  func structure(_ example: PatternCase) throws { try example.check() }

  @Test(
    "anchors hold at the ends of the text, not of its lines",
    arguments: [
      PatternCase("^abc$", match: "abc", other: "abcd"), PatternCase("a$", match: "ba", other: "a\n"),
      PatternCase("^a", match: "ab", other: "\na"), PatternCase("^$", match: "", other: "\n"),
      PatternCase("\\bcat\\b", match: "a cat!", other: "concat"),
      PatternCase("\\Bat", match: "cat", other: "at"),
      PatternCase("\\bé", match: "aé", other: "é"),
    ])
  func anchors(_ example: PatternCase) throws { try example.check() }

  @Test(
    "a dot is one code point and not a line end",
    arguments: [
      PatternCase("^.$", match: "한", other: "\n"), PatternCase("^.$", match: "😀", other: "\r"),
      PatternCase("^.$", match: "\u{85}", other: "\u{2028}"),
      PatternCase("^a.c$", match: "a\u{200d}c", other: "a\u{2029}c"),
    ])
  func dots(_ example: PatternCase) throws { try example.check() }

  @Test(
    "digits and words are ASCII, white space is Unicode's",
    arguments: [
      PatternCase("^\\d$", match: "7", other: "٣"), PatternCase("^\\D$", match: "٣", other: "7"),
      PatternCase("^\\w+$", match: "b7_", other: "é"), PatternCase("^\\W$", match: "é", other: "_"),
      PatternCase("^\\s$", match: "\u{a0}", other: "\u{200b}"),
      PatternCase("^\\s$", match: "\u{feff}", other: "\u{85}"),
      PatternCase("^\\s$", match: "\u{0b}", other: "\u{180e}"),
      PatternCase("^\\S$", match: "\u{85}", other: "\u{2028}"),
      PatternCase("^[\\s]$", match: "\u{3000}", other: "a"),
      PatternCase("^[^\\s]$", match: "a", other: "\u{2003}"),
      PatternCase("^[\\S]$", match: "😀", other: "\u{2003}"),
      PatternCase("^[^\\S]$", match: "\u{2003}", other: "a"),
      PatternCase("^\\v$", match: "\u{0b}", other: "\n"),
      PatternCase("[\\v]", match: "\u{0b}", other: "\u{0c}"),
    ])
  func shorthands(_ example: PatternCase) throws { try example.check() }

  @Test(
    "classes",
    arguments: [
      PatternCase("^[a-c0-9_]+$", match: "b7_", other: "d"), PatternCase("^[^a-c]$", match: "d", other: "b"),
      PatternCase("^[\\w-]+$", match: "a-b", other: "a b"),
      PatternCase("^[\\w-.]+$", match: "a-.b", other: "a/b"),
      PatternCase("^[\\d-x]+$", match: "1-x", other: "5y"),
      PatternCase("^[a-\\d]+$", match: "a-1", other: "b"),
      PatternCase("^[.]$", match: ".", other: "a"), PatternCase("^[$]$", match: "$", other: "a"),
      PatternCase("^[a[]$", match: "[", other: "]"),
      PatternCase("^[[:alpha:]]$", match: ":]", other: "z]"),
      PatternCase("^[\\]]$", match: "]", other: "a"), PatternCase("^[\\b]$", match: "\u{08}", other: "b"),
      PatternCase("[]", other: "a"), PatternCase("^[^]$", match: "\n", other: "ab"),
      PatternCase("^[가-힣]+$", match: "한글", other: "abc"),
      PatternCase("^[\\W\\d]+$", match: "!1", other: "a"), PatternCase("^[^\\W]$", match: "a", other: "-"),
      PatternCase("^[^^]$", match: "a", other: "^"), PatternCase("^[é-ü]$", match: "ö", other: "o"),
    ])
  func classes(_ example: PatternCase) throws { try example.check() }

  @Test(
    "escapes name characters",
    arguments: [
      PatternCase("^\\u00e9$", match: "é", other: "e"),
      PatternCase("^\\u{1F600}$", match: "😀", other: "u"),
      PatternCase("^\\ud83d\\ude00$", match: "😀", other: "x"),
      PatternCase("^[\\u{1F300}-\\u{1FAFF}]+$", match: "😀🚀", other: "a"),
      PatternCase("^\\x41$", match: "A", other: "x41"), PatternCase("^\\cJ$", match: "\n", other: "J"),
      PatternCase("^\\0$", match: "\0", other: "0"), PatternCase("^\\.$", match: ".", other: "a"),
      PatternCase("^\\/$", match: "/", other: "\\"),
      PatternCase("^\\t\\n\\r\\f$", match: "\t\n\r\u{0c}", other: "tnrf"),
    ])
  func escapes(_ example: PatternCase) throws { try example.check() }

  @Test(
    "properties by short and long names",
    arguments: [
      PatternCase("^\\p{L}+$", match: "éß한", other: "1"),
      PatternCase("^\\p{Letter}+$", match: "éß한", other: "1"),
      PatternCase("^\\P{Lu}$", match: "é", other: "É"),
      PatternCase("^\\p{Uppercase_Letter}$", match: "É", other: "é"),
      PatternCase("^\\p{gc=Nd}+$", match: "٣4", other: "x"),
      PatternCase("^\\p{General_Category=Decimal_Number}+$", match: "٣4", other: "½"),
      PatternCase("^\\p{Script=Greek}+$", match: "αβ", other: "ab"),
      PatternCase("^\\p{sc=Hangul}+$", match: "한글", other: "漢"),
      PatternCase("^[\\p{L}\\p{N}_-]+$", match: "é9_-", other: "é 9"),
      PatternCase("^[^\\p{L}]+$", match: "12", other: "1a"),
      PatternCase("^\\p{Alphabetic}$", match: "é", other: "1"),
      PatternCase("^\\p{Emoji}$", match: "😀", other: "x"),
    ])
  func properties(_ example: PatternCase) throws { try example.check() }

  @Test(
    "looking ahead and behind, named groups, references back",
    arguments: [
      PatternCase("^(?=.*[A-Z])(?=.*\\d).{8,}$", match: "Passw0rdX", other: "password"),
      PatternCase("^(?!admin$).+$", match: "adm", other: "admin"),
      PatternCase("(?<=\\$)\\d+", match: "$12", other: "12"), PatternCase("(?<!a)b", match: "b", other: "ab"),
      PatternCase("^(?<year>\\d{4})$", match: "2024", other: "24"),
      PatternCase("^(?<q>['\"]).*\\k<q>$", match: "'x'", other: "'x\""),
      PatternCase("^(a)\\1$", match: "aa", other: "ab"),
      PatternCase("^(?:(a)|b)\\1$", match: "b", other: "a"),
    ])
  func assertions(_ example: PatternCase) throws { try example.check() }

  @Test(
    "what ECMA-262 without its u flag or PCRE2 alone allows keeps its usual meaning",
    arguments: [
      PatternCase("^a{,2}$", match: "a{,2}", other: "aa"), PatternCase("^\\-$", match: "-", other: "a"),
      PatternCase("^a{b$", match: "a{b", other: "ab"),
      PatternCase("(?i)^yes$", match: "YES", other: "no"),
    ])
  func extensions(_ example: PatternCase) throws { try example.check() }

  @Test(
    "a malformed pattern is refused, and its place is named",
    arguments: [
      ("a{3,2}", "numbers out of order in {} quantifier at character 6"),
      ("(", "missing closing parenthesis at character 2"),
      ("a**", "quantifier does not follow a repeatable item at character 3"),
      ("..(", "missing closing parenthesis at character 4"),
      ("\\s\\s[z-a]", "range out of order in character class at character 8"),
      ("*a", "quantifier does not follow a repeatable item at character 1"),
      ("\\k<n>", "reference to non-existent subpattern at character 4"),
      ("(?<=a+)b", "lookbehind assertion is not fixed length at character 1"),
      ("\\C", #"using \C is disabled by the application at character 3"#),
    ])
  func malformed(_ pattern: String, _ problem: String) throws {
    let error = #expect(throws: JSONSchemaError.self) {
      try JSONSchema(["properties": ["a": ["pattern": .string(pattern)]]])
    }
    #expect(error?.place == "#/properties/a/pattern")
    let quoted = JSON.string(pattern).serialized()
    #expect(error?.problem == "is not a pattern: \(quoted): \(problem)")
  }

  @Test("a malformed name of patternProperties is refused, and its place is named")
  func malformedName() {
    let error = #expect(throws: JSONSchemaError.self) { try JSONSchema(["patternProperties": ["a/(": true]]) }
    #expect(error?.place == "#/patternProperties/a~1(")
  }

  @Test("a pattern beyond all sense is refused")
  func tooLarge() {
    for pattern in [
      "(((a{100}){100}){100})", String(repeating: "(", count: 1000) + String(repeating: ")", count: 1000),
    ] {
      #expect(throws: JSONSchemaError.self) { try JSONSchema(["pattern": .string(pattern)]) }
    }
  }

  @Test(
    "matching ends after a number of steps, whatever the text",
    arguments: [
      ("^(a+)+$", "a", "!"), ("(a+)+$", "a", "!"), ("^(a|aa)+$", "a", "!"), ("^(\\w+\\s?)*$", "a", "!"),
      ("\\s+$", " ", "x"), ("^(.*?,){11}P", ",", ""),
    ])
  func boundedSteps(_ source: String, _ unit: String, _ tail: String) throws {
    let pattern = try TextPattern(source)
    let text = String(repeating: unit, count: 50_000) + tail
    var steps = 100_000
    #expect(pattern.occurs(in: text, steps: &steps) == nil)
    // The last step may pass over the whole text.
    #expect(steps < 0 && steps > -4000)
  }

  @Test("steps count what was done, so that one sum bounds many texts")
  func countedSteps() throws {
    let pattern = try TextPattern("^[a-z]*$")
    var steps = 10_000
    #expect(pattern.occurs(in: String(repeating: "a", count: 16_000), steps: &steps) == true)
    #expect((8_000..<9_500).contains(steps))
    #expect(pattern.occurs(in: "A", steps: &steps) == false)
  }

  @Test("matching ends when it needs too much memory")
  func boundedMemory() throws {
    var steps = TextPattern.usualSteps
    let text = String(repeating: "a", count: 1_000_000)
    #expect(try TextPattern("^(?:[a-z]|\\d)*$").occurs(in: text, steps: &steps) == nil)
    #expect(steps > TextPattern.usualSteps / 2)
  }

  @Test("a value whose check ends early is not said to follow the schema, nor to break it")
  func unfinished() throws {
    let schema = try JSONSchema(["items": ["pattern": "^(a+)+$"]])
    let text = JSON.string(String(repeating: "a", count: 40) + "!")
    let violation = schema.violations(in: .array(Array(repeating: text, count: 100)))
    #expect(
      violation.map(\.problem) == [
        #"was not fully checked: the pattern "^(a+)+$" takes too long"#
      ])
  }
}
