import SheepCore
import SheepMock
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Connections and requests")
struct ConnectionTests {
  @Test("requests follow one another on a kept connection and are recorded")
  func keepAlive() throws {
    let gateway = try MockGateway.make()
    let client = try RawClient(gateway.port)
    for _ in 0..<3 {
      client.send(MockGateway.request("GET", "/v1/models?a=b", headers: ["X-Test: yes"]))
      #expect(client.response().status == 200)
    }
    let requests = gateway.requests
    #expect(requests.map(\.number) == [1, 2, 3])
    #expect(requests.map(\.numberOnConnection) == [1, 2, 3])
    #expect(requests.allSatisfy { $0.connection == 1 && $0.path == "/v1/models" })
    #expect(requests[0].target == "/v1/models?a=b")
    #expect(requests[0].headers["x-test"] == "yes")
    #expect(requests[0].arrivedAt <= requests[1].arrivedAt)
  }

  @Test("pipelined requests are answered in order, however the bytes are split", arguments: [1, 9, 9_999])
  func pipelining(size: Int) throws {
    let gateway = try MockGateway.make()
    let client = try RawClient(gateway.port)
    let one = MockGateway.request("GET", "/v1/models/gpt-4.1")
    let two = MockGateway.request("GET", "/v1/models/mock-two")
    let last = MockGateway.request("GET", "/v1/models/mock-end", headers: ["Connection: close"])
    var rest = Array((one + two + last).utf8)[...]
    while !rest.isEmpty {
      client.send(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    let (bytes, end) = client.read()
    let text = String(decoding: bytes, as: UTF8.self)
    let ids = text.split(separator: #""id":""#).dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(ids == ["gpt-4.1", "mock-two", "mock-end"])
    #expect(end == .closed)
  }

  @Test("a thousand pipelined requests are answered without a deep stack")
  func manyPipelined() throws {
    let gateway = try MockGateway.make()
    let client = try RawClient(gateway.port)
    let one = "GET /models/mock-a HTTP/1.1\r\n\r\n"
    client.send(String(repeating: one, count: 1_000) + "GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
    #expect(client.read().end == .closed)
    #expect(gateway.requestCount == 1_001)
  }

  @Test("100-continue is answered before the body, chunked bodies are read")
  func continueAndChunks() throws {
    let gateway = try MockGateway.make()
    let client = try RawClient(gateway.port)
    client.send(
      "POST /v1/chat/completions HTTP/1.1\r\nExpect: 100-continue\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n")
    let interim = client.read { $0.ends(with: "\r\n\r\n") }
    #expect(interim.bytes.elementsEqual("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    client.send("A;note=1\r\n{\"model\":\"\r\n2b\r\n")
    client.send(#"mock-x","messages":[{"role":"user"}]}      "# + "\r\n0\r\nTrailer: x\r\n\r\n")
    #expect(client.response().status == 200)
    #expect(gateway.requests.first?.json?["model"]?.string == "mock-x")
  }

  @Test("HTTP/1.0 gets no chunks and a close")
  func oldProtocol() throws {
    let gateway = try MockGateway.make()
    let client = try RawClient(gateway.port)
    let body = #"{"model":"mock-x","stream":true,"messages":[{"role":"user"}]}"#
    client.send(
      "POST /v1/chat/completions HTTP/1.0\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    let response = client.response()
    #expect(response.headers["transfer-encoding"] == nil)
    #expect(response.headers["connection"] == "close")
    #expect(response.end == .closed)
    #expect(response.events.last == "[DONE]")
  }

  @Test(
    "what is no request gets a status and a close, never a crash",
    arguments: [
      ("\u{0}\u{1}\u{2}\r\n\r\n", 400), ("GET /\r\n\r\n", 400), ("GET / HTTP/2.0\r\n\r\n", 505),
      ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505), ("GET / HTTP/1.1\r\n: x\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\na b: x\r\n\r\n", 400), ("GET / HTTP/1.1\r\n folded\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
      ("POST / HTTP/1.1\r\nContent-Length: 67108865\r\n\r\n", 413),
      ("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
      ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", 400),
      ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
      ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n", 413),
      ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", 400),
      ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400),
    ])
  func garbage(text: String, status: Int) throws {
    let gateway = try MockGateway.make()
    let client = try RawClient(gateway.port)
    client.send(text)
    let response = client.response()
    #expect(response.status == status)
    #expect(response.json?["error"]?["message"]?.string != nil)
    #expect(gateway.requestCount == 0)
    #expect(try gateway.fetch("GET", "/v1/models").status == 200)
  }

  @Test("a header line without end is refused when it is too long")
  func longLine() throws {
    let gateway = try MockGateway.make()
    let client = try RawClient(gateway.port)
    client.send("GET / HTTP/1.1\r\nx: " + String(repeating: "a", count: 300_000))
    #expect(client.response().status == 431)
  }

  @Test("random bytes in a valid envelope never stop the gateway", arguments: 0..<40)
  func randomBodies(seed: UInt64) throws {
    let gateway = try MockGateway.make()
    let valid =
      Array(
        #"{"model":"gpt-4.1","stream":true,"max_tokens":3,"stop":["a"],"tools":[{"function":{}}],"#.utf8)
      + Array(#""tool_choice":"required","messages":[{"role":"user","content":[{}]}]}"#.utf8)
    var state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
    var body = valid
    for _ in 0..<4 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      body[Int(state >> 33) % body.count] = UInt8(truncatingIfNeeded: state >> 20)
    }
    let client = try RawClient(gateway.port)
    client.send("POST /chat/completions HTTP/1.1\r\nContent-Length: \(body.count)\r\n\r\n")
    client.send(body)
    #expect([200, 400, 404].contains(client.response().status))
  }

  @Test("a script answers request by request, by model where one is named")
  func script() throws {
    let gateway = try MockGateway.make(script: [
      .raw(Array("HTTP/1.1 204 No Content\r\n\r\n".utf8)),
      try .fault("status=500", model: "gpt-4.1"),
      .stream(Array("data: [DONE]\n\n".utf8)),
      .actions([.send(text: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no"), .send(text: "k"), .reset]),
    ])
    #expect(try gateway.stream().status == 204)
    #expect(try gateway.stream("gpt-4o-mini").text == "data: [DONE]\n\n")
    #expect(try gateway.stream("gpt-4.1").status == 500)
    #expect(gateway.remainingSteps == 1)
    gateway.append([.normal])
    _ = try gateway.stream()
    #expect(try gateway.stream().status == 200)
    #expect(gateway.remainingSteps == 0)
  }

  @Test("an answer waits at its own gate, whatever other gate is released")
  func otherGate() throws {
    let gateway = try MockGateway.make(script: [
      .actions([
        .send(text: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na"), .awaitGate("mine"), .send(text: "b"),
        .finish,
      ])
    ])
    let client = try RawClient(gateway.port)
    client.send(MockGateway.request("GET", "/v1/models"))
    #expect(client.read { $0.last == UInt8(ascii: "a") }.end == .enough)
    gateway.release(gate: "other")
    // The gateway has seen that by the time it answers somebody else.
    #expect(try gateway.fetch("GET", "/v1/models").status == 200)
    client.close()
    #expect(gateway.waitForConnections(2, open: 0))
    #expect(gateway.connections.map(\.abandoned) == [true, false])
  }

  @Test("a connection beyond the limit is told so")
  func connectionLimit() throws {
    var configuration = MockConfiguration.instant()
    configuration.connectionLimit = 2
    let gateway = try MockGateway(configuration)
    let held = [try RawClient(gateway.port), try RawClient(gateway.port)]
    #expect(gateway.waitForConnections(2))
    #expect(try RawClient(gateway.port).response().status == 503)
    for client in held {
      client.send(MockGateway.request("GET", "/v1/models"))
      #expect(client.response().status == 200)
    }
  }

  @Test("bodies beyond the store are counted and hashed, not kept")
  func recordBounds() throws {
    var configuration = MockConfiguration.instant()
    configuration.recordedBytesLimit = 10
    configuration.recordLimit = 3
    let gateway = try MockGateway(configuration)
    for _ in 0..<8 { _ = try gateway.fetch("POST", "/x", "123456") }
    #expect(gateway.requestCount == 8)
    #expect(gateway.requests.count <= 6)
    #expect(gateway.requests.last?.number == 8)
    #expect(gateway.requests.reduce(0) { $0 + $1.body.count } <= 10)
    #expect(gateway.requests.allSatisfy { $0.bodyBytes == 6 })
    #expect(gateway.requests.allSatisfy { $0.bodyHash == ContentHash("123456".utf8) })
  }

  @Test("a client that says nothing is let go")
  func idle() throws {
    var configuration = MockConfiguration.instant()
    configuration.idleLimit = .milliseconds(5)
    let gateway = try MockGateway(configuration)
    let silent = try RawClient(gateway.port)
    #expect(silent.read().end == .closed)
    let half = try RawClient(gateway.port)
    half.send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf")
    #expect(half.read().bytes.isEmpty)
    #expect(gateway.requestCount == 0)
  }

  @Test("stopping ends all connections, joins, and can be said twice")
  func stop() throws {
    let gateway = try MockGateway.make()
    let idle = try RawClient(gateway.port)
    let stalled = try RawClient(gateway.port)
    stalled.send(MockGateway.request("GET", "/v1/models", headers: ["x-mock-fault: no-answer"]))
    #expect(gateway.waitForRequests(1))
    #expect(gateway.waitForConnections(2))
    gateway.stop()
    gateway.stop()
    #expect(idle.read().end != .timeout)
    #expect(stalled.read().end != .timeout)
    #expect(gateway.openConnections == 0)
    gateway.release(gate: "late")
    #expect(gateway.requestCount == 1)
  }

  @Test("a taken port is an error that names it")
  func takenPort() throws {
    let gateway = try MockGateway.make()
    var configuration = MockConfiguration()
    configuration.port = gateway.port
    let error = try #require(throws: MockError.self) { try MockGateway(configuration) }
    #expect(error.description.contains("127.0.0.1:\(gateway.port)"))
  }

  #if os(Linux)
    @Test("no descriptor of a gateway outlives it")
    func descriptors() throws {
      let port = try openAndStop()
      // Descriptors of other tests come and go; those of this gateway's port must be gone. The
      // tenth column is the inode, 0 for what no descriptor refers to any more.
      let needle = ":" + hexadecimal(port)
      let table = try #require(Self.contents(of: "/proc/self/net/tcp"))
      let held = table.split(separator: "\n").map { $0.split(separator: " ") }.filter { row in
        row.count > 9 && (row[1].hasSuffix(needle) || row[2].hasSuffix(needle)) && row[9] != "0"
      }
      #expect(held.isEmpty)
    }

    private func openAndStop() throws -> UInt16 {
      let gateway = try MockGateway.make()
      let clients = try (0..<20).map { _ in try RawClient(gateway.port) }
      for client in clients { client.send(MockGateway.request("GET", "/v1/models")) }
      #expect(gateway.waitForRequests(20))
      return gateway.port
    }

    private func hexadecimal(_ port: UInt16) -> String {
      let digits = String(port, radix: 16, uppercase: true)
      return String(repeating: "0", count: 4 - digits.count) + digits
    }

    private static func contents(of path: String) -> String? {
      let descriptor = open(path, O_RDONLY)
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
        bytes += buffer[..<count]
      }
    }
  #endif
}
