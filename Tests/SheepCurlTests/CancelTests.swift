import SheepCore
import SheepCurl
import SheepLoop
import Testing

/// `cancel` stops a transfer at once, from wherever it is called, and the handler hears nothing
/// more.
@Suite("cancelled transfers", .timeLimit(.minutes(2)))
struct CancelTests {
  enum Place: String, CaseIterable { case send, head, body, timer }

  let loop: CurlLoop
  let server: LoopServer

  init() throws {
    loop = CurlLoop(environment: CurlEnvironment())
    server = try LoopServer(on: loop)
    server.onRequest = { connection, _ in
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
    }
  }

  @Test(
    "a transfer cancelled in any callback ends there, and its connection closes", arguments: Place.allCases)
  func cancels(place: Place) {
    let handler = RecordingHandler()
    var transfer: (any Transfer)?
    let cancel = { transfer?.cancel() }
    switch place {
    case .send: handler.onSend = { cancel() }
    case .head: handler.onHead = { cancel() }
    case .body:
      handler.onChunk = {
        cancel()
        return true
      }
    case .timer:
      handler.onChunk = { [loop] in
        _ = loop.schedule(at: loop.now) { cancel() }
        return true
      }
    }
    transfer = loop.start(post(server.url()), handler: handler)
    loop.runUntil { [server] in server.connections.first?.isClosedByPeer == true }
    let expected: [Place: [String]] = [
      .send: ["send"], .head: ["send", "head"], .body: ["send", "head", "body"],
      .timer: ["send", "head", "body"],
    ]
    #expect(handler.calls == expected[place])
    // Once more does nothing, also after the end.
    transfer?.cancel()
    #expect(server.requests.count == (place == .send ? 0 : 1))
  }

  @Test("a transfer cancelled before the first turn sends nothing")
  func beforeFirstTurn() {
    let handler = RecordingHandler()
    loop.start(post(server.url()), handler: handler).cancel()
    var isOver = false
    _ = loop.schedule(at: loop.now) { isOver = true }
    loop.runUntil { isOver }
    #expect(handler.calls.isEmpty)
    #expect(server.requests.isEmpty)
  }

  @Test("a callback may cancel another transfer")
  func insideCallback() {
    let first = RecordingHandler()
    let second = RecordingHandler()
    var other: (any Transfer)?
    first.onChunk = {
      other?.cancel()
      return true
    }
    other = loop.start(post(server.url()), handler: second)
    loop.runUntil { second.calls.contains("body") }
    let transfer = loop.start(post(server.url()), handler: first)
    loop.runUntil { [server] in server.connections[0].isClosedByPeer }
    #expect(!second.calls.contains("end"))
    #expect(first.end == nil)
    transfer.cancel()
  }

  @Test("a failure that was not yet told is not told after a cancel")
  func untoldFailure() {
    let handler = RecordingHandler()
    let transfer = loop.start(post("ftp://127.0.0.1/"), handler: handler)
    transfer.cancel()
    var isOver = false
    _ = loop.schedule(at: loop.now) { isOver = true }
    loop.runUntil { isOver }
    #expect(handler.calls.isEmpty)
  }

  @Test("new transfers may begin in any callback")
  func beginInCallback() {
    server.onRequest = { connection, request in
      connection.send(answer(request.head.contains("/first") ? "1" : "2"))
    }
    let later = (0..<4).map { _ in RecordingHandler() }
    let handler = RecordingHandler()
    let start = { [loop, server] (index: Int) in
      _ = loop.start(post(server.url("/later")), handler: later[index])
    }
    handler.onSend = { start(0) }
    handler.onHead = { start(1) }
    handler.onChunk = {
      start(2)
      return true
    }
    handler.onEnd = { start(3) }
    _ = loop.start(post(server.url("/first")), handler: handler)
    loop.runUntil { later.allSatisfy { $0.end != nil } }
    #expect(handler.text == "1")
    #expect(later.map(\.text) == ["2", "2", "2", "2"])
  }

  @Test("a loop outlives the transfers that stood on it, in the middle of theirs", arguments: [true, false])
  func sharedLoop(prefersEpoll: Bool) throws {
    let shared = Loop(prefersEpoll: prefersEpoll)
    var client: CurlLoop? = CurlLoop(environment: CurlEnvironment(), on: shared)
    let handler = RecordingHandler()
    let transfer = client?.start(post(server.url()), handler: handler)
    if let client { alternate(client, loop) { handler.calls.contains("body") } }
    client = nil
    var isOver = false
    _ = shared.schedule(at: shared.now + .milliseconds(5)) { isOver = true }
    shared.run { isOver }
    #expect(isOver && shared.streamCount == 0)
    shared.run { false }
    transfer?.cancel()
    #expect(handler.end == nil)
  }

  @Test("nothing is waited for when the last transfer has ended")
  func nothingLeft() throws {
    let client = CurlLoop(environment: CurlEnvironment())
    server.onRequest = { connection, _ in connection.send(answer("ok")) }
    let handlers = (0..<3).map { _ in RecordingHandler() }
    let transfers = handlers.map { client.start(post(server.url()), handler: $0) }
    alternate(client, loop) { handlers.allSatisfy { $0.end != nil } }
    var waits = 0
    client.beforeWait = { waits += 1 }
    client.run { waits > 1 }
    #expect(waits == 1, "a timer of libcurl is still set")
    withExtendedLifetime(transfers) {}
  }

  @Test("dropping the loop closes every connection, and its transfers stay safe to use")
  func droppedLoop() throws {
    var client: CurlLoop? = CurlLoop(environment: CurlEnvironment())
    weak let gone = client
    let handlers = (0..<20).map { _ in RecordingHandler() }
    let transfers = handlers.compactMap { client?.start(post(server.url()), handler: $0) }
    if let client { alternate(client, loop) { handlers.allSatisfy { $0.calls.contains("body") } } }
    client = nil
    #expect(gone == nil)
    loop.runUntil { [server] in server.connections.allSatisfy(\.isClosedByPeer) }
    #expect(server.connections.count == 20)
    transfers.forEach { $0.cancel() }
    #expect(handlers.allSatisfy { $0.end == nil })
  }
}
