import SheepCore
import SheepListener

/// OpenAI's Responses.
struct ResponsesDialect: MockDialect {
  static func route(_ head: RequestHead, _ steps: [String]) -> Route? {
    steps.last == "responses" ? .asks(ResponsesDialect()) : nil
  }

  func chatBody(of body: JSON) throws(ChatProblem) -> JSON {
    var messages: [JSON] = []
    if let instructions = body["instructions"] {
      messages.append(["role": "system", "content": instructions])
    }
    switch body["input"] {
    case .string(let text)?: messages.append(["role": "user", "content": .string(text)])
    case .array(let items)?: messages += items.compactMap(Self.message)
    default: throw Self.invalid("Missing required parameter: 'input'.", "input")
    }
    var chat = JSONObject()
    chat["messages"] = .array(messages)
    chat["stream"] = body["stream"] ?? false
    for member in ["stop", "seed", "max_tokens"] where body[member] != nil {
      throw Self.invalid("Unknown parameter: '\(member)'.", member, code: "unknown_parameter")
    }
    if let limit = body["max_output_tokens"] {
      if let number = limit.number?.integer, number < 16 {
        throw Self.invalid(
          "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got \(number).",
          "max_output_tokens", code: "integer_below_min_value")
      }
      chat["max_completion_tokens"] = limit
    }
    if let format = body["text"]?["format"] { chat["response_format"] = format }
    let tools = body["tools"]?.array ?? []
    if !tools.isEmpty {
      chat["tools"] = .array(tools.map { ["type": "function", "function": $0] })
      if let choice = body["tool_choice"] {
        chat["tool_choice"] = choice["name"].map { ["function": ["name": $0]] } ?? choice
      }
    }
    return .object(chat)
  }

  func chunks(_ answer: MockAnswer, fault: MockFault, call: ChatCall) -> any AnswerChunks {
    ResponsesChunks(answer, fault: fault)
  }

  func document(_ answer: MockAnswer, fault: MockFault) -> [UInt8] {
    Array(repeating: UInt8(ascii: "\n"), count: fault.comments)
      + ResponsesChunks(answer, fault: fault).whole(fault)
  }

  private static func invalid(_ message: String, _ param: String, code: String? = nil) -> ChatProblem {
    ChatProblem(body: MockErrorBody(status: 400, message: message, code: code, param: param))
  }

  /// An input item as a message; `nil` for items without words, such as reasoning.
  private static func message(_ item: JSON) -> JSON? {
    guard let role = item["role"] else { return nil }
    guard let parts = item["content"]?.array else {
      return ["role": role, "content": item["content"] ?? ""]
    }
    let translated = parts.map { part -> JSON in
      switch part["type"]?.string {
      case "input_text", "output_text": ["type": "text", "text": part["text"] ?? ""]
      case "input_image": ["type": "image_url", "image_url": ["url": part["image_url"] ?? ""]]
      default: part
      }
    }
    return ["role": role, "content": .array(translated)]
  }
}
