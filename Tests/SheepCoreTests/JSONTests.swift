import SheepCore
import Testing

@Suite("JSON")
struct JSONTests {
  @Test(
    "what is read is written as it was",
    arguments: [
      #"{"b":1,"a":[true,false,null,{"x":"y"}],"b":2}"#, "[]", "{}", #""""#, "-0", "1.50", "1e3", #"[[[]]]"#,
    ])
  func readWritten(_ text: String) throws {
    #expect(try JSON.parse(text: text).serialized() == text)
  }

  @Test("members keep their order, and the last of a name wins")
  func membersKeep() throws {
    let json = try JSON.parse(text: #"{"b":1,"a":2,"b":3,"n":null}"#)
    #expect(json["b"]?.count == 3)
    #expect(json["n"] == nil)
    #expect(json.object?.members.map(\.name) == ["b", "a", "b", "n"])
    var object = try #require(json.object)
    object["a"] = "x"
    object["c"] = true
    object["b"] = nil
    #expect(JSON.object(object).serialized() == #"{"a":"x","n":null,"c":true}"#)
  }

  @Test(
    "a count is whole, not negative and exact, or unknown",
    arguments: [
      ("7", 7), ("7.0", 7), ("5e2", 500), (#""7""#, 7), ("0", 0), ("-0", 0), ("9223372036854775807", Int.max),
      ("1.5", nil),
      ("-1", nil), ("9223372036854775808", nil), ("1e400", nil), ("1e-400", nil), (#""x""#, nil),
      ("true", nil), ("[1]", nil),
      ("1e99999999999999999999", nil), ("70e-1", 7), (#""""#, nil), (#"" 7""#, nil),
    ] as [(String, Int?)])
  func countWhole(_ text: String, _ count: Int?) throws {
    #expect(try JSON.parse(text: text).count == count)
  }

  @Test("bad UTF-8 and lone surrogates become U+FFFD, pairs a character")
  func badUTFLone() throws {
    #expect(try JSON.parse([0x22, 0x61, 0xff, 0x62, 0x22]).string == "a\u{fffd}b")
    #expect(try JSON.parse(text: #""\ud83d\ude00\ud83d \ude00\u0000""#).string == "😀\u{fffd} \u{fffd}\u{0}")
    #expect(try JSON.parse(text: #""\ud83d\ud83d\ude00""#).string == "\u{fffd}😀")
    #expect(try JSON.parse([0xef, 0xbb, 0xbf, 0x31]) == 1)
  }

  @Test(
    "an error names the first byte that does not fit",
    arguments: [
      ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\":1,}", 7), ("tru", 0), ("01", 0), ("1 2", 2), ("\"a", 2),
      ("\"\\x\"", 3),
      ("\"\u{1}\"", 1), ("\"\\u12g4\"", 5), ("nan", 0), ("+1", 0), (".5", 0), ("1.", 0),
    ])
  func errorNames(_ text: String, _ offset: Int) {
    do {
      _ = try JSON.parse(text: text)
      Issue.record("was accepted")
    } catch {
      #expect(error.offset == offset, "\(error.problem)")
    }
  }

  @Test("the depth of nesting is bounded")
  func nestingBounded() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try JSON.parse(text: nested(JSON.depthLimit)) }
    #expect(throws: JSONError.self) { try JSON.parse(text: nested(JSON.depthLimit + 2)) }
    #expect(throws: JSONError.self) { try JSON.parse(text: nested(100_000)) }
  }

  @Test("control characters are escaped, and what moves a terminal on demand")
  func controlCharacters() {
    let text = JSON.string("\"\\\n\r\t\u{1}\u{7f}\u{9b}\u{202e}\u{e0041}é")
    #expect(text.serialized() == "\"\\\"\\\\\\n\\r\\t\\u0001\u{7f}\u{9b}\u{202e}\u{e0041}é\"")
    let safe = text.serialized(JSONStyle(indented: false, terminalSafe: true))
    #expect(safe == #""\"\\\n\r\t\u0001\u007f\u009b\u202e\udb40\udc41é""#)
    #expect((try? JSON.parse(text: safe)) == text)
  }

  @Test("indented text is laid out for people")
  func indentedText() {
    let json: JSON = ["a": [1, "x"], "b": [:], "c": []]
    #expect(
      json.serialized(JSONStyle(indented: true, terminalSafe: false))
        == "{\n  \"a\": [\n    1,\n    \"x\"\n  ],\n  \"b\": {},\n  \"c\": []\n}")
  }
}
