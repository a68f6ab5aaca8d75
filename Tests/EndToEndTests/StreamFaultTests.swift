import SheepCore
import SheepMock
import Testing

@Suite("binary: faults in a stream")
struct StreamFaultTests {
  @Test(
    "21, 22: a cut after five deltas keeps them, says so and is not asked for again",
    arguments: ["framing=chunked", "framing=close", "cut-reset"])
  func cut(_ how: String) throws {
    let whole = try GatewayTrial(fault: "tokens=40").run("chat", "Hello", exit: 0, requests: 1)
    let process = try GatewayTrial(fault: "tokens=40;cut-after=5;each;\(how)").run(
      "chat", "Hello", exit: 9, requests: 1)
    #expect(!process.output.isEmpty)
    #expect(process.output.count < whole.output.count)
    #expect(whole.output.starts(with: process.output))
    #expect(process.errorText.contains("the partial answer was kept"))
    let json = try GatewayTrial(fault: "tokens=40;cut-after=5;\(how)").run(
      "chat", "--json", "Hello", exit: 9, requests: 1)
    #expect((try JSON.parse(json.output))["complete"] == false)
    #expect((try JSON.parse(json.output))["finish_reason"] == "truncated")
  }

  @Test(
    "23: an error event after text keeps the text and shows the message", arguments: StreamErrorForm.allCases)
  func errorAfterText(_ form: StreamErrorForm) throws {
    let trial = try GatewayTrial(
      fault: "tokens=40;error-after=3;message=upstream gone;error-form=\(form.rawValue)")
    let process = try trial.run("chat", "Hello", exit: 9, requests: 1)
    #expect(!process.output.isEmpty)
    #expect(process.errorText.contains("upstream gone"), "\(process.errorText)")
  }

  @Test("24: an error event before text is tried again")
  func errorBeforeText() throws {
    let trial = try GatewayTrial(fault: "error-after=0;times=1")
    let process = try trial.run("chat", "Hello", exit: 0, requests: 2)
    #expect(!process.output.isEmpty)
  }

  @Test(
    "25: one of the two end markers is enough, with neither the answer is not whole",
    arguments: [("no-done", 0), ("no-finish", 0), ("no-done;no-finish", 9)] as [(String, Int32)])
  func endMarkers(_ fault: String, _ exit: Int32) throws {
    let process = try GatewayTrial(fault: "text=Hi;" + fault).run("chat", "Hello", exit: exit, requests: 1)
    #expect(process.text == "Hi")
  }

  @Test("26: comments alone are given up when the silence of the content is too long")
  func onlyComments() throws {
    // The limit for content is never shorter than 300 s by an option: what a user sets ends it.
    let trial = try GatewayTrial(fault: "stall-after=0;heartbeat=20")
    let process = try trial.run("chat", "--json", "--max-time", "0.4", "Hello", exit: 10, requests: 1)
    #expect(GatewayTrial.error(process)?["attempts"] == 1)
  }

  @Test("28: silence past the limit is exit 9 after text and 5 before it, and nothing is sent again")
  func silence() throws {
    let after = try GatewayTrial(fault: "tokens=9;stall-after=2")
      .run("chat", "--idle-timeout", "200ms", "Hello", exit: 9, requests: 1)
    #expect(!after.output.isEmpty)
    let before = try GatewayTrial(fault: "stall-after=0")
      .run("chat", "--json", "--idle-timeout", "200ms", "Hello", exit: 5, requests: 1)
    #expect(GatewayTrial.error(before)?["kind"] == "timeout")
  }

  @Test(
    "29, 30: line ends, split writes and a byte order mark change nothing",
    arguments: [
      "line-end=cr", "line-end=crlf", "line-end=mixed", "split=1", "bom;split=3",
      "bom;line-end=mixed;split=1", "no-blank", "empty-first;comments=3", "framing=length", "framing=close",
    ])
  func framing(_ fault: String) throws {
    let text = "text=안녕, 세계 👩‍💻\u{2028}끝"
    let process = try GatewayTrial(fault: text + ";" + fault).run("chat", "Hello", exit: 0, requests: 1)
    #expect(process.text == "안녕, 세계 👩‍💻\u{2028}끝")
  }

  @Test("31: an event of 31 MiB is borne, one of 33 MiB is refused")
  func hugeEvent() throws {
    // The gateway writes it in this process, which on a busy machine is silent for long.
    let fits = try GatewayTrial(fault: "text=Hi;event-bytes=31M;at=0").run(
      "chat", "--json", "--idle-timeout", "10m", "--first-byte-timeout", "10m", "Hello", exit: 0, requests: 1)
    #expect(fits.output.count > 0)
    let before = try GatewayTrial(fault: "text=Hi;event-bytes=33M;at=0").run(
      "chat", "--idle-timeout", "10m", "--first-byte-timeout", "10m", "Hello", exit: 6, requests: 1)
    #expect(before.errors.count < 400)
    _ = try GatewayTrial(fault: "text=Hi there;event-bytes=33M;at=1").run(
      "chat", "--idle-timeout", "10m", "--first-byte-timeout", "10m", "Hello", exit: 9, requests: 1)
  }

  @Test("32: what is unknown is ignored")
  func unknown() throws {
    let process = try GatewayTrial(fault: "unknown;text=Hello there").run(
      "chat", "Hello", exit: 0, requests: 1)
    #expect(process.text == "Hello there")
    #expect(process.errors.isEmpty)
  }

