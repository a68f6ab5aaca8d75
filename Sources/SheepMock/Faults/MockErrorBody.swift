import SheepCore
import SheepListener

/// The forms in which gateways write an error into a body.
package enum ErrorShape: String, Sendable, CaseIterable {
  /// `{"error":{"message","type","param","code"}}`.
  case openai
  /// `{"type":"error","error":{"type","message"},"request_id"}`.
  case anthropic
  /// `{"error":{"code","message","status"}}`.
  case gemini
  /// The same inside an array of one.
  case geminiArray = "gemini-array"
  /// `{"error":"text"}`.
  case text = "string"
  /// `{"detail":"text"}`.
  case detail
  /// `{"detail":[{"loc","msg","type"}]}`.
  case detailList = "detail-list"
  /// `{"message":"text"}`.
  case message
  /// OpenRouter's: a numeric code, the cause in `metadata.raw`.
  case openrouter
  /// A page, as proxies send it.
  case html
  /// Plain text.
  case plain
  /// No body at all.
  case empty
}

/// What an error says, before it takes one of the forms.
struct MockErrorBody: Equatable, Sendable {
  var status: Int
  var message: String
  var type: String
  var code: String?
  var param: String?

  /// An error of a status, with the words that OpenAI's API uses for it where none are given.
  init(
    status: Int, message: String? = nil, type: String? = nil, code: String? = nil,
    param: String? = nil
  ) {
    let usual = Self.usual(status)
    self.status = status
    self.message = message ?? usual.message
    self.type = type ?? usual.type
    self.code = code ?? usual.code
    self.param = param
  }

  /// What OpenAI says to a status.
  static func usual(_ status: Int) -> (message: String, type: String, code: String?) {
    switch status {
    case 401: ("Incorrect API key provided.", "invalid_request_error", "invalid_api_key")
    case 402: ("Insufficient balance.", "billing_error", "insufficient_balance")
    case 403: ("The key may not use this model.", "permission_error", "permission_denied")
    case 404: ("The requested resource does not exist.", "invalid_request_error", nil)
    case 408: ("The request timed out.", "timeout_error", nil)
    case 429: ("Rate limit reached; slow down.", "requests", "rate_limit_exceeded")
    case 503: ("The model is overloaded; try again later.", "server_error", nil)
    case 529: ("Overloaded.", "overloaded_error", nil)
    case 500...: ("The server had an error.", "server_error", nil)
    default: ("The request is invalid.", "invalid_request_error", nil)
    }
  }

  /// The error as a JSON value of OpenAI's form.
  var openAI: JSON {
    [
      "error": [
        "message": .string(message), "type": .string(type), "param": param.map { .string($0) } ?? nil,
        "code": code.map { .string($0) } ?? nil,
      ]
    ]
  }

  /// The body and its content type in the dialect's own form.
  func rendered(_ dialect: any MockDialect.Type) -> (bytes: [UInt8], contentType: String) {
    (Array(dialect.document(of: self).serialized().utf8), "application/json")
  }

  /// The body and its content type in one of the forms.
  func rendered(_ shape: ErrorShape) -> (bytes: [UInt8], contentType: String) {
    switch shape {
    case .html:
      let title = "\(status) \(ResponseHead.reason(status))"
      let page =
        "<html>\r\n<head><title>\(title)</title></head>\r\n<body>\r\n<center><h1>\(title)"
        + "</h1></center>\r\n<p>\(message)</p>\r\n<hr><center>mock</center>\r\n</body>\r\n</html>\r\n"
      return (Array(page.utf8), "text/html")
    case .plain: return (Array((message + "\n").utf8), "text/plain")
    case .empty: return ([], "text/plain")
    default: return (Array(document(shape).serialized().utf8), "application/json")
    }
  }

  private func document(_ shape: ErrorShape) -> JSON {
    let text = JSON.string(message)
    switch shape {
    case .anthropic: return anthropic
    case .gemini: return gemini
    case .geminiArray: return [gemini]
    case .text: return ["error": text]
    case .detail: return ["detail": text]
    case .detailList:
      return ["detail": [["loc": ["body", "messages"], "msg": text, "type": .string(type)]]]
    case .message: return ["message": text]
    case .openrouter:
      return [
        "error": [
          "message": "Provider returned error", "code": .number(JSONNumber(status)),
          "metadata": ["provider_name": "Mock", "raw": text],
        ]
      ]
    case .openai, .html, .plain, .empty: return openAI
    }
  }
}
