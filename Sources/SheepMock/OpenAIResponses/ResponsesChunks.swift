import SheepCore

/// Writes the events of a Responses answer: an item of reasoning, then an item of text, of
/// refusal or of a call, each with its envelopes.
struct ResponsesChunks: AnswerChunks {
  private let answer: MockAnswer
  private let hasUsage: Bool

  /// The events of an answer.
  init(_ answer: MockAnswer, fault: MockFault) {
    self.answer = answer
    hasUsage = fault.usagePlace != UsagePlace.none
  }

  var count: Int { answer.reasoning.count + answer.text.count }

  var opening: [StreamEvent] {
    let response = response(status: "in_progress", output: [], isLast: false)
    return [
      event("response.created", 0, ["response": response]),
      event("response.in_progress", 1, ["response": response]),
    ]
  }

  var emptyFirst: StreamEvent {
    event("response.queued", 0, ["response": response(status: "queued", output: [], isLast: false)])
  }

  var novel: StreamEvent { event("response.novel.thing", 3, ["novel": ["x": [1, 2]]]) }

  func content(_ index: Int) -> [StreamEvent] {
    let reasoning = answer.reasoning.count
    if index < reasoning {
      var events = index == 0 ? [itemEvent("added", 2, 0, reasoningItem(isDone: false))] : []
      events.append(
        delta(
          "response.reasoning_summary_text.delta", index + 3, answer.reasoning[index], place: reasoningPlace))
      if index == reasoning - 1 {
        let text = JSON.string(String(decoding: answer.reasoning.bytes, as: UTF8.self))
        events.append(
          event("response.reasoning_summary_text.done", index + 4, reasoningPlace + [("text", text)]))
        events.append(itemEvent("done", index + 5, 0, reasoningItem(isDone: true)))
      }
      return events
    }
    let place = index - reasoning
    var events = place == 0 ? [itemEvent("added", index + 10, outputIndex, item(isDone: false))] : []
    events.append(delta(deltaType + ".delta", index + 12, answer.text[place], place: textPlace))
    if place == answer.text.count - 1 {
      let text = JSON.string(String(decoding: answer.text.bytes, as: UTF8.self))
      events.append(event(deltaType + ".done", index + 13, textPlace + [(wholeName, text)]))
      events.append(itemEvent("done", index + 14, outputIndex, item(isDone: true)))
    }
    return events
  }