  @Test(
    "33, 34, 35: malformed events cost themselves only",
    arguments: [MalformedEvent.json, .deep, .numbers, .index, .types, .null, .empty, .array, .surrogate])
  func malformed(_ kind: MalformedEvent) throws {
    let process = try GatewayTrial(fault: "text=Hello there;malformed=\(kind.rawValue)")
      .run("chat", "--json", "Hello", exit: 0, requests: 1)
    let text = (try JSON.parse(process.output))["text"]?.string ?? ""
    #expect(text.hasPrefix("Hello") || text.hasPrefix("H"), "\(text)")
    #expect(text.hasSuffix("there"), "\(text)")
  }

  @Test(
    "34: hostile numbers in the usage crash nothing",
    arguments: [
      "9223372036854775807", "-1", "1.5", "1e400", "%22many%22", "null", "[]",
    ])
  func hostileUsage(_ number: String) throws {
    let usage = #"{"prompt_tokens":\#(number),"completion_tokens":\#(number),"total_tokens":\#(number)}"#
    let process = try GatewayTrial(fault: "text=Hi;usage-json=\(usage)").run(
      "chat", "-u", "Hello", exit: 0, requests: 1)
    #expect(process.text == "Hi")
  }

  @Test("36: missing usage is estimated and marked")
  func noUsage() throws {
    let process = try GatewayTrial(fault: "text=Hi;usage=none").run(
      "chat", "--json", "Hello", exit: 0, requests: 1)
    #expect((try JSON.parse(process.output))["usage"]?["source"] == "estimated")
  }

  @Test("usage counts wherever it stands", arguments: UsagePlace.allCases.filter { $0 != .none })
  func usagePlaces(_ place: UsagePlace) throws {
    let process = try GatewayTrial(fault: "text=Hi;usage=\(place.rawValue)").run(
      "chat", "--json", "Hello", exit: 0, requests: 1)
    #expect((try JSON.parse(process.output))["usage"]?["source"] == "reported")
  }

  @Test("37: usage that comes in every chunk replaces the one before and is not added")
  func cumulativeUsage() throws {
    func output(_ place: String) throws -> Int? {
      let process = try GatewayTrial(fault: "tokens=30;usage=" + place)
        .run("chat", "--json", "Hello", exit: 0, requests: 1)
      return (try JSON.parse(process.output))["usage"]?["output_tokens"]?.count
    }
    let own = try output("own")
    #expect(own == 30)
    #expect(try output("every") == own)
  }

  @Test("38: an answer that is compressed unasked is refused")
  func gzip() throws {
    let process = try GatewayTrial(fault: "gzip;text=Hi").run("chat", "Hello", exit: 6, requests: 1)
    #expect(process.output.isEmpty)
  }

  @Test("39: 200 with a JSON error where a stream was asked for is that error")
  func jsonError() throws {
    let body = #"{"error":{"message":"no such key","type":"invalid_request_error","code":"invalid_api_key"}}"#
    let process = try GatewayTrial(fault: "status=200;body=\(body)").run(
      "chat", "Hello", exit: 3, requests: 1)
    #expect(process.errorText.contains("no such key"))
    let answer = try GatewayTrial(fault: "wrong-kind;text=Hi").run("chat", "Hello", exit: 0, requests: 1)
    #expect(answer.text == "Hi")
    let reverse = try GatewayTrial(fault: "wrong-kind;text=Hi").run(
      "chat", "--no-stream", "Hello", exit: 0, requests: 1)
    #expect(reverse.text == "Hi")
  }

  @Test("40: of two finish reasons the first counts, and text after it is not lost")
  func twoFinishes() throws {
    let process = try GatewayTrial(fault: "text-after-finish;text=Hi").run(
      "chat", "--json", "Hello", exit: 0, requests: 1)
    #expect((try JSON.parse(process.output))["finish_reason"] == "stop")
    #expect((try JSON.parse(process.output))["text"] == "Hi After the end.")
  }

  @Test("75: each run sends its request once; a connection that closes is not used again in silence")
  func noHiddenResend() throws {
    let process = try GatewayTrial(fault: "close-second;text=Hi").run("chat", "Hello", exit: 0, requests: 1)
    #expect(process.text == "Hi")
    let retried = try GatewayTrial(script: [
      .fault("status=503;retry-after-ms=1"), .fault("close"), .fault("text=Hi"),
    ])
    let json = try retried.run("chat", "--json", "Hello", exit: 0, requests: 3)
    #expect((try JSON.parse(json.output))["attempts"] == 3)
  }

  @Test("tokens reach a pipe the moment they arrive", arguments: ["chat", "stream"])
  func immediacy(_ command: String) throws {
    let trial = try GatewayTrial(fault: "text=Hello there friend;stall-after=1;gate=g")
    let process = try trial.start(command, "Hello")
    process.waitForOutput("H")
    #expect(process.end == nil)
    #expect(process.output.count < 18)
    trial.gateway.release(gate: "g")
    #expect(process.finish() == .exit(0))
    #expect(process.text == "Hello there friend")
  }

  @Test("a long answer arrives byte for byte, whole and streamed")
  func longAnswer() throws {
    let streamed = try GatewayTrial(fault: "tokens=20000").run("chat", "Hello", exit: 0, requests: 1)
    let whole = try GatewayTrial(fault: "tokens=20000").run(
      "chat", "--no-stream", "Hello", exit: 0, requests: 1)
    #expect(streamed.output.count > 50_000)
    #expect(streamed.output == whole.output)
  }
}
