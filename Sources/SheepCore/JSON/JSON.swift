/// A JSON value that keeps what a decoder would lose: the order of members and the text of
/// numbers.
package enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}

extension JSON {
  /// The member of an object; `nil` for another kind of value, a missing member or `null`.
  package subscript(_ name: String) -> JSON? {
    guard case .object(let object) = self, let value = object[name], value != .null else { return nil }
    return value
  }

  /// The element of an array; `nil` for another kind of value or an index out of range.
  package subscript(_ index: Int) -> JSON? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The text of a string; `nil` for another kind of value.
  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The elements of an array; `nil` for another kind of value.
  package var array: [JSON]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The members of an object; `nil` for another kind of value.
  package var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// A truth value; `nil` for another kind of value.
  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The number, also when a server wrote it as a string (`"7"`); `nil` for anything else.
  package var number: JSONNumber? {
    switch self {
    case .number(let number): number
    case .string(let text): JSONNumber(text: text)
    default: nil
    }
  }

  /// A whole number of things (tokens, milliseconds) as a server gives it.
  ///
  /// Accepts `7`, `7.0` and `"7"`. `nil` for a fraction, a negative number, something beyond 64
  /// bits and anything that is not a number: what cannot be right is unknown, never 0.
  package var count: Int? {
    guard let value = number?.integer, value >= 0 else { return nil }
    return Int(exactly: value)
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(integerLiteral value: Int64) { self = .number(JSONNumber(value)) }
  package init(nilLiteral: ()) { self = .null }
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(JSONObject(elements.map { JSONObject.Member(name: $0.0, value: $0.1) }))
  }
}

/// The members of a JSON object in the order they were written.
package struct JSONObject: Equatable, Sendable {
  /// One name and its value.
  package struct Member: Equatable, Sendable {
    package var name: String
    package var value: JSON

    /// Pairs a name with its value.
    package init(name: String, value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// All members, duplicates included, in order.
  package private(set) var members: [Member]

  /// An object of these members, in this order.
  package init(_ members: [Member] = []) {
    self.members = members
  }

  /// The value of the last member of that name, `nil` without one. Setting replaces that value
  /// in place or appends; setting `nil` removes all members of the name.
  package subscript(_ name: String) -> JSON? {
    get { members.last { $0.name == name }?.value }
    set {
      guard let newValue else {
        members.removeAll { $0.name == name }
        return
      }
      if let index = members.lastIndex(where: { $0.name == name }) {
        members[index].value = newValue
      } else {
        members.append(Member(name: name, value: newValue))
      }
    }
  }
}
