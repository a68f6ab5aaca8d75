import SheepCore

/// An event of a stream, or a document, that is one JSON object: where its parts lie in the bytes.
///
/// What comes with every token is found in place; everything rarer is a range of which a value is
/// made when it is asked for. `null` is the same as missing.
protocol InPlaceObject {
  /// An object in which nothing has been found.
  init()

  /// Reads the member that the scanner stands at.
  mutating func readMember(_ scanner: inout JSONScanner) throws(MalformedJSON)
}

extension InPlaceObject {
  /// Reads the object that fills `bytes`; any other JSON value has no members.
  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer) throws(MalformedJSON) {
    self.init()
    var scanner = JSONScanner(bytes)
    scanner.skipBlanks()
    if try scanner.enterObject() {
      repeat { try readMember(&scanner) } while try scanner.hasAnotherMember()
    }
    try scanner.end()
  }
}

extension Range<Int> {
  /// The JSON value that lies here; `nil` when it is none.
  func json(in bytes: UnsafeRawBufferPointer) -> JSON? { try? JSON.parse(Array(bytes[self])) }
}
