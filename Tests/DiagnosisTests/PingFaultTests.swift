import SheepCore
import SheepMock
import Testing

/// `ping` against the ways in which a gateway can be wrong: the layer that is named, the
/// advice, the exit code.
@Suite("ping: faults of a gateway", .timeLimit(.minutes(2)))
struct PingFaultTests {
  /// A fault and what must be said of it.
  struct Expectation: Sendable, CustomTestStringConvertible {
    var fault: String
    var deep = false
    var check: String
    var mark = "✗"
    var says: String
    var status: Int32
    var more: [String] = []
    var testDescription: String { fault }
  }

  static let free: [Expectation] = [
    .init(fault: "status=401", check: "auth", says: "key", status: 3),
    .init(fault: "status=403", check: "auth", says: "project, region or IP", status: 3),
    .init(
      fault: "status=400;code=api_key_invalid;message=API key not valid.", check: "auth", says: "key",
      status: 3),
    .init(fault: "status=429", check: "quota", says: "429", status: 4),
    .init(fault: "status=429;code=insufficient_quota", check: "quota", says: "quota", status: 4),
    .init(fault: "status=500", check: "http", says: "500", status: 6),
    .init(fault: "status=503", check: "http", says: "503", status: 6),
    .init(fault: "status=529", check: "http", says: "529", status: 6),
    .init(fault: "status=404", check: "auth", mark: "!", says: "--deep to call a model", status: 0),
    .init(
      fault: "redirect=https://elsewhere.example/v1", check: "http", says: "https://elsewhere.example",
      status: 5),
    .init(
      fault: "status=301;redirect=https://elsewhere.example/v1", check: "http", says: "--base-url", status: 5),
    .init(
      fault: "no-answer", check: "http", says: "--first-byte-timeout", status: 5,
      more: ["--first-byte-timeout", "0.3"]),
    .init(
      fault: "no-answer", check: "http", says: "allow more time with --max-time", status: 10,
      more: ["--max-time", "0.3"]),
    .init(
      fault: "head-never", check: "http", says: "does not answer", status: 5,
      more: ["--first-byte-timeout", "0.3"]),
    .init(
      fault: "head-delay=60000", check: "http", says: "no answer within 0.3 s", status: 5,
      more: ["--first-byte-timeout", "0.3"]),
    .init(fault: "close", check: "http", says: "closed without an answer", status: 5),
    .init(fault: "reset", check: "http", says: "closed without an answer", status: 5),
    .init(
      fault: "body-delay=60000", check: "http", says: "nothing arrived", status: 5,
      more: ["--idle-timeout", "0.3"]),
    .init(fault: "gzip", check: "http", says: "compresses", status: 6),
    .init(fault: "header-bytes=600000", check: "http", says: "not valid HTTP", status: 6),
    .init(
      fault: "body=<!doctype html><p>Sign in;content-type=text/html", check: "http", says: "web page",
      status: 6),
    .init(
      fault: "status=404;body=<html>;content-type=text/html", check: "http", says: "path of the address",
      status: 6),
    .init(
      fault: "body=hello", check: "http", says: "returned something that is not a model list;", status: 6),
    .init(fault: "body={}", check: "http", says: "returned something that is not a model list;", status: 6),
    .init(
      fault: "body={\"data\":[]}", check: "model", mark: "-", says: "is not among the 0 models", status: 0),
    .init(fault: "body={\"data\":[{\"id\":\"gpt-4.2\"}]}", check: "model", says: "gpt-4.2?", status: 7),
    .init(
      fault: "body={\"data\":[{\"id\":\"a\"}],\"has_more\":true,\"last_id\":\"a\"}",
      check: "model", mark: "-",
      says: "first page", status: 0),
    .init(
      fault: "header=Date: Sun, 06 Nov 1994 08:49:37 GMT", check: "http", mark: "!", says: "clock", status: 0),
    .init(fault: "header=Server: nginx", check: "http", mark: "✓", says: "nginx", status: 0),
    .init(fault: "header=Via: 1.1 varnish", check: "http", mark: "✓", says: "Via 1.1 varnish", status: 0),
    .init(fault: "framing=close", check: "http", mark: "✓", says: "200", status: 0),
    .init(fault: "informational=103", check: "http", mark: "✓", says: "200", status: 0),
    .init(fault: "headers=200", check: "http", mark: "✓", says: "200", status: 0),
    .init(fault: "split=7", check: "model", mark: "✓", says: "gpt-4.1", status: 0),
  ]