  func text(value: [UInt8]) -> StreamEvent {
    var bytes = Array(#"{"type":"response.output_text.delta","sequence_number":7,"item_id":"#.utf8)
    JSONText.write("msg_mock", into: &bytes)
    bytes += Array(#","output_index":\#(outputIndex),"content_index":0,"delta":"#.utf8)
    return StreamEvent(
      named: "response.output_text.delta", bytes + value + Array(#","logprobs":[]}"#.utf8))
  }

  func closing(_ fault: MockFault) -> [StreamEvent] {
    var events: [StreamEvent] = []
    if !fault.omitsFinish { events.append(last) }
    if fault.textAfterFinish { events += [text(" After the end.".utf8), last] }
    return events
  }

  func error(_ body: MockErrorBody, form: StreamErrorForm) -> [StreamPiece] {
    let style = JSONStyle(indented: form == .bare, terminalSafe: false)
    let document = Array(body.openAI.serialized(style).utf8)
    if let raw = Self.bare(body, document: document, form: form) { return [.raw(raw)] }
    let code = JSON.string(body.code ?? body.type)
    switch form {
    case .openrouter:
      var response = response(status: "failed", output: [], isLast: true).object ?? JSONObject()
      response["error"] = ["code": code, "message": .string(body.message)]
      return [.event(event("response.failed", count + 20, ["response": .object(response)]))]
    case .groq: return [.event(StreamEvent(named: "error", document))]
    default:
      return [
        .event(event("error", count + 20, ["code": code, "message": .string(body.message), "param": nil]))
      ]
    }
  }

  /// The whole answer as a document.
  func whole(_ fault: MockFault) -> [UInt8] {
    var response = finished.object ?? JSONObject()
    if fault.omitsFinish { response["status"] = nil }
    return Self.withUsage(.object(response), usageBytes)
  }

  // MARK: - Events

  private func event(_ type: String, _ number: Int, _ members: [(String, JSON)]) -> StreamEvent {
    let head: [(String, JSON)] = [("type", .string(type)), ("sequence_number", .number(JSONNumber(number)))]
    let object = JSONObject((head + members).map { JSONObject.Member(name: $0.0, value: $0.1) })
    return StreamEvent(named: type, JSON.object(object).serialized())
  }

  private func event(_ type: String, _ number: Int, _ members: KeyValuePairs<String, JSON>) -> StreamEvent {
    event(type, number, members.map { ($0.key, $0.value) })
  }

  private func itemEvent(_ step: String, _ number: Int, _ place: Int, _ item: JSON) -> StreamEvent {
    event(
      "response.output_item." + step, number,
      ["output_index": .number(JSONNumber(place)), "item": item])
  }

  private func delta(
    _ type: String, _ number: Int, _ text: ArraySlice<UInt8>, place: [(String, JSON)]
  ) -> StreamEvent {
    // The text stays bytes: a token may be half a character.
    var data = event(type, number, place).data
    data.removeLast()
    data += Array(#","delta":""#.utf8)
    JSONText.escape(text, into: &data)
    data += Array((deltaType == "response.output_text" ? #"","logprobs":[]}"# : #""}"#).utf8)
    return StreamEvent(named: type, data)
  }

  private var last: StreamEvent {
    let type = incomplete == nil ? "response.completed" : "response.incomplete"
    var data = Array(#"{"type":"\#(type)","sequence_number":\#(count + 20),"response":"#.utf8)
    data += Self.withUsage(finished, usageBytes)
    return StreamEvent(named: type, data + [UInt8(ascii: "}")])
  }

  // MARK: - Parts

  private var outputIndex: Int { answer.reasoning.count > 0 ? 1 : 0 }

  private var deltaType: String {
    if answer.tool != nil { return "response.function_call_arguments" }
    return answer.isRefusal ? "response.refusal" : "response.output_text"
  }

  private var wholeName: String {
    answer.tool != nil ? "arguments" : answer.isRefusal ? "refusal" : "text"
  }

  private var reasoningPlace: [(String, JSON)] {
    [("item_id", "rs_mock"), ("output_index", 0), ("summary_index", 0)]
  }

  private var textPlace: [(String, JSON)] {
    let place: [(String, JSON)] = [
      ("item_id", "msg_mock"), ("output_index", .number(JSONNumber(outputIndex))),
    ]
    return answer.tool == nil ? place + [("content_index", 0)] : place
  }

  private func reasoningItem(isDone: Bool) -> JSON {
    let text = JSON.string(String(decoding: answer.reasoning.bytes, as: UTF8.self))
    return [
      "id": "rs_mock", "type": "reasoning",
      "summary": isDone ? [["type": "summary_text", "text": text]] : [],
      "encrypted_content": isDone ? "bW9jaw==" : nil,
    ]
  }

  private func item(isDone: Bool) -> JSON {
    let text = JSON.string(isDone ? String(decoding: answer.text.bytes, as: UTF8.self) : "")
    if let tool = answer.tool {
      return [
        "id": "msg_mock", "type": "function_call", "call_id": .string(tool.id), "name": .string(tool.name),
        "arguments": text,
      ]
    }
    let part: JSON =
      answer.isRefusal
      ? ["type": "refusal", "refusal": text] : ["type": "output_text", "text": text, "annotations": []]
    return [
      "id": "msg_mock", "type": "message", "role": "assistant", "content": isDone ? [part] : [],
    ]
  }

  // MARK: - The response

  /// Why the answer is not complete; `nil` when it is.
  private var incomplete: String? {
    switch answer.finishReason {
    case "stop", "tool_calls": nil
    case "length": "max_output_tokens"
    default: answer.finishReason
    }
  }

  private var finished: JSON {
    var output = answer.reasoning.count > 0 ? [reasoningItem(isDone: true)] : []
    if answer.text.count > 0 { output.append(item(isDone: true)) }
    return response(status: incomplete == nil ? "completed" : "incomplete", output: output, isLast: true)
  }

  private func response(status: String, output: [JSON], isLast: Bool) -> JSON {
    [
      "id": .string(answer.id), "object": "response", "created_at": .number(JSONNumber(answer.created)),
      "status": .string(status), "error": nil,
      "incomplete_details": isLast ? incomplete.map { ["reason": .string($0)] } ?? nil : nil,
      "model": .string(answer.model), "output": .array(output), "store": false,
    ]
  }

  private var usageBytes: [UInt8]? {
    guard hasUsage else { return nil }
    if let text = answer.usageText { return Array(text.utf8) }
    let output = answer.reasoning.count + answer.text.count
    var usage: JSONObject = JSONObject()
    usage["input_tokens"] = .number(JSONNumber(answer.promptTokens))
    usage["input_tokens_details"] = ["cached_tokens": .number(JSONNumber(answer.cachedTokens))]
    usage["output_tokens"] = .number(JSONNumber(output))
    usage["output_tokens_details"] = ["reasoning_tokens": .number(JSONNumber(answer.reasoning.count))]
    usage["total_tokens"] = .number(JSONNumber(answer.promptTokens + output))
    if let cost = answer.reportedCost {
      usage["cost_usd"] = JSONNumber(text: cost).map { .number($0) } ?? .string(cost)
    }
    return Array(JSON.object(usage).serialized().utf8)
  }

  /// The response with the usage behind it, which may be any text.
  private static func withUsage(_ response: JSON, _ usage: [UInt8]?) -> [UInt8] {
    var bytes = Array(response.serialized().utf8)
    guard let usage else { return bytes }
    bytes.removeLast()
    return bytes + Array(#","usage":"#.utf8) + usage + [UInt8(ascii: "}")]
  }
}
