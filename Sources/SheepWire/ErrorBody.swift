import SheepCore

/// What an error body says, in whichever of the shapes that servers use.
///
/// The shapes are listed in docs/dialects/openai.md; none is tied to a status.
struct ErrorBody: Equatable {
  /// The server's own words, with the cause it nests inside; sanitized, without a full stop.
  var message: String?
  /// `type`, or Gemini's `status`.
  var type: String?
  /// `code` as text, whether the server wrote a text or a number.
  var code: String?
  /// The request's field that is meant.
  var parameter: String?
  /// An HTTP status written inside the body, 400 to 599.
  var status: Int?
  var requestID: String?
  /// How long the body asks to wait (Gemini's `RetryInfo`).
  var retryDelay: Duration?
  /// Further words that name the cause (Gemini's `reason` and `quotaId`, Azure's inner code, OpenRouter's
  /// `limit_source`).
  var reasons: [String] = []

  /// Reads a body of JSON; `nil` when it holds nothing that could be an error.
  init?(json: JSON) {
    let root = json.array?.first ?? json
    requestID = root["request_id"]?.string.map { ErrorText.sanitized($0, limit: 128) }
    switch root["error"] {
    case .object(let object) where !object.members.isEmpty:
      read(.object(object))
      status = status ?? Self.status(root["status_code"])
    case .string(let text):
      message = text
      read(root)
    default:
      guard root["message"]?.string != nil || root["detail"] != nil || root["errors"] != nil else {
        return nil
      }
      read(root)
    }
    message = message.map(Self.shortened).flatMap { $0.isEmpty ? nil : $0 }
    if message == nil, code == nil, type == nil { return nil }
  }

  /// Reads a body's bytes: JSON, the title of an HTML page, or plain text. `nil` when empty.
  init?(bytes: [UInt8]) {
    if let json = try? JSON.parse(bytes), let body = ErrorBody(json: json) {
      self = body
      return
    }
    let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
    message = Self.isPage(bytes) ? Self.page(bytes) : Self.shortened(text)
    if message?.isEmpty ?? true { return nil }
  }

  private mutating func read(_ object: JSON) {
    message = message ?? object["message"]?.string ?? Self.detail(object["detail"])
    type = Self.word(object["type"]) ?? Self.word(object["status"])
    code = Self.word(object["code"])
    // LiteLLM writes Python's `None` as a text.
    parameter = Self.word(object["param"]).flatMap { $0 == "None" ? nil : $0 }
    status = Self.status(object["status_code"]) ?? Self.status(object["code"])
    for detail in object["details"]?.array ?? [] {
      if let reason = Self.word(detail["reason"]) { reasons.append(reason) }
      if let delay = detail["retryDelay"]?.string { retryDelay = WireDuration.parse(delay) }
      for violation in detail["violations"]?.array ?? [] {
        if let quota = Self.word(violation["quotaId"]) { reasons.append(quota) }
      }
    }
    for inner in [
      object["details"]?["error_code"], object["innererror"]?["code"], object["metadata"]?["limit_source"],
    ] {
      if let word = Self.word(inner) { reasons.append(word) }
    }
    if let cause = Self.cause(object["metadata"]?["raw"]) {
      message = message.map { Self.shortened($0) + ": " + cause } ?? cause
    }
  }

  /// What the upstream provider said: OpenRouter's own message is only "Provider returned
  /// error". The cause is a text, or JSON in a text.
  private static func cause(_ raw: JSON?) -> String? {
    guard let raw else { return nil }
    let json = raw.string.flatMap { try? JSON.parse(text: $0) } ?? raw
    if json.object != nil || json.array != nil { return ErrorBody(json: json)?.message }
    return raw.string.map(shortened)
  }

  /// `detail` is a text (Mistral), a list of `{loc, msg}` (FastAPI) or an object.
  private static func detail(_ json: JSON?) -> String? {
    guard let list = json?.array else { return json?.string ?? json?["message"]?.string }
    let clauses = list.prefix(3).compactMap { item -> String? in
      guard let problem = item["msg"]?.string else { return item.string }
      let place = (item["loc"]?.array ?? []).compactMap { $0.string ?? $0.number?.text }
      return place.isEmpty ? problem : place.joined(separator: ".") + ": " + problem
    }
    return clauses.isEmpty ? nil : clauses.joined(separator: ", ")
  }

  private static func word(_ json: JSON?) -> String? {
    let text = json?.string ?? json?.number?.text
    return text.map { ErrorText.sanitized($0, limit: 128) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func status(_ json: JSON?) -> Int? {
    json?.count.flatMap { (400...599).contains($0) ? $0 : nil }
  }

  /// One line without its full stop, and without the paragraph on fallbacks that a LiteLLM
  /// proxy adds to every message.
  private static func shortened(_ text: String) -> String {
    var text = text
    for tail in ["Received Model Group=", "Available Model Group Fallbacks"] {
      if let start = firstIndex(of: tail, in: text) { text = String(text[..<start]) }
    }
    text = ErrorText.sanitized(text)
    while text.last == "." { text.removeLast() }
    return text
  }

  private static func firstIndex(of needle: String, in text: String) -> String.Index? {
    var rest = text[...]
    while let start = rest.firstIndex(where: { $0 == needle.first }) {
      if rest[start...].hasPrefix(needle) { return start }
      rest = rest[rest.index(after: start)...]
    }
    return nil
  }

  private static func isPage(_ bytes: [UInt8]) -> Bool {
    bytes.first { $0 > 0x20 && $0 != 0xef && $0 != 0xbb && $0 != 0xbf } == 0x3c
  }

  /// `an HTML page ('502 Bad Gateway')`
  private static func page(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
    let lower = String(
      decoding: bytes.prefix(4096).map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    guard let open = firstIndex(of: "<title>", in: lower) else { return "an HTML page" }
    // Lowering ASCII letters keeps every offset.
    let start = text.utf8.index(
      text.utf8.startIndex, offsetBy: lower.utf8.distance(from: lower.startIndex, to: open) + 7)
    let title = ErrorText.sanitized(String(text[start...].prefix { $0 != "<" }), limit: 80)
    return title.isEmpty ? "an HTML page" : "an HTML page ('\(title)')"
  }
}
