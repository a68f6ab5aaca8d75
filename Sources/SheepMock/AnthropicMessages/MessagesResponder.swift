import SheepCore

/// What is particular to Anthropic's endpoints.
extension Responder {
  /// Whether a request is meant for Anthropic's interface: by its place, or by the version that
  /// only this interface asks for.
  static func isAnthropic(_ head: RequestHead) -> Bool {
    switch Route(path: head.path) {
    case .messages, .countTokens: true
    case .models, .model: head.headers["anthropic-version"] != nil
    default: false
    }
  }

  /// - Throws: when a request does not name the version of the interface.
  static func checkVersion(_ exchange: Exchange) throws(ChatProblem) {
    if exchange.head.headers["anthropic-version"] != nil { return }
    throw ChatProblem(body: ErrorBody(status: 400, message: "anthropic-version: header is required"))
  }

  /// The prompt's tokens as an answer would report them.
  static func tokenCount(_ body: JSON, model: String) throws(ChatProblem) -> JSON {
    var object = body.object ?? JSONObject()
    object["max_tokens"] = .number(JSONNumber(ChatAnswer.mostTokens))
    let call = try ChatCall(try MessagesDialect().chatBody(of: .object(object)), model: model)
    return ["input_tokens": .number(JSONNumber(call.promptTokens))]
  }

  /// One page of the model list, in this dialect's form.
  static func messagesModels(_ head: RequestHead) -> JSON {
    let limit = head.query("limit").flatMap { Int($0) }.map { max(1, min($0, 1_000)) } ?? 20
    var models = MockModel.all[...]
    if let last = head.query("after_id") {
      models = models.drop { $0.id != last }.dropFirst()
    }
    let page = models.prefix(limit)
    return [
      "data": .array(page.map(messagesEntry)), "has_more": .bool(page.count < models.count),
      "first_id": page.first.map { .string($0.id) } ?? .null,
      "last_id": page.last.map { .string($0.id) } ?? .null,
    ]
  }

  /// One model, in this dialect's form.
  static func messagesEntry(_ model: MockModel) -> JSON {
    [
      "type": "model", "id": .string(model.id), "display_name": .string(model.id),
      "created_at": "2025-01-01T00:00:00Z", "max_input_tokens": .number(JSONNumber(model.context)),
    ]
  }
}

extension RequestHead {
  /// The value of a member of the query, as it was sent; `nil` without one.
  func query(_ name: String) -> String? {
    guard let mark = target.utf8.firstIndex(of: 0x3f) else { return nil }
    for pair in target.utf8[target.utf8.index(after: mark)...].split(separator: 0x26) {
      let sides = pair.split(separator: 0x3d, maxSplits: 1, omittingEmptySubsequences: false)
      if sides.count == 2, sides[0].elementsEqual(name.utf8) {
        return String(decoding: sides[1], as: UTF8.self)
      }
    }
    return nil
  }
}
