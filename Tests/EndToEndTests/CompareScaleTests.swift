import SheepCore
import SheepMock
import SheepTesting
import Testing

@Suite("binary: a large comparison")
struct CompareScaleTests {
  /// The number after a field of `/proc/PID/status`; `nil` where there is no such file.
  private static func status(_ field: String, of process: SheepProcess) -> Int? {
    let lines = TemporaryFolder.read("/proc/\(process.identifier)/status").split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix(field + ":") }) else { return nil }
    return line.split(whereSeparator: { $0 == "\t" || $0 == " " }).dropFirst().first.flatMap { Int($0) }
  }

  @Test("fifty targets in twenty rounds, all at once, on one thread")
  func fiftyTargets() throws {
    var configuration = MockConfiguration()
    configuration.fault = try MockFault(parsing: "tokens=4")
    let gateway = try MockGateway(configuration)
    // Fifty names of one model, whose first token comes after 150 ms.
    let models = (0..<50).map { index in
      "gemini-2.5-flash-2026-\(index < 25 ? "01" : "02")-\(index % 25 < 9 ? "0" : "")\(index % 25 + 1)"
    }
    let process = try SheepProcess(
      [
        "compare", "--json", "--parallel", "--rounds", "20", "--warmup", "1", "-m",
        models.joined(separator: ","), "Hello",
      ], variables: ["SHEEP_BASE_URL": gateway.baseURL])
    process.waitForErrors("round 3/20")
    #if os(Linux)
      #expect(Self.status("Threads", of: process) == 1)
    #endif
    #expect(process.finish() == .exit(0), "\(process.errorText)")
    #expect(gateway.requestCount == 50 * 21)
    let json = try JSON.parse(process.output)
    let targets = try #require(json["targets"]?.array)
    #expect(targets.count == 50 && json["attempts"]?.array?.count == 1000)
    for target in targets {
      #expect(target["ok"]?.count == 20)
      let first = try #require(target["ttft_ms"]?["median"]?.number?.double)
      #expect(first >= 149, "no token is early: \(first)")
      let share = try #require(target["client_share"]?.number?.double)
      #expect((0...1).contains(share), "the own share is measured: \(share)")
    }
    let reused = json["attempts"]?.array?.count { $0["timing"]?["connection_reused"]?.bool == true }
    #expect(reused == 1000, "the warm-ups have opened all connections")
  }
}
