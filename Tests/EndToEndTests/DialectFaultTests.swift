import SheepCore
import SheepMock
import Testing

/// The fault scenarios that have to do with how a server speaks, in each dialect.
@Suite("binary: faults in every dialect")
struct DialectFaultTests {
  enum API: String, CaseIterable, CustomTestStringConvertible {
    case openai, responses, anthropic, gemini

    var testDescription: String { rawValue }

    /// The path of a streamed call under the gateway's address.
    var path: String {
      switch self {
      case .openai: "/v1/chat/completions"
      case .responses: "/v1/responses"
      case .anthropic: "/v1/messages"
      case .gemini: "/v1beta/models/mock-instant:streamGenerateContent"
      }
    }
  }

  private static func run(
    _ api: API, _ fault: String, exit: Int32, requests: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> SheepProcess {
    let trial = try GatewayTrial(fault: fault, sourceLocation: sourceLocation)
    return try trial.run(
      "chat", "--json", "--api", api.rawValue, "Hello", exit: exit, requests: requests)
  }

  @Test("21, 22: a cut keeps what came and is exit 9", arguments: API.allCases, ["chunked", "close"])
  func cut(_ api: API, _ framing: String) throws {
    let process = try Self.run(api, "tokens=40;cut-after=5;each;framing=\(framing)", exit: 9, requests: 1)
    let answer = try JSON.parse(process.output)
    #expect(answer["finish_reason"] == "truncated")
    #expect(answer["text"]?.string?.isEmpty == false)
  }

  @Test(
    "23, 24: an error after text is exit 9 with its message, one before it is tried again",
    arguments: API.allCases)
  func errors(_ api: API) throws {
    let after = try Self.run(api, "tokens=40;error-after=3;message=upstream gone", exit: 9, requests: 1)
    #expect(after.errorText.contains("upstream gone"), "\(after.errorText)")
    let before = try Self.run(api, "error-after=0;times=1", exit: 0, requests: 2)
    #expect(try JSON.parse(before.output)["attempts"] == 2)
  }

  @Test("9, 13, 16: waits, overload and wrong keys have their exits", arguments: API.allCases)
  func statuses(_ api: API) throws {
    _ = try Self.run(api, "status=503;times=2", exit: 0, requests: 3)
    _ = try Self.run(api, "status=429;retry-after=0;times=1", exit: 0, requests: 2)
    _ = try Self.run(api, "status=401", exit: 3, requests: 1)
    _ = try Self.run(api, "status=500;body=<html>oops</html>", exit: 6, requests: 3)
  }

  @Test("16: Gemini's wrong key, a 400, is exit 3")
  func geminiKey() throws {
    let body =
      #"{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}"#
    let trial = try GatewayTrial(fault: "status=400;body=\(body)")
    _ = try trial.run("chat", "--api", "gemini", "Hello", exit: 3, requests: 1)
  }

  @Test(
    "25: the end marker of the dialect, and not the end of the bytes, makes an answer whole",
    arguments: API.allCases)
  func endMarker(_ api: API) throws {
    _ = try Self.run(api, "text=Hi;no-done;no-finish", exit: 9, requests: 1)
  }

  @Test(
    "29, 30, 32: line ends, split writes and unknown events change nothing",
    arguments: API.allCases, ["line-end=cr", "line-end=mixed;split=1", "bom;split=3", "unknown;comments=3"])
  func framing(_ api: API, _ fault: String) throws {
    let text = "안녕, 세계 👩‍💻\u{2028}끝"
    let process = try Self.run(api, "text=\(text);\(fault)", exit: 0, requests: 1)
    #expect(try JSON.parse(process.output)["text"]?.string == text)
  }

  @Test("36, 37: missing usage is estimated, reported usage is not added up", arguments: API.allCases)
  func usage(_ api: API) throws {
    let missing = try JSON.parse(try Self.run(api, "text=Hi;usage=none", exit: 0, requests: 1).output)
    #expect(missing["usage"]?["source"] == "estimated")
    let reported = try JSON.parse(try Self.run(api, "tokens=30", exit: 0, requests: 1).output)
    #expect(reported["usage"]?["source"] == "reported")
    #expect(reported["usage"]?["output_tokens"] == 30)
  }

  @Test(
    "39: a document where a stream was asked for is an answer, or the error it holds",
    arguments: API.allCases)
  func document(_ api: API) throws {
    _ = try Self.run(api, "text=Hi;wrong-kind", exit: 0, requests: 1)
    let body = #"{"error":{"message":"it broke","type":"server_error"}}"#
    let process = try Self.run(api, "status=200;times=1;body=\(body)", exit: 0, requests: 2)
    #expect(try JSON.parse(process.output)["attempts"] == 2)
  }

  @Test("77: every spelling of a base address leads to the endpoint", arguments: API.allCases)
  func baseURLs(_ api: API) throws {
    let gateway = try MockGateway(.instant())
    let root = String(gateway.baseURL.dropLast("/v1".count))
    for base in [root, root + "/", root + "/v1", root + "/v1/"] {
      let process = try SheepProcess(
        ["chat", "--base-url", base, "--api", api.rawValue, "-m", "mock-instant", "Hello"])
      #expect(process.finish() == .exit(0), "\(base): \(process.errorText)")
    }
    #expect(Set(gateway.requests.map(\.path)) == [api.path])
  }
}
