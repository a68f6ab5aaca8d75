/// One event of a stream before it is put into lines.
struct StreamEvent: Equatable, Sendable {
  /// The `event` field; `nil` for none.
  var name: String?
  /// What stands behind `data: `.
  var data: [UInt8]

  /// An event of these bytes.
  init(named name: String? = nil, _ data: [UInt8]) {
    self.name = name
    self.data = data
  }

  /// An event of this text.
  init(named name: String? = nil, _ text: String) {
    self.init(named: name, Array(text.utf8))
  }
}

/// Writes the events of a streamed answer in one dialect.
protocol AnswerChunks: Sendable {
  /// How many steps of the answer follow one another at the model's pace: reasoning, text or
  /// arguments.
  var count: Int { get }
  /// The line ends of the dialect's servers.
  var lineEnd: LineEnd { get }
  /// What comes before the first step, at its time.
  var opening: [StreamEvent] { get }
  /// An event that says nothing, before all others.
  var emptyFirst: StreamEvent { get }
  /// An event that clients do not know.
  var novel: StreamEvent { get }

  /// The events of the step of that index: one with its text, or several where a part of the
  /// answer begins or ends.
  func content(_ index: Int) -> [StreamEvent]
  /// An event of a text, for insertions. `value` is the JSON value that stands for the text.
  func text(value: [UInt8]) -> StreamEvent
  /// What comes after the last step, with the faults of the end.
  func closing(_ fault: MockFault) -> [StreamEvent]
  /// An error in the middle of the stream.
  func error(_ body: MockErrorBody, form: StreamErrorForm) -> [StreamPiece]
  /// An event that no client should stumble over.
  func malformed(_ kind: MalformedEvent) -> StreamEvent
}

/// A piece of a stream: an event, or bytes as they are.
enum StreamPiece: Equatable, Sendable {
  case event(StreamEvent)
  case raw([UInt8])
}

extension AnswerChunks {
  var lineEnd: LineEnd { .lf }

  /// An event of a text, for insertions.
  func text(_ text: some Sequence<UInt8>) -> StreamEvent {
    var value: [UInt8] = [UInt8(ascii: "\"")]
    JSONText.escape(text, into: &value)
    value.append(UInt8(ascii: "\""))
    return self.text(value: value)
  }

  func malformed(_ kind: MalformedEvent) -> StreamEvent {
    guard let value = kind.textValue else { return StreamEvent(kind.data) }
    var event = text(value: value)
    if kind == .json { event.data.removeLast(min(event.data.count, 3)) }
    return event
  }

  /// The forms of an error that are no events of any dialect: a line and a bare document.
  static func bare(_ body: MockErrorBody, document: [UInt8], form: StreamErrorForm) -> [UInt8]? {
    switch form {
    case .line:
      var line = Array(#"{"error":"#.utf8)
      JSONText.write(body.message, into: &line)
      return line + [UInt8(ascii: "}"), UInt8(ascii: "\n")]
    case .bare: return document + [UInt8(ascii: "\n")]
    case .openai, .openrouter, .groq: return nil
    }
  }
}

/// JSON strings byte by byte, so that bytes which are not UTF-8 stay as they are.
enum JSONText {
  /// Appends bytes as the inside of a JSON string.
  static func escape(_ text: some Sequence<UInt8>, into bytes: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array(#"\u00"#.utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
  }

  /// Appends a text as a JSON string with its quotes.
  static func write(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    escape(text.utf8, into: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }
}
