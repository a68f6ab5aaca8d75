import SheepCore

/// A chat-completions request as far as the gateway understands it.
struct ChatCall {
  /// What the answer has to be.
  enum Kind: Equatable {
    case text
    /// `response_format` json_object, or json_schema with its schema.
    case json(schema: JSON?)
    /// A call of a tool: its name and the schema of its arguments.
    case tool(name: String, parameters: JSON?)
  }

  /// The model as it was asked for, without a fault behind it.
  var model: String
  var isStreamed: Bool
  var includesUsage: Bool
  /// The most tokens of the answer, reasoning included.
  var tokenLimit: Int?
  var stops: [String]
  var kind: Kind
  /// Whether the request asks for reasoning, which models that have none then make up.
  var wantsReasoning: Bool
  var isKorean: Bool
  var promptTokens: Int
  /// Names the prompt, for an answer that is the same each time.
  var promptHash: UInt64

  /// Reads the body.
  /// - Throws: an `MockErrorBody` with status 400 in OpenAI's words.
  init(_ body: JSON, model: String) throws(ChatProblem) {
    self.model = model
    guard let messages = body["messages"]?.array else {
      throw Self.invalid("Missing required parameter: 'messages'.", "messages")
    }
    guard !messages.isEmpty else {
      throw Self.invalid("'messages' must have at least one element.", "messages")
    }
    guard messages.allSatisfy({ $0.object != nil && $0["role"]?.string != nil }) else {
      throw Self.invalid("Each of 'messages' must be an object with a role.", "messages")
    }
    isStreamed = body["stream"]?.bool ?? false
    includesUsage = body["stream_options"]?["include_usage"]?.bool ?? false
    let newName = try Self.limit(body, "max_completion_tokens")
    let oldName = try Self.limit(body, "max_tokens")
    tokenLimit = newName ?? oldName
    stops =
      body["stop"]?.string.map { [$0] } ?? body["stop"]?.array?.compactMap(\.string) ?? []
    stops.removeAll { $0.utf8.isEmpty }
    let thinking = body["thinking"]?["type"]?.string
    wantsReasoning = thinking == "enabled" || thinking == "adaptive"
    kind = Self.kind(of: body, lastRole: messages.last?["role"]?.string)
    var prompt = Prompt()
    for message in messages { prompt.add(message) }
    isKorean = prompt.isKorean
    promptTokens = prompt.tokens + 3
    var hash = prompt.hash
    if let seed = body["seed"]?.number { hash.add(seed.text.utf8) }
    promptHash = hash.value
  }

  private static func invalid(_ message: String, _ param: String) -> ChatProblem {
    ChatProblem(body: MockErrorBody(status: 400, message: message, param: param))
  }

  private static func limit(_ body: JSON, _ name: String) throws(ChatProblem) -> Int? {
    guard let value = body[name] else { return nil }
    guard case .number(let number) = value, let limit = number.integer, limit > 0 else {
      throw invalid("'\(name)' must be a positive integer.", name)
    }
    return Int(exactly: limit)
  }

  private static func kind(of body: JSON, lastRole: String?) -> Kind {
    let tools = body["tools"]?.array ?? []
    let choice = body["tool_choice"]
    let wanted = choice?["function"]?["name"]?.string
    if choice?.string == "required" || wanted != nil, lastRole != "tool" {
      let functions = tools.compactMap { $0["function"] }
      if let tool = functions.first(where: { wanted == nil || $0["name"]?.string == wanted }) {
        return .tool(name: tool["name"]?.string ?? "tool", parameters: tool["parameters"])
      }
    }
    let format = body["response_format"]
    switch format?["type"]?.string {
    // llama.cpp takes the schema directly beside the type.
    case "json_schema": return .json(schema: format?["json_schema"]?["schema"] ?? format?["schema"])
    case "json_object": return .json(schema: format?["schema"])
    default: return .text
    }
  }
}

/// A request that is answered with an error.
struct ChatProblem: Error {
  var body: MockErrorBody
  /// Further header fields of the answer.
  var headers = HTTPHeaders()
}

/// What is gathered from the messages.
private struct Prompt {
  var tokens = 0
  var hash = ContentHash()
  /// Whether the last message with text is in Korean.
  var isKorean = false

  mutating func add(_ message: JSON) {
    tokens += 4
    hash.add((message["role"]?.string ?? "").utf8)
    switch message["content"] {
    case .string(let text)?: add(text)
    case .array(let parts)?:
      for part in parts {
        if let text = part["text"]?.string {
          add(text)
        } else {
          // Images, sound and files: a fixed price, but their bytes decide the answer.
          tokens += 85
          hash.add(part.serialized().utf8)
        }
      }
    default: break
    }
    if let calls = message["tool_calls"] { tokens += TokenRule.count(calls.serialized().utf8) }
  }

  private mutating func add(_ text: String) {
    tokens += TokenRule.count(text.utf8)
    hash.add(text.utf8)
    if !text.utf8.isEmpty { isKorean = TextGenerator.isKorean(text) }
  }
}
