import SheepCore

/// A reply's part of a session's line.
enum SessionReply {
  /// Adds a reply's members; what is unknown has none.
  static func write(_ reply: Reply, _ type: String, to object: inout JSONObject) {
    object["type"] = .string(type)
    object["model"] = .string(reply.model)
    object["profile"] = reply.profile.map { .string($0) } ?? .null
    if let served = reply.servedModel { object["served_model"] = .string(served) }
    object["text"] = .string(reply.text)
    if !reply.reasoning.isEmpty { object["reasoning"] = .string(reply.reasoning) }
    if !reply.state.isEmpty { object["state"] = .array(reply.state.map(json)) }
    object["finish_reason"] = .string(reply.finishReason.rawValue)
    if let usage = reply.usage { object["usage"] = json(usage) }
    if let cost = reply.cost { object["cost_usd"] = cost.json }
  }

  /// Reads a reply; `nil` when what it cannot do without is missing.
  static func read(_ json: JSON, time: Int) -> Reply? {
    guard let model = json["model"]?.string, let text = json["text"]?.string else { return nil }
    return Reply(
      model: model, profile: json["profile"]?.string, servedModel: json["served_model"]?.string, text: text,
      reasoning: json["reasoning"]?.string ?? "",
      state: (json["state"]?.array ?? []).compactMap { state($0) },
      // A reason that a newer version knows is a reason all the same.
      finishReason: json["finish_reason"]?.string.flatMap(FinishReason.init) ?? .other,
      usage: json["usage"].flatMap(usage),
      cost: json["cost_usd"]?.number.flatMap { Money(dollars: $0.text) }, time: time)
  }

  static func json(_ state: ProviderState) -> JSON {
    ["dialect": .string(state.dialect), "value": state.value]
  }

  static func state(_ json: JSON?) -> ProviderState? {
    guard let dialect = json?["dialect"]?.string, let value = json?["value"] else { return nil }
    return ProviderState(dialect: dialect, value: value)
  }

  private static let buckets: [(name: String, field: any WritableKeyPath<Usage, Int?> & Sendable)] = [
    ("input", \.input), ("cache_read", \.cacheRead), ("cache_write", \.cacheWrite),
    ("cache_write_hour", \.cacheWriteHour), ("output", \.output), ("reasoning", \.reasoning),
  ]

  private static func json(_ usage: Usage) -> JSON {
    var object = JSONObject()
    for bucket in buckets {
      if let count = usage[keyPath: bucket.field] { object[bucket.name] = .number(JSONNumber(count)) }
    }
    object["source"] = .string(usage.source.rawValue)
    return .object(object)
  }

  private static func usage(_ json: JSON) -> Usage? {
    guard json.object != nil else { return nil }
    var usage = Usage(source: json["source"]?.string.flatMap(Usage.Source.init) ?? .partial)
    for bucket in buckets { usage[keyPath: bucket.field] = json[bucket.name]?.count }
    return usage
  }
}
