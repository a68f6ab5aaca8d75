import SheepCore
import SheepCurl
import Testing

/// Transfers that break, and what the handler is told.
@Suite("broken transfers", .timeLimit(.minutes(2)))
struct BrokenTransferTests {
  let loop: CurlLoop
  let server: LoopServer

  init() throws {
    loop = CurlLoop(environment: CurlEnvironment())
    server = try LoopServer(on: loop)
  }

  private func problem(after reply: String, resets: Bool = false) -> TransferEnd.Problem? {
    server.onRequest = { connection, _ in
      connection.send(reply)
      if resets { connection.reset() } else { connection.close() }
    }
    return loop.fetch(post(server.url())).problem
  }

  @Test("a cut inside chunked framing is a lost connection")
  func cutInChunk() {
    let reply = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n"
    #expect(problem(after: reply)?.kind == .connectionLost)
  }

  @Test("a cut before the announced length is a lost connection")
  func cutBeforeLength() {
    #expect(problem(after: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\none")?.kind == .connectionLost)
  }

  @Test("a close without an announced length is an ordinary end")
  func closeWithoutLength() {
    #expect(problem(after: "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\none") == nil)
  }

  @Test("a close before any answer is a lost connection")
  func closeBeforeAnswer() {
    #expect(problem(after: "")?.kind == .connectionLost)
    #expect(server.requests.count == 1)
  }

  @Test("a reset is a lost connection")
  func reset() {
    #expect(problem(after: "", resets: true)?.kind == .connectionLost)
  }

  @Test("an answer that is not HTTP is malformed")
  func notHTTP() {
    #expect(problem(after: "SSH-2.0-OpenSSH\r\n\r\n")?.kind == .malformedResponse)
  }

  @Test("too many header fields are malformed")
  func manyFields() {
    server.onRequest = { connection, _ in
      connection.send("HTTP/1.1 200 OK\r\n")
      for number in 0..<400 { connection.send("X-Flood-\(number): \(String(repeating: "y", count: 50))\r\n") }
    }
    var request = post(server.url())
    request.settings.maximumHeaderBytes = 8192
    let handler = loop.fetch(request)
    #expect(handler.problem?.kind == .malformedResponse)
    #expect(handler.problem?.detail == "the response has more than 8192 bytes of header fields")
    #expect(handler.calls == ["send", "end"])
  }

  @Test("trailers count as bytes of the header")
  func trailerBytes() {
    server.onRequest = { connection, _ in
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n")
      for number in 0..<400 { connection.send("X-Flood-\(number): \(String(repeating: "y", count: 50))\r\n") }
      connection.send("\r\n")
    }
    var request = post(server.url())
    request.settings.maximumHeaderBytes = 8192
    #expect(loop.fetch(request).problem?.kind == .malformedResponse)
  }

  @Test("a header line of a megabyte is malformed")
  func longField() {
    let kind = problem(after: "HTTP/1.1 200 OK\r\nX-Long: " + String(repeating: "y", count: 1 << 20))?.kind
    #expect(kind == .malformedResponse)
  }

  @Test("a body over the limit is too large")
  func largeBody() {
    server.onRequest = { connection, _ in
      connection.send("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "y", count: 200_000))
    }
    var request = post(server.url())
    request.settings.maximumBodyBytes = 100_000
    let handler = loop.fetch(request)
    #expect(handler.problem?.kind == .tooLarge)
    #expect(handler.body.count <= 100_000)
  }

  @Test("a body and a head of exactly the limit arrive whole, one byte more does not")
  func exactLimits() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    server.onRequest = { connection, _ in connection.send(head + String(repeating: "y", count: 100_000)) }
    func fetch(body: Int64, head: Int) -> RecordingHandler {
      var request = post(server.url())
      request.settings.maximumBodyBytes = body
      request.settings.maximumHeaderBytes = head
      return loop.fetch(request)
    }
    let whole = fetch(body: 100_000, head: head.utf8.count)
    #expect(whole.problem == nil)
    #expect(whole.body.count == 100_000)
    #expect(fetch(body: 99_999, head: head.utf8.count).problem?.kind == .tooLarge)
    #expect(fetch(body: 100_000, head: head.utf8.count - 1).problem?.kind == .malformedResponse)
  }

  @Test("bytes that the handler refuses abort the transfer")
  func refusedBytes() {
    server.onRequest = { connection, _ in connection.send("HTTP/1.1 200 OK\r\n\r\nmuch more to come") }
    let handler = RecordingHandler()
    handler.onChunk = { false }
    loop.fetch(post(server.url()), with: handler)
    #expect(handler.problem?.kind == .aborted)
    loop.runUntil { [server] in server.connections[0].isClosedByPeer }
  }

  @Test("a refused connection is told as one")
  func refusedConnection() throws {
    let handler = loop.fetch(post("http://127.0.0.1:\(try LoopServer.deadPort())/v1"))
    #expect(handler.problem?.kind == .connect)
    #expect(handler.calls == ["end"])
    #expect(handler.end?.connection == ConnectionFacts())
  }

  @Test("a name that does not exist is told as one")
  func unknownName() {
    // A label of 64 letters: no resolver asks anybody for it.
    let name = String(repeating: "a", count: 64) + ".invalid"
    let handler = loop.fetch(HTTPRequest(method: "GET", url: "https://\(name)/v1/models"))
    #expect(handler.problem?.kind == .nameResolution)
    #expect(handler.calls == ["end"])
  }

  @Test("no connection in time is a timeout")
  func connectTimeout() throws {
    // The proxy accepts and never answers the CONNECT.
    var request = post("https://gateway.invalid/v1", key: "sk-0123456789abcdef")
    request.settings.proxy = "http://127.0.0.1:\(server.port)"
    request.settings.connectTimeout = .milliseconds(50)
    let handler = loop.fetch(request)
    #expect(handler.problem?.kind == .connectTimeout)
    #expect(handler.sent.isEmpty)
  }

  @Test("a missing library is told in a later turn of the loop, not inside the call")
  func missingLibrary() {
    let loop = CurlLoop(environment: CurlEnvironment(), libraryNames: ["libcurl-that-is-not-there.so.4"])
    let handler = RecordingHandler()
    _ = loop.start(post("http://127.0.0.1:9/"), handler: handler)
    #expect(handler.calls.isEmpty)
    loop.run { handler.end != nil }
    #expect(handler.problem?.kind == .transportUnavailable)
    #expect(handler.problem?.detail.contains("install") == true)
  }

  @Test("a library without the functions is named")
  func wrongLibrary() {
    let loop = CurlLoop(environment: CurlEnvironment(), libraryNames: ["libm.so.6"])
    let handler = loop.fetch(post("http://127.0.0.1:9/"))
    #expect(handler.problem?.kind == .transportUnavailable)
    #expect(handler.problem?.detail.contains("libm.so.6 lacks curl_version_info") == true)
  }
}
