import SheepCore
import SheepOptions
import Testing

/// The parsers of values: exact, and clear about what they refuse.
@Suite("options: values")
struct OptionsValueTests {
  @Test(
    "numbers keep the user's digits",
    arguments: [
      ("0", "0"), ("2", "2"), ("0.70", "0.70"), (".5", "0.5"), ("1.", "1"), ("002", "2"),
      ("-0.0", "-0.0"),
      ("2.000", "2.000"), ("1.999999999999999999", "1.999999999999999999"),
    ])
  func numbers(text: String, kept: String) throws {
    #expect(try DecimalText.between(0, 2)(text).text == kept)
  }

  @Test(
    "numbers out of range or no numbers are refused",
    arguments: [
      ("x", "'x' is not a number"), ("", "'' is not a number"), (".", "'.' is not a number"),
      ("-", "'-' is not a number"), ("1e0", "'1e0' is not a number"),
      ("0x1", "'0x1' is not a number"),
      ("+1", "'+1' is not a number"), ("1,5", "'1,5' is not a number"),
      ("nan", "'nan' is not a number"),
      ("1.2.3", "'1.2.3' is not a number"), (" 1", "' 1' is not a number"),
      ("2.0000000000000001", "'2.0000000000000001' is out of range"),
      ("-0.1", "'-0.1' is out of range"),
      ("99999999999999999999", "'99999999999999999999' is not a number"),
      ("３", "'３' is not a number"),
    ])
  func badNumbers(text: String, problem: String) {
    let error = #expect(throws: ValueProblem.self) { try DecimalText.between(0, 2)(text) }
    #expect(error == ValueProblem(problem, "use one from 0 to 2"))
  }

  @Test(
    "money is plain dollars",
    arguments: [
      ("0.50", "0.50"), ("$2", "2"), ("0", "0"), ("-1", nil), ("1 USD", nil), ("$", nil),
      ("0.0000000000001", nil), ("0.000000000001", "0.000000000001"), ("1000001", nil),
    ])
  func money(text: String, kept: String?) {
    #expect((try? DecimalText.dollars(text))?.text == kept)
  }

  @Test(
    "times take seconds and units",
    arguments: [
      ("2", .seconds(2)), ("0.5", .milliseconds(500)), ("500ms", .milliseconds(500)),
      ("2s", .seconds(2)),
      ("2m", .seconds(120)), ("1.5h", .seconds(5400)), ("0", .zero), ("168h", .seconds(604_800)),
      ("0.0000000001", .zero), ("169h", nil), ("999999999999999999h", nil), ("-1", nil), ("s", nil),
      ("5 s", nil), ("5d", nil), ("", nil), ("1e3", nil), ("ms", nil),
    ] as [(String, Duration?)])
  func times(text: String, span: Duration?) {
    #expect((try? TimeSpan.seconds(text)) == span)
  }

  @Test("a bare number of milliseconds is milliseconds")
  func milliseconds() throws {
    #expect(try TimeSpan.milliseconds("80") == .milliseconds(80))
    #expect(try TimeSpan.milliseconds("0.5s") == .milliseconds(500))
  }

  @Test(
    "whole numbers are whole",
    arguments: [
      ("0", 0), ("65535", 65535), ("65536", nil), ("-1", nil), ("1.0", nil), ("+1", nil), ("", nil),
      ("99999999999999999999", nil),
    ])
  func wholeNumbers(text: String, number: Int?) {
    #expect((try? WholeNumber.between(0, 65535)(text)) == number)
  }

  @Test(
    "a model may name its profile",
    arguments: [
      ("gpt-4.1", "gpt-4.1", nil), ("gpt-4.1@openai", "gpt-4.1", "openai"),
      ("claude@20250101", "claude@20250101", nil), ("claude@20250101@p", "claude@20250101", "p"),
      ("org/llama3:8b", "org/llama3:8b", nil),
    ] as [(String, String, String?)])
  func models(text: String, model: String, profile: String?) throws {
    #expect(try ModelTarget.parse(text) == ModelTarget(model: model, profile: profile))
  }

