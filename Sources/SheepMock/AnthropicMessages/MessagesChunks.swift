import SheepCore

/// Writes the events of a streamed answer in Anthropic's dialect: named, each with its type.
struct MessagesChunks: AnswerChunks {
  private let parts: MessagesParts
  private var answer: MockAnswer { parts.answer }

  /// Prepares the events of an answer.
  init(_ answer: MockAnswer, fault: MockFault) {
    parts = MessagesParts(answer, fault: fault)
  }

  var count: Int { answer.reasoning.count + answer.text.count }

  /// The index of the block that holds the text.
  private var textBlock: Int { answer.reasoning.count > 0 ? 1 : 0 }

  var opening: [StreamEvent] {
    var message: JSONObject = JSONObject()
    message["id"] = .string(parts.id)
    message["type"] = "message"
    message["role"] = "assistant"
    message["model"] = .string(answer.model)
    message["content"] = []
    message["stop_reason"] = .null
    message["stop_sequence"] = .null
    if let usage = parts.firstUsage { message["usage"] = usage }
    return [
      Self.event(["type": "message_start", "message": .object(message)]), Self.event(["type": "ping"]),
    ]
  }

  var emptyFirst: StreamEvent { Self.event(["type": "ping"]) }

  var novel: StreamEvent {
    Self.event(["type": "content_block_mood", "index": 0, "mood": ["novel": [1, 2]]])
  }

  func content(_ index: Int) -> [StreamEvent] {
    if index < answer.reasoning.count {
      let begin = index == 0 ? [start(0, ["type": "thinking", "thinking": "", "signature": ""])] : []
      return begin + [delta(0, "thinking_delta", "thinking", Self.quoted(answer.reasoning[index]))]
    }
    let place = index - answer.reasoning.count
    let begin = place == 0 ? endOfThinking + [start(textBlock, parts.contentBlock)] : []
    return begin + [step(Self.quoted(answer.text[place]))]
  }

  func text(value: [UInt8]) -> StreamEvent { delta(textBlock, "text_delta", "text", value) }

  /// The next piece of the text or of the tool's arguments.
  private func step(_ value: [UInt8]) -> StreamEvent {
    answer.tool == nil ? text(value: value) : delta(textBlock, "input_json_delta", "partial_json", value)
  }

  func closing(_ fault: MockFault) -> [StreamEvent] {
    var events: [StreamEvent] = []
    if answer.text.count > 0 {
      events.append(stop(textBlock))
    } else {
      events += endOfThinking
    }
    events.append(end)
    if fault.textAfterFinish { events += [text(" After the end.".utf8), end] }
    if !fault.omitsDone { events.append(Self.event(["type": "message_stop"])) }
    return events
  }

  func error(_ body: MockErrorBody, form: StreamErrorForm) -> [StreamPiece] {
    let style = JSONStyle(indented: form == .bare, terminalSafe: false)
    let document = Array(body.anthropic.serialized(style).utf8)
    switch form {
    case .openai, .groq: return [.event(StreamEvent(named: "error", document))]
    case .openrouter: return [.event(StreamEvent(document))]
    case .line, .bare:
      return [.raw(Self.bare(body, document: document, form: form) ?? document)]
    }
  }

  func malformed(_ kind: MalformedEvent) -> StreamEvent {
    switch kind {
    case .index:
      return start(1_000_000_000, ["type": "tool_use", "id": "x", "name": "f", "input": [:]])
    case .numbers:
      return StreamEvent(
        named: "message_delta",
        #"{"type":"message_delta","delta":{},"usage":{"input_tokens":9223372036854775807,"#
          + #""cache_read_input_tokens":1e40,"output_tokens":-5}}"#)
    case .types:
      return StreamEvent(
        named: "message_delta", #"{"type":"message_delta","delta":[7],"usage":"no","index":{}}"#)
    default:
      guard let value = kind.textValue else { return StreamEvent(kind.data) }
      var event = text(value: value)
      if kind == .json { event.data.removeLast(3) }
      return event
    }
  }

  // MARK: Events

  /// The signature and the end of the thinking block; nothing where there is none.
  private var endOfThinking: [StreamEvent] {
    guard answer.reasoning.count > 0 else { return [] }
    return [delta(0, "signature_delta", "signature", Self.quoted(Array(parts.signature.utf8)[...])), stop(0)]
  }

  private var end: StreamEvent {
    let delta: JSON = ["stop_reason": parts.stopReason, "stop_sequence": parts.stopSequence]
    var data = Array(#"{"type":"message_delta","delta":"#.utf8) + Array(delta.serialized().utf8)
    if let usage = parts.lastUsage { data += Array(#","usage":"#.utf8) + usage }
    return StreamEvent(named: "message_delta", data + [UInt8(ascii: "}")])
  }

  private func start(_ index: Int, _ block: JSON) -> StreamEvent {
    Self.event([
      "type": "content_block_start", "index": .number(JSONNumber(index)), "content_block": block,
    ])
  }

  private func stop(_ index: Int) -> StreamEvent {
    Self.event(["type": "content_block_stop", "index": .number(JSONNumber(index))])
  }

  /// Written by hand, since its text need not be UTF-8.
  private func delta(_ index: Int, _ type: String, _ member: String, _ value: [UInt8]) -> StreamEvent {
    var data = Array(#"{"type":"content_block_delta","index":\#(index),"delta":{"type":""#.utf8)
    data += Array(#"\#(type)","\#(member)":"#.utf8) + value + Array("}}".utf8)
    return StreamEvent(named: "content_block_delta", data)
  }

  private static func quoted(_ piece: ArraySlice<UInt8>) -> [UInt8] {
    var value: [UInt8] = [UInt8(ascii: "\"")]
    JSONText.escape(piece, into: &value)
    value.append(UInt8(ascii: "\""))
    return value
  }

  private static func event(_ json: JSON) -> StreamEvent {
    StreamEvent(named: json["type"]?.string, Array(json.serialized().utf8))
  }
}
