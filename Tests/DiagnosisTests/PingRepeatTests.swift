import SheepCore
import SheepMock
import Testing

/// Repeated probes in the manner of ping(8).
@Suite(.timeLimit(.minutes(2)))
struct PingRepeatTests {
  @Test func eachProbeHasALineAndStatisticsFollow() throws {
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

  @Test(arguments: [[], ["--deep", "-m", "gpt-4.1"]])
  func theUsersTimeEndsEachProbe(more: [String]) throws {
    let gateway = try MockGateway(
      .instant(script: [.fault(MockFault(parsing: "no-answer")), .normal]))
    defer { gateway.stop() }
    let run = CommandRun.of(
      ["ping", "--base-url", gateway.baseURL, "-c", "2", "-i", "0.1", "--max-time", "0.5", "--json"] + more)
    let target = try #require(run.json?["targets"]?[0])
    #expect(target["probes"]?.array?.map { $0["code"]?.count } == [10, 0], "\(run.output)\(run.errors)")
    #expect(run.status == 10)
    #expect(run.errors.contains("longer than the 0.5 s allowed"))
  }

  @Test func lostProbesAreCountedAndTheExitIsTheirs() throws {
    let gateway = try MockGateway(
      .instant(script: [.normal, .fault(MockFault(parsing: "status=500")), .normal]))
    defer { gateway.stop() }
    let run = CommandRun.of(["ping", "--base-url", gateway.baseURL, "-c", "3", "-i", "0.1", "--json"])
    let target = try #require(run.json?["targets"]?[0])
    #expect(target["statistics"]?["lost"]?.count == 1)
    #expect(target["probes"]?.array?.map { $0["code"]?.count } == [0, 6, 0])
    #expect(run.status == 6)
  }

  @Test func droppedConnectionsAreCounted() throws {
    let gateway = try MockGateway(
      .instant(fault: try MockFault(parsing: "header=Connection: close;framing=close")))
    defer { gateway.stop() }
    let run = CommandRun.of(["ping", "--base-url", gateway.baseURL, "-c", "3", "-i", "0.1"])
    #expect(run.output.contains("2 reconnects"), "\(run.output)")
  }

  @Test func anInterruptStillShowsTheStatistics() throws {
    let gateway = try MockGateway(.instant())
    defer { gateway.stop() }
    let run = CommandRun.of(["ping", "--base-url", gateway.baseURL, "-i", "0.1"]) { text in
      text.contains("probe 2") ? 2 : nil
    }
    #expect(run.status == 130)
    #expect(run.output.contains("2 sent, 2 ok"), "\(run.output)")
  }

  @Test func deepProbesNameTokensAndMoney() throws {
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
