/// The places that the gateway serves.
enum Route: Equatable {
  case chat
  case responses
  /// Anthropic's.
  case messages
  case countTokens
  /// A model's answer in the Gemini dialect; `streams` where the path says so.
  case gemini(model: String, streams: Bool)
  case embeddings
  case geminiEmbeddings(model: String)
  case models
  case model(String)

  /// The route of a path, under any prefix, with or without `/v1`.
  init?(path: String) {
    var steps = path.utf8.split(separator: 0x2f).map { String(decoding: $0, as: UTF8.self) }
    if let route = Self.gemini(steps) {
      self = route
      return
    }
    guard let last = steps.popLast() else { return nil }
    if last == "completions", steps.last == "chat" {
      self = .chat
    } else if last == "responses" {
      self = .responses
    } else if last == "messages" {
      self = .messages
    } else if last == "count_tokens", steps.last == "messages" {
      self = .countTokens
    } else if last == "embeddings" {
      self = .embeddings
    } else if last == "models" {
      self = .models
    } else if let place = steps.lastIndex(of: "models") {
      self = .model((steps[(place + 1)...] + [last]).joined(separator: "/"))
    } else {
      return nil
    }
  }

  /// `models/MODEL:METHOD`, `tunedModels/MODEL:METHOD` and `models/MODEL/generate`, the model
  /// percent-encoded.
  private static func gemini(_ steps: [String]) -> Route? {
    guard let place = steps.firstIndex(where: { $0 == "models" || $0 == "tunedModels" }),
      place + 1 < steps.count
    else { return nil }
    let name = Array(steps[(place + 1)...].joined(separator: "/").utf8)
    let mark = name.lastIndex(of: 0x3a) ?? name.lastIndex(of: 0x2f) ?? name.endIndex
    guard mark < name.endIndex else { return nil }
    let model = decoded(name[..<mark])
    switch String(decoding: name[mark...], as: UTF8.self) {
    case ":generateContent", "/generate": return .gemini(model: model, streams: false)
    case ":streamGenerateContent": return .gemini(model: model, streams: true)
    case ":batchEmbedContents": return .geminiEmbeddings(model: model)
    default: return nil
    }
  }

  /// The bytes that percent-encoding stands for.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == 0x25, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        result.append(value)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The model that the path names to be asked; `nil` where the body does.
  var model: String? {
    switch self {
    case .gemini(let model, _), .geminiEmbeddings(let model): model
    default: nil
    }
  }

  /// The methods that it takes.
  var methods: [String] {
    switch self {
    case .models, .model: ["GET", "HEAD", "OPTIONS"]
    default: ["POST", "OPTIONS"]
    }
  }

  /// The form of its errors.
  var errorShape: ErrorShape {
    switch self {
    case .gemini, .geminiEmbeddings: .gemini
    case .messages, .countTokens: .anthropic
    default: .openai
    }
  }
}