  static let deep: [Expectation] = [
    .init(
      fault: "skip=1;status=429;code=insufficient_quota", deep: true, check: "quota", says: "", status: 4),
    .init(fault: "skip=1;status=429;retry-after=7", deep: true, check: "quota", says: "wait 7 s", status: 4),
    .init(
      fault: "skip=1;status=402;code=insufficient_quota", deep: true, check: "quota", says: "", status: 4),
    .init(fault: "skip=1;status=401", deep: true, check: "auth", says: "key", status: 3),
    .init(fault: "skip=1;status=404;code=model_not_found", deep: true, check: "model", says: "", status: 7),
    .init(fault: "skip=1;status=500", deep: true, check: "stream", says: "500", status: 6),
    .init(fault: "error-after=0", deep: true, check: "stream", says: "", status: 6),
    .init(fault: "error-after=3", deep: true, check: "stream", says: "", status: 9),
    .init(
      fault: "skip=1;cut-after=3", deep: true, check: "stream", says: "the partial answer was kept", status: 9
    ),
    .init(fault: "skip=1;cut-after=3;cut-reset", deep: true, check: "stream", says: "", status: 9),
    .init(
      fault: "skip=1;stall-after=3", deep: true, check: "stream", says: "nothing arrived", status: 9,
      more: ["--idle-timeout", "0.3"]),
    .init(fault: "usage=none", deep: true, check: "usage", mark: "!", says: "stream_options", status: 0),
    .init(
      fault:
        "header=x-ratelimit-remaining-requests: 3;header=x-ratelimit-limit-requests: 500;header=x-ratelimit-reset-requests: 6m0s",
      deep: true, check: "limits", mark: "!", says: "6m0s", status: 0),
    .init(
      fault: "header=x-ratelimit-remaining-tokens: 90000;header=x-ratelimit-limit-tokens: 100000", deep: true,
      check: "limits", mark: "✓", says: "90000 of 100000 tokens left", status: 0),
    .init(
      fault: "header=anthropic-ratelimit-tokens-remaining: 9;header=anthropic-ratelimit-tokens-limit: 1000",
      deep: true, check: "limits", mark: "!", says: "tokens will run out first", status: 0),
    .init(
      fault: "header=x-ratelimit-remaining-requests: -1", deep: true, check: "limits", mark: "-",
      says: "sends no limits", status: 0),
    .init(
      fault: "header=openai-processing-ms: 0", deep: true, check: "server-time", mark: "✓",
      says: "at the server", status: 0),
    .init(fault: "wrong-kind", deep: true, check: "stream", mark: "✓", says: "first token", status: 0),
    .init(fault: "finish=content_filter", deep: true, check: "stream", says: "filter", status: 8),
  ]

  @Test("each fault is found at its layer, with advice and the exit code of its kind", arguments: free + deep)
  func layers(expected: Expectation) throws {
    let gateway = try MockGateway(.instant(fault: try MockFault(parsing: expected.fault)))
    defer { gateway.stop() }
    let run = CommandRun.of(
      ["ping", "--base-url", gateway.baseURL, "-m", "gpt-4.1", "--price", "in=1,out=2"]
        + (expected.deep ? ["--deep"] : []) + expected.more)
    #expect(run.mark(expected.check) == expected.mark, "\(run.output)\(run.errors)")
    let said = (run.output + run.errors).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(said.contains(expected.says), "\(said)")
    #expect(run.status == expected.status, "\(run.output)\(run.errors)")
    if expected.status != 0 {
      #expect(run.errors.hasPrefix("sheep: "))
      #expect(run.errors.contains("; "), "advice is given: \(run.errors)")
    }
  }

  @Test("checks behind a failed one are not reached, and nothing more is sent")
  func notReached() throws {
    let gateway = try MockGateway(.instant(fault: try MockFault(parsing: "status=401")))
    defer { gateway.stop() }
    let run = CommandRun.of(["ping", "--base-url", gateway.baseURL, "-m", "gpt-4.1", "--deep", "--json"])
    let checks = try #require(run.json?["targets"]?[0]?["checks"]?.array)
    #expect(checks.count == 14)
    #expect(checks.suffix(7).allSatisfy { $0["state"]?.string == "not_reached" })
    #expect(checks[6]["code"]?.count == 3)
    #expect(run.json?["targets"]?[0]?["code"]?.count == 3)
    #expect(gateway.requestCount == 1)
  }

  @Test("a key that the gateway sends back is never shown")
  func keyIsHidden() throws {
    let key = "sk-0123456789abcdefghijklmnop"
    for fault in ["echo-key=body", "status=401;message=bad key \(key)", "header=Server: \(key)", ""] {
      let gateway = try MockGateway(.instant(fault: try MockFault(parsing: fault)))
      defer { gateway.stop() }
      for form in [[], ["--json"]] {
        let run = CommandRun.of(
          ["ping", "--base-url", gateway.baseURL, "-m", "gpt-4.1", "--deep"] + form,
          variables: ["SHEEP_API_KEY": key])
        #expect(!(run.output + run.errors).contains("jklmnop"), "\(fault)")
        #expect(gateway.requests.first?.headers["authorization"] == "Bearer " + key)
      }
    }
  }

