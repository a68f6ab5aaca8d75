import SheepCore

/// Turns the text of a schema into numbered lists of rules.
///
/// Works through a list of places instead of calling itself, so a deep schema costs no stack
/// and each place is read once, however many references lead to it.
struct JSONSchemaCompiler {
  /// Keywords that are there and not checked.
  private(set) var unchecked: Set<String> = []

  private let root: JSON
  private let patternLibraries: [String]
  private var numbers: [String: Int] = [:]
  private var places: [(pointer: String, schema: JSON)] = []

  /// Prepares to read the schema `root`, whose patterns are matched by one of these libraries.
  init(root: JSON, patternLibraries: [String]) {
    self.root = root
    self.patternLibraries = patternLibraries
  }

  /// The rules of every schema in the document; the first is the document's own.
  mutating func compile() throws(JSONSchemaError) -> [[JSONSchemaRule]] {
    _ = number(root, at: "#")
    var nodes: [[JSONSchemaRule]] = []
    while nodes.count < places.count {
      let (pointer, schema) = places[nodes.count]
      nodes.append(try rules(of: schema, at: pointer))
    }
    return nodes
  }

  /// The number of the schema at a place, which is read later if it has not been.
  private mutating func number(_ schema: JSON, at pointer: String) -> Int {
    if let known = numbers[pointer] { return known }
    let number = places.count
    numbers[pointer] = number
    places.append((pointer, schema))
    return number
  }

  private mutating func rules(of schema: JSON, at place: String) throws(JSONSchemaError) -> [JSONSchemaRule] {
    switch schema {
    case .bool(let isAnything): return isAnything ? [] : [.never]
    case .object(let object):
      var rules: [JSONSchemaRule] = []
      for (name, value) in Self.distinct(object) {
        let site = Site(place: place + "/" + Self.escaped(name), keyword: name, value: value, schema: object)
        rules += try self.rules(site)
      }
      if let rule = try arrayRule(object, at: place) { rules.append(rule) }
      if let rule = try objectRule(object, at: place) { rules.append(rule) }
      return rules
    default: throw JSONSchemaError(place: place, problem: "is neither an object nor true or false")
    }
  }

  /// The members of an object, the last one of each name, in order.
  static func distinct(_ object: JSONObject) -> [(String, JSON)] {
    var index: [NameKey: Int] = [:]
    var result: [(String, JSON)] = []
    for member in object.members {
      if let known = index[NameKey(member.name)] {
        result[known].1 = member.value
      } else {
        index[NameKey(member.name)] = result.count
        result.append((member.name, member.value))
      }
    }
    return result
  }

