import SheepCore

/// Writes the chunks of a Gemini answer: all of one shape, a growing usage in each.
struct GeminiChunks: AnswerChunks {
  private let answer: MockAnswer
  private let usagePlace: UsagePlace

  /// The chunks of an answer.
  init(_ answer: MockAnswer, fault: MockFault) {
    self.answer = answer
    usagePlace = fault.usagePlace ?? .every
  }

  var lineEnd: LineEnd { .crlf }

  /// Arguments come whole; a blocked prompt has no text.
  var count: Int {
    if answer.isRefusal { return 0 }
    return answer.reasoning.count + (answer.tool == nil ? answer.text.count : 1)
  }

  var opening: [StreamEvent] { [] }

  var emptyFirst: StreamEvent { StreamEvent(chunk(content: #"{"role": "model"}"#)) }

  var novel: StreamEvent { StreamEvent(#"{"novel": {"x": [1,2]},"kind": "note"}"#) }

  func content(_ index: Int) -> [StreamEvent] {
    let part: [UInt8]
    if index < answer.reasoning.count {
      part = Self.part(answer.reasoning[index], isThought: true)
    } else if let tool = answer.tool {
      part = Self.call(tool.name, arguments: answer.text.bytes)
    } else {
      part = Self.part(answer.text[index - answer.reasoning.count], isThought: false)
    }
    let usage = usagePlace == .every ? usage(after: index + 1) : nil
    return [StreamEvent(chunk(parts: part, usage: usage))]
  }

  func text(value: [UInt8]) -> StreamEvent {
    StreamEvent(chunk(parts: Array(#"{"text": "#.utf8) + value + [UInt8(ascii: "}")], usage: nil))
  }

  func closing(_ fault: MockFault) -> [StreamEvent] {
    var events: [StreamEvent] = []
    if !fault.omitsFinish { events.append(last) }
    if fault.textAfterFinish { events += [text(" After the end.".utf8), last] }
    return events
  }

  func error(_ body: MockErrorBody, form: StreamErrorForm) -> [StreamPiece] {
    let style = JSONStyle(indented: form == .bare, terminalSafe: false)
    let document = Array(body.gemini.serialized(style).utf8)
    if let raw = Self.bare(body, document: document, form: form) { return [.raw(raw)] }
    return [.event(StreamEvent(named: form == .groq ? "error" : nil, document))]
  }

  /// The whole answer in one chunk.
  func whole(_ fault: MockFault) -> [UInt8] {
    if answer.isRefusal { return last.data }
    var parts: [UInt8] = []
    if answer.reasoning.count > 0 {
      parts += Self.part(answer.reasoning.bytes[...], isThought: true) + [UInt8(ascii: ",")]
    }
    if let tool = answer.tool {
      parts += Self.call(tool.name, arguments: answer.text.bytes)
    } else {
      parts += Self.part(answer.text.bytes[...], isThought: false)
    }
    let usage = usagePlace == .none ? nil : usage(after: nil)
    return chunk(parts: parts, finish: fault.omitsFinish ? nil : finishReason, usage: usage)
  }

  // MARK: - Pieces

  /// The chunk that ends the answer; for a blocked prompt the only one.
  private var last: StreamEvent {
    let usage = usagePlace == .none ? nil : usage(after: nil)
    guard answer.isRefusal else {
      return StreamEvent(
        chunk(parts: Self.part([], isThought: false), finish: finishReason, usage: usage))
    }
    var bytes = Array(#"{"promptFeedback": {"blockReason": "SAFETY","blockReasonMessage": "#.utf8)
    JSONText.write(String(decoding: answer.text.bytes, as: UTF8.self), into: &bytes)
    return StreamEvent(bytes + [UInt8(ascii: "}")] + tail(usage))
  }

  private var finishReason: String {
    switch answer.finishReason {
    case "stop", "tool_calls": "STOP"
    case "length": "MAX_TOKENS"
    case "content_filter": "SAFETY"
    default: answer.finishReason
    }
  }

  private static func part(_ text: ArraySlice<UInt8>, isThought: Bool) -> [UInt8] {
    var bytes = Array(#"{"text": ""#.utf8)
    JSONText.escape(text, into: &bytes)
    return bytes + Array((isThought ? #"","thought": true}"# : #""}"#).utf8)
  }

  private static func call(_ name: String, arguments: [UInt8]) -> [UInt8] {
    var bytes = Array(#"{"functionCall": {"name": "#.utf8)
    JSONText.write(name, into: &bytes)
    return bytes + Array(#","args": "#.utf8) + (arguments.isEmpty ? Array("{}".utf8) : arguments)
      + Array(#"},"thoughtSignature": "bW9jaw=="}"#.utf8)
  }

  private func chunk(parts: [UInt8], finish: String? = nil, usage: [UInt8]?) -> [UInt8] {
    var bytes = Array(#"{"candidates": [{"content": {"parts": ["#.utf8)
    bytes += parts
    bytes += Array(#"],"role": "model"}"#.utf8)
    if let finish {
      bytes += Array(#","finishReason": "#.utf8)
      JSONText.write(finish, into: &bytes)
    }
    bytes += Array(#","index": 0}]"#.utf8)
    return bytes + tail(usage)
  }

  private func chunk(content: String) -> [UInt8] {
    Array(#"{"candidates": [{"content": \#(content),"index": 0}]"#.utf8) + tail(nil)
  }

  private func tail(_ usage: [UInt8]?) -> [UInt8] {
    var bytes: [UInt8] = []
    if let usage { bytes += Array(#","usageMetadata": "#.utf8) + usage }
    bytes += Array(#","modelVersion": "#.utf8)
    JSONText.write(answer.model, into: &bytes)
    bytes += Array(#","responseId": "#.utf8)
    JSONText.write(answer.id, into: &bytes)
    return bytes + [UInt8(ascii: "}")]
  }

  /// The usage after so many steps; of the whole answer when not given. Counts of 0 are left
  /// out, as Google does.
  private func usage(after steps: Int?) -> [UInt8] {
    if let text = answer.usageText { return Array(text.utf8) }
    let thoughts = min(steps ?? .max, answer.reasoning.count)
    let output = answer.isRefusal ? 0 : min((steps ?? .max) - thoughts, answer.text.count)
    var usage = JSONObject()
    usage["promptTokenCount"] = .number(JSONNumber(answer.promptTokens))
    if answer.cachedTokens > 0 {
      usage["cachedContentTokenCount"] = .number(JSONNumber(answer.cachedTokens))
    }
    if output > 0 { usage["candidatesTokenCount"] = .number(JSONNumber(output)) }
    usage["totalTokenCount"] = .number(JSONNumber(answer.promptTokens + thoughts + output))
    if thoughts > 0 { usage["thoughtsTokenCount"] = .number(JSONNumber(thoughts)) }
    return Array(JSON.object(usage).serialized().utf8)
  }
}
