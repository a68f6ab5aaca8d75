import SheepCore

extension MockErrorBody {
  /// The error as a JSON value of Gemini's form.
  var gemini: JSON {
    let name =
      switch status {
      case 400: "INVALID_ARGUMENT"
      case 401: "UNAUTHENTICATED"
      case 403: "PERMISSION_DENIED"
      case 404: "NOT_FOUND"
      case 429: "RESOURCE_EXHAUSTED"
      case 503: "UNAVAILABLE"
      default: "INTERNAL"
      }
    var error: [(String, JSON)] = [
      ("code", .number(JSONNumber(status))), ("message", .string(message)), ("status", .string(name)),
    ]
    if let details = geminiDetails { error.append(("details", [details])) }
    return ["error": .object(JSONObject(error.map { JSONObject.Member(name: $0.0, value: $0.1) }))]
  }

  /// What tells the cause: a reason in capitals, or which quota is used up.
  private var geminiDetails: JSON? {
    guard let code else { return nil }
    if code == "insufficient_quota" {
      return [
        "@type": "type.googleapis.com/google.rpc.QuotaFailure",
        "violations": [["quotaId": "GenerateRequestsPerDayPerProjectPerModel"]],
      ]
    }
    guard code == code.uppercased() else { return nil }
    return ["@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": .string(code)]
  }
}
