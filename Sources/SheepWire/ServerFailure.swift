package import SheepCore

/// What servers' errors mean, in every dialect, and what to do about them.
///
/// The status alone does not tell: servers answer a wrong key with 400, a prompt that is too
/// long with 429 and an empty account with either. So the body's own words are asked first.
package enum ServerFailure {
  /// The failure that a response with an error status stands for.
  static func of(head: HTTPHead, body bytes: [UInt8], request: FailedRequest) -> Failure {
    let body = ErrorBody(bytes: bytes)
    let words = Words(body)
    let kind = kind(status: head.status, body: body, words: words)
    let model = ErrorText.sanitized(request.model, limit: 128)
    let subject = kind == .model ? "model '\(model)'" : request.provider
    var failure = Failure(
      kind, subject, phrase(kind, provider: request.provider, status: head.status) + said(body),
      status: head.status)
    let hint = RetryHint(headers: head.headers, epochSeconds: request.epochSeconds)
    failure.retryAfter = hint.delay ?? body?.retryDelay ?? body?.message.flatMap(RetryHint.delay(inText:))
    failure.shouldRetry = hint.shouldRetry
    failure.requestID = requestID(head.headers) ?? body?.requestID
    failure.code = body?.code ?? body?.type
    failure.advice = advice(kind, status: head.status, body: body, words: words)
    return failure
  }

  /// The failure that an error inside a successful response stands for. Its status is the one
  /// that the error names, if it does: the response's own was 200.
  static func inside(_ body: ErrorBody) -> Failure {
    let words = Words(body)
    let kind = kind(status: body.status, body: body, words: words)
    var failure = Failure(
      kind, kind == .model ? "the model" : "the provider",
      phrase(kind, provider: "the provider", status: body.status) + said(body), status: body.status)
    failure.retryAfter = body.retryDelay ?? body.message.flatMap(RetryHint.delay(inText:))
    failure.requestID = body.requestID
    failure.code = body.code ?? body.type
    failure.advice = advice(kind, status: body.status, body: body, words: words)
    return failure
  }

  /// The same for the data of an event that is named `error`.
  static func inside(_ event: UnsafeRawBufferPointer) -> Failure {
    if let body = ErrorBody(bytes: Array(event)) { return inside(body) }
    return Failure(.server, "the provider", "reported an error without details")
  }

  /// The provider's id of a request, from the field that it uses for it; `nil` without one.
  package static func requestID(_ headers: HTTPHeaders) -> String? {
    let names = [
      "x-request-id", "request-id", "apim-request-id", "x-amzn-requestid", "x-goog-request-id", "cf-ray",
    ]
    let id = names.lazy.compactMap { headers[$0] }.first { !$0.isEmpty }
    return id.map { ErrorText.sanitized($0, limit: 128) }
  }

  // MARK: - Kind

  /// An error's words in lower case: codes by themselves, and the whole message.
  struct Words {
    let codes: [String]
    let message: String
    /// The request's field that is meant, as the server spells it.
    let parameter: String?

    init(_ body: ErrorBody?) {
      parameter = body?.parameter
      let all = [body?.code, body?.type].compactMap { $0 } + (body?.reasons ?? [])
      codes = all.map { $0.lowercased() }
      message = body?.message?.lowercased() ?? ""
    }

    /// Whether a code is one of these.
    func hasCode(_ names: String...) -> Bool { codes.contains { names.contains($0) } }

    /// Whether the message contains one of these.
    func says(_ phrases: String...) -> Bool { phrases.contains { message.mentions($0) } }

    var isAboutContext: Bool {
      hasCode("context_length_exceeded", "contextwindowexceedederror", "string_above_max_length")
        || says(
          "context length", "context window", "maximum context", "prompt is too long", "input is too long",
          "reduce the length", "exceeds the available context", "too large for model")
    }

    var isAboutKey: Bool {
      hasCode(
        "invalid_api_key", "api_key_invalid", "authentication_error", "unauthorized", "token_not_found_in_db")
        || says(
          "api key", "api-key", "api_key", "apikey", "no connected db", "authentication error",
          "unregistered callers", "invalid token", "unauthorized")
    }

    var isAboutQuota: Bool {
      hasCode(
        "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
        "project_spend_limit_exceeded", "organization_usage_limit_exceeded", "enforced_spend_limit_reached",
        "billing_not_active", "billing_hard_limit_reached", "billing_error", "insufficient_balance",
        "insufficient_credits", "budget_exceeded", "account_deactivated")
        // Gemini: `GenerateRequestsPerDayPerProjectPerModel-FreeTier`.
        || codes.contains { $0.mentions("perday") }
        || says(
          "insufficient balance", "insufficient credit", "credit balance is too low",
          "budget has been exceeded", "reached your specified api usage limits", "out of credits")
    }

    var isAboutModel: Bool {
      if hasCode(
        "model_not_found", "model_not_available", "model_not_supported", "key_model_access_denied",
        "deploymentnotfound")
      {
        return true
      }
      // “temperature does not exist for this model” is about another field.
      if let parameter, parameter != "model" { return false }
      return says("model", "deployment")
        && says(
          "not found", "not exist", "invalid model", "unknown model", "not a valid model", "no such model",
          "no healthy deployments",
          "does not have access to", "no longer available", "not allowed to access model")
    }

    var isAboutField: Bool {
      hasCode("unsupported_parameter", "unsupported_value", "unknown_parameter")
        || says(
          "unsupported parameter", "unsupported value", "unknown parameter", "unrecognized request argument")
    }

    var isAboutFilter: Bool {
      hasCode(
        "content_filter", "responsibleaipolicyviolation", "content_policy_violation", "contentfilter",
        "content_filter_error", "moderation_blocked")
        || says("blocked by content filtering policy")
    }

    var isRateLimit: Bool {
      hasCode(
        "rate_limit_exceeded", "rate_limit_error", "rate_limited", "slow_down", "resource_exhausted",
        "throttling_error", "openrouter_in_flight_budget")
    }
  }

  static func kind(status: Int?, body: ErrorBody?, words: Words) -> Failure.Kind {
    if words.isAboutFilter { return .filtered }
    if words.hasCode("openrouter_in_flight_budget") { return .rateLimit }
    if words.isAboutQuota { return .quota }
    switch status {
    case nil: return kind(words)
    case 401: return words.hasCode("key_model_access_denied") ? .model : .authentication
    case 402: return .quota
    case 403:
      if words.isAboutModel { return .model }
      return words.isAboutKey ? .authentication : .permission
    case 404: return words.isAboutModel || words.says("model") ? .model : .badRequest
    case 400, 413, 422, 429:
      if words.isAboutContext { return .badRequest }
      if status == 429 || words.isRateLimit { return .rateLimit }
      // “'max_tokens' is not supported with this model” is about the field.
      if words.isAboutModel, body?.parameter ?? "model" == "model", !words.isAboutField { return .model }
      return words.isAboutKey ? .authentication : .badRequest
    // Anthropic's conflicts do not go away by themselves.
    case 409 where words.hasCode("conflict_error"): return .badRequest
    case 408, 409, 425: return .server
    case 503, 529: return .overloaded
    case let status? where status >= 500: return .server
    default: return .badRequest
    }
  }

  /// Without a status only the words are left.
  private static func kind(_ words: Words) -> Failure.Kind {
    if words.isAboutContext { return .badRequest }
    if words.isRateLimit { return .rateLimit }
    if words.hasCode("overloaded_error", "overloaded", "service_unavailable", "unavailable") {
      return .overloaded
    }
    if words.hasCode("permission_error", "permission_denied") {
      return words.isAboutKey ? .authentication : .permission
    }
    if words.isAboutKey { return .authentication }
    if words.hasCode("model_not_found") { return .model }
    if words.hasCode("not_found_error") { return words.says("model") ? .model : .badRequest }
    if words.hasCode("request_too_large", "conflict_error") { return .badRequest }
    if words.hasCode("invalid_api_key", "authentication_error") { return .authentication }
    if words.hasCode("invalid_request_error", "invalid_argument", "badrequesterror") { return .badRequest }
    return .server
  }

  // MARK: - Words

  private static func phrase(_ kind: Failure.Kind, provider: String, status: Int?) -> String {
    let number = status.map { " (\($0))" } ?? ""
    switch kind {
    case .authentication: return "the key was not accepted" + number
    case .permission: return "the key is not allowed to do this" + number
    case .rateLimit: return "too many requests or tokens" + number
    case .quota: return "the quota or credit is used up" + number
    case .model: return "is not available at \(provider)" + number
    case .overloaded: return "is overloaded" + number
    case .filtered: return "the content filter refused the request" + number
    case .badRequest: return "refused the request" + number
    default: return "failed" + number
    }
  }

  private static func said(_ body: ErrorBody?) -> String {
    body?.message.map { ": " + $0 } ?? ""
  }

  private static func advice(
    _ kind: Failure.Kind, status: Int?, body: ErrorBody?, words: Words
  ) -> String? {
    switch kind {
    case .authentication:
      "use 'sheep validate-key' to check that it is current and belongs to this gateway"
    case .permission: "request access, or use another key or profile"
    case .rateLimit: "slow down, or use another model with -m"
    case .quota: "add credit or raise the limit in the provider's console, or use another profile with -P"
    case .model: "check the spelling; 'sheep models' lists the models"
    case .overloaded: "try again later, or use another model with -m"
    case .filtered: "reword the prompt"
    case .badRequest:
      if words.isAboutContext {
        "shorten the prompt, or use a model with a larger context"
      } else if let parameter = body?.parameter {
        "check the field '\(parameter)'"
      } else if status == 404 {
        "check the base URL, which usually ends in /v1"
      } else {
        nil
      }
    case .server:
      status == 408 || status == 504
        ? "try again, without --no-stream if you used it" : "try again later"
    default: nil
    }
  }
}
