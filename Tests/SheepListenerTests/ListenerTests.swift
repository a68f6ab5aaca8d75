import SheepCore
import SheepCurl
import SheepListener
import SheepLoop
import Testing

@Suite("Listener: requests and answers in one loop, beside transfers", .timeLimit(.minutes(2)))
struct ListenerTests {
  private let loop = Loop()

  @Test("one loop serves a listener and the transfers to it")
  func sharedLoop() throws {
    let (descriptor, port) = try Socket.listen(port: 0, backlog: 16)
    let listener = Listener(descriptor, on: loop) { Echo($0) }
    let transfers = CurlLoop(environment: CurlEnvironment(), on: loop)
    let bodies = ["one", "two", String(repeating: "long ", count: 400_000)]
    let fetches = bodies.map { body in
      let fetch = Fetch()
      fetch.transfer = transfers.start(
        HTTPRequest(
          method: "POST", url: "http://127.0.0.1:\(port)/", body: Array(body.utf8)),
        handler: fetch)
      return fetch
    }
    runUntil { fetches.allSatisfy { $0.end != nil } }
    #expect(fetches.map(\.text) == bodies)
    #expect(fetches.allSatisfy { $0.end?.problem == nil })
    listener.close()
    #expect(listener.handlers.isEmpty)
    withExtendedLifetime(transfers) {}
  }

  @Test("a client that goes away in the middle of an answer is told to the handler as such")
  func abandoned() throws {
    let (descriptor, port) = try Socket.listen(port: 0, backlog: 16)
    var connections: [Silent] = []
    let listener = Listener(descriptor, on: loop) {
      connections.append(Silent($0))
      return connections[connections.count - 1]
    }
    let transfers = CurlLoop(environment: CurlEnvironment(), on: loop)
    let request = HTTPRequest(
      method: "GET", url: "http://127.0.0.1:\(port)/")
    let transfer = transfers.start(request, handler: Fetch())
    runUntil { connections.first?.hasRequest == true }
    transfer.cancel()
    runUntil { connections.first?.wasAbandoned != nil }
    #expect(connections.map(\.wasAbandoned) == [true])
    listener.close()
    withExtendedLifetime(transfers) {}
  }

  @Test("an answer may take longer than a client may be idle")
  func slowAnswer() throws {
    let (descriptor, port) = try Socket.listen(port: 0, backlog: 16)
    var limits = Listener.Limits()
    limits.idle = .milliseconds(5)
    let listener = Listener(descriptor, on: loop, limits: limits) { [loop] in
      Late($0, loop, .milliseconds(40))
    }
    let transfers = CurlLoop(environment: CurlEnvironment(), on: loop)
    let fetch = Fetch()
    fetch.transfer = transfers.start(
      HTTPRequest(method: "GET", url: "http://127.0.0.1:\(port)/"),
      handler: fetch)
    runUntil { fetch.end != nil }
    #expect(fetch.text == "late")
    // The client keeps the connection, and is let go for that.
    runUntil { listener.handlers.isEmpty }
    listener.close()
    withExtendedLifetime(transfers) {}
  }

  private func runUntil(sourceLocation: SourceLocation = #_sourceLocation, _ condition: () -> Bool) {
    var isLate = false
    let timer = loop.schedule(at: loop.now + .seconds(30)) { isLate = true }
    loop.run { isLate || condition() }
    loop.cancel(timer)
    #expect(condition(), "the loop hung", sourceLocation: sourceLocation)
  }
}

/// Answers with the body of the request.
private class Echo: ConnectionHandler {
  let connection: ServerConnection

  init(_ connection: ServerConnection) { self.connection = connection }

  func connectionDidReceive(_ head: RequestHead, body: [UInt8]) { answer(body) }

  func connectionDidRefuse(_ refusal: RequestRefusal) { connection.endWriting() }

  func connectionDidSend() { connection.finish(keepsAlive: true) }

  func connectionDidClose(abandoned: Bool) {}

  func answer(_ body: [UInt8]) {
    var head = ResponseHead(status: 200)
    head.headers.append("Content-Length", String(body.count))
    if connection.send(head.bytes + body) { connection.finish(keepsAlive: true) }
  }
}

/// Answers nothing.
private final class Silent: Echo {
  private(set) var hasRequest = false
  private(set) var wasAbandoned: Bool?

  override func connectionDidReceive(_ head: RequestHead, body: [UInt8]) { hasRequest = true }

  override func connectionDidClose(abandoned: Bool) { wasAbandoned = abandoned }
}

/// Answers after a while.
private final class Late: Echo {
  private let loop: Loop
  private let pause: Duration

  init(_ connection: ServerConnection, _ loop: Loop, _ pause: Duration) {
    self.loop = loop
    self.pause = pause
    super.init(connection)
  }

  override func connectionDidReceive(_ head: RequestHead, body: [UInt8]) {
    _ = loop.schedule(at: loop.now + pause) { [self] in answer(Array("late".utf8)) }
  }
}

/// Keeps the body and the end of a transfer.
private final class Fetch: TransferHandler {
  var transfer: (any Transfer)?
  private(set) var end: TransferEnd?
  private var body: [UInt8] = []

  var text: String { String(decoding: body, as: UTF8.self) }

  func transferWillSend(at instant: Instant) {}

  func transferDidReceive(_ head: HTTPHead, at instant: Instant) {}

  func transferDidReceive(_ bytes: UnsafeRawBufferPointer, at instant: Instant) -> Bool {
    body += bytes
    return true
  }

  func transferDidEnd(_ end: TransferEnd) { self.end = end }
}
