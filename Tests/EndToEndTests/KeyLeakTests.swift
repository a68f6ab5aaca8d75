import SheepCore
import SheepMock
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One key, every way in which a call can go, and a search for its pieces in all that is written.
@Suite("binary: a key is nowhere")
struct KeyLeakTests {
  /// Pieces of the key in plain, Base64 and percent form; the last four characters may be shown.
  private static let pieces: [String] = {
    let key = GatewayTrial.key
    let plain = stride(from: 3, to: key.utf8.count - 8, by: 4).map { String(key.dropFirst($0).prefix(8)) }
    // printf %s sk-canary-c0ffee17d34db33f99 | base64
    // printf 'Bearer %s' sk-canary-c0ffee17d34db33f99 | base64
    return plain
      + [
        String(key.prefix(8)), "c2stY2FuYXJ5", "LWMwZmZlZTE3", "ZDM0ZGIzM2Y5", "LWNhbmFyeS1j", "MGZmZWUxN2Qz",
      ]
  }()

  private func expectNoKey(_ process: SheepProcess, _ what: String) {
    for piece in Self.pieces {
      #expect(!process.mentions(piece), "\(what): \(piece) in \(process.text) \(process.errorText)")
    }
  }

  @Test(
    "in answers, errors and redirects that repeat it",
    arguments: [
      "text=Hi", "echo-key=body", "echo-key=header", "echo-key=model", "echo-key=stream",
      "echo-key=body;status=500;retry-after-ms=1",
      "echo-key=body;status=429;code=insufficient_quota", "echo-key=body;shape=plain",
      "echo-key=body;shape=html",
      "status=401;message=bad key \(GatewayTrial.key)",
      "redirect=https://evil.example/?key=\(GatewayTrial.key)",
      "status=400;param=\(GatewayTrial.key);code=\(GatewayTrial.key)", "finish=\(GatewayTrial.key)",
      "served=\(GatewayTrial.key)",
      "error-after=2;message=\(GatewayTrial.key)",
      "error-after=2;error-form=line;message=\(GatewayTrial.key)",
      "status=401;message=Incorrect API key provided: \(GatewayTrial.key.prefix(8))*****3f99",
      "status=401;message=sent QmVhcmVyIHNrLWNhbmFyeS1jMGZmZWUxN2QzNGRiMzNmOTk",
      "served=\(GatewayTrial.key.prefix(16))", "header=x-request-id: \(GatewayTrial.key.prefix(16))",
    ], [["chat", "-u"], ["chat", "--json"], ["stream", "--jsonl"], ["stream", "--sse"]])
  func echoes(_ fault: String, _ arguments: [String]) throws {
    let trial = try GatewayTrial(fault: fault)
    let process = try trial.start(arguments + ["Hello"])
    process.finish()
    expectNoKey(process, fault)
    #expect(trial.gateway.requests.first?.headers["authorization"] == "Bearer " + GatewayTrial.key)
    #expect(trial.gateway.requestCount >= 1)
  }

  @Test(
    "in a dry run, which shows only the last four characters",
    arguments: [["--dry-run"], ["--dry-run", "--json"]])
  func dryRun(_ arguments: [String]) throws {
    let process = try GatewayTrial().run(
      "chat", arguments[0], arguments.last ?? "", "Hello", exit: 0, requests: 0)
    expectNoKey(process, "dry run")
    #expect(process.text.contains("Bearer ****" + GatewayTrial.key.suffix(4)))
  }

  @Test("when it is given where no key belongs")
  func misplaced() throws {
    for arguments in [
      ["chat", "--api-key", GatewayTrial.key, "Hello"], ["chat", "--api-key=" + GatewayTrial.key],
      ["chat", GatewayTrial.key],
      [GatewayTrial.key], ["chat", "-m", GatewayTrial.key, "Hello"],
      ["chat", "-H", "Authorization: Bearer " + GatewayTrial.key, "x"],
      ["chat", "--key-env", GatewayTrial.key, "x"],
      ["chat", "--base-url", "https://u:\(GatewayTrial.key)@h/", "-m", "m", "x"],
    ] {
      let trial = try GatewayTrial()
      let process = try trial.start(arguments)
      #expect(process.finish() == .exit(2), "\(arguments) \(process.errorText)")
      expectNoKey(process, "\(arguments)")
      #expect(trial.gateway.requestCount == 0)
    }
  }

  @Test("when the program crashes while it waits for the answer", arguments: ["no-answer", "stall-after=1"])
  func crash(_ fault: String) throws {
    let trial = try GatewayTrial(fault: fault)
    let process = try trial.start("chat", "Hello")
    #expect(trial.gateway.waitForRequests(1))
    process.signal(SIGSEGV)
    #expect(process.finish() == .exit(70))
    expectNoKey(process, "crash")
  }
}
