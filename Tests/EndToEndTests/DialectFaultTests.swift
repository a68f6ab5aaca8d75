import SheepCore
import SheepMock
import Testing

/// The stream scenarios once for each dialect: the same fault has the same exit code, the same
/// text and the same number of requests, whatever the wire looks like.
@Suite("binary: faults in every dialect")
struct DialectFaultTests {
  /// What a run of the program is expected to come to.
  struct Row: Sendable, CustomTestStringConvertible {
    let scenario: String
    let fault: String
    var exit: Int32 = 0
    var requests = 1
    /// The answer's whole text; `nil` for that of a gateway without faults, or its beginning.
    var text: String?
    var options: [String] = []

    var testDescription: String { "\(scenario): \(fault)" }
  }

  static let dialects = DialectName.allCases.map(\.rawValue)

  static let rows: [Row] = [
    Row(scenario: "1.5", fault: "text=Hi", text: "Hi"),
    Row(scenario: "5", fault: "close", exit: 5, requests: 2, text: ""),
    Row(
      scenario: "6", fault: "no-answer", exit: 5, text: "", options: ["--first-byte-timeout", "200ms"]),
    Row(scenario: "7", fault: "headers=20000", exit: 6, text: ""),
    Row(scenario: "8", fault: "status=307;redirect=http://127.0.0.1:1/x", exit: 5, text: ""),
    Row(scenario: "9", fault: "status=429;retry-after-ms=1;times=1", requests: 2),
    Row(scenario: "10", fault: "status=429;retry-after=3600", exit: 4, text: ""),
    Row(
      scenario: "11", fault: "status=429;type=insufficient_quota;code=insufficient_quota", exit: 4, text: ""),
    Row(scenario: "13", fault: "status=503;retry-after-ms=1;times=2", requests: 3),
    Row(scenario: "13", fault: "status=529;retry-after-ms=1;times=2", requests: 3),
    Row(scenario: "14", fault: "status=500;shape=html;retry-after-ms=1", exit: 6, requests: 3, text: ""),
    Row(scenario: "18", fault: "status=503;retry-after=nan;times=1", requests: 2),
    Row(scenario: "19", fault: "status=503;header=x-should-retry: false", exit: 6, text: ""),
    Row(scenario: "21", fault: "tokens=40;cut-after=5;each", exit: 9),
    Row(scenario: "21", fault: "tokens=40;cut-after=5;each;cut-reset", exit: 9),
    Row(scenario: "22", fault: "tokens=40;cut-after=5;each;framing=close", exit: 9),
    Row(scenario: "23", fault: "tokens=40;error-after=3", exit: 9),
    Row(scenario: "24", fault: "error-after=0;times=1", requests: 2),
    Row(
      scenario: "26", fault: "stall-after=0;heartbeat=20", exit: 10, text: "", options: ["--max-time", "0.4"]),
    Row(
      scenario: "28", fault: "tokens=9;each;stall-after=2", exit: 9, options: ["--idle-timeout", "200ms"]),
    Row(
      scenario: "28", fault: "stall-after=0", exit: 5, text: "", options: ["--idle-timeout", "200ms"]),
    Row(scenario: "29", fault: "text=안녕 👩‍💻\u{2028}끝;line-end=cr", text: "안녕 👩‍💻\u{2028}끝"),
    Row(scenario: "29", fault: "text=안녕 👩‍💻\u{2028}끝;line-end=crlf;split=1", text: "안녕 👩‍💻\u{2028}끝"),
    Row(
      scenario: "29", fault: "text=안녕 👩‍💻\u{2028}끝;bom;line-end=mixed;split=1;no-blank",
      text: "안녕 👩‍💻\u{2028}끝"),
    Row(scenario: "30", fault: "text=안녕;framing=close;split=2;comments=2", text: "안녕"),
    // The gateway writes it in this process, which on a busy machine is silent for long.
    Row(
      scenario: "31", fault: "text=Hi;event-bytes=33M;at=0", exit: 6, text: "",
      options: ["--idle-timeout", "10m", "--first-byte-timeout", "10m"]),
    Row(scenario: "32", fault: "text=Hello there;unknown;empty-first", text: "Hello there"),
    Row(scenario: "33", fault: "text=Hello there;malformed=deep", text: "Hello there"),
    Row(scenario: "34", fault: "text=Hello there;malformed=numbers", text: "Hello there"),
    Row(scenario: "35", fault: "text=Hello there;malformed=index", text: "Hello there"),
    Row(scenario: "0.8", fault: "text=Hello there;malformed=types", text: "Hello there"),
    Row(scenario: "0.8", fault: "text=Hello there;malformed=array", text: "Hello there"),
    Row(scenario: "36", fault: "text=Hi;usage=none", text: "Hi"),
    Row(scenario: "37", fault: "text=Hi;usage=every", text: "Hi"),
    Row(scenario: "38", fault: "text=Hi;gzip", exit: 6, text: ""),
    Row(scenario: "39", fault: "text=Hi;wrong-kind", text: "Hi"),
    Row(scenario: "39", fault: "text=Hi;wrong-kind", text: "Hi", options: ["--no-stream"]),
    Row(
      scenario: "39",
      fault: #"status=200;body={"error":{"message":"no such key","code":"invalid_api_key"}}"#, exit: 3,
      text: ""),
    Row(scenario: "75", fault: "text=Hi;close-second", text: "Hi"),
  ]

