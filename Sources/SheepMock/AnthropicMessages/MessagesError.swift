import SheepCore

extension MockErrorBody {
  /// The error as a JSON value of Anthropic's form, with its own word for the status where no
  /// other was given; the spend limit's code has a place of its own.
  var anthropic: JSON {
    let usual =
      switch status {
      case 401: "authentication_error"
      case 402: "billing_error"
      case 403: "permission_error"
      case 404: "not_found_error"
      case 409: "conflict_error"
      case 413: "request_too_large"
      case 429: "rate_limit_error"
      case 504: "timeout_error"
      case 529: "overloaded_error"
      case 500...: "api_error"
      default: "invalid_request_error"
      }
    let word = type == Self.usual(status).type ? usual : type
    var error: JSONObject = JSONObject()
    error["type"] = .string(word)
    error["message"] = .string(message)
    if let code, code == "enforced_spend_limit_reached" { error["details"] = ["error_code": .string(code)] }
    return ["type": "error", "error": .object(error), "request_id": "req_mock"]
  }
}
