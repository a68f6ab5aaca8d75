package import SheepCore

/// A JSON schema, and the check whether a value follows it.
///
/// Knows what drafts 7 to 2020-12 say about one document: types, values, numbers, texts,
/// arrays, objects, combinations, and references inside the document. `format` and the other
/// annotations are not checked, as the drafts allow. Numbers are compared exactly, names and
/// texts by code points. A member beside `$ref` counts, as from 2019-09 on.
package struct JSONSchema {
  /// One way in which a value does not follow the schema.
  package struct Violation: Equatable, Sendable {
    /// Where in the value: `$`, `$.items[2].name`, `$["a b"]`.
    package let path: String
    /// What is wrong there, as a clause about the place: `is a string, not an integer`.
    package let problem: String
  }

  /// The keywords of this schema that are not known and so not checked, sorted, each once.
  package let unchecked: [String]

  let nodes: [[JSONSchemaRule]]

  /// Prepares a schema for checking.
  /// - Throws: where and why it is not a schema: neither an object nor a truth value, a keyword
  ///   with a value of the wrong kind, a malformed pattern, or a `$ref` that leads nowhere or out
  ///   of the document. For a schema with a pattern also when PCRE2 cannot be opened.
  package init(_ schema: JSON) throws(JSONSchemaError) {
    try self.init(schema, patternLibraries: PatternLibrary.usualNames)
  }

  /// Prepares a schema, with the first of these libraries for its patterns.
  package init(_ schema: JSON, patternLibraries: [String]) throws(JSONSchemaError) {
    var compiler = JSONSchemaCompiler(root: schema, patternLibraries: patternLibraries)
    nodes = try compiler.compile()
    unchecked = compiler.unchecked.sorted()
  }

  /// How a value differs from the schema, at most `limit` differences; empty when it does not.
  ///
  /// The work is bounded: a schema that would take more than some two million steps, a pattern
  /// that would take more than `TextPattern.usualSteps` on all texts together, or a schema that
  /// refers to itself without end is reported as a violation that says so.
  package func violations(in value: JSON, limit: Int = 5) -> [Violation] {
    var checker = JSONSchemaChecker(nodes: nodes, limit: max(1, limit))
    return checker.check(value)
  }
}

/// Why a JSON value is not a schema that can be checked.
package struct JSONSchemaError: Error, Equatable, Sendable {
  /// Where in the schema, as a JSON pointer behind `#`: `#/properties/age/type`.
  package let place: String
  /// What is wrong there, as a clause: `refers to "#/$defs/x", which is not there`.
  package let problem: String
  /// What to do where that is not to correct the schema: to install the library for patterns.
  package var advice: String?
}

/// One condition of a schema, with what it needs at hand. Other schemas are named by their
/// number, so that recursive ones need no special care.
enum JSONSchemaRule {
  /// The schema `false`.
  case never
  case types(JSONTypes)
  /// `enum` and `const`: the canonical bytes of what is allowed, and how to say it.
  case values(Set<[UInt8]>, shown: String)
  case minimum(ExactNumber, isExclusive: Bool, shown: String)
  case maximum(ExactNumber, isExclusive: Bool, shown: String)
  case multiple(ExactNumber, shown: String)
  case length(JSONSchemaBounds)
  case pattern(TextPattern)
  case items(first: [Int], rest: Int?)
  case itemCount(JSONSchemaBounds)
  case uniqueItems
  case contains(Int, JSONSchemaBounds)
  case members(properties: [NameKey: Int], patterns: [(pattern: TextPattern, node: Int)], rest: Int?)
  case required([String])
  case memberCount(JSONSchemaBounds)
  case names(Int)
  case dependentNames([(name: String, needs: [String])])
  case dependentSchemas([(name: String, node: Int)])
  case reference(Int)
  case all([Int])
  case any([Int])
  case one([Int])
  case not(Int)
  case conditional(test: Int, then: Int?, otherwise: Int?)
}

/// How many there may be of something.
struct JSONSchemaBounds: Sendable {
  var least = 0
  var most: Int?

  /// What is wrong with `count` things of the kind `unit`; `nil` when nothing is.
  func problem(_ count: Int, unit: String) -> String? {
    if count < least { return "has \(count) \(unit), fewer than \(least)" }
    if let most, count > most { return "has \(count) \(unit), more than \(most)" }
    return nil
  }
}

/// The kinds of JSON values, as `type` names them.
struct JSONTypes: OptionSet, Sendable {
  let rawValue: UInt8

  static let null = JSONTypes(rawValue: 1)
  static let boolean = JSONTypes(rawValue: 2)
  static let integer = JSONTypes(rawValue: 4)
  static let number = JSONTypes(rawValue: 8)
  static let string = JSONTypes(rawValue: 16)
  static let array = JSONTypes(rawValue: 32)
  static let object = JSONTypes(rawValue: 64)

  /// All names with their kinds, in the order in which messages list them.
  static let named: [(name: String, type: JSONTypes)] = [
    ("null", .null), ("boolean", .boolean), ("integer", .integer), ("number", .number),
    ("string", .string), ("array", .array), ("object", .object),
  ]

  /// The kinds that a value is of: a whole number is an integer and a number.
  static func of(_ value: JSON) -> JSONTypes {
    switch value {
    case .null: .null
    case .bool: .boolean
    case .number(let number): ExactNumber(number).isWhole ? [.integer, .number] : .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }

  /// `a string or null`
  var phrase: String {
    let names = Self.named.filter { contains($0.type) }.map { entry in
      switch entry.name {
      case "null": "null"
      case "integer", "array", "object": "an " + entry.name
      default: "a " + entry.name
      }
    }
    return names.joined(separator: " or ")
  }
}

/// A name that is equal to another only when all code points are; Swift's strings are equal
/// already when they look the same.
struct NameKey: Hashable, Sendable {
  private let bytes: [UInt8]

  /// Wraps a name.
  init(_ name: String) {
    bytes = Array(name.utf8)
  }
}
