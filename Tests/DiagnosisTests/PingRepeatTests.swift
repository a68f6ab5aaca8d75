import SheepCore
import SheepMock
import Testing

/// Repeated probes in the manner of ping(8).
@Suite("ping: repeated", .timeLimit(.minutes(2)))
struct PingRepeatTests {
  @Test("each probe has a line, statistics follow, and the connection is kept")
  func probes() throws {
    let gateway = try MockGateway(.instant())
    defer { gateway.stop() }
    let run = CommandRun.of(["ping", "--base-url", gateway.baseURL, "-c", "4", "-i", "0.1"])
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.filter { $0.hasPrefix("probe ") }.count == 4)
    #expect(lines[1].contains("connected in") && !lines[2].contains("connected in"))
    #expect(run.output.contains("4 sent, 4 ok, 0.0 % lost"))
    #expect(run.output.contains("median") && run.output.contains("jitter"))
    #expect(run.status == 0)
    #expect(gateway.requestCount == 4)
    #expect(gateway.connections.count == 1, "the connection is kept")
  }

  @Test("--max-time ends each probe, not the whole series", arguments: [[], ["--deep", "-m", "gpt-4.1"]])
  func maxTime(more: [String]) throws {
    let gateway = try MockGateway(
      .instant(script: [.fault(MockFault(parsing: "no-answer")), .normal]))
    defer { gateway.stop() }
    let run = CommandRun.of(
      ["ping", "--base-url", gateway.baseURL, "-c", "2", "-i", "0.1", "--max-time", "0.5", "--json"] + more)
    let target = try #require(run.json?["targets"]?[0])
    #expect(target["probes"]?.array?.map { $0["code"]?.count } == [10, 0], "\(run.output)\(run.errors)")
    #expect(run.status == 10)
    #expect(run.errors.contains("longer than the limit of 0.5 s; allow more time with --max-time"))
  }

  @Test("lost probes are counted, and the exit code is that of the failure")
  func lostProbes() throws {
    let gateway = try MockGateway(
      .instant(script: [.normal, .fault(MockFault(parsing: "status=500")), .normal]))
    defer { gateway.stop() }
    let run = CommandRun.of(["ping", "--base-url", gateway.baseURL, "-c", "3", "-i", "0.1", "--json"])
    let target = try #require(run.json?["targets"]?[0])
    #expect(target["statistics"]?["lost"]?.count == 1)
    #expect(target["probes"]?.array?.map { $0["code"]?.count } == [0, 6, 0])
    #expect(run.status == 6)
  }

  @Test("dropped connections are counted")
  func reconnects() throws {
    let gateway = try MockGateway(
      .instant(fault: try MockFault(parsing: "header=Connection: close;framing=close")))
    defer { gateway.stop() }
    let run = CommandRun.of(["ping", "--base-url", gateway.baseURL, "-c", "3", "-i", "0.1"])
    #expect(run.output.contains("2 reconnects"), "\(run.output)")
  }

  @Test("Ctrl-C still shows the statistics")
  func interrupt() throws {
    let gateway = try MockGateway(.instant())
    defer { gateway.stop() }
    let run = CommandRun.of(["ping", "--base-url", gateway.baseURL, "-i", "0.1"]) { text in
      text.contains("probe 2") ? 2 : nil
    }
    #expect(run.status == 130)
    #expect(run.output.contains("2 sent, 2 ok"), "\(run.output)")
  }

  @Test("probes with --deep name the first token and the money")
  func deepProbes() throws {
    let gateway = try MockGateway(.instant())
    defer { gateway.stop() }
    let run = CommandRun.of([
      "ping", "--base-url", gateway.baseURL, "-m", "gpt-4.1", "--deep", "-c", "2", "-i", "0.1", "--price",
      "in=1,out=2",
    ])
    #expect(run.output.contains("first token"))
    #expect(run.output.contains("$0.0001"), "\(run.output)")
  }
}
