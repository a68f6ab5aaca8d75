import SheepCore
import SheepListener

/// Anthropic's endpoints: messages, the count of tokens, and the list of models where the version
/// is named that only this interface asks for.
extension MessagesDialect {
  static let keyHeader: String? = "x-api-key"
  static let requestIDHeader = "request-id"

  static func route(_ head: RequestHead, _ steps: [String]) -> Route? {
    switch steps.last {
    case "messages": return .asks(MessagesDialect())
    case "count_tokens" where steps.dropLast().last == "messages":
      return .posts(Self.self) { (exchange, _) throws(ChatProblem) in
        try MessagesDialect().check(exchange)
        let (body, model) = try exchange.asked()
        return Array(try tokenCount(body, model: model).serialized().utf8)
      }
    default: break
    }
    if head.headers["anthropic-version"] == nil { return nil }
    if steps.last == "models" { return .gets(Self.self) { models(head) } }
    return Route.modelName(steps).map { id in
      .gets(Self.self) { () throws(ChatProblem) in entry(try MockModel.required(id)) }
    }
  }

  static func document(of error: MockErrorBody) -> JSON { error.anthropic }

  /// - Throws: when a request does not name the version of the interface.
  func check(_ exchange: MockExchange) throws(ChatProblem) {
    if exchange.head.headers["anthropic-version"] != nil { return }
    throw ChatProblem(body: MockErrorBody(status: 400, message: "anthropic-version: header is required"))
  }

  /// The prompt's tokens as an answer would report them.
  private static func tokenCount(_ body: JSON, model: String) throws(ChatProblem) -> JSON {
    var object = body.object ?? JSONObject()
    object["max_tokens"] = .number(JSONNumber(MockAnswer.mostTokens))
    let call = try ChatCall(try MessagesDialect().chatBody(of: .object(object)), model: model)
    return ["input_tokens": .number(JSONNumber(call.promptTokens))]
  }

  /// One page of the model list, in this dialect's form.
  private static func models(_ head: RequestHead) -> JSON {
    let limit = head.query("limit").flatMap { Int($0) }.map { max(1, min($0, 1_000)) } ?? 20
    var rest = MockModel.all[...]
    if let last = head.query("after_id") {
      rest = rest.drop { $0.id != last }.dropFirst()
    }
    let page = rest.prefix(limit)
    return [
      "data": .array(page.map(entry)), "has_more": .bool(page.count < rest.count),
      "first_id": page.first.map { .string($0.id) } ?? .null,
      "last_id": page.last.map { .string($0.id) } ?? .null,
    ]
  }

  /// One model, in this dialect's form.
  private static func entry(_ model: MockModel) -> JSON {
    [
      "type": "model", "id": .string(model.id), "display_name": .string(model.id),
      "created_at": "2025-01-01T00:00:00Z", "max_input_tokens": .number(JSONNumber(model.context)),
    ]
  }
}

extension RequestHead {
  /// The value of a member of the query, as it was sent; `nil` without one.
  func query(_ name: String) -> String? {
    guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
    for pair in target.utf8[target.utf8.index(after: mark)...].split(separator: UInt8(ascii: "&")) {
      let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      if sides.count == 2, sides[0].elementsEqual(name.utf8) {
        return String(decoding: sides[1], as: UTF8.self)
      }
    }
    return nil
  }
}
