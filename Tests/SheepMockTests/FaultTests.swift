import SheepCore
import SheepListener
import SheepMock
import Testing

@Suite("Faults on demand")
struct FaultTests {
  @Test("a status comes with its error body and the hints that were asked for")
  func status() throws {
    let response = try MockGateway.make().stream(
      fault: "status=429;retry-after=2;retry-after-ms=0;header=x-should-retry: false")
    #expect(response.status == 429)
    #expect(response.headers["retry-after"] == "2")
    #expect(response.headers["retry-after-ms"] == "0")
    #expect(response.headers["x-should-retry"] == "false")
    #expect(response.json?["error"]?["code"]?.string == "rate_limit_exceeded")
  }

  @Test("times and skip bound how many requests are affected")
  func times() throws {
    let gateway = try MockGateway.make()
    let seen = try (0..<4).map { _ in try gateway.stream(fault: "status=503;times=2;skip=1").status }
    #expect(seen == [200, 503, 503, 200])
    let whole = try MockGateway.make(fault: "status=500;times=1")
    #expect(try (0..<2).map { _ in try whole.stream().status } == [500, 200])
  }

  @Test(
    "an error takes each of its shapes", arguments: ErrorShape.allCases)
  func shapes(shape: ErrorShape) throws {
    let response = try MockGateway.make().stream(
      fault: "status=500;message=went wrong;shape=\(shape.rawValue)")
    #expect(response.status == 500)
    let isJSON = ![.html, .plain, .empty].contains(shape)
    #expect((response.json != nil) == isJSON)
    #expect(response.text.contains("went wrong") == (shape != .empty))
    #expect(response.text.contains("<html>") == (shape == .html))
  }

  @Test(
    "an error comes inside the stream in each form, after N text events",
    arguments: StreamErrorForm.allCases, [0, 3])
  func streamError(form: StreamErrorForm, after: Int) throws {
    let response = try MockGateway.make().stream(
      fault: "error-after=\(after);error-form=\(form.rawValue);message=upstream gone")
    #expect(response.status == 200)
    #expect(response.textEvents == after)
    #expect(response.text.contains("upstream gone"))
    #expect(response.text.contains("event: error\n") == (form == .groq))
    #expect((response.events.last == "[DONE]") == (form == .openrouter))
    #expect(response.finishReasons == (form == .openrouter ? ["error"] : []))
    #expect(response.isComplete)
  }

  @Test("a fault whose place lies behind the last text event comes after it", arguments: [2, 3, 99])
  func faultBehindTheEnd(after: Int) throws {
    let response = try MockGateway.make().stream(fault: "tokens=2;error-after=\(after);message=upstream gone")
    #expect(response.textEvents == 2)
    #expect(response.text.contains("upstream gone"))
    let cut = try MockGateway.make().stream(fault: "tokens=2;cut-after=\(after)")
    #expect(cut.textEvents == 2 && !cut.isComplete)
  }

