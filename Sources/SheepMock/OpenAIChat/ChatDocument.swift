import SheepCore

/// Writes an answer that is not streamed.
enum ChatDocument {
  /// The whole completion as JSON text.
  static func bytes(_ answer: MockAnswer, fault: MockFault) -> [UInt8] {
    let text = JSON.string(String(decoding: answer.text.bytes, as: UTF8.self))
    var message = JSONObject()
    message["role"] = "assistant"
    if let tool = answer.tool {
      message["content"] = .null
      message["tool_calls"] = [
        [
          "id": .string(tool.id), "type": "function",
          "function": ["name": .string(tool.name), "arguments": text],
        ]
      ]
    } else {
      message["content"] = answer.isRefusal ? .null : text
      message["refusal"] = answer.isRefusal ? text : .null
    }
    add(answer.reasoning, to: &message, fault.reasoningField)
    let finish = fault.omitsFinish ? JSON.null : .string(answer.finishReason)
    var head = JSONObject()
    head["id"] = .string(answer.id)
    head["object"] = "chat.completion"
    head["created"] = .number(JSONNumber(answer.created))
    head["model"] = .string(answer.model)
    head["system_fingerprint"] = "fp_mock"
    head["choices"] = [
      [
        "index": 0, "message": .object(message), "logprobs": nil, "finish_reason": finish,
      ]
    ]
    var bytes = Array(JSON.object(head).serialized().utf8)
    if fault.usagePlace != UsagePlace.none {
      bytes.removeLast()
      bytes += #","usage":"#.utf8
      bytes += answer.usage()
      bytes.append(UInt8(ascii: "}"))
    }
    return Array(repeating: UInt8(ascii: "\n"), count: fault.comments) + bytes
  }

  private static func add(
    _ reasoning: MockAnswer.Pieces, to message: inout JSONObject, _ field: ReasoningField
  ) {
    guard reasoning.count > 0 else { return }
    let text = JSON.string(String(decoding: reasoning.bytes, as: UTF8.self))
    let details: JSON = [["type": "reasoning.text", "index": 0, "text": text]]
    switch field {
    case .content: message["reasoning_content"] = text
    case .plain: message["reasoning"] = text
    case .both:
      message["reasoning"] = text
      message["reasoning_details"] = details
    case .details: message["reasoning_details"] = details
    }
  }
}
