import SheepCore

/// What one event of a stream says: where its parts lie in the bytes. `null` is the same as
/// missing.
struct ResponsesEvent: InPlaceObject {
  /// `response.output_text.delta`
  var type: RawText?
  /// The text of a delta; may be empty.
  var delta: RawText?
  /// The whole text, in events that close what deltas said: `text`, `refusal`, `arguments` or
  /// `input`.
  var whole: RawText?
  var itemID: RawText?
  /// Which item of the output is meant, which part of it, which part of its summary.
  var outputIndex: Int?
  var contentIndex: Int?
  var summaryIndex: Int?
  var item: Range<Int>?
  var response: Range<Int>?
  var error: Range<Int>?
  private var sequence: Range<Int>?
  private var padding: RawText?

  init() {}

  mutating func readMember(_ scanner: inout JSONScanner) throws(MalformedJSON) {
    let name = try scanner.memberName()
    if scanner.matches(name, "type") {
      type = try scanner.text()
    } else if scanner.matches(name, "delta"), scanner.next == 0x22 {
      delta = try scanner.string()
    } else if scanner.matches(name, "text") || scanner.matches(name, "refusal")
      || scanner.matches(name, "arguments") || scanner.matches(name, "input")
    {
      whole = try scanner.text() ?? whole
    } else if scanner.matches(name, "item_id") {
      itemID = try scanner.text()
    } else if scanner.matches(name, "output_index") {
      outputIndex = try scanner.index(depth: 1)
    } else if scanner.matches(name, "content_index") {
      contentIndex = try scanner.index(depth: 1)
    } else if scanner.matches(name, "summary_index") {
      summaryIndex = try scanner.index(depth: 1)
    } else if scanner.matches(name, "sequence_number") {
      sequence = try scanner.skipValue(depth: 1)
    } else if scanner.matches(name, "obfuscation"), scanner.next == 0x22 {
      padding = try scanner.string()
    } else if scanner.matches(name, "item") {
      item = try scanner.value()
    } else if scanner.matches(name, "response") {
      response = try scanner.value()
    } else if scanner.matches(name, "error") {
      error = try scanner.value()
    } else {
      _ = try scanner.skipValue(depth: 1)
    }
  }

  /// The template of this event, which fills `bytes` and whose delta is all it says.
  func template(_ bytes: UnsafeRawBufferPointer) -> EventTemplate? {
    guard let delta, whole == nil, item == nil, response == nil, error == nil else { return nil }
    var holes = [EventTemplate.Hole.text(delta)]
    if let padding { holes.append(.padding(padding)) }
    if let sequence { holes += JSONScanner.numbers(in: sequence, of: bytes).map { .digits($0) } }
    return EventTemplate(bytes, holes: holes)
  }
}

extension JSONScanner {
  /// Reads a value: a number from 0 to 65,535, `nil` for anything else.
  fileprivate mutating func index(depth: Int) throws(MalformedJSON) -> Int? {
    let range = try skipValue(depth: depth)
    guard range.count <= 5 else { return nil }
    var value = 0
    for offset in range {
      guard bytes[offset] &- 0x30 < 10 else { return nil }
      value = value * 10 + Int(bytes[offset] - 0x30)
    }
    return value <= 0xffff ? value : nil
  }
}
