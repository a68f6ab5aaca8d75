import SheepCore
import SheepMock
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("binary: faults of network and HTTP")
struct NetworkFaultTests {
  /// A loopback port on which nobody listens.
  private static func deadPort() throws -> UInt16 {
    let gateway = try MockGateway()
    defer { gateway.stop() }
    return gateway.port
  }

  @Test("1: a refused connection is tried three times and exits 5")
  func refused() throws {
    let port = try Self.deadPort()
    let process = try SheepProcess(
      ["chat", "--json", "--base-url", "http://127.0.0.1:\(port)", "-m", "m", "Hello"])
    #expect(process.finish() == .exit(5))
    let error = try #require(GatewayTrial.error(process))
    #expect(error["kind"] == "connect")
    #expect(error["attempts"] == 3)
    #expect(process.errorText.contains("is the server running on that port?"))
  }

  @Test("2: a name that does not exist exits 5 and names the host, not the key")
  func unknownName() throws {
    let process = try SheepProcess(
      ["chat", "--max-retries", "0", "--base-url", "https://sheep-test.invalid", "-m", "m", "Hello"],
      variables: ["SHEEP_API_KEY": GatewayTrial.key])
    #expect(process.finish() == .exit(5))
    #expect(process.errorText.contains("sheep-test.invalid"))
    #expect(!process.mentions(GatewayTrial.key))
  }

  @Test("5: a close after the request is tried again once", arguments: ["close", "reset"])
  func closed(_ fault: String) throws {
    let process = try GatewayTrial(fault: fault).run("chat", "--json", "Hello", exit: 5, requests: 2)
    #expect(GatewayTrial.error(process)?["kind"] == "network")
    let mended = try GatewayTrial(fault: fault + ";times=1").run(
      "chat", "--json", "Hello", exit: 0, requests: 2)
    #expect((try JSON.parse(mended.output))["retries"]?.array?.count == 1)
  }

  @Test(
    "6: a head that never comes is given up at its limit and not asked for again",
    arguments: ["no-answer", "head-never"])
  func noHead(_ fault: String) throws {
    let process = try GatewayTrial(fault: fault)
      .run("chat", "--json", "--first-byte-timeout", "200ms", "Hello", exit: 5, requests: 1)
    #expect(GatewayTrial.error(process)?["kind"] == "timeout")
  }

  @Test(
    "7: a flood of header fields, or a huge one, ends the transfer",
    arguments: ["headers=20000", "header-bytes=1M"])
  func headerFlood(_ fault: String) throws {
    _ = try GatewayTrial(fault: fault).run("chat", "Hello", exit: 6, requests: 1)
  }

  @Test("8: no redirect is followed; the other server sees nothing", arguments: [301, 302, 303, 307, 308])
  func redirect(_ status: Int) throws {
    let other = try MockGateway(.instant())
    let trial = try GatewayTrial(fault: "status=\(status);redirect=\(other.baseURL)/chat/completions")
    let process = try trial.run("chat", "Hello", exit: 5, requests: 1)
    #expect(process.errorText.contains("(\(status)) to \(other.baseURL)"))
    #expect(other.requestCount == 0)
    #expect(other.connections.isEmpty)
  }

  @Test("9: 429 with Retry-After waits that long, then succeeds")
  func retryAfter() throws {
    let trial = try GatewayTrial(fault: "status=429;retry-after=1;times=1")
    let process = try trial.run("chat", "--json", "Hello", exit: 0, requests: 2)
    let requests = trial.gateway.requests
    #expect(requests[1].arrivedAt - requests[0].arrivedAt >= .seconds(1))
    #expect(requests[0].bodyHash == requests[1].bodyHash)
    #expect((try JSON.parse(process.output))["attempts"] == 2)
  }

  @Test("11: a used-up quota is not tried again")
  func quota() throws {
    let trial = try GatewayTrial(fault: "status=429;code=insufficient_quota;type=insufficient_quota")
    _ = try trial.run("chat", "Hello", exit: 4, requests: 1)
  }

  @Test("12: 429 without a hint is tried three times within the program's own bounds")
  func withoutHint() throws {
    let trial = try GatewayTrial(fault: "status=429")
    let process = try trial.run("chat", "--json", "Hello", exit: 4, requests: 3)
    #expect(GatewayTrial.error(process)?["retry_after"] == nil)
    // What it says that it will wait, for how long that takes on a busy machine is not its to say.
    let waits = Self.announcedWaits(process.errorText)
    try #require(waits.count == 2, "\(process.errorText)")
    #expect(waits[0] < .seconds(5) && waits[1] < .seconds(6))
    let gaps = zip(trial.gateway.requests.dropFirst(), trial.gateway.requests).map {
      $0.arrivedAt - $1.arrivedAt
    }
    // The text is rounded.
    #expect(zip(gaps, waits).allSatisfy { $0 > $1 - .milliseconds(10) })
  }

  /// The waits of "retrying in 320 ms" and "retrying in 1.25 s".
  private static func announcedWaits(_ text: String) -> [Duration] {
    text.split(separator: "\n").compactMap { line in
      guard let range = line.firstRange(of: "retrying in ") else { return nil }
      let words = line[range.upperBound...].split(separator: " ")
      guard words.count > 1, let number = Double(words[0]) else { return nil }
      return words[1].hasPrefix("ms") ? .milliseconds(number) : .seconds(number)
    }
  }

  @Test("13: busy twice, then one answer", arguments: [503, 529])
  func busy(_ status: Int) throws {
    let trial = try GatewayTrial(fault: "status=\(status);times=2;retry-after-ms=1")
    let process = try trial.run("chat", "Hello", exit: 0, requests: 3)
    let once = try GatewayTrial().run("chat", "Hello", exit: 0, requests: 1)
    #expect(!once.output.isEmpty && process.output == once.output)
  }

