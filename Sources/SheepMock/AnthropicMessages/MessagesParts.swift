import SheepCore

/// What an answer is in Anthropic's words, streamed or whole.
struct MessagesParts: Sendable {
  let answer: MockAnswer
  private let fault: MockFault

  /// The parts of an answer with a fault.
  init(_ answer: MockAnswer, fault: MockFault) {
    self.answer = answer
    self.fault = fault
  }

  /// `msg_…` with the rest of the answer's id.
  var id: String {
    let bytes = answer.id.utf8
    let rest = bytes.lastIndex(of: UInt8(ascii: "-")).map { bytes[bytes.index(after: $0)...] } ?? bytes[...]
    return "msg_" + String(decoding: rest, as: UTF8.self)
  }

  /// What proves that the thinking is the model's own.
  var signature: String { "c2lnbmVk" + id }

  /// The stop reason; `null` when the fault leaves it out.
  var stopReason: JSON {
    if fault.omitsFinish { return .null }
    if let word = fault.finishReason { return .string(word) }
    if answer.isRefusal { return "refusal" }
    switch answer.finishReason {
    case "stop": return answer.stopSequence == nil ? "end_turn" : "stop_sequence"
    case "length": return "max_tokens"
    case "tool_calls": return "tool_use"
    default: return .string(answer.finishReason)
    }
  }

  /// The stop sequence that ended the text; `null` when none did.
  var stopSequence: JSON { answer.stopSequence.map { .string($0) } ?? .null }

  /// The kind of the block that holds the text, and how it begins.
  var contentBlock: JSON {
    guard let tool = answer.tool else { return ["type": "text", "text": ""] }
    return ["type": "tool_use", "id": .string(toolID(tool.id)), "name": .string(tool.name), "input": [:]]
  }

  /// The id of a tool call in this dialect's form.
  func toolID(_ id: String) -> String { "toolu_" + id }

  /// The usage at the beginning, whose output says nothing yet; `nil` when the fault wants none.
  var firstUsage: JSON? {
    if fault.usagePlace == UsagePlace.none || answer.usageText != nil { return nil }
    return usage(output: 1, details: false)
  }

  /// The usage at the end as JSON text; `nil` when the fault wants none.
  var lastUsage: [UInt8]? {
    if fault.usagePlace == UsagePlace.none { return nil }
    if let text = answer.usageText { return Array(text.utf8) }
    return Array(usage(output: answer.reasoning.count + answer.text.count, details: true).serialized().utf8)
  }

  /// The input leaves out what came from the cache; all counts are repeated at the end.
  private func usage(output: Int, details: Bool) -> JSON {
    var usage = JSONObject()
    func put(_ name: String, _ count: Int) { usage[name] = .number(JSONNumber(count)) }
    put("input_tokens", answer.promptTokens - answer.cachedTokens)
    put("cache_creation_input_tokens", 0)
    put("cache_read_input_tokens", answer.cachedTokens)
    usage["cache_creation"] = ["ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 0]
    put("output_tokens", output)
    if details {
      usage["output_tokens_details"] = ["thinking_tokens": .number(JSONNumber(answer.reasoning.count))]
      if let cost = answer.reportedCost {
        usage["cost_usd"] = JSONNumber(text: cost).map { .number($0) } ?? .string(cost)
      }
    }
    return .object(usage)
  }

  /// The whole message as JSON text.
  var document: [UInt8] {
    var content: [JSON] = []
    if answer.reasoning.count > 0 {
      content.append([
        "type": "thinking", "thinking": .string(String(decoding: answer.reasoning.bytes, as: UTF8.self)),
        "signature": .string(signature),
      ])
    }
    if answer.text.count > 0 {
      let text = String(decoding: answer.text.bytes, as: UTF8.self)
      if let tool = answer.tool {
        content.append([
          "type": "tool_use", "id": .string(toolID(tool.id)), "name": .string(tool.name),
          "input": (try? JSON.parse(text: text)) ?? .string(text),
        ])
      } else {
        content.append(["type": "text", "text": .string(text)])
      }
    }
    var bytes = Array(
      ([
        "id": .string(id), "type": "message", "role": "assistant", "model": .string(answer.model),
        "content": .array(content), "stop_reason": stopReason, "stop_sequence": stopSequence,
      ] as JSON).serialized().utf8)
    if let usage = lastUsage {
      bytes.removeLast()
      bytes += Array(#","usage":"#.utf8) + usage + [UInt8(ascii: "}")]
    }
    return Array(repeating: UInt8(ascii: "\n"), count: fault.comments) + bytes
  }
}
