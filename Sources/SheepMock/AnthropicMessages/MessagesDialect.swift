import SheepCore

/// Anthropic's Messages.
struct MessagesDialect: MockDialect {
  func chatBody(of body: JSON) throws(ChatProblem) -> JSON {
    guard let messages = body["messages"]?.array else {
      throw Self.invalid("messages: Field required")
    }
    guard !messages.isEmpty else { throw Self.invalid("messages: at least one message is required") }
    for (place, message) in messages.enumerated() { try Self.check(message, at: place) }
    guard let limit = try Self.number(body["max_tokens"], "max_tokens", least: 1) else {
      throw Self.invalid("max_tokens: Field required")
    }
    try Self.checkThinking(body["thinking"], limit: limit)
    var chat = JSONObject()
    let system = body["system"].map { [["role": "system", "content": $0] as JSON] } ?? []
    chat["messages"] = .array(system + messages.map(Self.message))
    chat["stream"] = body["stream"] ?? false
    chat["max_tokens"] = body["max_tokens"]
    if let stops = body["stop_sequences"] { chat["stop"] = stops }
    if let thinking = body["thinking"] { chat["thinking"] = thinking }
    if let format = body["output_config"]?["format"], let schema = format["schema"] {
      chat["response_format"] = ["type": "json_schema", "json_schema": ["schema": schema]]
    }
    Self.addTools(of: body, to: &chat)
    return .object(chat)
  }

  func chunks(_ answer: MockAnswer, fault: MockFault, call: ChatCall) -> any AnswerChunks {
    MessagesChunks(answer, fault: fault)
  }

  func document(_ answer: MockAnswer, fault: MockFault) -> [UInt8] {
    MessagesParts(answer, fault: fault).document
  }

  // MARK: What is refused

  private static func invalid(_ message: String) -> ChatProblem {
    ChatProblem(body: MockErrorBody(status: 400, message: message))
  }

  private static func check(_ message: JSON, at place: Int) throws(ChatProblem) {
    let role = message["role"]?.string
    guard role == "user" || role == "assistant" else {
      throw invalid("messages.\(place).role: Input should be 'user' or 'assistant'")
    }
    let blocks = message["content"]?.array ?? []
    guard message["content"]?.string?.utf8.isEmpty == false || !blocks.isEmpty else {
      throw invalid("messages.\(place): messages must have non-empty content")
    }
    for block in blocks {
      guard let type = block["type"]?.string else {
        throw invalid("messages.\(place).content: each block must have a type")
      }
      if type == "text", block["text"]?.string?.utf8.isEmpty ?? true {
        throw invalid("messages: text content blocks must be non-empty")
      }
      if type == "thinking", block["signature"]?.string?.utf8.isEmpty ?? true {
        throw invalid("messages.\(place).content: thinking.signature: Field required")
      }
    }
  }

  private static func checkThinking(_ thinking: JSON?, limit: Int) throws(ChatProblem) {
    guard thinking?["type"]?.string == "enabled" else { return }
    let name = "thinking.enabled.budget_tokens"
    guard let budget = try number(thinking?["budget_tokens"], name, least: 1_024) else {
      throw invalid("\(name): Field required")
    }
    if budget >= limit {
      throw invalid("`max_tokens` must be greater than `thinking.budget_tokens`.")
    }
  }

  private static func number(_ value: JSON?, _ name: String, least: Int64) throws(ChatProblem) -> Int? {
    guard let value else { return nil }
    guard case .number(let number) = value, let count = number.integer, count >= least else {
      throw invalid("\(name): Input should be a whole number of at least \(least)")
    }
    return Int(exactly: count)
  }

  // MARK: What is understood

  /// A turn without the thinking that came back with it, which is not read again.
  private static func message(_ message: JSON) -> JSON {
    guard let blocks = message["content"]?.array else { return message }
    let parts = blocks.filter { $0["type"]?.string?.mentions("thinking") != true }
    return ["role": message["role"] ?? "user", "content": .array(parts)]
  }

  private static func addTools(of body: JSON, to chat: inout JSONObject) {
    let tools = body["tools"]?.array ?? []
    if tools.isEmpty { return }
    chat["tools"] = .array(
      tools.map { tool in
        [
          "type": "function",
          "function": ["name": tool["name"] ?? "tool", "parameters": tool["input_schema"] ?? [:]],
        ]
      })
    let last = body["messages"]?.array?.last?["content"]?.array ?? []
    if last.contains(where: { $0["type"]?.string == "tool_result" }) { return }
    switch body["tool_choice"]?["type"]?.string {
    case "any": chat["tool_choice"] = "required"
    case "tool":
      chat["tool_choice"] = ["function": ["name": body["tool_choice"]?["name"] ?? "tool"]]
    default: break
    }
  }
}
