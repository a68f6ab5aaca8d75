import SheepCore

/// Reads TOML 1.0 and keeps where everything stands, so that an error can name its line and a
/// setting can be changed in place.
package struct TOMLParser {
  private var scanner: TOMLScanner
  private let root = TOMLTable(.root)
  private var current: TOMLTable
  private var depth = 0

  /// Lists and inline tables inside each other: more is refused.
  private static let maximumDepth = 64

  /// Reads a document.
  /// - Throws: what is wrong with the first place that is wrong.
  package static func parse(_ bytes: [UInt8]) throws(TOMLError) -> TOMLTable {
    if let offset = UTF8Check.firstBadByte(in: bytes) {
      throw TOMLError(offset: offset, problem: "the file is not UTF-8")
    }
    var parser = TOMLParser(bytes)
    return try parser.document()
  }

  private init(_ bytes: [UInt8]) {
    scanner = TOMLScanner(bytes)
    current = root
  }

  private mutating func document() throws(TOMLError) -> TOMLTable {
    if scanner.hasPrefix("\u{feff}") { scanner.index = 3 }
    while scanner.index < scanner.bytes.count {
      scanner.skipBlanks()
      switch scanner.current {
      case nil, UInt8(ascii: "#"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): try scanner.endLine(after: "")
      case UInt8(ascii: "["): try header()
      default:
        try pair(into: current)
        try scanner.endLine(after: "a value")
        current.end = scanner.index
      }
    }
    return root
  }

  // MARK: - Headers

  private mutating func header() throws(TOMLError) {
    let start = scanner.index
    let isElement = scanner.hasPrefix("[[")
    scanner.index += isElement ? 2 : 1
    let key = try scanner.key()
    guard isElement ? scanner.hasPrefix("]]") : scanner.current == UInt8(ascii: "]") else {
      throw scanner.error("the header is not closed; write \(isElement ? "]]" : "]")")
    }
    scanner.index += isElement ? 2 : 1
    try scanner.endLine(after: "a header")
    var table = root
    for part in key.dropLast() { table = try descend(table, part) }
    guard let last = key.last else { return }
    current = isElement ? try element(last, in: table, start) : try define(last, in: table, start)
    current.end = scanner.index
  }

  private func descend(_ table: TOMLTable, _ part: TOMLScanner.KeyPart) throws(TOMLError) -> TOMLTable {
    switch table.entry(part.name)?.node.value {
    case nil:
      let new = TOMLTable(.implicit)
      table.entries.append(entry(part, .table(new)))
      return new
    case .table(let inner) where inner.origin != .inline: return inner
    case .array(let elements):
      if case .table(let inner)? = elements.last?.value, inner.origin == .element { return inner }
    default: break
    }
    throw scanner.error("'\(part.name)' is not a table that can be extended", at: part.offset)
  }

  private func define(
    _ part: TOMLScanner.KeyPart, in table: TOMLTable, _ start: Int
  ) throws(TOMLError) -> TOMLTable {
    guard let present = table.entry(part.name) else {
      let new = TOMLTable(.header)
      table.entries.append(entry(part, .table(new)))
      return new
    }
    guard case .table(let inner) = present.node.value, inner.origin == .implicit else {
      throw scanner.error("'\(part.name)' is defined twice", at: part.offset)
    }
    inner.origin = .header
    return inner
  }

  private func element(
    _ part: TOMLScanner.KeyPart, in table: TOMLTable, _ start: Int
  ) throws(TOMLError) -> TOMLTable {
    let new = TOMLTable(.element)
    let node = TOMLNode(value: .table(new), range: start..<start)
    guard let index = table.entries.firstIndex(where: { $0.key == part.name }) else {
      table.entries.append(entry(part, .array([node])))
      return new
    }
    guard case .array(let elements) = table.entries[index].node.value,
      case .table(let inner)? = elements.first?.value, inner.origin == .element
    else { throw scanner.error("'\(part.name)' is defined twice", at: part.offset) }
    table.entries[index].node = TOMLNode(
      value: .array(elements + [node]), range: table.entries[index].node.range)
    return new
  }

  private func entry(
    _ part: TOMLScanner.KeyPart, _ value: TOMLValue, _ range: Range<Int>? = nil
  )
    -> TOMLTable.Entry
  {
    TOMLTable.Entry(
      key: part.name, offset: part.offset,
      node: TOMLNode(value: value, range: range ?? part.offset..<part.offset))
  }

  // MARK: - Keys and values

  private mutating func pair(into table: TOMLTable) throws(TOMLError) {
    let key = try scanner.key()
    guard scanner.current == UInt8(ascii: "=") else { throw scanner.error("expected = after the key") }
    scanner.index += 1
    scanner.skipBlanks()
    let value = try value()
    var table = table
    for part in key.dropLast() {
      switch table.entry(part.name)?.node.value {
      case nil:
        let new = TOMLTable(.dotted)
        table.entries.append(entry(part, .table(new)))
        table = new
      case .table(let inner) where inner.origin == .dotted: table = inner
      default: throw scanner.error("'\(part.name)' is defined twice", at: part.offset)
      }
    }
    guard let last = key.last else { return }
    guard table.entry(last.name) == nil else {
      throw scanner.error("'\(last.name)' is set twice", at: last.offset)
    }
    table.entries.append(entry(last, value.value, value.range))
  }

  private mutating func value() throws(TOMLError) -> TOMLNode {
    let start = scanner.index
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { throw scanner.error("values are nested too deeply") }
    let value: TOMLValue
    switch scanner.current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): value = .string(try scanner.quoted())
    case UInt8(ascii: "["): value = .array(try list())
    case UInt8(ascii: "{"): value = .table(try inlineTable())
    default: value = try plain()
    }
    return TOMLNode(value: value, range: start..<scanner.index)
  }

  private mutating func list() throws(TOMLError) -> [TOMLNode] {
    let start = scanner.index
    scanner.index += 1
    var elements: [TOMLNode] = []
    while true {
      try scanner.skipSpace()
      if scanner.current == UInt8(ascii: "]") { break }
      guard scanner.current != nil else {
        throw scanner.error("the list that starts here is not closed", at: start)
      }
      elements.append(try value())
      try scanner.skipSpace()
      guard scanner.current == UInt8(ascii: ",") else { break }
      scanner.index += 1
    }
    guard scanner.current == UInt8(ascii: "]") else {
      throw scanner.current == nil
        ? scanner.error("the list that starts here is not closed", at: start)
        : scanner.error("expected a comma or ] in the list")
    }
    scanner.index += 1
    return elements
  }

  private mutating func inlineTable() throws(TOMLError) -> TOMLTable {
    scanner.index += 1
    let table = TOMLTable(.dotted)
    scanner.skipBlanks()
    if scanner.current != UInt8(ascii: "}") {
      while true {
        scanner.skipBlanks()
        try pair(into: table)
        scanner.skipBlanks()
        guard scanner.current == UInt8(ascii: ",") else { break }
        scanner.index += 1
      }
    }
    guard scanner.current == UInt8(ascii: "}") else {
      throw scanner.error("expected a comma or } in the inline table, which must be on one line")
    }
    scanner.index += 1
    Self.close(table)
    return table
  }

  /// Closes an inline table and what its dotted keys made: nothing is added to it later.
  private static func close(_ table: TOMLTable) {
    table.origin = .inline
    for entry in table.entries {
      if case .table(let inner) = entry.node.value, inner.origin == .dotted { close(inner) }
    }
  }

  private mutating func plain() throws(TOMLError) -> TOMLValue {
    let start = scanner.index
    let bytes = scanner.bytes
    var end = start
    while end < bytes.count, Self.isPlainByte(bytes[end]) { end += 1 }
    // A blank may stand between a date and its time.
    if end - start == 10, end + 2 < bytes.count, bytes[end] == UInt8(ascii: " "),
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[end + 1]),
      TOMLPlainValue.isDate(Array(bytes[start..<end]))
    {
      end += 1
      while end < bytes.count, Self.isPlainByte(bytes[end]) { end += 1 }
    }
    guard end > start else { throw scanner.error("a value is missing") }
    guard let value = TOMLPlainValue.read(bytes[start..<end]) else {
      throw scanner.error("not a value; put \"quotes\" around a string")
    }
    scanner.index = end
    return value
  }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "["),
      UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "="), 0...0x20:
      false
    default: true
    }
  }
}
