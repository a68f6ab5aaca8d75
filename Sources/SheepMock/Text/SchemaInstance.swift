import SheepCore

/// Makes a JSON value that a JSON Schema accepts.
///
/// Knows what structured-output APIs allow: types, `properties`, `required`, `items`, `enum`,
/// `const`, `anyOf`/`oneOf`/`allOf`, local `$ref`, and the usual bounds. Unknown keywords are
/// passed over.
struct SchemaInstance {
  private let root: JSON
  private var generator: TextGenerator
  private var random: SeededRandom
  /// Bounds the work that one schema can ask for.
  private var budget = 2_000

  /// Prepares instances of `schema`, the same for the same seed.
  init(schema: JSON, seed: UInt64, korean: Bool) {
    root = schema
    generator = TextGenerator(seed: seed, korean: korean)
    random = SeededRandom(seed: seed &+ 1)
  }

  /// The next instance.
  mutating func make() -> JSON {
    value(of: root, depth: 0)
  }

  private mutating func value(of schema: JSON, depth: Int) -> JSON {
    budget -= 1
    if budget < 0 || depth > 12 { return nil }
    if let reference = schema["$ref"]?.string {
      return resolve(reference).map { value(of: $0, depth: depth + 1) } ?? nil
    }
    if let object = schema.object, let constant = object["const"] { return constant }
    if let choices = schema["enum"]?.array, let choice = random.pick(choices) { return choice }
    for keyword in ["anyOf", "oneOf"] {
      if let first = schema[keyword]?.array?.first { return value(of: first, depth: depth + 1) }
    }
    if let parts = schema["allOf"]?.array, !parts.isEmpty {
      return value(of: Self.merged(parts, with: schema), depth: depth + 1)
    }
    switch type(of: schema) {
    case "object": return object(of: schema, depth: depth)
    case "array": return array(of: schema, depth: depth)
    case "integer": return .number(JSONNumber(integer(of: schema)))
    case "number": return number(of: schema)
    case "boolean": return .bool(random.below(2) == 1)
    case "null": return nil
    default: return .string(string(of: schema))
    }
  }

  private func type(of schema: JSON) -> String {
    if let name = schema["type"]?.string { return name }
    if let names = schema["type"]?.array {
      return names.compactMap(\.string).first { $0 != "null" } ?? "null"
    }
    if schema["properties"] != nil { return "object" }
    return schema["items"] != nil ? "array" : "string"
  }

  private mutating func object(of schema: JSON, depth: Int) -> JSON {
    var members: [JSONObject.Member] = []
    for member in schema["properties"]?.object?.members ?? [] {
      members.append(
        JSONObject.Member(name: member.name, value: value(of: member.value, depth: depth + 1)))
      if budget < 0 { break }
    }
    let names = Set(members.map(\.name))
    for name in schema["required"]?.array?.compactMap(\.string) ?? [] where !names.contains(name) {
      members.append(JSONObject.Member(name: name, value: .string(generator.phrase())))
    }
    return .object(JSONObject(members))
  }

  private mutating func array(of schema: JSON, depth: Int) -> JSON {
    let least = min(schema["minItems"]?.count ?? 1, 100)
    let most = schema["maxItems"]?.count ?? max(least, 2)
    let items = schema["items"] ?? ["type": "string"]
    var elements: [JSON] = []
    while elements.count < min(most, max(least, 2)), budget > 0 || elements.count < least {
      elements.append(value(of: items, depth: depth + 1))
    }
    return .array(elements)
  }

  /// The bound of a keyword as a whole number of safe size.
  private func bound(_ schema: JSON, _ keyword: String) -> Int64? {
    guard let number = schema[keyword]?.number else { return nil }
    if let integer = number.integer { return max(-1 << 53, min(1 << 53, integer)) }
    let double = number.double
    guard double.isFinite, double.magnitude < 9e15 else { return nil }
    return Int64(double.rounded(keyword.hasSuffix("aximum") ? .down : .up))
  }

  private mutating func integer(of schema: JSON) -> Int64 {
    let low = bound(schema, "minimum") ?? bound(schema, "exclusiveMinimum").map { $0 + 1 }
    let high = bound(schema, "maximum") ?? bound(schema, "exclusiveMaximum").map { $0 - 1 }
    let offset = Int64(random.below(100))
    var value =
      switch (low, high) {
      case (let low?, let high?): low >= high ? low : low + offset % (high - low + 1)
      case (let low?, nil): low + offset
      case (nil, let high?): high - offset
      case (nil, nil): offset
      }
    if let step = bound(schema, "multipleOf"), step > 0 {
      let rest = ((value % step) + step) % step
      if rest > 0 { value += step - rest }
      if let high, value > high { value -= step }
    }
    return value
  }

  private mutating func number(of schema: JSON) -> JSON {
    let whole = integer(of: schema)
    let isBounded = schema["maximum"] ?? schema["exclusiveMaximum"] ?? schema["multipleOf"] != nil
    if isBounded { return .number(JSONNumber(whole)) }
    return JSONNumber(text: "\(whole).5").map { .number($0) } ?? 0
  }

  private mutating func string(of schema: JSON) -> String {
    switch schema["format"]?.string {
    case "date": return "2026-01-15"
    case "date-time": return "2026-01-15T09:30:00Z"
    case "time": return "09:30:00Z"
    case "email": return "person@example.com"
    case "uri", "url": return "https://example.com/"
    case "uuid": return "123e4567-e89b-42d3-a456-426614174000"
    case "ipv4": return "192.0.2.1"
    default: break
    }
    var text = generator.phrase()
    let least = min(schema["minLength"]?.count ?? 0, 10_000)
    while text.unicodeScalars.count < least { text += " " + generator.phrase() }
    if let most = schema["maxLength"]?.count, text.unicodeScalars.count > most {
      text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(most)))
    }
    return text
  }

  /// Follows `#/a/b` inside the root schema.
  private func resolve(_ reference: String) -> JSON? {
    guard reference.utf8.first == UInt8(ascii: "#") else { return nil }
    var place: JSON? = root
    for step in reference.utf8.dropFirst().split(separator: UInt8(ascii: "/")) {
      let name = String(decoding: step, as: UTF8.self)
      place = place?[name] ?? Int(name).flatMap { place?[$0] }
    }
    return place
  }

  /// Joins the parts of an `allOf` with the schema that holds them.
  private static func merged(_ parts: [JSON], with schema: JSON) -> JSON {
    var members = JSONObject()
    for part in [schema] + parts {
      for member in part.object?.members ?? [] where member.name != "allOf" {
        if member.name == "properties", let before = members["properties"]?.object {
          members["properties"] = .object(
            JSONObject(before.members + (member.value.object?.members ?? [])))
        } else {
          members[member.name] = member.value
        }
      }
    }
    return .object(members)
  }
}
