import SheepCore

/// The fields of one object of a price list, read strictly: what is there must be right.
struct PriceListFields {
  /// What errors are about: `gpt-4.1@holysheep`.
  let subject: String
  private let object: JSONObject

  /// Takes an object that has only `known` fields.
  init(_ json: JSON, subject: String, known: [String]) throws(Failure) {
    self.subject = subject
    guard let object = json.object else {
      self.object = JSONObject()
      throw failure("holds \(json.serialized().prefix(40)) where an object belongs")
    }
    self.object = object
    for member in object.members where !known.contains(member.name) {
      throw failure(
        "has the unknown field \"\(member.name)\"",
        "the fields are \(known.joined(separator: ", "))")
    }
  }

  private init(subject: String, object: JSONObject) {
    self.subject = subject
    self.object = object
  }

  /// The same fields, with errors about `subject`.
  func about(_ subject: String) -> PriceListFields {
    PriceListFields(subject: subject, object: object)
  }

  /// The error that something of the subject is wrong.
  func failure(_ problem: String, _ advice: String = "compare with data/models.json") -> Failure {
    Failure(.usage, subject, problem, advice: advice)
  }

  private func value(_ name: String) -> JSON? {
    guard let value = object[name], value != .null else { return nil as JSON? }
    return value
  }

  private func read<Value>(
    _ name: String, _ expected: String, _ convert: (JSON) -> Value?
  ) throws(Failure) -> Value? {
    guard let value = value(name) else { return nil }
    guard let result = convert(value) else {
      throw failure("has \"\(name)\": \(value.serialized().prefix(40)), which is not \(expected)")
    }
    return result
  }

  func required<Value>(_ name: String, _ value: Value?) throws(Failure) -> Value {
    guard let value else { throw failure("lacks \"\(name)\"", "add it") }
    return value
  }

  func requiredText(_ name: String) throws(Failure) -> String {
    try required(name, try text(name))
  }

  func text(_ name: String) throws(Failure) -> String? {
    try read(name, "a text") { json in
      json.string.flatMap { text in
        text.isEmpty || text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) ? nil : text
      }
    }
  }

  func texts(_ name: String) throws(Failure) -> [String] {
    try read(name, "a list of texts") { json in
      let texts = json.array?.compactMap(\.string)
      return texts?.count == json.array?.count ? texts : nil
    } ?? []
  }

  func list(_ name: String) throws(Failure) -> [JSON] {
    try read(name, "a list") { $0.array } ?? []
  }

  func count(_ name: String) throws(Failure) -> Int? {
    try read(name, "a number of tokens") { $0.count }
  }

  func day(_ name: String) throws(Failure) -> Day? {
    try read(name, "a day such as \"2026-11-21\"") { $0.string.flatMap { Day($0) } }
  }

  func price(_ name: String) throws(Failure) -> TokenPrice? {
    try read(name, "a price in USD per million tokens such as \"2.50\"") {
      $0.string.flatMap { TokenPrice(dollarsPerMillion: $0) }
    }
  }

  func fee(_ name: String) throws(Failure) -> Money? {
    try read(name, "a fee in USD such as \"0.01\"") { json in
      json.string.flatMap { TokenPrice.isPlainDecimal($0) ? Money(dollars: $0) : nil }
    }
  }

  /// The members of an object, those that are objects themselves apart from the others.
  func members(_ name: String) throws(Failure) -> (plain: [JSONObject.Member], objects: [JSONObject.Member]) {
    let members = try read(name, "an object", { $0.object })?.members ?? []
    return (members.filter { $0.value.object == nil }, members.filter { $0.value.object != nil })
  }

  func multipliers(
    _ name: String, _ members: [JSONObject.Member]
  ) throws(Failure) -> [String: PriceMultiplier] {
    var result: [String: PriceMultiplier] = [:]
    for member in members {
      guard let factor = member.value.string.flatMap({ PriceMultiplier($0) }) else {
        throw failure("has a factor for \"\(member.name)\" that is not of the form \"x0.5\"")
      }
      result[member.name] = factor
    }
    return result
  }
}