  @Test("a stream's fault has one outcome in every dialect", arguments: dialects, rows)
  func fault(_ dialect: String, _ row: Row) throws {
    let trial = try GatewayTrial(fault: row.fault)
    let process = try trial.start(["chat", "--api", dialect] + row.options + ["Hello"])
    let end = process.finish()
    #expect(end == .exit(row.exit), "\(process.errorText)")
    #expect(trial.gateway.requestCount == row.requests, "requests")
    #expect(!process.mentions(GatewayTrial.key))
    if let text = row.text {
      #expect(process.text == text)
    } else if row.exit == 0 {
      let plain = try GatewayTrial().run("chat", "--api", dialect, "Hello", exit: 0, requests: 1)
      #expect(!plain.output.isEmpty && process.output == plain.output, "one answer, and all of it")
    } else {
      #expect(!process.output.isEmpty)
    }
    if row.exit != 0 {
      #expect(process.errorText.hasPrefix("sheep: "), "\(process.errorText)")
      #expect(process.errors.count < 1200, "\(process.errorText)")
    }
  }

  @Test("34: hostile numbers in the usage are unknown in every dialect", arguments: dialects)
  func hostileUsage(_ dialect: String) throws {
    for count in ["9223372036854775807", "-1", "1.5", "1e400", "%22many%22", "null", "[]", "1e18"] {
      let names = [
        "prompt_tokens", "completion_tokens", "total_tokens", "input_tokens", "output_tokens",
        "promptTokenCount", "candidatesTokenCount", "totalTokenCount", "thoughtsTokenCount",
      ]
      let usage = "{" + names.map { "%22\($0)%22:\(count)" }.joined(separator: ",") + "}"
      let trial = try GatewayTrial(fault: "text=Hi;usage-json=" + usage)
      let process = try trial.run(
        "chat", "--api", dialect, "--json", "--price", "in=1,out=2", "Hello", exit: 0, requests: 1)
      let json = try JSON.parse(process.output)
      #expect(json["text"] == "Hi", "\(count)")
      for name in ["input_tokens", "output_tokens"] {
        let number = json["usage"]?[name]?.number
        #expect(
          number == nil || number?.text.allSatisfy(\.isNumber) == true,
          "\(count) \(String(describing: number))")
      }
    }
  }

  @Test("35: tool calls of any index are bounded, and the run ends well", arguments: ["openai", "anthropic"])
  func toolIndexes(_ dialect: String) throws {
    let trial = try GatewayTrial(fault: "text=Hello there;malformed=index")
    let process = try trial.run("chat", "--api", dialect, "--json", "Hello", exit: 0, requests: 1)
    #expect(((try JSON.parse(process.output))["tool_calls"]?.array?.count ?? 0) <= 1)
  }

  @Test("16: Gemini's wrong key is an authentication error although its status is 400")
  func geminiKey() throws {
    let body =
      #"{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","#
      + #""details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}"#
    let trial = try GatewayTrial(fault: "status=400;body=" + body)
    let process = try trial.run("chat", "--api", "gemini", "Hello", exit: 3, requests: 1)
    #expect(process.errorText.contains("the key was not accepted (400)"))
  }

  @Test("77: the address works in every form, and leads to the dialect's own endpoint")
  func addresses() throws {
    let endpoints = [
      "openai": "/v1/chat/completions", "responses": "/v1/responses", "anthropic": "/v1/messages",
      "gemini": "/v1beta/models/mock-instant:streamGenerateContent?alt=sse",
    ]
    for (dialect, endpoint) in endpoints {
      let version = dialect == "gemini" ? "/v1beta" : "/v1"
      for suffix in ["", "/", version, version + "/", "/gw/x" + version] {
        let gateway = try MockGateway(.instant())
        let process = try SheepProcess(
          [
            "chat", "--api", dialect, "--base-url", "http://127.0.0.1:\(gateway.port)" + suffix, "-m",
            "mock-instant", "Hello",
          ])
        #expect(process.finish() == .exit(0), "\(dialect) \(suffix): \(process.errorText)")
        let prefix = suffix.hasPrefix("/gw") ? "/gw/x" : ""
        #expect(gateway.requests.map(\.target) == [prefix + endpoint], "\(dialect) \(suffix)")
      }
    }
  }

  @Test(
    "78: a model's name stays inside its path segment and is shown without what steers", arguments: dialects)
  func modelNames(_ dialect: String) throws {
    for name in ["a/b:c", "..", "../../v1/files", "a%2e%2e", "x?key=1&f", "모델"] {
      let gateway = try MockGateway(.instant())
      let process = try SheepProcess(
        ["chat", "--api", dialect, "--base-url", gateway.baseURL, "-m", name, "Hello"])
      let end = process.finish()
      guard end == .exit(7) else {
        #expect(end == .exit(2), "\(dialect) \(name): \(process.errorText)")
        #expect(gateway.requestCount == 0, "refused before it was sent")
        continue
      }
      #expect(gateway.requestCount == 1)
      let target = gateway.requests.first?.target ?? ""
      let steps = target.split(separator: "/")
      #expect(!steps.contains(".."), "\(target)")
      #expect(steps.count == ["openai": 3, "gemini": 3][dialect] ?? 2, "\(target)")
      #expect(target.filter { $0 == "?" }.count == (dialect == "gemini" ? 1 : 0), "\(target)")
      if dialect != "gemini" { #expect(gateway.requests.first?.json?["model"]?.string == name) }
    }
  }
}
