import SheepCore
import SheepLoop

/// What answers the requests of one connection. Methods are called from the connection's loop.
package protocol ConnectionHandler: AnyObject {
  /// A request is complete. The answer is written by `send` and ended by `finish`, `endWriting` or
  /// `reset`, at once or later; until then no further request is read.
  func connectionDidReceive(_ head: RequestHead, body: [UInt8])

  /// What arrived is not a request that can be served; the answer says so and ends the connection.
  func connectionDidRefuse(_ refusal: RequestRefusal)

  /// All bytes of a `send` that returned false have left.
  func connectionDidSend()

  /// The connection is closed; nothing else follows. `abandoned` when an answer was under way and
  /// the client had gone or had stopped reading.
  func connectionDidClose(abandoned: Bool)
}

/// One accepted connection: reads requests, writes answers as far as the client takes them, and
/// closes itself when the client does nothing for too long.
package final class ServerConnection {
  private enum Phase {
    /// Waiting for a request, or in the middle of one.
    case reading
    /// A request is being answered.
    case answering
    /// All is written and FIN is sent; waiting for the client's own close.
    case lingering
    case closed
  }

  /// The connection's number at its listener, from 1.
  package let number: Int
  /// How many requests were read from it.
  package private(set) var requestCount = 0

  // The handler keeps the connection and the connection the handler, until it is closed.
  var handler: (any ConnectionHandler)?
  private unowned let listener: Listener
  private let loop: Loop
  private let descriptor: Int32
  private let idleLimit: Duration
  private var reader: RequestReader
  private var phase = Phase.reading
  /// Bytes on their way out, and how many of them have left.
  private var output: [UInt8] = []
  private var sent = 0
  private var interest = Readiness.readable
  /// When the connection is closed if its client has done nothing by then.
  private var idleDeadline = Instant(nanoseconds: 0)
  /// Looks at the deadline, which moves on instead of a timer being set with every request.
  private var idleTimer: TimerID?
  private var isReadingRequests = false

  /// How many bytes of requests may wait while one is answered; further ones wait in the kernel.
  private static let waitingLimit = 1 << 20

  init(_ descriptor: Int32, number: Int, of listener: Listener) {
    self.descriptor = descriptor
    self.number = number
    self.listener = listener
    loop = listener.loop
    idleLimit = listener.limits.idle
    reader = RequestReader(bodyLimit: listener.limits.body)
  }

  /// Whether the connection can still be written to.
  package var isOpen: Bool { phase == .reading || phase == .answering }

  /// Whether the client has not taken all of what was sent.
  private var isBlocked: Bool { sent < output.count }

  /// Begins to serve.
  /// - Returns: false when the system cannot watch the descriptor.
  func begin() -> Bool {
    let isWatched = loop.watch(descriptor, for: interest) { [self] _, readiness in
      // A failure is what the next read says.
      if !readiness.isDisjoint(with: [.readable, .failed]) { read() }
      if readiness.contains(.writable), isBlocked { flush() }
    }
    if isWatched { watchIdle(for: idleLimit) }
    return isWatched
  }

  // MARK: Answers

  /// Writes bytes of the answer. Call it again only when this returned true, or after
  /// `connectionDidSend`.
  /// - Returns: whether all of them have left; false also when the client has gone.
  package func send(_ bytes: [UInt8]) -> Bool {
    guard isOpen else { return false }
    output = bytes
    sent = 0
    return writeOut()
  }

  /// The answer is complete: serves the client's next request, or sends FIN without `keepsAlive`.
  package func finish(keepsAlive: Bool) {
    guard phase == .answering else { return }
    guard keepsAlive else { return endWriting() }
    phase = .reading
    watch(.readable)
    idleDeadline = loop.now + idleLimit
    readRequests()
  }

  /// Sends FIN and waits a little for the client's, so that what was sent is not lost to a
  /// reset when the client is still writing.
  package func endWriting() {
    guard isOpen else { return }
    phase = .lingering
    Socket.finishWriting(descriptor)
    watch(.readable)
    watchIdle(for: listener.limits.linger)
  }

  /// Breaks the connection off (RST).
  package func reset() {
    guard isOpen else { return }
    Socket.resetOnClose(descriptor)
    close(abandoned: false)
  }

  private func flush() {
    guard writeOut() else { return }
    watch(interest.subtracting(.writable))
    handler?.connectionDidSend()
  }

  /// Writes what the client takes.
  /// - Returns: whether all has left.
  private func writeOut() -> Bool {
    let before = sent
    while isBlocked {
      let outcome = output.withUnsafeBytes { bytes in
        Socket.write(descriptor, UnsafeRawBufferPointer(rebasing: bytes[sent...]))
      }
      switch outcome {
      case .moved(let count): sent += count
      case .wouldBlock:
        // The time begins again with every byte that the client takes.
        if sent > before || !interest.contains(.writable) { idleDeadline = loop.now + idleLimit }
        watch(interest.union(.writable))
        return false
      case .ended:
        close(abandoned: true)
        return false
      }
    }
    return true
  }

  // MARK: Requests

  private func read() {
    // A few turns only, so that a big upload does not hold the others up.
    for _ in 0..<4 {
      switch Socket.read(descriptor, into: listener.buffer) {
      case .wouldBlock: return
      case .ended: return close(abandoned: phase == .answering)
      case .moved(let count):
        if phase == .lingering { continue }
        reader.receive(UnsafeRawBufferPointer(rebasing: listener.buffer[..<count]))
        if phase == .answering, reader.waitingBytes > Self.waitingLimit {
          return watch(interest.subtracting(.readable))
        }
        readRequests()
        if phase == .closed || count < listener.buffer.count { return }
      }
    }
  }

  /// Reads requests in turn until one is being answered or bytes are missing. An answer that is
  /// complete at once comes back here through `finish`, without going deeper into the stack.
  private func readRequests() {
    if isReadingRequests { return }
    isReadingRequests = true
    defer { isReadingRequests = false }
    while phase == .reading {
      switch reader.next() {
      case .incomplete: return
      case .awaitsContinue:
        let interim = ResponseHead(status: 100).bytes
        interim.withUnsafeBytes { _ = Socket.write(descriptor, $0) }
        return
      case .refused(let refusal): refuse(refusal)
      case .request(let head, let body):
        requestCount += 1
        phase = .answering
        handler?.connectionDidReceive(head, body: body)
      }
    }
  }

  /// Lets the handler say that nothing is served here.
  func refuse(_ refusal: RequestRefusal) {
    phase = .answering
    handler?.connectionDidRefuse(refusal)
  }

  private func watch(_ readiness: Readiness) {
    if interest == readiness { return }
    interest = readiness
    loop.change(descriptor, to: readiness)
  }

  // MARK: The end

  /// Closes at once and tells the handler.
  func close(abandoned: Bool) {
    if phase == .closed { return }
    phase = .closed
    loop.unwatch(descriptor)
    if let idleTimer { loop.cancel(idleTimer) }
    Socket.close(descriptor)
    listener.forget(self)
    let last = handler
    handler = nil
    last?.connectionDidClose(abandoned: abandoned)
  }

  /// Lets the client have so long from now, and makes sure that somebody looks then.
  private func watchIdle(for limit: Duration) {
    idleDeadline = loop.now + limit
    if let idleTimer { loop.cancel(idleTimer) }
    idleTimer = loop.schedule(at: idleDeadline) { [self] in checkIdle() }
  }

  /// Closes the connection when it has waited for its client too long. Where an answer takes its
  /// time the client is not to blame.
  private func checkIdle() {
    idleTimer = nil
    if phase == .answering, !isBlocked { return watchIdle(for: idleLimit) }
    if idleDeadline <= loop.now { return close(abandoned: isBlocked) }
    idleTimer = loop.schedule(at: idleDeadline) { [self] in checkIdle() }
  }
}
