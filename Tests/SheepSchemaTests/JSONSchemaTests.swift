import SheepCore
import SheepSchema
import Testing

/// A schema, a value, and what is wrong with it: `nil` for nothing.
struct SchemaCase: Sendable, CustomTestStringConvertible {
  let schema: String
  let value: String
  let problem: String?

  init(_ schema: String, _ value: String, _ problem: String? = nil) {
    self.schema = schema
    self.value = value
    self.problem = problem
  }

  var testDescription: String { schema + " ← " + value }

  func check(_ location: SourceLocation = #_sourceLocation) throws {
    let violations = try JSONSchema(JSON.parse(text: schema)).violations(in: JSON.parse(text: value))
    let said = violations.first.map { "\($0.path) \($0.problem)" }
    #expect(said == problem, sourceLocation: location)
  }
}

@Suite("JSON schema")
struct JSONSchemaTests {
  @Test(
    "types, and whole numbers however they are written",
    arguments: [
      SchemaCase("true", "[1]"),
      SchemaCase("false", "1", "$ is not allowed"),
      SchemaCase("{}", "null"),
      SchemaCase(#"{"type":"integer"}"#, "1.0"),
      SchemaCase(#"{"type":"integer"}"#, "1e400"),
      SchemaCase(#"{"type":"integer"}"#, "-0.0"),
      SchemaCase(#"{"type":"integer"}"#, "1.5", "$ is a number, not an integer"),
      SchemaCase(#"{"type":"integer"}"#, "1e-1", "$ is a number, not an integer"),
      SchemaCase(#"{"type":"number"}"#, "3"),
      SchemaCase(#"{"type":"number"}"#, #""3""#, "$ is a string, not a number"),
      SchemaCase(#"{"type":["string","null"]}"#, "null"),
      SchemaCase(#"{"type":["string","null"]}"#, "7", "$ is an integer, not null or a string"),
      SchemaCase(#"{"type":"boolean"}"#, "0", "$ is an integer, not a boolean"),
      SchemaCase(#"{"type":"object"}"#, "[]", "$ is an array, not an object"),
      SchemaCase(#"{"type":"array"}"#, "{}", "$ is an object, not an array"),
      SchemaCase(#"{"type":[]}"#, "true", "$ is a boolean, not "),
    ])
  func types(_ example: SchemaCase) throws { try example.check() }

  @Test(
    "enum and const compare values, not spellings",
    arguments: [
      SchemaCase(#"{"enum":[1,"a",null]}"#, "1.0"),
      SchemaCase(#"{"enum":[1,"a",null]}"#, "null"),
      SchemaCase(#"{"enum":[1,"a"]}"#, #""b""#, #"$ is not an allowed value: 1, "a""#),
      SchemaCase(#"{"const":{"a":1,"b":[2]}}"#, #"{"b":[2e0],"a":1.0}"#),
      SchemaCase(#"{"const":100}"#, "1e2"),
      SchemaCase(
        #"{"const":9007199254740993}"#, "9007199254740992",
        "$ is not an allowed value: 9007199254740993"),
      SchemaCase(#"{"const":true}"#, "1", "$ is not an allowed value: true"),
      SchemaCase("{\"const\":\"\u{e9}\"}", "\"e\u{301}\"", "$ is not an allowed value: \"\u{e9}\""),
      SchemaCase(#"{"enum":[]}"#, "1", "$ is not an allowed value: "),
    ])
  func values(_ example: SchemaCase) throws { try example.check() }

  @Test(
    "numbers are compared and divided exactly",
    arguments: [
      SchemaCase(#"{"minimum":0.1}"#, "0.1"),
      SchemaCase(#"{"minimum":0.1}"#, "0.09999999999999999999", "$ is 0.09999999999999999999, below 0.1"),
      SchemaCase(#"{"exclusiveMinimum":1}"#, "1.00", "$ is 1.00, not above 1"),
      SchemaCase(#"{"maximum":-5}"#, "-4", "$ is -4, above -5"),
      SchemaCase(#"{"maximum":-5}"#, "-50"),
      SchemaCase(#"{"exclusiveMaximum":9007199254740993}"#, "9007199254740992"),
      SchemaCase(
        #"{"exclusiveMaximum":9007199254740993}"#, "9007199254740993",
        "$ is 9007199254740993, not below 9007199254740993"),
      SchemaCase(#"{"maximum":1e400}"#, "1e399"),
      SchemaCase(#"{"maximum":0}"#, "1e-400", "$ is 1e-400, above 0"),
      SchemaCase(#"{"minimum":0}"#, "-0"),
      SchemaCase(#"{"multipleOf":0.01}"#, "19.99"),
      SchemaCase(#"{"multipleOf":0.01}"#, "19.999", "$ is 19.999, not a multiple of 0.01"),
      SchemaCase(#"{"multipleOf":0.1}"#, "0.3"),
      SchemaCase(#"{"multipleOf":3}"#, "1e400", "$ is 1e400, not a multiple of 3"),
      SchemaCase(#"{"multipleOf":3}"#, "111111111111111111111111111111111111111111111111"),
      SchemaCase(#"{"multipleOf":1024}"#, "1e10"),
      SchemaCase(#"{"multipleOf":1024}"#, "1e9", "$ is 1e9, not a multiple of 1024"),
      SchemaCase(#"{"multipleOf":20}"#, "30", "$ is 30, not a multiple of 20"),
      SchemaCase(#"{"multipleOf":20}"#, "-40"),
      SchemaCase(#"{"multipleOf":7}"#, "0"),
      SchemaCase(#"{"multipleOf":7}"#, #""x""#),
    ])
  func numbers(_ example: SchemaCase) throws { try example.check() }

  @Test(
    "texts are measured in code points",
    arguments: [
      SchemaCase(#"{"minLength":2}"#, #""한글""#),
      SchemaCase(#"{"maxLength":1}"#, #""😀""#),
      SchemaCase(#"{"maxLength":1}"#, "\"e\u{301}\"", "$ has 2 characters, more than 1"),
      SchemaCase(#"{"maxLength":1}"#, #""\r\n""#, "$ has 2 characters, more than 1"),
      SchemaCase(#"{"minLength":3}"#, #""ab""#, "$ has 2 characters, fewer than 3"),
      SchemaCase(#"{"minLength":3}"#, "1"),
      SchemaCase(#"{"pattern":"^\\d{4}-\\d{2}$"}"#, #""2024-05""#),
      SchemaCase(
        #"{"pattern":"^\\d{4}-\\d{2}$"}"#, #""2024-5""#,
        #"$ does not match the pattern "^\\d{4}-\\d{2}$""#),
      SchemaCase(#"{"format":"email"}"#, #""not an address""#),
    ])
  func texts(_ example: SchemaCase) throws { try example.check() }

  @Test(
    "arrays",
    arguments: [
      SchemaCase(#"{"items":{"type":"integer"}}"#, "[1,2]"),
      SchemaCase(#"{"items":{"type":"integer"}}"#, #"[1,"x"]"#, "$[1] is a string, not an integer"),
      SchemaCase(#"{"items":false}"#, "[1]", "$[0] is not allowed"),
      SchemaCase(#"{"prefixItems":[{"type":"string"}],"items":{"type":"null"}}"#, #"["a",null]"#),
      SchemaCase(
        #"{"prefixItems":[{"type":"string"}],"items":false}"#, #"["a",1]"#,
        "$[1] is not allowed"),
      SchemaCase(#"{"prefixItems":[{"type":"string"}]}"#, #"["a",1]"#),
      SchemaCase(
        #"{"items":[{"type":"string"}],"additionalItems":{"type":"null"}}"#, #"["a",1]"#,
        "$[1] is an integer, not null"),
      SchemaCase(#"{"minItems":1}"#, "[]", "$ has 0 items, fewer than 1"),
      SchemaCase(#"{"maxItems":1}"#, "[1,1]", "$ has 2 items, more than 1"),
      SchemaCase(
        #"{"uniqueItems":true}"#, #"[{"a":1,"b":2},{"b":2,"a":1.0}]"#, "$ has the same item at 0 and 1"),
      SchemaCase(#"{"uniqueItems":true}"#, #"[1,"1",true,[1]]"#),
      SchemaCase(#"{"uniqueItems":false}"#, "[1,1]"),
      SchemaCase(#"{"contains":{"const":3}}"#, "[1,3]"),
      SchemaCase(
        #"{"contains":{"const":3}}"#, "[1]",
        #"$ has 0 items that match 'contains', fewer than 1"#),
      SchemaCase(#"{"contains":{"const":3},"minContains":0}"#, "[1]"),
      SchemaCase(
        #"{"contains":{"const":3},"maxContains":1}"#, "[3,3]",
        #"$ has 2 items that match 'contains', more than 1"#),
    ])
  func arrays(_ example: SchemaCase) throws { try example.check() }

  @Test(
    "objects",
    arguments: [
      SchemaCase(#"{"properties":{"a":{"type":"string"}}}"#, "{}"),
      SchemaCase(#"{"properties":{"a":{"type":"string"}}}"#, #"{"a":null}"#, "$.a is null, not a string"),
      SchemaCase(#"{"required":["a","b"]}"#, #"{"a":null}"#, #"$ lacks the required member "b""#),
      SchemaCase(
        #"{"additionalProperties":false,"properties":{"a":true}}"#, #"{"a":1,"b":2}"#,
        "$.b is not allowed"),
      SchemaCase(
        #"{"additionalProperties":{"type":"integer"}}"#, #"{"a b":"x"}"#,
        #"$["a b"] is a string, not an integer"#),
      SchemaCase(
        #"{"patternProperties":{"^n_":{"type":"integer"}},"additionalProperties":false}"#, #"{"n_x":1}"#),
      SchemaCase(
        #"{"patternProperties":{"^n_":{"type":"integer"}}}"#, #"{"n_x":"1"}"#,
        "$.n_x is a string, not an integer"),
      SchemaCase(
        #"{"patternProperties":{"^n_":true},"additionalProperties":false}"#, #"{"x":1}"#,
        "$.x is not allowed"),
      SchemaCase(#"{"minProperties":2}"#, #"{"a":1}"#, "$ has 1 members, fewer than 2"),
      SchemaCase(#"{"maxProperties":0}"#, #"{"a":1}"#, "$ has 1 members, more than 0"),
      SchemaCase(
        #"{"propertyNames":{"maxLength":1}}"#, #"{"ab":1}"#,
        #"$ has a member named "ab", which has 2 characters, more than 1"#),
      SchemaCase(#"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#, #"$ has "a", so it also needs "b""#),
      SchemaCase(#"{"dependentRequired":{"a":["b"]}}"#, #"{"b":1}"#),
      SchemaCase(
        #"{"dependentSchemas":{"a":{"required":["c"]}}}"#, #"{"a":1}"#,
        #"$ lacks the required member "c""#),
      SchemaCase(
        #"{"dependencies":{"a":["b"],"c":{"maxProperties":1}}}"#, #"{"a":1}"#,
        #"$ has "a", so it also needs "b""#),
      SchemaCase(
        #"{"dependencies":{"a":["b"],"c":{"maxProperties":1}}}"#, #"{"c":1,"d":2}"#,
        "$ has 2 members, more than 1"),
      SchemaCase(#"{"properties":{"a":{"const":2}}}"#, #"{"a":1,"a":2}"#),
      SchemaCase(
        "{\"required\":[\"\u{e9}\"]}", "{\"e\u{301}\":1}",
        "$ lacks the required member \"\u{e9}\""),
    ])
  func objects(_ example: SchemaCase) throws { try example.check() }

  @Test(
    "combinations",
    arguments: [
      SchemaCase(#"{"anyOf":[{"type":"string"},{"type":"null"}]}"#, "null"),
      SchemaCase(
        #"{"anyOf":[{"type":"string"},{"properties":{"a":{"type":"string"}}}]}"#, #"{"a":1}"#,
        "$ matches none of 2 alternatives; nearest: $.a is an integer, not a string"),
      SchemaCase(
        #"{"oneOf":[{"type":"integer"},{"minimum":5}]}"#, "7",
        "$ matches 2 of 2 alternatives instead of exactly one"),
      SchemaCase(#"{"oneOf":[{"type":"integer"},{"minimum":5}]}"#, "7.5"),
      SchemaCase(#"{"allOf":[{"minimum":1},{"maximum":3}]}"#, "4", "$ is 4, above 3"),
      SchemaCase(#"{"not":{"type":"string"}}"#, #""x""#, "$ is excluded by 'not' in the schema"),
      SchemaCase(#"{"not":{"not":{"type":"string"}}}"#, #""x""#),
      SchemaCase(
        #"{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}"#, #"{"a":1}"#,
        #"$ lacks the required member "b""#),
      SchemaCase(
        #"{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}"#, "{}",
        #"$ lacks the required member "c""#),
      SchemaCase(#"{"then":{"required":["b"]}}"#, "{}"),
    ])
  func combinations(_ example: SchemaCase) throws { try example.check() }

  @Test(
    "references inside the schema, also recursive ones",
    arguments: [
      SchemaCase(
        ##"{"$ref":"#/$defs/n","$defs":{"n":{"type":"integer"}}}"##, "1.5", "$ is a number, not an integer"),
      SchemaCase(
        ##"{"$ref":"#/definitions/a~1b%20c","definitions":{"a/b c":{"type":"null"}}}"##, "1",
        "$ is an integer, not null"),
      SchemaCase(
        ##"{"properties":{"next":{"$ref":"#"},"v":{"type":"integer"}}}"##,
        #"{"next":{"next":{"v":"x"}}}"#, "$.next.next.v is a string, not an integer"),
      SchemaCase(
        ##"{"anyOf":[{"type":"null"},{"items":{"$ref":"#/anyOf/0"}}]}"##, "[1]",
        "$ matches none of 2 alternatives; nearest: $[0] is an integer, not null"),
      SchemaCase(
        ##"{"$ref":"#/$defs/n","maximum":3,"$defs":{"n":{"type":"integer"}}}"##, "4", "$ is 4, above 3"),
      SchemaCase(
        ##"{"$ref":"#"}"##, "1",
        "$ was not fully checked: the schema refers to itself endlessly, or the value is nested too deeply"),
    ])
  func references(_ example: SchemaCase) throws { try example.check() }

  @Test(
    "what is no schema is refused, and the place is named",
    arguments: [
      ("7", "#", "is neither an object nor true or false"),
      (#"{"properties":{"a":[]}}"#, "#/properties/a", "is neither an object nor true or false"),
      (#"{"properties":[]}"#, "#/properties", "is not an object of schemas"),
      (##"{"$ref":"#/$defs/x"}"##, "#/$ref", ##"refers to "#/$defs/x", which is not there"##),
      (
        ##"{"$defs":{"unused":{"$ref":"#/nowhere"}}}"##, "#/$defs/unused/$ref",
        ##"refers to "#/nowhere", which is not there"##
      ),
      (
        #"{"$ref":"https://example.org/s.json"}"#, "#/$ref",
        #"refers to "https://example.org/s.json", which is outside the schema"#
      ),
      (#"{"items":{"type":"strin"}}"#, "#/items/type", #"is not a type name: "strin""#),
      (#"{"minLength":-1}"#, "#/minLength", "is not a whole number of 0 or more"),
      (#"{"maxItems":"3"}"#, "#/maxItems", "is not a whole number of 0 or more"),
      (#"{"multipleOf":0}"#, "#/multipleOf", "is not a number above 0 with at most 37 digits"),
      (#"{"required":"a"}"#, "#/required", "is not a list of names"),
      (#"{"anyOf":[]}"#, "#/anyOf", "is not a list of schemas"),
      (#"{"minimum":"1"}"#, "#/minimum", "is not a number"),
    ])
  func refusals(_ schema: String, _ place: String, _ problem: String) throws {
    let json = try JSON.parse(text: schema)
    let error = #expect(throws: JSONSchemaError.self) { try JSONSchema(json) }
    #expect(error?.place == place)
    #expect(error?.problem == problem)
  }

  @Test("unknown keywords are named, annotations are not")
  func uncheckedKeywords() throws {
    let text = #"""
      {"$schema":"x","title":"t","description":"d","default":1,"examples":[],"format":"date",
       "unevaluatedProperties":false,"nullable":true,"properties":{"title":{"type":"string"}}}
      """#
    let schema = try JSONSchema(JSON.parse(text: text))
    #expect(schema.unchecked == ["nullable", "unevaluatedProperties"])
  }

  @Test("a machine without PCRE2 can check a schema, and is told what to install for one with a pattern")
  func missingLibrary() throws {
    let names = ["libnothing-8.so.0", "libnothing-8.so.1"]
    let schema = try JSONSchema(["type": "integer"], patternLibraries: names)
    #expect(schema.violations(in: 1).isEmpty)
    let error = #expect(throws: JSONSchemaError.self) {
      try JSONSchema(["items": ["pattern": "a"]], patternLibraries: names)
    }
    #expect(error?.place == "#/items/pattern")
    #expect(error?.problem == "cannot be matched: libnothing-8.so.0 is not installed")
    #if os(Linux)
      #expect(
        error?.advice == "install the package libpcre2-8-0 (Debian, Ubuntu) or pcre2 (Fedora, Arch)")
    #endif
  }

  @Test("a library of that name that is another one is refused, and what it lacks is named")
  func wrongLibrary() {
    #if os(Linux)
      let error = #expect(throws: JSONSchemaError.self) {
        try JSONSchema(["pattern": "a"], patternLibraries: ["libc.so.6"])
      }
      #expect(error?.problem == "cannot be matched: libc.so.6 lacks pcre2_compile_8")
    #endif
  }

  @Test("as many violations as asked for, in the order of the value")
  func limit() throws {
    let schema = try JSONSchema(["items": ["type": "null"]])
    let value = JSON.array(Array(repeating: 1, count: 20))
    #expect(schema.violations(in: value).map(\.path) == ["$[0]", "$[1]", "$[2]", "$[3]", "$[4]"])
    #expect(schema.violations(in: value, limit: 1).count == 1)
    #expect(schema.violations(in: value, limit: -1).count == 1)
    #expect(schema.violations(in: value, limit: 100).count == 20)
  }

  @Test("a schema made to take for ever ends, and says that it did not check all")
  func boundedWork() throws {
    // Each level goes down twice, the first time in vain: 2¹⁰⁰ ways.
    let text = ##"""
      {"$defs":{"n":{"anyOf":[{"allOf":[{"items":{"$ref":"#/$defs/n"}},{"maxItems":0}]},
        {"items":{"$ref":"#/$defs/n"}}]}},"$ref":"#/$defs/n"}
      """##
    let deep = try JSON.parse(text: String(repeating: "[", count: 100) + String(repeating: "]", count: 100))
    let violations = try JSONSchema(JSON.parse(text: text)).violations(in: deep)
    #expect(violations.map(\.problem) == ["was not fully checked: checking it takes too long"])
  }

  @Test("nested alternatives name the innermost cause, not the whole way")
  func nestedAlternatives() throws {
    let text = ##"""
      {"$defs":{"n":{"anyOf":[{"type":"null"},{"type":"array","items":{"$ref":"#/$defs/n"}}]}},"$ref":"#/$defs/n"}
      """##
    let deep = try JSON.parse(text: String(repeating: "[", count: 9) + "7" + String(repeating: "]", count: 9))
    let violations = try JSONSchema(JSON.parse(text: text)).violations(in: deep)
    let place = "$" + String(repeating: "[0]", count: 9)
    #expect(
      violations.map(\.problem) == [
        "matches none of 2 alternatives; nearest: \(place) is an integer, not null"
      ])
  }

  @Test("the deepest value that the parser takes can be checked")
  func deepValue() throws {
    let text = ##"{"$defs":{"n":{"items":{"$ref":"#/$defs/n"},"type":"array"}},"$ref":"#/$defs/n"}"##
    let deep = try JSON.parse(text: String(repeating: "[", count: 512) + String(repeating: "]", count: 512))
    #expect(try JSONSchema(JSON.parse(text: text)).violations(in: deep).isEmpty)
  }

  @Test("messages do not carry control characters of the value to a terminal")
  func noControlCharacters() throws {
    let schema = try JSONSchema(["additionalProperties": false, "required": ["\u{9b}2J"]])
    for violation in schema.violations(in: ["\u{1b}[31m": 1]) {
      #expect(
        (violation.path + violation.problem).unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7f }
      )
    }
  }
}
