import SheepCore

/// Google's Gemini: the same endpoint streams as events or as one array.
struct GeminiDialect: MockDialect {
  /// Whether a stream is wanted, and whether as events (`alt=sse`).
  var streams: Bool
  var asEvents: Bool

  func chatBody(of body: JSON) throws(ChatProblem) -> JSON {
    guard let contents = body["contents"]?.array, !contents.isEmpty else {
      throw Self.invalid("* GenerateContentRequest.contents: contents is not specified")
    }
    var messages: [JSON] = []
    if let system = body["systemInstruction"] { messages.append(Self.message(system, role: "system")) }
    for content in contents {
      guard content["parts"]?.array?.isEmpty == false else {
        throw Self.invalid("* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.")
      }
      messages.append(
        Self.message(content, role: content["role"]?.string == "model" ? "assistant" : "user"))
    }
    var chat = JSONObject()
    chat["messages"] = .array(messages)
    chat["stream"] = .bool(streams && asEvents)
    let settings = body["generationConfig"]
    if let limit = settings?["maxOutputTokens"] { chat["max_completion_tokens"] = limit }
    if let stops = settings?["stopSequences"] { chat["stop"] = stops }
    if let seed = settings?["seed"] { chat["seed"] = seed }
    if settings?["responseMimeType"]?.string == "application/json" {
      let schema = settings?["responseJsonSchema"] ?? settings?["responseSchema"]
      chat["response_format"] = [
        "type": "json_schema", "json_schema": schema.map { ["schema": $0] } ?? [:],
      ]
    }
    Self.addTools(of: body, to: &chat)
    return .object(chat)
  }

  func chunks(_ answer: MockAnswer, fault: MockFault, call: ChatCall) -> any AnswerChunks {
    GeminiChunks(answer, fault: fault)
  }

  func document(_ answer: MockAnswer, fault: MockFault) -> [UInt8] {
    let chunks = GeminiChunks(answer, fault: fault)
    let blank = [UInt8](repeating: UInt8(ascii: "\n"), count: fault.comments)
    guard streams, !asEvents else { return blank + chunks.whole(fault) }
    let events = (0..<chunks.count).flatMap { chunks.content($0) } + chunks.closing(fault)
    var bytes = blank + [UInt8(ascii: "[")]
    for (index, event) in events.enumerated() {
      if index > 0 { bytes += Array("\r\n,\r\n".utf8) }
      bytes += event.data
    }
    return bytes + [UInt8(ascii: "]")]
  }

  private static func invalid(_ message: String) -> ChatProblem {
    ChatProblem(body: MockErrorBody(status: 400, message: message))
  }

  private static func message(_ content: JSON, role: String) -> JSON {
    var parts: [JSON] = []
    for part in content["parts"]?.array ?? [] {
      if let text = part["text"], text.string != nil {
        // A signature that comes back says nothing.
        if text.string != "" || part["thoughtSignature"] == nil {
          parts.append(["type": "text", "text": text])
        }
      } else if let data = part["inlineData"] {
        let url = "data:\(data["mimeType"]?.string ?? "");base64,\(data["data"]?.string ?? "")"
        parts.append(["type": "image_url", "image_url": ["url": .string(url)]])
      }
    }
    return ["role": .string(role), "content": .array(parts)]
  }

  private static func addTools(of body: JSON, to chat: inout JSONObject) {
    let functions = (body["tools"]?.array ?? []).flatMap { $0["functionDeclarations"]?.array ?? [] }
    if functions.isEmpty { return }
    chat["tools"] = .array(
      functions.map { function in
        [
          "type": "function",
          "function": [
            "name": function["name"] ?? "tool",
            "parameters": function["parametersJsonSchema"] ?? function["parameters"] ?? [:],
          ],
        ]
      })
    let choice = body["toolConfig"]?["functionCallingConfig"]
    if choice?["mode"]?.string == "ANY" {
      let name = choice?["allowedFunctionNames"]?[0]
      chat["tool_choice"] = name.map { ["function": ["name": $0]] } ?? "required"
    }
  }
}
