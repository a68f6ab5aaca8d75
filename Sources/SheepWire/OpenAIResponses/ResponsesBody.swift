import SheepCore

/// Says a request in this dialect's JSON.
enum ResponsesBody {
  /// Fewer output tokens than this are refused by the server.
  static let leastTokens = 16

  /// The body of a request.
  /// - Throws: `usage` for what the dialect cannot say (stop sequences, a limit below 16), and for
  ///   an extra field that cannot be placed.
  static func json(_ request: Request) throws(Failure) -> JSON {
    try check(request)
    var body = JSONObject()
    body["model"] = .string(request.model)
    var input: [JSON] = []
    var instructions: [String] = []
    for message in request.messages {
      if message.role == .system {
        instructions += try texts(of: message)
      } else {
        try add(message, to: &input)
      }
    }
    body["input"] = .array(input)
    if !instructions.isEmpty { body["instructions"] = .string(instructions.joined(separator: "\n\n")) }
    if let limit = request.maxTokens { body["max_output_tokens"] = .number(JSONNumber(limit)) }
    if let temperature = request.temperature { body["temperature"] = .number(temperature) }
    if let topP = request.topP { body["top_p"] = .number(topP) }
    if let effort = request.reasoningEffort {
      body["reasoning"] = ["effort": .string(effort), "summary": "auto"]
      // Nothing is stored, so that the reasoning itself must travel for the next turn.
      body["include"] = ["reasoning.encrypted_content"]
    }
    if let schema = request.schema {
      body["text"] = [
        "format": ["type": "json_schema", "name": "answer", "strict": true, "schema": schema]
      ]
    }
    if !request.tools.isEmpty { body["tools"] = .array(request.tools.map(json)) }
    if let choice = request.toolChoice { body["tool_choice"] = json(choice) }
    body["store"] = false
    body["stream"] = .bool(request.streams)
    try ExtraFields.merge(request.extraFields, into: &body)
    return .object(body)
  }

  /// Schema and strictness are always said: the interface requires both, and takes a function
  /// that says nothing for a strict one, which chat completions do not.
  private static func json(_ tool: Tool) -> JSON {
    var function: JSONObject = JSONObject()
    function["type"] = "function"
    function["name"] = .string(tool.name)
    if let text = tool.description { function["description"] = .string(text) }
    function["parameters"] = tool.parameters ?? ["type": "object", "properties": [:]]
    function["strict"] = .bool(tool.isStrict ?? false)
    return .object(function)
  }

  private static func json(_ choice: ToolChoice) -> JSON {
    switch choice {
    case .auto: "auto"
    case .none: "none"
    case .required: "required"
    case .tool(let name): ["type": "function", "name": .string(name)]
    }
  }

  private static func check(_ request: Request) throws(Failure) {
    if !request.stop.isEmpty {
      throw Failure(
        .usage, "--stop", "the Responses API does not support stop sequences",
        advice: "omit it, or use chat completions with --api openai")
    }
    if let limit = request.maxTokens, limit < leastTokens {
      throw Failure(
        .usage, "--max-tokens \(limit)", "the minimum of the Responses API is \(leastTokens)",
        advice: "use \(leastTokens) or more")
    }
  }

  private static func add(_ message: Message, to input: inout [JSON]) throws(Failure) {
    let role = JSON.string(message.role.rawValue)
    guard message.role == .user else {
      for case .state(let state) in message.parts where state.dialect == "responses" {
        input.append(state.value)
      }
      let text = try texts(of: message).joined(separator: "\n\n")
      if !text.isEmpty { input.append(["role": role, "content": .string(text)]) }
      return
    }
    var parts: [JSON] = []
    var texts: [String] = []
    for part in message.parts {
      switch part {
      case .text(let text):
        texts.append(text)
        parts.append(["type": "input_text", "text": .string(text)])
      case .image(let bytes, let mediaType):
        let url = "data:\(mediaType);base64,\(Base64.encode(bytes))"
        parts.append(
          mediaType == Message.documentType
            ? ["type": "input_file", "filename": "document.pdf", "file_data": .string(url)]
            : ["type": "input_image", "image_url": .string(url), "detail": "auto"])
      case .state: continue
      }
    }
    // A plain text where it will do: compatible servers know it best.
    let isText = texts.count == parts.count
    let content: JSON = isText ? .string(texts.joined(separator: "\n\n")) : .array(parts)
    input.append(["role": role, "content": content])
  }

  private static func texts(of message: Message) throws(Failure) -> [String] {
    var texts: [String] = []
    for part in message.parts {
      switch part {
      case .text(let text): texts.append(text)
      case .state: continue
      case .image:
        throw Failure(
          .usage, "the prompt",
          "has an image or document in a message of role \(message.role.rawValue)",
          advice: "put it into a user message")
      }
    }
    return texts
  }
}