  @Test("an answer that arrives token by token is found incremental, and its cost is known")
  func pacedAnswer() throws {
    var configuration = MockConfiguration()
    configuration.fault.tokensPerSecond = 35
    configuration.fault.firstTokenAfter = .milliseconds(20)
    let gateway = try MockGateway(configuration)
    defer { gateway.stop() }
    let run = CommandRun.of([
      "ping", "--base-url", gateway.baseURL, "-m", "gpt-4.1", "--deep", "--price", "in=1,out=2", "--json",
    ])
    let checks = try #require(run.json?["targets"]?[0]?["checks"]?.array)
    let stream = try #require(checks.first { $0["check"]?.string == "incremental" })
    #expect(stream["facts"]?["verdict"]?.string == "incremental")
    #expect(checks.allSatisfy { ["ok", "skipped"].contains($0["state"]?.string) }, "\(run.output)")
    #expect(checks.first { $0["check"]?.string == "usage" }?["facts"]?["usd"] != nil)
    #expect(run.status == 0)
  }

  @Test("several targets have a block each and one exit code")
  func severalTargets() throws {
    let run = CommandRun.of(["ping", "holysheep", "openai", "nobody"])
    #expect(
      run.output.split(separator: "\n").filter { !$0.hasPrefix(" ") } == ["holysheep", "openai", "nobody"])
    #expect(run.status == 1)
    #expect(CommandRun.of(["ping", "holysheep", "openai"]).status == 3)
  }

  @Test("a warning fails with --strict only")
  func strict() throws {
    let gateway = try MockGateway(.instant(fault: try MockFault(parsing: "status=404")))
    defer { gateway.stop() }
    #expect(CommandRun.of(["ping", "--base-url", gateway.baseURL, "--strict"]).status == 1)
    #expect(CommandRun.of(["ping", "--base-url", gateway.baseURL]).status == 0)
  }

  @Test("a missed service level exits 10 and is named; one that needs --deep is refused without it")
  func serviceLevels() throws {
    let gateway = try MockGateway(.instant())
    defer { gateway.stop() }
    let place = ["ping", "--base-url", gateway.baseURL, "-m", "gpt-4.1"]
    #expect(CommandRun.of(place + ["--slo", "total=60s,connect=60s,ttfb=60s"]).status == 0)
    let missed = CommandRun.of(place + ["--slo", "total=0,ttfb=60s"])
    #expect(missed.status == 10)
    #expect(missed.errors.contains("total") && !missed.errors.contains("ttfb"))
    #expect(CommandRun.of(place + ["--slo", "ttft=800"]).status == 2)
    #expect(CommandRun.of(place + ["--deep", "--slo", "ttft=0"]).status == 10)
    #expect(CommandRun.of(place + ["--slo", "total=0", "-c", "2", "-i", "0.1"]).status == 10)
  }

  @Test("--only shows the named checks and what failed before them, and sends no more than they need")
  func only() throws {
    let gateway = try MockGateway(.instant())
    defer { gateway.stop() }
    let run = CommandRun.of(["ping", "--base-url", gateway.baseURL, "--only", "tls,auth"])
    #expect(run.output.split(separator: "\n").count == 4, "\(run.output)")
    let early = CommandRun.of(["ping", "--base-url", gateway.baseURL, "--only", "tcp"])
    #expect(early.status == 0)
    #expect(gateway.requestCount == 1, "nothing is sent for a lower layer")
    #expect(CommandRun.of(["ping", "--base-url", gateway.baseURL, "--only", "stream"]).status == 2)
    #expect(CommandRun.of(["ping", "--base-url", "http://127.0.0.1:1", "--only", "auth"]).mark("tcp") == "✗")
  }

  @Test("no line is wider than the terminal, and a pipe gets no escape sequences")
  func layout() throws {
    let gateway = try MockGateway(.instant(fault: try MockFault(parsing: "status=404")))
    defer { gateway.stop() }
    for columns in [60, 80, 200] {
      let run = CommandRun.of(
        ["ping", "--base-url", gateway.baseURL, "-m", "양떼-모형", "--color", "never"], columns: columns)
      #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= columns }, "\(run.output)")
    }
    let plain = CommandRun.of(["ping", "--base-url", gateway.baseURL])
    #expect(!plain.output.contains("\u{1b}"))
  }
}