  @Test(
    "a stream is cut after N text events, by FIN or RST, in each framing",
    arguments: BodyFraming.allCases, [false, true])
  func cut(framing: BodyFraming, resets: Bool) throws {
    let gateway = try MockGateway.make()
    let response = try gateway.stream(
      fault: "tokens=50;cut-after=5;framing=\(framing.rawValue)" + (resets ? ";cut-reset" : ""))
    // A reset may overtake bytes that were sent before it.
    if !resets { #expect(response.textEvents == 5) }
    #expect(!response.isComplete)
    #expect(response.end == (resets ? .reset : .closed))
    #expect(response.finishReasons.isEmpty)
    #expect(!response.text.contains("[DONE]"))
  }

  @Test("a JSON answer is cut inside")
  func cutDocument() throws {
    let body = #"{"model":"mock-instant#cut-after=20","messages":[{"role":"user","content":"x"}]}"#
    let response = try MockGateway.make().fetch("POST", "/v1/chat/completions", body)
    #expect(response.body.count == 20)
    #expect(!response.isComplete && response.end == .closed)
  }

  @Test("a stalled stream goes on when its gate is released")
  func gate() throws {
    let gateway = try MockGateway.make()
    let client = try RawClient(gateway.port)
    let body =
      #"{"model":"mock-instant","stream":true,"messages":[{"role":"user","content":"hello"}]}"#
    client.send(
      MockGateway.request(
        "POST", "/v1/chat/completions", body,
        headers: ["x-mock-fault: text=a b c d;stall-after=2;gate=go"]))
    let before = client.read { Response($0)?.textEvents == 2 }
    #expect(before.end == .enough)
    gateway.release(gate: "go")
    let after = client.read { $0.ends(with: "0\r\n\r\n") }
    let whole = try #require(Response(before.bytes + after.bytes))
    #expect(whole.answer == "a b c d")
    #expect(whole.finishReasons == ["stop"])
  }

  @Test("a stall without a gate lasts until the client goes, and that is noted")
  func stall() throws {
    let gateway = try MockGateway.make()
    let client = try RawClient(gateway.port)
    let body = #"{"model":"mock-x#stall-after=1","stream":true,"messages":[{"role":"user"}]}"#
    client.send(MockGateway.request("POST", "/v1/chat/completions", body))
    #expect(client.read { Response($0)?.textEvents == 1 }.end == .enough)
    client.close()
    #expect(gateway.waitForConnections(1, open: 0))
    #expect(gateway.connections.first?.abandoned == true)
  }

  @Test("heartbeats are comments and nothing else")
  func heartbeats() throws {
    let gateway = try MockGateway.make()
    let client = try RawClient(gateway.port)
    let body = #"{"model":"mock-x","stream":true,"messages":[{"role":"user"}]}"#
    client.send(
      MockGateway.request(
        "POST", "/v1/chat/completions", body, headers: ["x-mock-fault: stall-after=0;heartbeat=1"]))
    let beats = client.read { bytes in
      String(decoding: bytes, as: UTF8.self).split(separator: ": keep-alive").count > 3
    }
    #expect(beats.end == .enough)
    #expect(Response(beats.bytes)?.textEvents == 0)
  }

  @Test(
    "the connection ends without an answer",
    arguments: [("close", RawClient.End.closed), ("reset", .reset)])
  func noAnswer(fault: String, end: RawClient.End) throws {
    let gateway = try MockGateway.make()
    let response = try gateway.stream(fault: fault)
    #expect(response.status == 0 && response.head.isEmpty)
    #expect(response.end == end)
    #expect(gateway.requestCount == 1)
  }

  @Test("the second request of a kept connection is read and not answered")
  func closeSecond() throws {
    let gateway = try MockGateway.make(fault: "close-second")
    let client = try RawClient(gateway.port)
    client.send(MockGateway.request("GET", "/v1/models"))
    #expect(client.response().status == 200)
    client.send(MockGateway.request("GET", "/v1/models"))
    let second = client.response()
    #expect(second.status == 0 && second.end == .closed)
    #expect(gateway.requests.map(\.numberOnConnection) == [1, 2])
    #expect(gateway.requests.map(\.connection) == [1, 1])
  }

  @Test("heads flood, drag, stop in the middle and follow informational ones")
  func heads() throws {
    let gateway = try MockGateway.make()
    let flood = try gateway.stream(fault: "headers=300;header-bytes=64K;informational=100;informational=103")
    #expect(flood.headers.fields.count > 300)
    #expect(flood.headers["x-long"]?.utf8.count == 65_536)
    #expect(flood.head.hasPrefix("HTTP/1.1 100 Continue\nHTTP/1.1 103 Early Hints\n"))
    #expect(flood.status == 200)
    let slow = try gateway.stream(fault: "head-every=0;head-delay=1;body-delay=1")
    #expect(slow.finishReasons == ["stop"])
    let client = try RawClient(gateway.port)
    client.send(MockGateway.request("GET", "/v1/models", headers: ["x-mock-fault: head-never"]))
    let half = client.read { !$0.isEmpty }
    #expect(half.bytes.starts(with: "HTTP/1.1 200".utf8))
    #expect(!half.bytes.ends(with: "\r\n\r\n"))
  }

  @Test("malformed events come where they are asked for", arguments: MalformedEvent.allCases)
  func malformed(kind: MalformedEvent) throws {
    let response = try MockGateway.make().stream(fault: "malformed=\(kind.rawValue);at=2")
    #expect(response.body.firstRange(of: Array("data: ".utf8) + kind.data) != nil)
    #expect(response.finishReasons == ["stop"])
    #expect(response.isComplete)
  }

  @Test("an event has exactly the size that was asked for")
  func bigEvent() throws {
    let response = try MockGateway.make().stream(fault: "event-bytes=3M")
    #expect(response.events.map(\.utf8.count).max() == 3 << 20)
  }

  @Test(
    "line ends, marks and blanks", arguments: [("lf", "\n\n"), ("cr", "\r\r"), ("crlf", "\r\n\r\n")])
  func lineEnds(name: String, end: String) throws {
    let response = try MockGateway.make().stream(fault: "line-end=\(name);bom;no-blank")
    #expect(response.body.starts(with: [0xef, 0xbb, 0xbf] + Array("data:{".utf8)))
    #expect(response.body.ends(with: "data:[DONE]" + end))
    let ends = response.body.filter { $0 == 0x0a || $0 == 0x0d }
    #expect(Set(ends) == Set(end.utf8))
  }

  @Test(
    "what a stream leaves out or adds",
    arguments: [
      ("no-done", false, 1), ("no-finish", true, 0), ("text-after-finish", true, 2),
      ("empty-first", true, 1), ("unknown;comments=2", true, 1),
    ])
  func ends(fault: String, hasDone: Bool, finishes: Int) throws {
    let response = try MockGateway.make().stream(fault: fault)
    #expect(response.events.contains("[DONE]") == hasDone)
    #expect(response.finishReasons.count == finishes)
    #expect(response.isComplete)
  }

  @Test("the last empty line can be missing")
  func lastBlank() throws {
    let response = try MockGateway.make().stream(fault: "no-last-blank")
    #expect(response.body.ends(with: "data: [DONE]"))
    #expect(response.isComplete)
  }

  @Test("the usage stands where it is asked for", arguments: UsagePlace.allCases)
  func usage(place: UsagePlace) throws {
    let response = try MockGateway.make().stream(fault: "text=a b c;usage=\(place.rawValue)")
    let chunks = response.chunks
    let carriers = chunks.filter { $0["usage"] != nil }
    switch place {
    case .own: #expect(carriers.count == 1 && carriers[0]["choices"]?.array?.isEmpty == true)
    case .emptyChoice: #expect(carriers.count == 1 && carriers[0]["choices"]?.array?.count == 1)
    case .last:
      #expect(carriers.count == 1)
      #expect(carriers.first?["choices"]?[0]?["finish_reason"]?.string == "stop")
    case .every:
      #expect(carriers.compactMap { $0["usage"]?["completion_tokens"]?.count } == [1, 2, 3, 3])
    case .groq:
      #expect(carriers.isEmpty)
      #expect(chunks.last?["x_groq"]?["usage"]?["completion_tokens"]?.count == 3)
    case .none: #expect(carriers.isEmpty)
    }
  }

  @Test("a usage can be any text and report a cost")
  func usageText() throws {
    let gateway = try MockGateway.make()
    let odd = try gateway.stream(fault: #"usage=last;usage-json={"prompt_tokens":9223372036854775807}"#)
    #expect(odd.text.contains(#""usage":{"prompt_tokens":9223372036854775807}}"#))
    let cost = try gateway.stream(fault: "usage=own;cost=0.0012")
    #expect(cost.chunks.last?["usage"]?["cost_usd"]?.number?.text == "0.0012")
  }

  @Test("redirects, wrong types, wrong kinds and other bodies", arguments: [301, 302, 303, 307, 308])
  func redirects(status: Int) throws {
    let response = try MockGateway.make().stream(
      fault: "status=\(status);redirect=http://127.0.0.1:1/v1")
    #expect(response.status == status)
    #expect(response.headers["location"] == "http://127.0.0.1:1/v1")
  }

  @Test("JSON instead of a stream and the reverse, with any content type")
  func wrongKind() throws {
    let gateway = try MockGateway.make()
    let document = try gateway.stream(fault: "wrong-kind;comments=3")
    #expect(document.headers["content-type"] == "application/json")
    #expect(document.text.hasPrefix("\n\n\n{"))
    #expect(document.json?["object"]?.string == "chat.completion")
    let body = #"{"model":"mock-x#wrong-kind","messages":[{"role":"user"}]}"#
    let stream = try gateway.fetch("POST", "/v1/chat/completions", body)
    #expect(stream.events.last == "[DONE]")
    let typed = try gateway.stream(fault: "content-type=text/html")
    #expect(typed.headers["content-type"] == "text/html")
    #expect(try gateway.stream(fault: "content-type=").headers["content-type"] == nil)
    let error = try gateway.stream(fault: #"body={"error":"no"}"#)
    #expect(error.status == 200 && error.json?["error"]?.string == "no")
  }

  @Test("gzip that nobody asked for is valid gzip of the body")
  func gzip() throws {
    let gateway = try MockGateway.make()
    let plain = try gateway.stream()
    let packed = try gateway.stream(fault: "gzip")
    #expect(packed.headers["content-encoding"] == "gzip")
    #expect(packed.body.starts(with: [0x1f, 0x8b, 8]))
    #expect(packed.body.firstRange(of: plain.body.prefix(200)) != nil)
    // ISIZE, the last four bytes, is the length of what was packed.
    let size = packed.body.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(size == plain.body.count)
  }

  @Test("an endless body ends with the client")
  func endless() throws {
    let gateway = try MockGateway.make()
    let client = try RawClient(gateway.port)
    let body = #"{"model":"mock-x#endless","stream":true,"messages":[{"role":"user"}]}"#
    client.send(MockGateway.request("POST", "/v1/chat/completions", body))
    #expect(client.read { $0.count > 2_000_000 }.end == .enough)
    client.close()
    #expect(gateway.waitForConnections(1, open: 0))
  }

  @Test("the key is repeated where it is asked for, and only then", arguments: MockFault.Echo.allCases)
  func echo(place: MockFault.Echo) throws {
    let body = #"{"model":"mock-x","stream":true,"messages":[{"role":"user"}]}"#
    let key = "sk-test-echo-0123456789"
    let response = try MockGateway.make().fetch(
      "POST", "/v1/chat/completions", body,
      headers: ["Authorization: Bearer \(key)", "x-mock-fault: echo-key=\(place.rawValue)"])
    let text = place == .text ? response.answer : response.text
    #expect((response.head + text).contains(key))
    #expect(response.status == (place == .body ? 401 : 200))
  }

  @Test("a member that a model does not take is refused by name")
  func refusedMember() throws {
    let gateway = try MockGateway.make(fault: "refuse=max_tokens")
    let refused = try gateway.stream(more: #","max_tokens":5"#)
    #expect(refused.status == 400)
    #expect(refused.json?["error"]?["param"]?.string == "max_tokens")
    #expect(try gateway.stream(more: #","max_completion_tokens":5"#).textEvents == 5)
  }

  @Test("split writes change nothing in the bytes", arguments: [1, 7, 1_000])
  func split(size: Int) throws {
    let gateway = try MockGateway.make()
    let whole = try gateway.stream(prompt: "양")
    #expect(try gateway.stream(fault: "split=\(size)", prompt: "양").body == whole.body)
    #expect(try gateway.stream(fault: "each", prompt: "양").body == whole.body)
  }

  @Test("an answer has exactly the length that was asked for", arguments: [0, 1, 500, 5_000])
  func length(tokens: Int) throws {
    let gateway = try MockGateway.make()
    let response = try gateway.stream(fault: "tokens=\(tokens)")
    #expect(response.textEvents == tokens)
    #expect(try gateway.stream(fault: "tokens=\(tokens)", prompt: "양").textEvents == tokens)
  }
}