  @Test("what cannot be a model is refused", arguments: ["", "@p", "m@", "a b", "a\nb"])
  func badModels(text: String) {
    #expect(throws: ValueProblem.self) { try ModelTarget.parse(text) }
  }

  @Test("text comes from the line or from a file")
  func sources() throws {
    #expect(try TextSource.textOrFile("be brief") == .text("be brief"))
    #expect(try TextSource.textOrFile("") == .text(""))
    #expect(try TextSource.textOrFile("@f.txt") == .file("f.txt"))
    #expect(try TextSource.textOrFile("@@all") == .text("@all"))
    #expect(throws: ValueProblem.self) { try TextSource.textOrFile("@") }
    #expect(try TextSource.jsonOrFile(" \n{\"a\":1}") == .text(" \n{\"a\":1}"))
    #expect(try TextSource.jsonOrFile("s.json") == .file("s.json"))
    #expect(throws: ValueProblem.self) { try TextSource.jsonOrFile("") }
  }

  @Test(
    "headers that break a request, move it or show a key are refused",
    arguments: [
      "no colon", ": x", "A B: x", "X: a\r\nY: b", "X: a\u{0}", "Authorization: Bearer x",
      "X-API-Key: x",
      "Host: h", "content-length: 3", "Transfer-Encoding: chunked", "Cookie: a=b", "é: x",
    ])
  func badHeaders(text: String) {
    #expect(throws: ValueProblem.self) { try HeaderField.parse(text) }
  }

  @Test("a header's error does not repeat its value")
  func headerSecrets() {
    let error = #expect(throws: ValueProblem.self) {
      try HeaderField.parse("Authorization: Bearer hush-hush")
    }
    #expect(error.map { !$0.problem.contains("hush") } == true)
  }

  @Test("headers keep their value without the blanks around it")
  func headers() throws {
    let header = try HeaderField.parse("X-Team: \t search: a  ")
    #expect(header.name == "X-Team" && header.value == "search: a")
    #expect(try HeaderField.parse("X-Empty:").value == "")
  }

  @Test("the name of a variable is wanted, not a key")
  func variableNames() throws {
    #expect(try PlainText.variableName("TEAM_KEY_2") == "TEAM_KEY_2")
    for text in ["", "2A", "A-B", "sk-abcdefghijklmnopqrstuvwx", "sk_abcdefghijklmnopqrstuvwx"] {
      let error = #expect(throws: ValueProblem.self) { try PlainText.variableName(text) }
      #expect(error.map { !$0.problem.contains("abc") } == true)
    }
  }

  @Test("an address needs its scheme")
  func addresses() throws {
    #expect(try PlainText.webAddress("http://127.0.0.1:4010") == "http://127.0.0.1:4010")
    for text in ["", "api.holysheep.ai", "ftp://x", "https://a b"] {
      #expect(throws: ValueProblem.self) { try PlainText.webAddress(text) }
    }
  }

  @Test("a word outside a choice is answered with the choices")
  func choices() throws {
    #expect(try When.parse("never") == .never)
    let error = #expect(throws: ValueProblem.self) { try When.parse("Never") }
    #expect(error == ValueProblem("'Never' is not allowed", "use auto, always or never"))
    let only = #expect(throws: ValueProblem.self) { try DialectName.parse("smoke-signals") }
    #expect(
      only?.wayOut
        == "use \(DialectName.words.dropLast().joined(separator: ", ")) or \(DialectName.words.last ?? "")")
  }

  @Test(
    "quoted text cannot steer a terminal or show a key",
    arguments: [
      ("plain", "'plain'"), ("a\u{1B}[2Jb", "'a\\u{1b}[2Jb'"), ("a\u{202E}b", "'a\\u{202e}b'"),
      ("a\nb", "'a\\u{a}b'"), ("sk-abcdefghijklmnopqrstuvwxyz", "'...wxyz'"),
      (String(repeating: "x", count: 41), "'" + String(repeating: "x", count: 40) + "...'"),
    ])
  func quoting(text: String, shown: String) {
    #expect(Quoted.text(text) == shown)
  }
}
