import SheepCore
import SheepCurl
import Testing

/// One transfer over a real socket: what the handler hears, in which order, and how it ends.
@Suite("transfers", .timeLimit(.minutes(2)))
struct TransferTests {
  let loop: CurlLoop
  let server: LoopServer

  init() throws {
    loop = CurlLoop(environment: CurlEnvironment())
    server = try LoopServer(on: loop)
  }

  @Test("a transfer tells its events in order")
  func order() throws {
    server.onRequest = { connection, _ in
      connection.send(answer("hello", fields: "X-Request-Id:  r1 \r\n"))
    }
    let handler = loop.fetch(post(server.url(), key: "sk-0123456789abcdef"))
    #expect(handler.calls == ["send", "head", "body", "end"])
    #expect(handler.text == "hello")
    #expect(handler.problem == nil)
    let head = try #require(handler.heads.first)
    #expect(head.status == 200)
    #expect(head.version == "1.1")
    #expect(head.headers["x-request-id"] == "r1")
    let facts = try #require(handler.end?.connection)
    #expect(facts.reused == false)
    #expect(facts.httpVersion == "1.1")
    #expect(facts.remoteAddress == "127.0.0.1")
    #expect(facts.connect != nil)
    #expect(facts.nameResolution == nil, "an address needs no name resolution")
    #expect(facts.tls == nil)
  }

  @Test("the request on the wire is what was asked for and nothing else")
  func request() throws {
    server.onRequest = { connection, _ in connection.send(answer("")) }
    var request = post(server.url(), key: "sk-0123456789abcdef", body: "{\"a\":1}")
    request.headers.append("X-Empty", "")
    loop.fetch(request)
    let sent = try #require(server.requests.first)
    var lines = sent.head.split(separator: "\r\n").map(String.init)
    #expect(lines.removeFirst() == "POST /v1/chat/completions HTTP/1.1")
    #expect(
      Set(lines) == [
        "Host: 127.0.0.1:\(server.port)", "Content-Type: application/json", "Content-Length: 7",
        "Authorization: Bearer sk-0123456789abcdef", "X-Empty:",
      ])
    #expect(sent.body == Array("{\"a\":1}".utf8))
  }

  @Test("a large body is sent without waiting to be asked")
  func largeBody() throws {
    server.onRequest = { connection, _ in connection.send(answer("ok")) }
    let body = String(repeating: "x", count: 3 << 20)
    #expect(loop.fetch(post(server.url(), body: body)).text == "ok")
    #expect(server.requests.first?.body.count == 3 << 20)
    #expect(server.requests.first?.head.lowercased().contains("expect") == false)
  }

  @Test("a GET has no body")
  func get() {
    server.onRequest = { connection, _ in connection.send(answer("[]")) }
    let handler = loop.fetch(HTTPRequest(method: "GET", url: server.url("/v1/models")))
    #expect(handler.text == "[]")
    #expect(server.requests.first?.head.hasPrefix("GET /v1/models HTTP/1.1") == true)
  }

  @Test("each chunk is stamped when it arrives")
  func arrivals() {
    // The server sends the second chunk only after the first was heard of.
    server.onRequest = { connection, _ in
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
    }
    let handler = RecordingHandler()
    var between: Instant?
    handler.onChunk = { [loop, server, unowned handler] in
      guard handler.chunkInstants.count == 1 else { return true }
      _ = loop.schedule(at: loop.now) {
        between = loop.now
        server.connections[0].send("3\r\ntwo\r\n0\r\n\r\n")
      }
      return true
    }
    loop.fetch(post(server.url()), with: handler)
    #expect(handler.text == "onetwo")
    #expect(handler.chunkInstants.count == 2)
    let instants =
      handler.sent + handler.headInstants + handler.chunkInstants.prefix(1) + [between].compactMap { $0 }
      + handler.chunkInstants.dropFirst() + [handler.end?.instant].compactMap { $0 }
    #expect(instants.count == 6)
    #expect(instants == instants.sorted())
  }

  @Test("heads of informational responses are dropped")
  func informational() throws {
    server.onRequest = { connection, _ in
      connection.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n")
      connection.send(answer("done"))
    }
    let handler = loop.fetch(post(server.url()))
    #expect(handler.heads.map(\.status) == [200])
    #expect(handler.heads.first?.headers["link"] == nil)
    #expect(handler.text == "done")
  }

  @Test("trailers are ignored")
  func trailers() {
    server.onRequest = { connection, _ in
      connection.send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Late: 1\r\n\r\n")
    }
    let handler = loop.fetch(post(server.url()))
    #expect(handler.calls == ["send", "head", "body", "end"])
    #expect(handler.heads.first?.headers["x-late"] == nil)
    #expect(handler.problem == nil)
  }

  @Test("no redirect is followed", arguments: [301, 302, 303, 307, 308])
  func redirects(status: Int) throws {
    let other = try LoopServer(on: loop)
    server.onRequest = { connection, _ in
      connection.send(answer("", status: "\(status) Moved", fields: "Location: \(other.url())\r\n"))
    }
    let handler = loop.fetch(post(server.url(), key: "sk-0123456789abcdef"))
    #expect(handler.heads.map(\.status) == [status])
    #expect(handler.problem == nil)
    #expect(server.requests.count == 1)
    #expect(other.connections.isEmpty)
  }

  @Test("compressed bytes stay as they are")
  func compressed() {
    server.onRequest = { connection, _ in
      connection.send(answer("\u{1}zip", fields: "Content-Encoding: gzip\r\n"))
    }
    let handler = loop.fetch(post(server.url()))
    #expect(handler.heads.first?.headers["content-encoding"] == "gzip")
    #expect(handler.text == "\u{1}zip")
    #expect(server.requests.first?.head.lowercased().contains("accept-encoding") == false)
  }
}
