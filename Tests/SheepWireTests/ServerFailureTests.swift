import SheepCore
import SheepWire
import Testing

/// Error responses as servers send them, and the kind of failure that each is.
enum FailureTable {
  static let rows: [(status: Int, body: String, kind: Failure.Kind)] = [
    // The six shapes, with a code that is a text, a number or null.
    (
      401,
      #"{"error":{"message":"Incorrect API key provided: sk-****1234.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
      .authentication
    ),
    (401, #"{"error":{"message":"No auth credentials found","code":401}}"#, .authentication),
    (401, #"{"detail":"Unauthorized"}"#, .authentication),
    (
      422, #"{"detail":[{"loc":["body","messages",0],"msg":"field required","type":"missing"}]}"#, .badRequest
    ),
    (400, #"{"error":"text"}"#, .badRequest),
    (
      400,
      #"[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]"#,
      .authentication
    ),
    (500, "", .server),
    (502, "<html><head><title>502 Bad\nGateway</title></head></html>", .server),
    (500, "Internal Server Error", .server),
    // A wrong key with status 400, at xAI and LiteLLM; none with 403 at Gemini.
    (
      400, #"{"code":"Client specified an invalid argument","error":"Incorrect API key provided: ab"}"#,
      .authentication
    ),
    (
      400, #"{"error":{"message":"No connected db.","type":"no_db_connection","param":null,"code":"400"}}"#,
      .authentication
    ),
    (
      403,
      #"{"error":{"code":403,"message":"Method doesn't allow unregistered callers","status":"PERMISSION_DENIED"}}"#,
      .authentication
    ),
    (403, #"{"error":{"message":"Country not supported","type":"request_forbidden"}}"#, .permission),
    // Quota in all its places.
    (
      429,
      #"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}"#,
      .quota
    ),
    (402, #"{"error":{"message":"Insufficient Balance","code":"invalid_request_error"}}"#, .quota),
    (400, #"{"error":{"message":"Your credit balance is too low to access the API"}}"#, .quota),
    (
      429,
      #"{"error":{"type":"rate_limit_error","message":"x","details":{"error_code":"enforced_spend_limit_reached"}}}"#,
      .quota
    ),
    (400, #"{"error":{"message":"ExceededBudget","type":"budget_exceeded","code":"400"}}"#, .quota),
    (
      402, #"{"error":{"message":"x","code":402,"metadata":{"limit_source":"openrouter_in_flight_budget"}}}"#,
      .rateLimit
    ),
    // Rate limits.
    (
      429, #"{"error":{"message":"Rate limit reached","type":"tokens","code":"rate_limit_exceeded"}}"#,
      .rateLimit
    ),
    (429, "", .rateLimit),
    (
      413,
      #"{"error":{"message":"Request too large for model in organization on tokens per minute","type":"tokens","code":"rate_limit_exceeded"}}"#,
      .badRequest
    ),
    (
      413,
      #"{"error":{"message":"Limit 6000, requested 9000","type":"tokens","code":"rate_limit_exceeded"}}"#,
      .rateLimit
    ),
    // A prompt that is too long.
    (
      400,
      #"{"error":{"message":"This model's maximum context length is 8192 tokens.","code":"context_length_exceeded"}}"#,
      .badRequest
    ),
    (
      429,
      #"{"error":{"message":"Input is too long: maximum context length is 8192 tokens","code":"too_many"}}"#,
      .badRequest
    ),
    // Models.
    (
      404,
      #"{"error":{"message":"The model `gpt-9` does not exist or you do not have access to it.","type":"invalid_request_error","code":"model_not_found"}}"#,
      .model
    ),
    (
      400,
      #"{"error":{"message":"Invalid model name passed in model=x. Call `/v1/models` to view available models","code":"400"}}"#,
      .model
    ),
    // A name that LiteLLM's list does not have (1.83.14, seen on 2026-11-21).
    (
      400,
      #"{"error":{"message":"litellm.BadRequestError: You passed in model=gpt-9. There are no healthy deployments for this model. Received Model Group=gpt-9","type":null,"param":null,"code":"400"}}"#,
      .model
    ),
    (
      403, #"{"error":{"message":"Project does not have access to model `o9`","code":"model_not_found"}}"#,
      .model
    ),
    (
      401,
      #"{"error":{"message":"key not allowed to access model. This key can only access models=['a']","type":"key_model_access_denied","code":"401"}}"#,
      .model
    ),
    (404, #"{"error":"model 'llama9' not found"}"#, .model),
    (404, "404 page not found", .badRequest),
    // The rest.
    (
      400,
      #"{"error":{"message":"The response was filtered","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#,
      .filtered
    ),
    (
      400,
      #"{"error":{"message":"Unsupported parameter: 'max_tokens'","param":"max_tokens","code":"unsupported_parameter"}}"#,
      .badRequest
    ),
    (
      400,
      #"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}"#,
      .badRequest
    ),
    (
      400,
      #"{"error":{"message":"'temperature' does not exist for this model","param":"temperature"}}"#,
      .badRequest
    ),
    (
      404,
      #"{"error":{"message":"litellm.NotFoundError: model x not found","type":null,"param":"None","code":"404"}}"#,
      .model
    ),
    (400, #"{"error":{"message":"temperature is not supported with this model"}}"#, .badRequest),
    (
      400,
      #"{"error":{"message":"Unsupported value: the tool of this model was not found","code":"unsupported_value"}}"#,
      .badRequest
    ),
    (
      403, #"{"error":{"message":"this project of the model does not exist","param":"project"}}"#,
      .permission
    ),
    (408, "{}", .server), (409, "{}", .server), (500, "{}", .server), (501, "{}", .server),
    (503, #"{"error":{"message":"Loading model","type":"unavailable_error","code":503}}"#, .overloaded),
    (
      529,
      #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}"#,
      .overloaded
    ),
    (504, "upstream request timeout", .server), (418, "teapot", .badRequest), (405, "null", .badRequest),
  ]
}

@Suite("failures of a server")
struct ServerFailureTests {
  private static func failure(_ status: Int, _ body: String, _ headers: [(String, String)] = []) -> Failure {
    OpenAIChat().failure(
      head: HTTPHead(status: status, headers: HTTPHeaders(headers.map { .init($0.0, $0.1) })),
      body: Array(body.utf8),
      request: FailedRequest(model: "gpt-9", provider: "holysheep"))
  }

  @Test("an error response has its kind", arguments: FailureTable.rows.indices)
  func errorResponse(_ row: Int) {
    let (status, body, kind) = FailureTable.rows[row]
    let failure = Self.failure(status, body)
    #expect(failure.kind == kind, "\(status) \(body)")
    #expect(failure.status == status)
    #expect(failure.subject.contains(kind == .model ? "gpt-9" : "holysheep"))
  }

  @Test(
    "the useful words of an error are found and made safe",
    arguments: [
      (
        #"{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"{\"error\":{\"message\":\"tokens per day used up\"}}","provider_name":"X"}}}"#,
        "Provider returned error: tokens per day used up"
      ),
      (
        #"{"error":{"message":"Provider returned error","metadata":{"raw":"plain cause"}}}"#,
        "Provider returned error: plain cause"
      ),
      (
        #"{"detail":[{"loc":["body","messages",0],"msg":"field required"},{"msg":"also"}]}"#,
        "body.messages.0: field required, also"
      ),
      (
        #"{"error":{"message":"litellm.BadRequestError: no. Received Model Group=m\nAvailable Model Group Fallbacks=None"}}"#,
        "litellm.BadRequestError: no"
      ),
      (#"{"error":{"message":"a\u001b[31mred\u001b[0m\r\nb\u202e\tc"}}"#, "ared b c"),
      ("<!DOCTYPE html><html><TITLE>Bad &amp; worse</TITLE>", "an HTML page ('Bad &amp; worse')"),
      ("plain text.\n", "plain text"),
    ])
  func usefulWords(_ body: String, _ words: String) {
    #expect(Self.failure(500, body).problem == "failed (500): " + words)
  }

  @Test("a long message is cut at 300 characters")
  func longMessage() {
    let long = String(repeating: "한", count: 5000)
    let problem = Self.failure(500, #"{"error":{"message":"\#(long)"}}"#).problem
    #expect(problem.hasSuffix("한…"))
    #expect(problem.count == "failed (500): ".count + 301)
  }

  @Test("a sentence names who failed, what failed and what to do")
  func sentence() {
    #expect(
      Self.failure(401, #"{"error":{"message":"Incorrect API key","code":"invalid_api_key"}}"#).sentence
        == "holysheep: the key was not accepted (401): Incorrect API key; use 'sheep validate-key' to "
        + "check that it is current and belongs to this gateway")
    #expect(
      Self.failure(404, #"{"error":{"code":"model_not_found"}}"#).sentence
        == "model 'gpt-9' is not available at holysheep (404); check the spelling; 'sheep models' lists the models"
    )
    #expect(
      Self.failure(400, #"{"error":{"message":"No","param":"max_tokens"}}"#).advice
        == "check the field 'max_tokens'")
    #expect(
      Self.failure(400, #"{"error":{"message":"No","param":"None"}}"#).advice == nil,
      "LiteLLM's None names no field")
    for status in [408, 504] {
      #expect(Self.failure(status, "").advice == "try again, without --no-stream if you used it")
    }
    #expect(Self.failure(500, "").advice == "try again later")
    #expect(Self.failure(404, "").advice == "check the base URL, which usually ends in /v1")
  }

  @Test("the code, the request id and the hints are kept")
  func codeRequest() {
    let failure = Self.failure(
      429, #"{"error":{"message":"x","code":"rate_limit_exceeded"}}"#,
      [("X-Request-Id", "req_9"), ("cf-ray", "z"), ("retry-after", "2"), ("x-should-retry", "false")])
    #expect(failure.code == "rate_limit_exceeded")
    #expect(failure.requestID == "req_9")
    #expect(failure.retryAfter == .seconds(2))
    #expect(failure.shouldRetry == false)
    #expect(
      Self.failure(529, #"{"error":{"type":"overloaded_error"},"request_id":"req_1"}"#).requestID == "req_1")
  }

  @Test(
    "a delay is found in the body",
    arguments: [
      (#"{"error":{"message":"Please try again in 5.289s. Visit"}}"#, Duration.milliseconds(5289)),
      (#"{"error":{"message":"Please try again in 2m59.56s."}}"#, .milliseconds(179_560)),
      (#"{"error":{"message":"Retry after 6 minutes, please"}}"#, .seconds(360)),
      (#"{"error":{"message":"Please retry in 34.4s."}}"#, .milliseconds(34_400)),
      (
        #"{"error":{"message":"x","details":[{"@type":"t/google.rpc.RetryInfo","retryDelay":"34.4s"}]}}"#,
        .milliseconds(34_400)
      ),
    ])
  func delayFound(_ body: String, _ delay: Duration) {
    #expect(Self.failure(429, body).retryAfter == delay)
    #expect(Self.failure(429, body, [("retry-after", "1")]).retryAfter == .seconds(1))
  }
}
