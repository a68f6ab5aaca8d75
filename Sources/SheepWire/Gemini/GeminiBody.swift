import SheepCore

/// Says a request in this dialect's JSON.
enum GeminiBody {
  /// The body of a request.
  /// - Throws: `usage` for what the dialect cannot say, and for an extra field that cannot be
  ///   placed.
  static func json(_ request: Request) throws(Failure) -> JSON {
    var contents: [JSON] = []
    var system: [JSON] = []
    for message in request.messages {
      let parts = try parts(of: message)
      switch message.role {
      case .system: system += parts
      case .user: contents.append(["role": "user", "parts": .array(parts)])
      case .assistant: contents.append(["role": "model", "parts": .array(parts)])
      }
    }
    var body = JSONObject()
    body["contents"] = .array(contents)
    if !system.isEmpty { body["systemInstruction"] = ["parts": .array(system)] }
    if !request.tools.isEmpty {
      body["tools"] = [["functionDeclarations": .array(request.tools.map(json))]]
    }
    if let choice = request.toolChoice {
      body["toolConfig"] = ["functionCallingConfig": json(choice)]
    }
    let settings = settings(request)
    if !settings.members.isEmpty { body["generationConfig"] = .object(settings) }
    try ExtraFields.merge(request.extraFields, into: &body)
    return .object(body)
  }

  /// A function without arguments has no schema: an object without properties is refused. There is
  /// no word for strictness.
  private static func json(_ tool: Tool) -> JSON {
    var function = JSONObject()
    function["name"] = .string(tool.name)
    if let text = tool.description { function["description"] = .string(text) }
    if let parameters = tool.parameters { function["parametersJsonSchema"] = parameters }
    return .object(function)
  }

  private static func json(_ choice: ToolChoice) -> JSON {
    switch choice {
    case .auto: ["mode": "AUTO"]
    case .none: ["mode": "NONE"]
    case .required: ["mode": "ANY"]
    case .tool(let name): ["mode": "ANY", "allowedFunctionNames": [.string(name)]]
    }
  }

  private static func settings(_ request: Request) -> JSONObject {
    var settings = JSONObject()
    if let temperature = request.temperature { settings["temperature"] = .number(temperature) }
    if let topP = request.topP { settings["topP"] = .number(topP) }
    if let limit = request.maxTokens { settings["maxOutputTokens"] = .number(JSONNumber(limit)) }
    if !request.stop.isEmpty { settings["stopSequences"] = .array(request.stop.map(JSON.string)) }
    if let seed = request.seed { settings["seed"] = .number(JSONNumber(seed)) }
    if let schema = request.schema {
      settings["responseMimeType"] = "application/json"
      settings["responseJsonSchema"] = schema
    }
    if let effort = request.reasoningEffort {
      settings["thinkingConfig"] = GeminiThinking.json(effort, model: request.model)
    }
    return settings
  }

  private static func parts(of message: Message) throws(Failure) -> [JSON] {
    var parts: [JSON] = []
    for part in message.parts {
      switch part {
      case .text(let text): parts.append(["text": .string(text)])
      case .state(let state):
        if state.dialect == "gemini", message.role == .assistant { parts.append(state.value) }
      case .image(let bytes, let mediaType):
        guard message.role == .user else {
          throw Failure(
            .usage, "the prompt",
            "has an image or document in a message of role \(message.role.rawValue)",
            advice: "put it into a user message")
        }
        parts.append([
          "inlineData": ["mimeType": .string(mediaType), "data": .string(Base64.encode(bytes))]
        ])
      }
    }
    return parts
  }
}

/// How much a model is to think, in the words of its generation.
///
/// Gemini 2.5 takes a budget of tokens, later generations a level (ai.google.dev, thinking
/// guide, 2026); each refuses the other's field. The budgets are those that Google's own
/// OpenAI-compatible endpoint stands for the words.
enum GeminiThinking {
  private static let budgets: [(word: String, tokens: Int)] = [
    ("none", 0), ("auto", -1), ("minimal", 1_024), ("low", 1_024), ("medium", 8_192), ("high", 24_576),
  ]

  /// The `thinkingConfig` for an effort: a word, or a number of tokens.
  static func json(_ effort: String, model: String) -> JSON {
    var config = JSONObject()
    let word = effort.lowercased()
    let number = JSONNumber(text: effort)?.integer
    let budget = number ?? budgets.first { $0.word == word }.map { Int64($0.tokens) }
    let isByBudget = number != nil || word == "none" || word == "auto" || takesBudget(model)
    if isByBudget, let budget {
      config["thinkingBudget"] = .number(JSONNumber(budget))
    } else {
      config["thinkingLevel"] = .string(effort.uppercased())
    }
    if budget != 0 { config["includeThoughts"] = true }
    return .object(config)
  }

  /// Whether a model is of the generation with budgets: its name says `gemini-2`.
  private static func takesBudget(_ model: String) -> Bool { model.mentions("gemini-2") }
}
