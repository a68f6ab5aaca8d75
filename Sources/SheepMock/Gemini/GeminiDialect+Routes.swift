import SheepCore
import SheepListener

/// Google's endpoints, where the model is a part of the path.
extension GeminiDialect {
  static let keyHeader: String? = "x-goog-api-key"

  /// `models/MODEL:METHOD`, `tunedModels/MODEL:METHOD` and `models/MODEL/generate`, the model
  /// percent-encoded.
  static func route(_ head: RequestHead, _ steps: [String]) -> Route? {
    guard let place = steps.firstIndex(where: { $0 == "models" || $0 == "tunedModels" }),
      place + 1 < steps.count
    else { return nil }
    let name = Array(steps[(place + 1)...].joined(separator: "/").utf8)
    let mark =
      name.lastIndex(of: UInt8(ascii: ":")) ?? name.lastIndex(of: UInt8(ascii: "/")) ?? name.endIndex
    guard mark < name.endIndex else { return nil }
    let model = decoded(name[..<mark])
    // The gateway's own address has one path for both, and streams where events are asked for.
    let asEvents = head.target.mentions("alt=sse")
    switch String(decoding: name[mark...], as: UTF8.self) {
    case ":generateContent", "/generate":
      return .asks(GeminiDialect(streams: asEvents, asEvents: asEvents), model: model)
    case ":streamGenerateContent":
      return .asks(GeminiDialect(streams: true, asEvents: asEvents), model: model)
    case ":batchEmbedContents":
      return MockEmbedding.route(Self.self, model: model, form: MockEmbedding.gemini)
    default: return nil
    }
  }

  /// Google answers a wrong key with 400.
  static func refusal(ofKey key: String?) -> MockErrorBody {
    if key != nil {
      return MockErrorBody(
        status: 400, message: "API key not valid. Please pass a valid API key.", code: "API_KEY_INVALID")
    }
    return MockErrorBody(
      status: 403,
      message: "Method doesn't allow unregistered callers. Please use API Key to call this API.")
  }

  static func document(of error: MockErrorBody) -> JSON { error.gemini }

  /// The bytes that percent-encoding stands for.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"),
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        result.append(value)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
