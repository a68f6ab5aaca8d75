/// Finds models by name in the bytes of the embedded price list, without building anything.
///
/// The index is sorted text, one line for each name of each model: profile, name, and the
/// offset of the model's record, separated by tabs; the offset of a line that has the model's
/// id rather than an alias begins with `=`. A look-up is a binary search over the bytes.
struct CatalogueIndex {
  /// The lines of the index.
  let index: UnsafeBufferPointer<UInt8>
  /// The records, one line each, as `CatalogueEntry.init(embedded:)` reads them.
  let records: UnsafeBufferPointer<UInt8>

  /// The list that is built into the program.
  static var embedded: CatalogueIndex {
    CatalogueIndex(index: bytes(of: Catalogue.embeddedIndex), records: bytes(of: Catalogue.embeddedRecords))
  }

  private static func bytes(of text: StaticString) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// One line of the index.
  struct Line {
    /// The profile and the name, as bytes with a tab between.
    let key: Slice<UnsafeBufferPointer<UInt8>>
    /// Whether the name is the model's id rather than an alias.
    let isID: Bool
    /// Where the model's record starts.
    let offset: Int

    /// The profile, as text.
    var profile: String {
      String(decoding: key.prefix { $0 != UInt8(ascii: "\t") }, as: UTF8.self)
    }

    /// The name, as text.
    var name: String {
      String(decoding: key.drop { $0 != UInt8(ascii: "\t") }.dropFirst(), as: UTF8.self)
    }
  }

  /// The record of the model that has exactly this name; `nil` without one.
  func record(profile: String, name: String) -> UnsafeBufferPointer<UInt8>? {
    let key = Self.key(profile, name)
    guard let start = firstLine(notBefore: key), start < index.endIndex,
      let line = line(at: start).line, line.key.elementsEqual(key)
    else { return nil }
    return record(at: line.offset)
  }

  /// Calls `body` with every line whose profile is this one and whose name starts with `prefix`,
  /// in the order of their bytes.
  func forEachLine(profile: String, prefix: String, _ body: (Line) -> Void) {
    let key = Self.key(profile, prefix)
    guard var start = firstLine(notBefore: key) else { return }
    while start < index.endIndex {
      let (line, next) = line(at: start)
      guard let line, line.key.starts(with: key) else { return }
      body(line)
      start = next
    }
  }

  /// Calls `body` with every line, in the order of their bytes.
  func forEachLine(_ body: (Line) -> Void) {
    var start = index.startIndex
    while start < index.endIndex {
      let (line, next) = line(at: start)
      if let line { body(line) }
      start = next
    }
  }

  /// The offsets at which the records start, in their order.
  var recordOffsets: [Int] {
    var offsets: [Int] = []
    var start = records.startIndex
    while start < records.endIndex {
      offsets.append(start)
      start = (records[start...].firstIndex(of: UInt8(ascii: "\n")) ?? records.endIndex) + 1
    }
    return offsets
  }

  /// The record that starts there.
  func record(at offset: Int) -> UnsafeBufferPointer<UInt8>? {
    guard records.indices.contains(offset) else { return nil }
    return UnsafeBufferPointer(rebasing: records[offset...].prefix { $0 != UInt8(ascii: "\n") })
  }

  private static func key(_ profile: String, _ name: String) -> [UInt8] {
    Array(profile.utf8) + [UInt8(ascii: "\t")] + Array(name.utf8)
  }

  /// The start of the first line whose key does not sort before `key`; `nil` after all lines.
  private func firstLine(notBefore key: [UInt8]) -> Int? {
    var low = index.startIndex
    var high = index.endIndex
    while low < high {
      let start = startOfLine(holding: low + (high - low) / 2)
      let (line, next) = line(at: start)
      if let line, line.key.lexicographicallyPrecedes(key) {
        low = next
      } else {
        high = start
      }
    }
    return low < index.endIndex ? low : nil
  }

  private func startOfLine(holding position: Int) -> Int {
    var start = position
    while start > index.startIndex, index[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    return start
  }

  /// The line that starts there, `nil` if it is malformed, and where the next one starts.
  private func line(at start: Int) -> (line: Line?, next: Int) {
    let end = index[start...].firstIndex(of: UInt8(ascii: "\n")) ?? index.endIndex
    guard let tab = index[start..<end].lastIndex(of: UInt8(ascii: "\t")) else { return (nil, end + 1) }
    var position = tab + 1
    let isID = position < end && index[position] == UInt8(ascii: "=")
    if isID { position += 1 }
    var offset = 0
    while position < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(index[position]), offset < 1 << 40
    {
      offset = offset * 10 + Int(index[position] - UInt8(ascii: "0"))
      position += 1
    }
    return (Line(key: index[start..<tab], isID: isID, offset: offset), end + 1)
  }
}