  @Test("14: a page of HTML becomes one short sentence")
  func html() throws {
    let trial = try GatewayTrial(fault: "status=500;shape=html;retry-after-ms=1")
    let process = try trial.run("chat", "-q", "Hello", exit: 6, requests: 3)
    #expect(process.errors.count < 400)
    #expect(!process.errorText.contains("<"))
    #expect(process.errors.filter { $0 == 0x0a }.count == 1)
  }

  @Test("15: a refused spelling of the token limit is tried once in the other one")
  func otherSpelling() throws {
    let trial = try GatewayTrial(fault: "refuse=max_tokens;text=Hi")
    let process = try trial.run("chat", "--max-tokens", "9", "Hello", exit: 0, requests: 2)
    #expect(process.text == "Hi")
    #expect(trial.gateway.requests[0].json?["max_tokens"] == 9)
    #expect(trial.gateway.requests[1].json?["max_completion_tokens"] == 9)
    #expect(trial.gateway.requests[1].json?["max_tokens"] == nil)
    _ = try GatewayTrial(fault: "refuse=temperature").run("chat", "-t", "1", "Hello", exit: 6, requests: 1)
  }

  @Test(
    "18: a Retry-After that makes no sense crashes nothing",
    arguments: ["nan", "inf", "1e40", "-5", "garbage", "99999999999999999999", "", "0x10"])
  func hostileHint(_ hint: String) throws {
    let trial = try GatewayTrial(fault: "status=503;retry-after=\(hint);times=1")
    let process = try trial.run("chat", "Hello", exit: 0, requests: 2)
    #expect(!process.output.isEmpty)
  }

  @Test("19: the server's word that a retry is of no use is taken")
  func shouldNotRetry() throws {
    _ = try GatewayTrial(fault: "status=503;header=x-should-retry: false").run(
      "chat", "Hello", exit: 6, requests: 1)
  }

  @Test("a hung connection ends at --connect-timeout, and all of a call at --max-time")
  func timeLimits() throws {
    let process = try GatewayTrial(fault: "no-answer").run(
      "chat", "--json", "--max-time", "0.3", "Hello", exit: 10, requests: 1)
    #expect(GatewayTrial.error(process)?["kind"] == "limit")
  }

  @Test("71: hints of 1.2 s do not stretch a limit of 1.5 s")
  func deadline() throws {
    // 300 ms are left for the second attempt, also where many tests run at once.
    let trial = try GatewayTrial(fault: "status=429;retry-after-ms=1200")
    let process = try trial.start("chat", "--max-time", "1.5", "--max-retries", "9", "Hello")
    #expect(process.finish() == .exit(4))
    // Without the limit it would be ten.
    #expect((1...2).contains(trial.gateway.requestCount))
  }

  @Test("77: the address works with and without /v1, with a slash and with a path in front")
  func addresses() throws {
    for suffix in ["", "/", "/v1", "/v1/", "/gw/openai/v1"] {
      let gateway = try MockGateway(.instant())
      let process = try SheepProcess(
        ["chat", "--base-url", "http://127.0.0.1:\(gateway.port)" + suffix, "-m", "mock-instant", "Hello"])
      #expect(process.finish() == .exit(0), "\(suffix): \(process.errorText)")
      let prefix = suffix.hasPrefix("/gw") ? "/gw/openai" : ""
      #expect(gateway.requests.map(\.target) == [prefix + "/v1/chat/completions"])
      #expect(gateway.requests.first?.method == "POST")
    }
  }

  @Test("79: http_proxy is not used; for https the proxy sees CONNECT and no key")
  func proxies() throws {
    let proxy = try MockGateway(.instant())
    let address = "http://127.0.0.1:\(proxy.port)"
    let trial = try GatewayTrial(fault: "text=Hi")
    let direct = try trial.run(
      "chat", "Hello", exit: 0, requests: 1,
      variables: ["http_proxy": address, "HTTP_PROXY": address, "https_proxy": address, "all_proxy": address])
    #expect(direct.text == "Hi")
    #expect(proxy.connections.isEmpty, "this machine is reached directly")
    let process = try SheepProcess(
      ["chat", "--max-retries", "0", "--base-url", "https://gateway.invalid/v1", "-m", "m", "Hello"],
      variables: ["SHEEP_API_KEY": GatewayTrial.key, "https_proxy": address, "http_proxy": address])
    #expect(process.finish() == .exit(5))
    #expect(proxy.requests.map(\.method) == ["CONNECT"])
    #expect(proxy.requests.first?.target == "gateway.invalid:443")
    #expect(proxy.requests.first?.headers["authorization"] == nil)
    #expect(proxy.requests.first?.body.isEmpty == true)
  }

  @Test("the key is in the request, and it is the only thing that is sent beside the prompt")
  func request() throws {
    let trial = try GatewayTrial(script: [], keys: [GatewayTrial.key])
    _ = try trial.run("chat", "안녕", exit: 0, requests: 1)
    let request = try #require(trial.gateway.requests.first)
    #expect(request.headers["authorization"] == "Bearer " + GatewayTrial.key)
    #expect(
      Set(request.headers.fields.map { $0.name.lowercased() })
        == ["host", "user-agent", "accept", "content-type", "content-length", "authorization"])
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"model":"mock-instant","messages":[{"role":"user","content":"안녕"}],"stream":true,"#
        + #""stream_options":{"include_usage":true}}"#)
    _ = try GatewayTrial(script: [], keys: ["another-key-0123456789"]).run(
      "chat", "Hello", exit: 3, requests: 1)
  }
}
