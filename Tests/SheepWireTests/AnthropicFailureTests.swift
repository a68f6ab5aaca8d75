import SheepCore
import SheepWire
import Testing

@Suite("Anthropic: failures")
struct AnthropicFailureTests {
  private static func failure(
    _ status: Int, _ body: String, _ headers: [(String, String)] = [], now: Int64? = nil
  ) -> Failure {
    AnthropicMessages().failure(
      head: HTTPHead(status: status, headers: HTTPHeaders(headers.map { .init($0.0, $0.1) })),
      body: Array(body.utf8),
      request: FailedRequest(model: "claude-9", provider: "anthropic", epochSeconds: now))
  }

  private static func error(_ type: String, _ message: String = "words", _ more: String = "") -> String {
    #"{"type":"error","error":{"type":"\#(type)","message":"\#(message)"\#(more)},"request_id":"req_1"}"#
  }

  @Test(
    "an error response has its kind",
    arguments: [
      (400, error("invalid_request_error"), .badRequest),
      (
        400, error("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"), .badRequest
      ),
      (
        400, error("invalid_request_error", "Your credit balance is too low to access the Anthropic API"),
        .quota
      ),
      (
        400,
        error(
          "invalid_request_error",
          "You have reached your specified API usage limits. You will regain access on 2026-12-01"),
        .quota
      ),
      (400, error("invalid_request_error", "Output blocked by content filtering policy"), .filtered),
      (401, error("authentication_error", "invalid x-api-key"), .authentication),
      (402, error("billing_error"), .quota), (403, error("permission_error"), .permission),
      (404, error("not_found_error", "model: claude-9"), .model),
      (404, error("not_found_error", "Not Found"), .badRequest),
      (409, error("conflict_error"), .badRequest), (413, error("request_too_large"), .badRequest),
      (429, error("rate_limit_error"), .rateLimit),
      (
        429, error("rate_limit_error", "x", #","details":{"error_code":"enforced_spend_limit_reached"}"#),
        .quota
      ),
      (500, error("api_error", "Internal server error"), .server), (504, error("timeout_error"), .server),
      (529, error("overloaded_error", "Overloaded"), .overloaded),
      // Older bodies, and gateways in front.
      (401, #"{"error":{"type":"authentication_error","message":"invalid x-api-key"}}"#, .authentication),
      (500, #"{"type":"error","error":{"message":"x"}}"#, .server), (529, "", .overloaded),
      (
        400, #"{"error":{"message":"No connected db.","type":"no_db_connection","code":"400"}}"#,
        .authentication
      ),
    ] as [(Int, String, Failure.Kind)])
  func errorResponse(_ status: Int, _ body: String, _ kind: Failure.Kind) {
    let failure = Self.failure(status, body)
    #expect(failure.kind == kind, "\(status) \(body)")
    #expect(failure.status == status)
  }

  @Test(
    "an error inside a stream has its kind by its type",
    arguments: [
      ("invalid_request_error", .badRequest), ("authentication_error", .authentication),
      ("billing_error", .quota),
      ("permission_error", .permission), ("request_too_large", .badRequest), ("rate_limit_error", .rateLimit),
      ("api_error", .server), ("timeout_error", .server), ("overloaded_error", .overloaded),
      ("novel_error", .server),
    ] as [(String, Failure.Kind)])
  func errorInside(_ type: String, _ kind: Failure.Kind) {
    let transcript = Transcript(
      Array(AnthropicFixture.named(Self.error(type)).utf8),
      decoder: AnthropicMessages().decoder(mediaType: "text/event-stream", remembersEvents: true))
    #expect(transcript.lines.count == 1)
    #expect(transcript.lines.first?.hasPrefix("failure \(kind.rawValue): ") == true, "\(transcript)")
  }

  @Test("the request's id, the type and the server's word on retrying are kept")
  func requestId() {
    let failure = Self.failure(
      429, Self.error("rate_limit_error"),
      [("request-id", "req_9"), ("retry-after", "7"), ("x-should-retry", "false")])
    #expect(failure.requestID == "req_9")
    #expect(failure.code == "rate_limit_error")
    #expect(failure.retryAfter == .seconds(7))
    #expect(failure.shouldRetry == false)
    #expect(Self.failure(529, Self.error("overloaded_error")).requestID == "req_1")
  }

  private static func limits(
    _ remaining: String, _ reset: String, _ kind: String = "requests"
  ) -> [(String, String)] {
    [("anthropic-ratelimit-\(kind)-remaining", remaining), ("anthropic-ratelimit-\(kind)-reset", reset)]
  }

  @Test("the last exhausted limit's reset says how long to wait, by the server's clock")
  func lastExhausted() {
    let date = [("Date", "Fri, 20 Nov 2026 12:00:00 GMT")]
    let body = Self.error("rate_limit_error")
    let exhausted =
      Self.limits("0", "2026-11-20T12:00:30Z") + Self.limits("0", "2026-11-20T12:01:00Z", "input-tokens")
      + Self.limits("5", "2026-11-20T13:00:00Z", "tokens")
    #expect(Self.failure(429, body, date + exhausted).retryAfter == .seconds(60))
    #expect(Self.failure(429, body, date + exhausted + [("retry-after", "2")]).retryAfter == .seconds(2))
    #expect(Self.failure(429, body, exhausted, now: 1_795_176_000).retryAfter == .seconds(60))
    #expect(Self.failure(429, body, exhausted).retryAfter == nil)
    #expect(Self.failure(429, body, date + Self.limits("0", "2026-11-20T11:59:00Z")).retryAfter == nil)
    #expect(
      Self.failure(429, body, date + Self.limits("0", "2027-11-20T12:00:00Z")).retryAfter == .seconds(86_400))
    #expect(Self.failure(529, Self.error("overloaded_error"), date + exhausted).retryAfter == nil)
  }

  @Test(
    "an instant is read as RFC 3339 writes it",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-11-20T12:00:00Z", 1_795_176_000),
      ("2026-11-20t12:00:00.123z", 1_795_176_000),
      ("2026-11-20T21:00:00+09:00", 1_795_176_000), ("2026-11-20T07:30:00-04:30", 1_795_176_000),
      ("2024-02-29T00:00:00Z", 1_709_164_800), ("2023-02-29T00:00:00Z", nil), ("2026-13-01T00:00:00Z", nil),
      ("2026-11-20 12:00:00Z", nil), ("2026-11-20T12:00:00", nil), ("2026-11-20T12:00:00.Z", nil),
      ("2026-11-20T24:00:00Z", nil), ("2026-11-20T12:00:00Zx", nil), ("1969-12-31T23:59:59Z", nil), ("", nil),
      ("\u{e9}026-11-20T12:00:00Z", nil), ("2026-11-20T12:00:00+9:00", nil),
    ] as [(String, Int64?)])
  func instantRead(_ text: String, _ seconds: Int64?) {
    #expect(HTTPDate.parseInternetDate(text) == seconds)
  }

  @Test("the error reader accepts any bytes", arguments: 0..<4)
  func errorReader(_ part: UInt64) {
    var random = SeededGenerator(seed: 0xbad + part)
    let body = Array(Self.error("rate_limit_error", "한 words", #","details":{"error_code":"x"}"#).utf8)
    for _ in 0..<250 {
      var bytes = body
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let failure = AnthropicMessages().failure(
        head: HTTPHead(status: Int.random(in: 400...599, using: &random)), body: bytes,
        request: FailedRequest(model: "m", provider: "p"))
      #expect(failure.problem.count < 700)
    }
  }
}