  /// A name as a step of a JSON pointer (RFC 6901).
  static func escaped(_ name: String) -> String {
    var bytes: [UInt8] = []
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "~"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "0")]
      case UInt8(ascii: "/"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "1")]
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// One keyword of one schema.
  private struct Site {
    let place: String
    let keyword: String
    let value: JSON
    let schema: JSONObject

    func error(_ problem: String) -> JSONSchemaError { JSONSchemaError(place: place, problem: problem) }

    func exactNumber() throws(JSONSchemaError) -> (ExactNumber, shown: String) {
      guard case .number(let number) = value else { throw error("is not a number") }
      return (ExactNumber(number), number.text)
    }

    func names() throws(JSONSchemaError) -> [String] {
      guard case .array(let elements) = value else { throw error("is not a list of names") }
      var names: [String] = []
      for element in elements {
        guard let name = element.string else { throw error("is not a list of names") }
        names.append(name)
      }
      return names
    }
  }

  private static let annotations: Set<String> = [
    "$schema", "$id", "id", "$comment", "$anchor", "$vocabulary", "title", "description", "default",
    "examples", "example", "format", "deprecated", "readOnly", "writeOnly", "contentEncoding",
    "contentMediaType", "contentSchema",
    // Read together with another keyword:
    "then", "else", "prefixItems", "items", "additionalItems", "minContains", "maxContains",
    "properties", "patternProperties", "additionalProperties",
  ]

  private mutating func rules(_ site: Site) throws(JSONSchemaError) -> [JSONSchemaRule] {
    switch site.keyword {
    case "dependentRequired", "dependentSchemas", "dependencies": try dependencies(site)
    default: try rule(site).map { [$0] } ?? []
    }
  }

  private mutating func rule(_ site: Site) throws(JSONSchemaError) -> JSONSchemaRule? {
    switch site.keyword {
    case "type": return .types(try types(site))
    case "enum":
      guard case .array(let values) = site.value else { throw site.error("is not a list of values") }
      return .values(Set(values.map(CanonicalJSON.bytes)), shown: Self.shown(values))
    case "const": return .values([CanonicalJSON.bytes(site.value)], shown: Self.shown([site.value]))
    case "minimum", "exclusiveMinimum":
      let (number, shown) = try site.exactNumber()
      return .minimum(number, isExclusive: site.keyword != "minimum", shown: shown)
    case "maximum", "exclusiveMaximum":
      let (number, shown) = try site.exactNumber()
      return .maximum(number, isExclusive: site.keyword != "maximum", shown: shown)
    case "multipleOf":
      let (number, shown) = try site.exactNumber()
      guard !number.isNegative, number.isMultiple(of: number) != nil else {
        throw site.error("is not a number above 0 with at most 37 digits")
      }
      return .multiple(number, shown: shown)
    case "minLength", "maxLength": return .length(try bounds(site))
    case "pattern":
      guard let source = site.value.string else { throw site.error("is not a string") }
      return .pattern(try pattern(source, at: site.place))
    case "minItems", "maxItems": return .itemCount(try bounds(site))
    case "uniqueItems":
      guard let isOn = site.value.bool else { throw site.error("is neither true nor false") }
      return isOn ? .uniqueItems : nil
    case "contains":
      var bounds = JSONSchemaBounds(least: 1)
      if let least = site.schema["minContains"]?.count { bounds.least = least }
      bounds.most = site.schema["maxContains"]?.count
      return .contains(number(site.value, at: site.place), bounds)
    case "required": return .required(try site.names())
    case "minProperties", "maxProperties": return .memberCount(try bounds(site))
    default: return try compoundRule(site)
    }
  }

  private mutating func compoundRule(_ site: Site) throws(JSONSchemaError) -> JSONSchemaRule? {
    switch site.keyword {
    case "propertyNames": return .names(number(site.value, at: site.place))
    case "$ref": return .reference(try reference(site))
    case "allOf": return .all(try schemas(site))
    case "anyOf": return .any(try schemas(site))
    case "oneOf": return .one(try schemas(site))
    case "not": return .not(number(site.value, at: site.place))
    case "if":
      let parent = String(decoding: site.place.utf8.dropLast(3), as: UTF8.self)
      let then = site.schema["then"].map { number($0, at: parent + "/then") }
      let otherwise = site.schema["else"].map { number($0, at: parent + "/else") }
      if then == nil, otherwise == nil { return nil }
      return .conditional(test: number(site.value, at: site.place), then: then, otherwise: otherwise)
    case "$defs", "definitions":
      _ = try named(site)
      return nil
    default:
      if !Self.annotations.contains(site.keyword) { unchecked.insert(site.keyword) }
      return nil
    }
  }

  private func types(_ site: Site) throws(JSONSchemaError) -> JSONTypes {
    let names: [JSON]
    if case .array(let list) = site.value { names = list } else { names = [site.value] }
    var types: JSONTypes = []
    for name in names {
      guard let type = JSONTypes.named.first(where: { $0.name == name.string }) else {
        throw site.error("is not a type name: \(name.serialized(.terminal))")
      }
      types.insert(type.type)
    }
    return types
  }

  private func bounds(_ site: Site) throws(JSONSchemaError) -> JSONSchemaBounds {
    guard case .number = site.value, let count = site.value.count else {
      throw site.error("is not a whole number of 0 or more")
    }
    return site.keyword.hasPrefix("min") ? JSONSchemaBounds(least: count) : JSONSchemaBounds(most: count)
  }

  private func pattern(_ source: String, at place: String) throws(JSONSchemaError) -> TextPattern {
    do throws(PatternError) { return try TextPattern(source, libraries: patternLibraries) } catch {
      switch error {
      case .invalid(let problem, let character):
        let quoted = JSON.string(source).serialized(.terminal)
        throw JSONSchemaError(
          place: place, problem: "is not a pattern: \(quoted): \(problem) at character \(character)")
      case .missingLibrary(let problem, let advice):
        throw JSONSchemaError(place: place, problem: "cannot be matched: \(problem)", advice: advice)
      }
    }
  }

  private mutating func schemas(_ site: Site) throws(JSONSchemaError) -> [Int] {
    guard case .array(let schemas) = site.value, !schemas.isEmpty else {
      throw site.error("is not a list of schemas")
    }
    return schemas.enumerated().map { number($1, at: site.place + "/\($0)") }
  }

  private mutating func named(_ site: Site) throws(JSONSchemaError) -> [(name: String, node: Int)] {
    guard case .object(let object) = site.value else { throw site.error("is not an object of schemas") }
    return Self.distinct(object).map { name, schema in
      (name, number(schema, at: site.place + "/" + Self.escaped(name)))
    }
  }

  private mutating func dependencies(_ site: Site) throws(JSONSchemaError) -> [JSONSchemaRule] {
    if site.keyword == "dependentSchemas" { return [.dependentSchemas(try named(site))] }
    guard case .object(let object) = site.value else { throw site.error("is not an object") }
    var names: [(name: String, needs: [String])] = []
    var schemas: [(name: String, node: Int)] = []
    for (name, value) in Self.distinct(object) {
      let place = site.place + "/" + Self.escaped(name)
      // Draft 7 has lists of names and schemas side by side in `dependencies`.
      if site.keyword == "dependencies", value.array == nil {
        schemas.append((name, number(value, at: place)))
      } else {
        let inner = Site(place: place, keyword: name, value: value, schema: object)
        names.append((name, try inner.names()))
      }
    }
    return [.dependentNames(names), .dependentSchemas(schemas)]
  }

  private mutating func arrayRule(
    _ schema: JSONObject, at place: String
  ) throws(JSONSchemaError)
    -> JSONSchemaRule?
  {
    var first: (name: String, list: [JSON]) = ("prefixItems", [])
    var rest: (name: String, schema: JSON)?
    if let items = schema["items"] {
      // Until 2019-09 a list in `items` was what `prefixItems` is now.
      if case .array(let list) = items {
        first = ("items", list)
        rest = schema["additionalItems"].map { ("additionalItems", $0) }
      } else {
        rest = ("items", items)
      }
    }
    if let prefix = schema["prefixItems"] {
      guard case .array(let list) = prefix else {
        throw JSONSchemaError(place: place + "/prefixItems", problem: "is not a list of schemas")
      }
      first = ("prefixItems", list)
    }
    if first.list.isEmpty, rest == nil { return nil }
    let numbers = first.list.enumerated().map { number($1, at: place + "/\(first.name)/\($0)") }
    return .items(first: numbers, rest: rest.map { number($0.schema, at: place + "/" + $0.name) })
  }

  private mutating func objectRule(
    _ schema: JSONObject, at place: String
  ) throws(JSONSchemaError)
    -> JSONSchemaRule?
  {
    var properties: [NameKey: Int] = [:]
    var patterns: [(pattern: TextPattern, node: Int)] = []
    func site(_ keyword: String) -> Site? {
      schema[keyword].map { Site(place: place + "/" + keyword, keyword: keyword, value: $0, schema: schema) }
    }
    if let site = site("properties") {
      for (name, node) in try named(site) { properties[NameKey(name)] = node }
    }
    let rest = schema["additionalProperties"].map { number($0, at: place + "/additionalProperties") }
    if let site = site("patternProperties") {
      for (source, node) in try named(site) {
        let pattern = try pattern(source, at: site.place + "/" + Self.escaped(source))
        patterns.append((pattern, node))
      }
    }
    if properties.isEmpty, patterns.isEmpty, rest == nil { return nil }
    return .members(properties: properties, patterns: patterns, rest: rest)
  }

  private mutating func reference(_ site: Site) throws(JSONSchemaError) -> Int {
    guard let text = site.value.string else { throw site.error("is not a string") }
    let quoted = JSON.string(text).serialized(.terminal)
    guard text.utf8.first == UInt8(ascii: "#") else {
      throw site.error("refers to \(quoted), which is outside the schema")
    }
    guard let fragment = Self.percentDecoded(Array(text.utf8.dropFirst())) else {
      throw site.error("refers to \(quoted), which is not a place in the schema")
    }
    var value = root
    var pointer = "#"
    if let first = fragment.first {
      guard first == UInt8(ascii: "/") else {
        throw site.error("refers to \(quoted), which is not a place in the schema")
      }
      for step in fragment.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
        guard let name = Self.unescaped(step), let next = Self.step(name, in: value) else {
          throw site.error("refers to \(quoted), which is not there")
        }
        pointer += "/" + Self.escaped(name)
        value = next
      }
    }
    return number(value, at: pointer)
  }

  private static func step(_ name: String, in value: JSON) -> JSON? {
    switch value {
    case .object(let object):
      object.members.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
    case .array: Int(name).flatMap { value[$0] }
    default: nil
    }
  }

  private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%") {
        guard index + 2 < bytes.count,
          let byte = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
        else { return nil }
        result.append(byte)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  /// A step of a pointer as the name it stands for; `nil` when its escapes are wrong.
  private static func unescaped(_ step: ArraySlice<UInt8>) -> String? {
    var result: [UInt8] = []
    var bytes = step
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "~") else {
        result.append(byte)
        continue
      }
      switch bytes.popFirst() {
      case UInt8(ascii: "0"): result.append(UInt8(ascii: "~"))
      case UInt8(ascii: "1"): result.append(UInt8(ascii: "/"))
      default: return nil
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The allowed values for a message: the first few of them.
  private static func shown(_ values: [JSON]) -> String {
    let texts = values.prefix(6).map { value in
      let text = value.serialized(.terminal)
      return text.unicodeScalars.count <= 60 ? text : String(text.unicodeScalars.prefix(59)) + "…"
    }
    return texts.joined(separator: ", ") + (values.count > 6 ? ", …" : "")
  }
}

extension JSONStyle {
  /// One line that a terminal shows as it is.
  static let terminal = JSONStyle(indented: false, terminalSafe: true)
}
