import SheepCore
import SheepCurl
import Testing

/// Keeps all that a transfer says, in order.
final class RecordingHandler: TransferHandler {
  private(set) var calls: [String] = []
  private(set) var sent: [Instant] = []
  private(set) var heads: [HTTPHead] = []
  private(set) var headInstants: [Instant] = []
  private(set) var body: [UInt8] = []
  private(set) var chunkInstants: [Instant] = []
  private(set) var end: TransferEnd?
  /// What to do when bytes have come; false refuses them.
  var onChunk: () -> Bool = { true }
  var onHead: () -> Void = {}
  var onSend: () -> Void = {}
  var onEnd: () -> Void = {}

  func transferWillSend(at instant: Instant) {
    calls.append("send")
    sent.append(instant)
    onSend()
  }

  func transferDidReceive(_ head: HTTPHead, at instant: Instant) {
    calls.append("head")
    heads.append(head)
    headInstants.append(instant)
    onHead()
  }

  func transferDidReceive(_ bytes: UnsafeRawBufferPointer, at instant: Instant) -> Bool {
    if calls.last != "body" { calls.append("body") }
    body += bytes
    chunkInstants.append(instant)
    return onChunk()
  }

  func transferDidEnd(_ end: TransferEnd) {
    calls.append("end")
    self.end = end
    onEnd()
  }

  var text: String { String(decoding: body, as: UTF8.self) }
  var problem: TransferEnd.Problem? { end?.problem }
}

extension CurlLoop {
  /// Runs until the condition holds; a test that hangs fails instead.
  func runUntil(_ condition: @escaping () -> Bool, sourceLocation: SourceLocation = #_sourceLocation) {
    var isLate = false
    let timer = schedule(at: now + .seconds(30)) { isLate = true }
    run { isLate || condition() }
    cancel(timer)
    if !condition() { Issue.record("the loop ended too early or hung", sourceLocation: sourceLocation) }
  }

  /// Makes the request and waits for its end.
  @discardableResult
  func fetch(
    _ request: HTTPRequest, with handler: RecordingHandler = RecordingHandler(),
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> RecordingHandler {
    let transfer = start(request, handler: handler)
    runUntil({ handler.end != nil }, sourceLocation: sourceLocation)
    withExtendedLifetime(transfer) {}
    return handler
  }
}

/// A POST of a few bytes, as a call to a model is.
func post(_ url: String, key: String? = nil, body: String = "{}") -> HTTPRequest {
  HTTPRequest(
    method: "POST", url: url, headers: HTTPHeaders([.init("Content-Type", "application/json")]),
    body: Array(body.utf8),
    credential: key.map {
      HTTPRequest.Credential(header: "Authorization", prefix: "Bearer ", secret: Secret($0))
    })
}

/// A complete answer with a length.
func answer(_ body: String, status: String = "200 OK", fields: String = "") -> String {
  "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
}

/// Runs two loops in turn on one thread, a millisecond each, until the condition holds.
func alternate(
  _ loops: CurlLoop..., sourceLocation: SourceLocation = #_sourceLocation, until condition: () -> Bool
) {
  for _ in 0..<5_000 where !condition() {
    for loop in loops {
      var isOver = false
      _ = loop.schedule(at: loop.now + .milliseconds(1)) { isOver = true }
      loop.run { isOver }
    }
  }
  #expect(condition(), sourceLocation: sourceLocation)
}
