import SheepCore
import SheepCurl
import SheepLoop
import Testing

/// Connections that serve several transfers, and proxies in front of them.
@Suite("connections", .timeLimit(.minutes(2)))
struct ConnectionTests {
  let loop: CurlLoop
  let server: LoopServer

  init() throws {
    loop = CurlLoop(environment: CurlEnvironment())
    server = try LoopServer(on: loop)
  }

  @Test("a connection serves the next transfer")
  func reuse() {
    server.onRequest = { connection, _ in connection.send(answer("ok")) }
    #expect(loop.fetch(post(server.url())).end?.connection.reused == false)
    let facts = loop.fetch(post(server.url())).end?.connection
    #expect(facts?.reused == true)
    #expect(facts?.connect == nil)
    #expect(facts?.tls == nil)
    #expect(server.connections.count == 1)
  }

  /// libcurl sends a request again by itself when a reused connection dies before it answers:
  /// a paid request would be paid twice.
  @Test(
    "a request that a kept connection lost is not sent a second time by libcurl", arguments: [false, true])
  func neverTwice(resets: Bool) {
    server.onRequest = { [unowned server] connection, _ in
      if server.requests.count == 1 {
        connection.send(answer("ok"))
      } else if resets {
        connection.reset()
      } else {
        connection.close()
      }
    }
    loop.fetch(post(server.url()))
    let handler = loop.fetch(post(server.url()))
    #expect(handler.problem?.kind == .resendPrevented)
    #expect(handler.calls == ["send", "end"])
    #expect(handler.end?.connection.reused == true)
    #expect(handler.end?.connection.connect == nil)
    #expect(server.requests.count == 2)
    // And the next one starts afresh.
    server.onRequest = { connection, _ in connection.send(answer("again")) }
    #expect(loop.fetch(post(server.url())).text == "again")
    #expect(server.requests.count == 3)
  }

  @Test("two hundred transfers run at once", arguments: [true, false])
  func manyTransfers(prefersEpoll: Bool) throws {
    let loop = CurlLoop(environment: CurlEnvironment(), on: Loop(prefersEpoll: prefersEpoll))
    let server = try LoopServer(on: loop)
    var waiting: [(LoopServer.Connection, String)] = []
    server.onRequest = { connection, request in
      waiting.append((connection, String(decoding: request.body, as: UTF8.self)))
      // Nobody is served before all have asked, so all are open at once.
      guard waiting.count == 200 else { return }
      for (connection, body) in waiting { connection.send(answer("<" + body + ">")) }
    }
    let handlers = (0..<200).map { _ in RecordingHandler() }
    for (index, handler) in handlers.enumerated() {
      _ = loop.start(post(server.url(), body: "number \(index)"), handler: handler)
    }
    loop.runUntil { handlers.allSatisfy { $0.end != nil } }
    #expect(handlers.map(\.text) == (0..<200).map { "<number \($0)>" })
    #expect(server.requests.count == 200)
  }

  @Test("the environment's proxy sees only CONNECT, and only for https")
  func environmentProxy() {
    var environment = CurlEnvironment()
    environment.httpsProxy = "http://127.0.0.1:\(server.port)"
    let client = CurlLoop(environment: environment)
    let handler = RecordingHandler()
    server.onRequest = { connection, _ in
      connection.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    }
    let transfer = client.start(
      post("https://gateway.invalid/v1", key: "sk-0123456789abcdef"), handler: handler)
    alternate(client, loop) { handler.end != nil }
    #expect(handler.problem?.kind == .proxy)
    #expect(handler.calls == ["end"])
    #expect(server.requests.count == 1)
    let head = server.requests.first?.head ?? ""
    #expect(head.hasPrefix("CONNECT gateway.invalid:443 HTTP/1.1"))
    #expect(!head.contains("sk-"))
    withExtendedLifetime(transfer) {}
  }

  @Test("the environment's proxy is not used for this machine")
  func localhostProxy() throws {
    var environment = CurlEnvironment()
    environment.httpsProxy = "http://127.0.0.1:\(try LoopServer.deadPort())"
    let client = CurlLoop(environment: environment)
    let handler = RecordingHandler()
    server.onRequest = { connection, _ in connection.send(answer("direct")) }
    let transfer = client.start(post(server.url()), handler: handler)
    alternate(client, loop) { handler.end != nil }
    #expect(handler.text == "direct")
    withExtendedLifetime(transfer) {}
  }

  @Test("a proxy that was asked for is a tunnel")
  func tunnel() {
    server.onRequest = { connection, request in
      if request.head.hasPrefix("CONNECT") {
        connection.send("HTTP/1.1 200 Connection established\r\nX-Proxy: 1\r\n\r\n")
      } else {
        connection.send(answer("through"))
      }
    }
    var request = post("http://127.0.0.1:9/v1", key: "sk-0123456789abcdef")
    request.settings.proxy = "http://127.0.0.1:\(server.port)"
    let handler = loop.fetch(request)
    #expect(handler.text == "through")
    #expect(handler.heads.map(\.status) == [200])
    #expect(handler.heads.first?.headers["x-proxy"] == nil)
    #expect(server.requests.count == 2)
    #expect(server.requests.first?.head.contains("sk-") == false)
  }

  @Test("a proxy that is not there is a failure of the proxy")
  func missingProxy() throws {
    var request = post("https://gateway.invalid/v1")
    request.settings.proxy = "http://127.0.0.1:\(try LoopServer.deadPort())"
    #expect(loop.fetch(request).problem?.kind == .proxy)
  }
}
