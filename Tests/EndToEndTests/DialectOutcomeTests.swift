import SheepCore
import Testing

/// What the answer's own object says after a fault, in each dialect.
@Suite("binary: what an answer says of a fault in every dialect")
struct DialectOutcomeTests {
  enum API: String, CaseIterable, CustomTestStringConvertible {
    case openai, responses, anthropic, gemini

    var testDescription: String { rawValue }
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

  @Test(
    "25: the end marker of the dialect, and not the end of the bytes, makes an answer whole",
    arguments: API.allCases)
  func endMarker(_ api: API) throws {
    _ = try Self.run(api, "text=Hi;no-done;no-finish", exit: 9, requests: 1)
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
}
