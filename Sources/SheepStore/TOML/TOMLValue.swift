/// A value of a TOML document, with the place where it stands in the text.
package struct TOMLNode {
  /// What it is.
  package let value: TOMLValue
  /// The bytes of the text that it was read from; empty for a table made by a header.
  package let range: Range<Int>
}

/// The kinds of values.
///
/// Fractions and dates keep their text: the configuration's only fractions are prices, and
/// money never passes through floating point.
package enum TOMLValue {
  case string(String)
  case integer(Int64)
  /// A number with a point or an exponent, `inf` or `nan`, as written but without underscores.
  case fraction(String)
  case boolean(Bool)
  /// A date, a time or both, as written.
  case date(String)
  case array([TOMLNode])
  case table(TOMLTable)

  /// What it is, for a message: `a text`.
  package var kind: String {
    switch self {
    case .string: "a string"
    case .integer: "a whole number"
    case .fraction: "a number"
    case .boolean: "true or false"
    case .date: "a date"
    case .array: "a list"
    case .table: "a table"
    }
  }
}

/// A table: its entries in the order of the text.
///
/// A class only because a document is put together from headers that come back to a table.
package final class TOMLTable {
  /// One key with its value.
  package struct Entry {
    /// The key, unquoted.
    package let key: String
    /// Where the key begins.
    package let offset: Int
    package var node: TOMLNode
  }

  /// How the table came to be: decides what may still be added to it.
  enum Origin {
    case root, header, element
    /// By a header of one of its sub-tables.
    case implicit
    /// By a key with dots.
    case dotted
    /// In braces: it is closed.
    case inline
  }

  /// The keys and values, in the order of the text.
  package internal(set) var entries: [Entry] = []
  var origin: Origin
  /// Where the next line of the table may be inserted: behind its last line, or behind its
  /// header's. `nil` for a table without lines of its own.
  package internal(set) var end: Int?

  init(_ origin: Origin) {
    self.origin = origin
  }

  /// The entry of a key; `nil` without one.
  package func entry(_ key: String) -> Entry? {
    entries.first { $0.key == key }
  }

  /// The table of a key; `nil` when there is none or the key's value is something else.
  package func table(_ key: String) -> TOMLTable? {
    if case .table(let table)? = entry(key)?.node.value { table } else { nil }
  }
}

/// What a text has against being TOML.
package struct TOMLError: Error, Equatable {
  /// Where, in bytes from the start of the text.
  package let offset: Int
  /// What is wrong, as a clause.
  package let problem: String
}
