/// HTTP header fields in the order they were written; names compare without regard to case.
package struct HTTPHeaders: Equatable, Sendable {
  /// One field.
  package struct Field: Equatable, Sendable {
    package var name: String
    package var value: String

    /// Pairs a name with its value.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package private(set) var fields: [Field]

  /// Fields in this order.
  package init(_ fields: [Field] = []) {
    self.fields = fields
  }

  /// The value of the first field of that name; `nil` without one.
  package subscript(_ name: String) -> String? {
    fields.first { Self.same($0.name, name) }?.value
  }

  /// Adds a field after the others.
  package mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name, value))
  }

  /// Puts the field in place of all fields of its name.
  package mutating func set(_ name: String, _ value: String) {
    fields.removeAll { Self.same($0.name, name) }
    fields.append(Field(name, value))
  }

  /// Whether two field names are the same name.
  package static func same(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count
      && zip(left.utf8, right.utf8).allSatisfy { lowered($0) == lowered($1) }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
