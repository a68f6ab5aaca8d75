import SheepCore

/// Says a request in this dialect's JSON.
enum OpenAIChatBody {
  /// The body of a request.
  /// - Throws: `usage` for what the dialect cannot say, and for an extra field that would be put
  ///   inside something that is no object.
  static func json(_ request: Request, quirks: Quirks) throws(Failure) -> JSON {
    var body = JSONObject()
    body["model"] = .string(request.model)
    var messages: [JSON] = []
    for message in request.messages { messages.append(try json(message, quirks)) }
    body["messages"] = .array(messages)
    if let limit = request.maxTokens { body[quirks.maxTokensField] = .number(JSONNumber(limit)) }
    if let temperature = request.temperature { body["temperature"] = .number(temperature) }
    if let topP = request.topP { body["top_p"] = .number(topP) }
    if !request.stop.isEmpty { body["stop"] = .array(request.stop.map(JSON.string)) }
    if let seed = request.seed { body[quirks.seedField] = .number(JSONNumber(seed)) }
    if let effort = request.reasoningEffort {
      switch quirks.reasoning {
      case .effort: body["reasoning_effort"] = .string(effort)
      case .object: body["reasoning"] = ["effort": .string(effort)]
      }
    }
    if let schema = request.schema {
      body["response_format"] = [
        "type": "json_schema", "json_schema": ["name": "answer", "strict": true, "schema": schema],
      ]
    }
    if !request.tools.isEmpty { body["tools"] = .array(request.tools.map(json)) }
    if let choice = request.toolChoice { body["tool_choice"] = json(choice) }
    body["stream"] = .bool(request.streams)
    if request.streams, quirks.sendsStreamOptions { body["stream_options"] = ["include_usage": true] }
    try ExtraFields.merge(request.extraFields, into: &body)
    return .object(body)
  }

  private static func json(_ tool: Tool) -> JSON {
    var function = JSONObject()
    function["name"] = .string(tool.name)
    if let text = tool.description { function["description"] = .string(text) }
    if let parameters = tool.parameters { function["parameters"] = parameters }
    if let isStrict = tool.isStrict { function["strict"] = .bool(isStrict) }
    return ["type": "function", "function": .object(function)]
  }

  private static func json(_ choice: ToolChoice) -> JSON {
    switch choice {
    case .auto: "auto"
    case .none: "none"
    case .required: "required"
    case .tool(let name): ["type": "function", "function": ["name": .string(name)]]
    }
  }

  private static func json(_ message: Message, _ quirks: Quirks) throws(Failure) -> JSON {
    var texts: [String] = []
    var parts: [JSON] = []
    var hasImage = false
    for part in message.parts {
      switch part {
      case .text(let text):
        texts.append(text)
        parts.append(["type": "text", "text": .string(text)])
      // Chat completions give nothing to be sent back.
      case .state: continue
      case .image(let bytes, let mediaType):
        guard message.role == .user else {
          throw Failure(
            .usage, "the prompt",
            "has an image or document in a message of role \(message.role.rawValue)",
            advice: "put it into a user message")
        }
        hasImage = true
        let url = "data:\(mediaType);base64,\(Base64.encode(bytes))"
        parts.append(
          mediaType == Message.documentType
            ? ["type": "file", "file": ["filename": "document.pdf", "file_data": .string(url)]]
            : ["type": "image_url", "image_url": ["url": .string(url)]])
      }
    }
    // A plain text where it will do: some servers know no list of parts.
    let content: JSON = hasImage ? .array(parts) : .string(texts.joined(separator: "\n\n"))
    let role = message.role == .system ? quirks.systemRole : message.role.rawValue
    return ["role": .string(role), "content": content]
  }
}
