import SheepCore

/// Says a request in this dialect's JSON.
enum AnthropicBody {
  /// The token limit where neither the user nor a catalogue names one; the field is required.
  static let usualLimit = 4_096
  /// The most tokens of an answer that is not streamed: beyond it the vendor's own client
  /// refuses, since making them takes longer than the ten minutes that connections last
  /// (anthropic-sdk-python, `_base_client.py`, 2026).
  static let wholeLimit = 21_333

  /// The body of a request.
  /// - Throws: `usage` for what the dialect cannot say, and for an extra field that cannot be
  ///   placed.
  static func json(_ request: Request, quirks: Quirks) throws(Failure) -> JSON {
    let thinking = try AnthropicThinking(request, form: quirks.thinking)
    var body = JSONObject()
    body["model"] = .string(request.model)
    body["max_tokens"] = .number(JSONNumber(try limit(request, thinking)))
    let system = system(request.messages)
    if !system.isEmpty { body["system"] = .string(system) }
    body["messages"] = .array(try AnthropicTurns.json(request.messages))
    if let temperature = request.temperature { body["temperature"] = .number(temperature) }
    if let topP = request.topP { body["top_p"] = .number(topP) }
    if !request.stop.isEmpty { body["stop_sequences"] = .array(request.stop.map(JSON.string)) }
    if !request.tools.isEmpty { body["tools"] = .array(request.tools.map(json)) }
    if let choice = request.toolChoice { body["tool_choice"] = json(choice) }
    if let field = thinking.field { body["thinking"] = field }
    var output = JSONObject()
    if let effort = thinking.effort { output["effort"] = .string(effort) }
    if let schema = request.schema { output["format"] = ["type": "json_schema", "schema": schema] }
    if !output.members.isEmpty { body["output_config"] = .object(output) }
    body["stream"] = .bool(request.streams)
    try ExtraFields.merge(request.extraFields, into: &body)
    return .object(body)
  }

  /// The schema is always said: the interface requires one.
  private static func json(_ tool: Tool) -> JSON {
    var object = JSONObject()
    object["name"] = .string(tool.name)
    if let text = tool.description { object["description"] = .string(text) }
    object["input_schema"] = tool.parameters ?? ["type": "object", "properties": [:]]
    if let isStrict = tool.isStrict { object["strict"] = .bool(isStrict) }
    return .object(object)
  }

  private static func json(_ choice: ToolChoice) -> JSON {
    switch choice {
    case .auto: ["type": "auto"]
    case .none: ["type": "none"]
    case .required: ["type": "any"]
    case .tool(let name): ["type": "tool", "name": .string(name)]
    }
  }

  /// The limit on the answer's tokens, thinking included: the user's, else the model's own,
  /// else the usual one and what is to be thought on top.
  private static func limit(_ request: Request, _ thinking: AnthropicThinking) throws(Failure) -> Int {
    if let limit = request.maxTokens {
      guard request.streams || limit <= wholeLimit else {
        throw Failure(
          .usage, "--max-tokens", "\(limit) tokens are too many without streaming",
          advice: "omit --no-stream, or use at most \(wholeLimit)")
      }
      return limit
    }
    let limit = request.modelLimit ?? usualLimit + (thinking.budget ?? 0)
    return max(1, request.streams ? limit : min(limit, wholeLimit))
  }

  private static func system(_ messages: [Message]) -> String {
    var texts: [String] = []
    for message in messages where message.role == .system {
      for case .text(let text) in message.parts where !text.isEmpty { texts.append(text) }
    }
    return texts.joined(separator: "\n\n")
  }
}

/// The turns of a conversation, which must alternate and may not be empty.
private enum AnthropicTurns {
  private struct Turn {
    var role: Message.Role
    var texts: [String] = []
    var blocks: [JSON] = []
    /// Whether there is something besides text.
    var isMixed = false

    /// A plain text where it will do.
    var json: JSON {
      let content: JSON = isMixed ? .array(blocks) : .string(texts.joined(separator: "\n\n"))
      return ["role": .string(role.rawValue), "content": content]
    }
  }

  /// What images may be; the interface knows no other kind (types/base64_image_source_param.py).
  private static let imageTypes = ["image/jpeg", "image/png", "image/gif", "image/webp"]

  static func json(_ messages: [Message]) throws(Failure) -> [JSON] {
    var turns: [Turn] = []
    for message in messages where message.role != .system {
      // Equal neighbours are one turn.
      var turn = Turn(role: message.role)
      if let last = turns.last, last.role == message.role { turn = turns.removeLast() }
      for part in message.parts { try add(part, to: &turn) }
      // An empty turn is refused by the server; an answer that was cut can leave one behind.
      if !turn.blocks.isEmpty { turns.append(turn) }
    }
    guard !turns.isEmpty else {
      throw Failure(.usage, "the prompt", "has no text", advice: "write one")
    }
    return turns.map(\.json)
  }

  private static func add(_ part: Message.Part, to turn: inout Turn) throws(Failure) {
    switch part {
    case .text(let text):
      if text.isEmpty { return }
      turn.texts.append(text)
      turn.blocks.append(["type": "text", "text": .string(text)])
    case .state(let state):
      guard state.dialect == AnthropicMessages().name, turn.role == .assistant else { return }
      turn.isMixed = true
      turn.blocks.append(state.value)
    case .image(let bytes, let mediaType):
      guard turn.role == .user else {
        throw Failure(
          .usage, "the prompt",
          "has an image or document in a message of role \(turn.role.rawValue)",
          advice: "put it into a user message")
      }
      let isDocument = mediaType == Message.documentType
      guard isDocument || imageTypes.contains(mediaType) else {
        throw Failure(
          .usage, "the prompt",
          "has an image of the unsupported type \(ErrorText.sanitized(mediaType, limit: 60))",
          advice: "convert it to JPEG, PNG, GIF or WebP")
      }
      turn.isMixed = true
      turn.blocks.append([
        "type": isDocument ? "document" : "image",
        "source": [
          "type": "base64", "media_type": .string(mediaType), "data": .string(Base64.encode(bytes)),
        ],
      ])
    }
  }
}
