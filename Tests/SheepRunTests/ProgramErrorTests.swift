import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Synchronization
import Testing

@Suite("program: errors")
struct ProgramErrorTests {
  /// What goes wrong, the exit code and the kind that it has.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let scripts: [TransferScript]
    let exit: SheepOptions.ExitStatus
    let kind: String
    let requests: Int
    var testDescription: String { name }

    init(
      _ name: String, _ script: TransferScript, times: Int = 1, _ exit: SheepOptions.ExitStatus,
      _ kind: String,
      sent: Int? = nil
    ) {
      self.name = name
      scripts = Array(repeating: script, count: times)
      self.exit = exit
      self.kind = kind
      requests = sent ?? times
    }
  }

  private static func status(_ status: Int, _ code: String? = nil, _ message: String = "no") -> TransferScript
  {
    .response(status, body: ErrorReply.body(message, code: code))
  }

  static let cases: [Case] = [
    Case("wrong key", status(401), .authentication, "authentication"),
    Case("not allowed", status(403), .authentication, "permission"),
    Case("rate limit", status(429), times: 3, .rateLimit, "rate_limit"),
    Case("11: quota", status(429, "insufficient_quota"), .rateLimit, "quota"),
    Case("no credit", status(402), .rateLimit, "quota"),
    Case("2: name", [.fail(.nameResolution)], times: 3, .network, "dns", sent: 0),
    Case("1: no connection", [.fail(.connect)], times: 3, .network, "connect", sent: 0),
    Case("4: certificate", [.fail(.certificate)], .network, "tls", sent: 0),
    Case("proxy", [.fail(.proxy)], times: 3, .network, "proxy", sent: 0),
    Case("6: silence", [.sent, .silence], .network, "timeout"),
    Case("5: closed", [.fail(.connectionLost)], times: 2, .network, "network"),
    Case("8: redirect", [.head(307, [("Location", "https://evil.example/")]), .end], .network, "redirect"),
    Case("busy", status(529), times: 3, .provider, "overloaded"),
    Case("server", status(500), times: 3, .provider, "server"),
    Case("7: no HTTP", [.fail(.malformedResponse)], .provider, "protocol"),
    Case("refused", status(400), .provider, "bad_request"),
    Case("no such model", status(404, "model_not_found"), .model, "model"),
    Case("filter", status(400, "content_filter"), .refused, "filtered"),
    Case(
      "declined", .stream([ChatStream.chunk(["refusal": "No."]), ChatStream.finish(), ChatStream.done]),
      .refused,
      "filtered"),
    Case(
      "cut", [.head(200), .text(ChatStream.text("a")), .fail(.connectionLost)], .incomplete, "incomplete"),
    Case(
      "23: error after text",
      [.head(200), .text(ChatStream.text("a") + ChatStream.error("upstream gone")), .end],
      .incomplete, "incomplete"),
    Case(
      "39: 200 with an error", .response(200, body: ErrorReply.body("no", code: "invalid_api_key")),
      .authentication, "authentication"),
  ]

  @Test(
    "each failure has its exit code, one sentence and, with --json, one object on the last line",
    arguments: cases)
  func failure(_ row: Case) throws {
    let plain = ProgramTrial(row.scripts)
    #expect(plain.run("chat", "-q", "Hello") == .exit(row.exit))
    #expect(plain.notes.count == 1, "\(plain.errors.text)")
    #expect(plain.errors.text.hasPrefix("sheep: "))
    #expect(plain.loop.sentCount == row.requests)
    let trial = ProgramTrial(row.scripts)
    #expect(trial.run("chat", "-q", "--json", "Hello") == .exit(row.exit))
    let error = try #require(trial.errorObject)
    #expect(
      error.object?.members.map(\.name)
        == ["code", "kind", "message", "status", "request_id", "attempts", "retry_after"])
    #expect(error["code"]?.count == Int(row.exit.rawValue))
    #expect(error["kind"]?.string == row.kind)
    #expect("sheep: " + (error["message"]?.string ?? "") == trial.notes.first)
    #expect(error["attempts"]?.count == row.scripts.count)
    let lines = ProgramTrial(row.scripts)
    #expect(lines.run("stream", "-q", "--jsonl", "Hello") == .exit(row.exit))
    #expect(lines.errorObject?["kind"]?.string == row.kind)
  }

  @Test("the exit code of each kind of failure is the contract's", arguments: Failure.Kind.allCases)
  func exitCodes(_ kind: Failure.Kind) {
    let expected: Int32 =
      switch kind {
      case .usage: 2
      case .authentication, .permission: 3
      case .rateLimit, .quota: 4
      case .nameResolution, .connect, .tls, .proxy, .timeout, .network, .redirect: 5
      case .overloaded, .server, .protocolViolation, .badRequest: 6
      case .model: 7
      case .filtered: 8
      case .incomplete: 9
      case .limit: 10
      case .output: 11
      case .mismatch: 12
      case .interrupted: 130
      case .internalError: 70
      }
    #expect(SheepOptions.ExitStatus(Failure(kind, "x", "y")).rawValue == expected)
  }

  @Test("status, request id, hint and attempts are in the error object")
  func errorObject() throws {
    let trial = ProgramTrial([
      .response(
        429, [("Retry-After", "3600"), ("X-Request-Id", "req_9")],
        body: ErrorReply.body("slow down", code: "rate_limit_exceeded"))
    ])
    #expect(trial.run("chat", "--json", "Hello") == .exit(.rateLimit))
    let error = try #require(trial.errorObject)
    #expect(error["status"] == 429)
    #expect(error["request_id"] == "req_9")
    #expect(error["retry_after"] == 3600)
    #expect(error["attempts"] == 1)
    #expect(error["message"]?.string?.contains("3600 s") == true)
  }

  @Test("a command line that cannot be read is a usage error, as JSON too", arguments: ["--json", "--jsonl"])
  func usageError(_ form: String) throws {
    let trial = ProgramTrial()
    #expect(trial.run("chat", form, "--modle", "x", "Hello") == .exit(.usage))
    let error = try #require(trial.errorObject)
    #expect(error["code"] == 2)
    #expect(error["kind"] == "usage")
    #expect(error["attempts"] == 0)
    #expect(trial.notes.count == 2)
    let after = ProgramTrial()
    #expect(after.run("chat", "--modle", "x", "--", form) == .exit(.usage))
    #expect(after.notes.count == 1, "behind -- it is a word")
  }

  @Test("62: what servers say cannot steer the terminal")
  func hostileWords() {
    let evil = "no\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}6n\r\n\u{202e}txt"
    let trial = ProgramTrial([
      .response(400, [("X-Request-Id", evil)], body: ErrorReply.body(evil, code: evil, param: evil))
    ])
    #expect(trial.run("chat", "--json", "-m", "m\u{9b}", "Hello") == .exit(.provider))
    let isSafe = trial.errors.text.unicodeScalars.allSatisfy {
      $0 == "\n" || ($0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) && $0.value != 0x202e)
    }
    #expect(isSafe, "\(trial.errors.text.debugDescription)")
    let redirect = ProgramTrial([[.head(302, [("Location", evil)]), .end]])
    #expect(redirect.run("chat", "Hello") == .exit(.network))
    #expect(!redirect.errors.bytes.contains(0x1b))
    let served = ProgramTrial([
      .stream([
        #"data: {"model":"evil\u001b[2J\u009b","choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}"#
          + "\n\n"
      ])
    ])
    #expect(served.run("chat", "-u", "Hello") == .exit(.done))
    #expect(served.errors.text.hasPrefix("evil^[[2J<U+009B> for gpt-4.1"), "\(served.errors.text)")
  }

  @Test("14: a page of HTML becomes a short clean sentence")
  func html() {
    let page =
      "<html><head><title>502 Bad Gateway</title></head><body><h1>502</h1>"
      + String(repeating: "<p>padding</p>", count: 500) + "</body></html>"
    let trial = ProgramTrial(
      Array(
        repeating: TransferScript([.head(502, [("Content-Type", "text/html")]), .text(page), .end]), count: 3)
    )
    #expect(trial.run("chat", "-q", "Hello") == .exit(.provider))
    #expect(trial.notes.count == 1)
    #expect(trial.errors.bytes.count < 500)
    #expect(!trial.errors.text.contains("<"))
    #expect(trial.loop.sentCount == 3)
  }

  @Test("40: text after the finish is not lost in silence")
  func textAfterFinish() {
    let trial = ProgramTrial([
      .stream([
        ChatStream.text("a"), ChatStream.finish(), ChatStream.text("b"), ChatStream.finish("length"),
        ChatStream.done,
      ])
    ])
    #expect(trial.run("chat", "Hello") == .exit(.done))
    #expect(trial.notes.count == 1, "one note, and no word of the length limit: \(trial.errors.text)")
    #expect(trial.loop.sentCount == 1)
  }

  @Test("71: three hints of 4 s do not stretch a limit of 5 s, and a limit of the user's exits 10")
  func deadline() {
    let busy = TransferScript.response(429, [("Retry-After", "4")], body: ErrorReply.body("slow"))
    let trial = ProgramTrial([busy, busy, busy])
    let start = trial.loop.now
    let termination = trial.run("chat", "--max-time", "5", "--max-retries", "5", "Hello")
    #expect(termination == .exit(.rateLimit))
    #expect(trial.loop.now - start <= .seconds(5))
    #expect(trial.loop.sentCount == 2)
    let silent = ProgramTrial([[.sent, .silence]])
    #expect(silent.run("chat", "--max-time", "5", "Hello") == .exit(.userLimit))
    #expect(silent.loop.now - start == .seconds(5))
  }

  @Test("20: a clock that somebody sets plays no part in waits and limits", arguments: [-86_400, 86_400])
  func clockJumps(_ jump: Int) {
    let trial = ProgramTrial([
      .response(429, [("Retry-After", "2")], body: ErrorReply.body("slow")), .stream(ChatStream.answer("ok")),
    ])
    let time = Atomic(1_795_219_200)
    trial.unixTime = { time.add(jump, ordering: .relaxed).newValue }
    let start = trial.loop.now
    #expect(trial.run("chat", "--max-time", "10", "Hello") == .exit(.done))
    #expect(trial.loop.received.map { ($0.instant - start).nanoseconds } == [0, 2_100_000_000])
    #expect(trial.loop.sentCount == 2)
  }

  @Test("--max-retries 0 tries once")
  func noRetries() {
    let trial = ProgramTrial([Self.status(503)])
    #expect(trial.run("chat", "--max-retries", "0", "Hello") == .exit(.provider))
    #expect(trial.loop.sentCount == 1)
  }
}
