import SheepClient
import SheepCore
import SheepTesting
import SheepWire
import Testing

/// The layers of a diagnosis on a scripted loop and network.
@Suite("diagnosis")
struct DiagnosisTests {
  static let list = TransferScript.response(200, body: #"{"data":[{"id":"model-1"},{"id":"model-2"}]}"#)

  /// Runs a diagnosis to its end.
  private func run(
    _ scripts: [TransferScript], base: String = "https://api.example.com/v1", last: Check = .model,
    proxy: [String: String] = [:], network change: (ScriptedNetwork) -> Void = { _ in }
  ) throws -> (report: DiagnosisReport, loop: ScriptedLoop, network: ScriptedNetwork) {
    let loop = ScriptedLoop(scripts)
    let network = ScriptedNetwork(loop: loop)
    change(network)
    let base = try BaseURL(base)
    let target = try Target(
      profile: "example", dialect: OpenAIChat(), baseURL: base,
      key: Target.BoundKey(Secret("sk-test-0123456789abcdef"), origin: base.origin))
    let plan = Diagnosis.Plan(
      target: target, model: "model-1",
      proxy: ProxyInEffect(setting: nil, base: base) { proxy[$0] },
      config: CheckResult(.config, .ok, "settings"), last: last, limits: TimeLimits(),
      now: { 1_800_000_000 }, price: { _ in PricedCall(text: "$0.000010", amount: .zero) })
    var report: DiagnosisReport?
    let diagnosis = Diagnosis(plan, loop: loop, network: network) { report = $0 }
    diagnosis.begin()
    loop.run { report != nil }
    #expect(loop.waitingTimers == 0, "no timer is left")
    return (try #require(report), loop, network)
  }

  private func states(_ report: DiagnosisReport) -> [CheckResult.State] { report.results.map(\.state) }

  @Test("all layers are checked in their order")
  func layers() throws {
    let (report, loop, network) = try run([Self.list])
    #expect(report.results.map(\.check) == Array(Check.allCases.prefix(8)))
    #expect(report.failure == nil)
    #expect(network.asked == ["A api.example.com", "AAAA api.example.com", "192.0.2.1:443"])
    #expect(loop.received.first?.request.url == "https://api.example.com/v1/models")
    #expect(loop.received.first?.request.settings.inspectsTLS == true)
  }

  @Test("nothing is sent where a name is missing")
  func missingName() throws {
    let (report, loop, _) = try run([]) { $0.names = [:] }
    #expect(report.failure?.kind == .nameResolution)
    #expect(
      states(report) == [.ok, .ok, .failed, .notReached, .notReached, .notReached, .notReached, .notReached])
    #expect(loop.received.isEmpty)
  }

  @Test("a name server that knows one family only is a warning")
  func oneFamily() throws {
    let (report, _, _) = try run([Self.list]) {
      $0.names[.ipv6] = NameAnswer(problem: .timeout, time: .seconds(10))
    }
    #expect(report.results[2].state == .warning)
    #expect(report.results[2].advice?.contains("IPv6") == true)
    #expect(report.failure == nil)
  }

  @Test("a slow name server is a warning")
  func slowNames() throws {
    let (report, _, _) = try run([Self.list]) {
      $0.names[.ipv4] = NameAnswer(addresses: ["192.0.2.1"], time: .milliseconds(1500))
    }
    #expect(report.results[2].state == .warning)
  }

  @Test(
    "a connection that fails is told by its reason",
    arguments: [
      (ConnectAnswer.Problem.refused, "refused"), (.timeout, "no connection within"),
      (.unreachable, "no route to it"), (.other("Permission denied"), "Permission denied"),
    ])
  func failedConnections(problem: ConnectAnswer.Problem, words: String) throws {
    let (report, _, _) = try run([]) {
      $0.connections["192.0.2.1"] = ConnectAnswer(problem: problem, time: .seconds(10))
    }
    #expect(report.failure?.kind == .connect)
    #expect(report.failure?.problem.contains(words) == true)
    #expect(report.failure?.advice != nil)
  }

  @Test("a family that times out is a warning; one without a route is not")
  func badFamily() throws {
    for (problem, state) in [(ConnectAnswer.Problem.timeout, CheckResult.State.warning), (.unreachable, .ok)]
    {
      let (report, _, _) = try run([Self.list]) {
        $0.names[.ipv6] = NameAnswer(addresses: ["2001:db8::1"], time: .milliseconds(3))
        $0.connections["2001:db8::1"] = ConnectAnswer(problem: problem, time: .milliseconds(5))
      }
      #expect(report.results[3].state == state)
    }
  }

  @Test(
    "a broken transfer names its layer",
    arguments: [
      (TransferEnd.Problem.Kind.handshake, Check.tls), (.certificate, .tls), (.connectTimeout, .tls),
      (.proxy, .proxy), (.nameResolution, .dns), (.connect, .tcp), (.malformedResponse, .http),
      (.connectionLost, .http), (.tooLarge, .http),
    ])
  func brokenTransfers(kind: TransferEnd.Problem.Kind, check: Check) throws {
    let (report, _, _) = try run([[.fail(kind)]])
    #expect(report.results.first { $0.state == .failed }?.check == check)
  }

  @Test("a proxy is reached instead of the target")
  func proxy() throws {
    let (report, _, network) = try run(
      [Self.list], proxy: ["https_proxy": "http://me:pw@proxy.example:3128"])
    #expect(network.asked == ["A proxy.example", "AAAA proxy.example", "192.0.2.1:3128"])
    #expect(report.results[1].value == "http://proxy.example:3128, from https_proxy")
    #expect(report.results[2].state == .skipped && report.results[3].state == .skipped)
  }

  @Test("silence ends by its limit")
  func silence() throws {
    let (report, _, _) = try run([[.sent, .silence]])
    #expect(report.failure?.kind == .timeout)
    #expect(report.results.first { $0.state == .failed }?.check == .http)
  }

  @Test(
    "a clock that differs from the server's is named with its side",
    arguments: [
      ("Fri, 15 Jan 2027 07:50:00 GMT", 600, "10 min ahead of"),
      ("Fri, 15 Jan 2027 08:10:00 GMT", -600, "10 min behind"),
      ("Fri, 15 Jan 2027 08:05:00 GMT", -300, nil),
    ] as [(String, Int, String?)])
  func clockSkew(_ date: String, _ seconds: Int, _ side: String?) throws {
    let list = TransferScript.response(200, [("Date", date)], body: #"{"data":[{"id":"model-1"}]}"#)
    let (report, _, _) = try run([list])
    let http = try #require(report.results.first { $0.check == .http })
    #expect(http.facts.first { $0.name == "clock_skew_s" }?.value == .number(JSONNumber(seconds)))
    #expect(http.state == (side == nil ? .ok : .warning))
    #expect(http.advice == side.map { "this machine's clock is \($0) the server's; correct it" })
  }

  @Test("an error page that is too long to be read whole is judged by its beginning")
  func longRefusal() throws {
    let page = ErrorReply.body("no such key " + String(repeating: "x", count: 100_000))
    let (report, loop, _) = try run([
      [.head(401), .text(page), .text(page), .text("more"), .end]
    ])
    #expect(report.failure?.kind == .authentication)
    #expect(report.results.first { $0.state == .failed }?.check == .auth)
    #expect(loop.running == 0)
  }

  @Test("the small call follows the list of models")
  func smallCall() throws {
    let pieces = (0..<24).map { ChatStream.text("\($0)") }
    var steps: [TransferScript.Step] = [
      .after(.milliseconds(300)),
      .head(
        200,
        [
          ("Content-Type", "text/event-stream"), ("openai-processing-ms", "120"),
          ("x-ratelimit-remaining-requests", "90"), ("x-ratelimit-limit-requests", "100"),
        ]),
    ]
    for piece in pieces { steps += [.text(piece), .after(.milliseconds(30))] }
    steps += [
      .text(ChatStream.finish()), .text(ChatStream.usage(prompt: 20, completion: 24)), .text(ChatStream.done),
      .end,
    ]
    let (report, loop, _) = try run([Self.list, TransferScript(steps)], last: .serverTime)
    #expect(report.results.count == 14)
    #expect(report.results.allSatisfy { $0.state == .ok }, "\(report.results)")
    #expect(loop.received.last?.json?["max_tokens"]?.count == 24)
    #expect(report.measures.firstToken != nil)
  }
}

/// The pure parts.
@Suite("parts of a diagnosis")
struct DiagnosisPartTests {
  private func timing(deltas: Int, arrivals: Int, span: Duration) -> Timing {
    var timing = Timing(start: Instant(nanoseconds: 0))
    timing.sent = Instant(nanoseconds: 0)
    timing.firstDelta = Instant(nanoseconds: 0) + span
    timing.lastDelta = Instant(nanoseconds: 0) + span
    timing.deltas = deltas
    timing.arrivals = arrivals
    return timing
  }

  @Test(
    "whether a stream is incremental follows from its arrivals",
    arguments: [
      (121, 121, 4000, StreamShape.incremental), (121, 6, 4000, .buffered), (24, 12, 4000, .partly),
      (24, 1, 4000, .notStreamed), (5, 5, 4000, .unknown), (24, 2, 100, .unknown), (1, 1, 4000, .notStreamed),
      (20, 14, 4000, .incremental),
    ])
  func arrivals(deltas: Int, arrivals: Int, milliseconds: Int, shape: StreamShape) {
    let timing = timing(deltas: deltas, arrivals: arrivals, span: .milliseconds(milliseconds))
    #expect(StreamShape(timing, outputTokens: 24) == shape)
  }

  @Test(
    "the proxy in effect is known, and who asked for it",
    arguments: [
      (nil as String?, [:] as [String: String], nil as String?, nil as String?),
      (nil, ["https_proxy": "http://p:1", "HTTPS_PROXY": "http://q:2"], "http://p:1", "https_proxy"),
      (nil, ["ALL_PROXY": "socks5h://p"], "socks5h://p", "ALL_PROXY"),
      (nil, ["http_proxy": "http://p:1"], nil, nil),
      (nil, ["https_proxy": "http://p:1", "no_proxy": "example.com"], nil, "no_proxy"),
      (nil, ["https_proxy": "http://p:1", "NO_PROXY": ".com"], nil, "NO_PROXY"),
      (nil, ["https_proxy": "http://p:1", "NO_PROXY": "ample.com, other"], "http://p:1", "https_proxy"),
      (nil, ["https_proxy": "http://p:1", "no_proxy": "*"], nil, "no_proxy"),
      ("", ["https_proxy": "http://p:1"], nil, "--proxy"),
      ("http://me:pw@p:1/", ["no_proxy": "*"], "http://p:1", "--proxy"),
    ])
  func proxySource(
    setting: String?, variables: [String: String], address: String?, source: String?
  ) throws {
    let base = try BaseURL("https://api.example.com/v1")
    let proxy = ProxyInEffect(setting: setting, base: base) { variables[$0] }
    #expect(proxy.address == address)
    #expect(proxy.source == source)
  }

  @Test("the address of a proxy is read for a trial connection")
  func proxyAddress() throws {
    let base = try BaseURL("https://api.example.com/v1")
    for (text, host, port) in [
      ("http://[::1]:8080", "::1", UInt16(8080)), ("proxy", "proxy", 1080), ("https://p", "p", 443),
      ("socks5://u@p:9/", "p", 9),
    ] {
      let proxy = ProxyInEffect(setting: text, base: base) { _ in nil }
      #expect(proxy.host == host && proxy.port == port, "\(text)")
    }
    #expect(ProxyInEffect(setting: "http://p:99999", base: base) { _ in nil }.port == nil)
  }

  @Test(
    "lists of models of all shapes are read",
    arguments: [
      (#"{"data":[{"id":"a"},{"id":"b"}]}"#, ["a", "b"]), (#"[{"id":"a"}]"#, ["a"]),
      (#"{"models":[{"name":"models/gemini-x"}]}"#, ["gemini-x"]), (#"{"data":[]}"#, []),
      (#"{"data":[7,{"id":null},{"id":"a"}]}"#, ["a"]),
    ])
  func lists(body: String, ids: [String]) {
    #expect(ListedModels(Array(body.utf8))?.ids == ids)
  }

  @Test("a body that is not a list of models is not read as one")
  func notAList() {
    #expect(ListedModels(Array("hello".utf8)) == nil)
  }

  @Test("median, jitter and loss follow from the probes")
  func statistics() {
    var statistics = PingStatistics()
    for (index, milliseconds) in [10, 30, 20, 40].enumerated() {
      statistics.add(
        PingSample(
          start: Instant(nanoseconds: 0), total: .milliseconds(milliseconds), measures: Measures(),
          failure: nil,
          reused: index == 0 || index == 2 ? false : true, status: 200, price: nil))
    }
    statistics.add(
      PingSample(
        start: Instant(nanoseconds: 0), total: .seconds(9), measures: Measures(),
        failure: Failure(.network, "x", "y"), reused: nil, status: nil, price: nil))
    #expect(statistics.sent == 5 && statistics.ok == 4 && statistics.lossPerMille == 200)
    #expect(statistics.total?.minimum == .milliseconds(10) && statistics.total?.maximum == .milliseconds(40))
    #expect(statistics.total?.median == .milliseconds(25))
    #expect(statistics.total?.percentile95 == nil)
    #expect(statistics.jitter == .nanoseconds(16_666_666))
    #expect(statistics.reconnects == 1)
  }

  @Test(
    "the server's own time is read from its headers",
    arguments: [
      ("openai-processing-ms", "120", 120), ("x-envoy-upstream-service-time", "7", 7),
      ("server-timing", "db;dur=3, total;dur=41.5", 41),
    ])
  func serverTime(name: String, value: String, milliseconds: Int64) {
    let headers = HTTPHeaders([.init(name, value)])
    #expect(ServerTime.of(headers).map { $0.nanoseconds / 1_000_000 } == milliseconds)
    #expect(ServerTime.of(HTTPHeaders([.init(name, "-1")])) == nil)
    #expect(ServerTime.of(HTTPHeaders([.init(name, "1e300")])) == nil)
  }
}
