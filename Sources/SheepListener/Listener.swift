import SheepCore
package import SheepLoop

/// Accepts connections on loopback and serves them in a loop, all in turn.
///
/// It must outlive its connections: `close` ends them all.
package final class Listener {
  /// What a client may ask of the listener.
  package struct Limits {
    /// At most so many connections at once; further ones are refused with 503.
    package var connections = 4_096
    /// The most bytes of a request body.
    package var body = 64 << 20
    /// How long a connection may be idle, or slow with its request or its reading.
    package var idle: Duration = .seconds(300)
    /// How long a connection that is finished waits for its client's close.
    package var linger: Duration = .seconds(2)

    /// The defaults.
    package init() {}
  }

  let loop: Loop
  let limits: Limits
  /// What every read goes through.
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
  private let descriptor: Int32
  private let makeHandler: (ServerConnection) -> any ConnectionHandler
  private var connectionsByNumber: [Int: ServerConnection] = [:]
  private var lastNumber = 0
  private var retryTimer: TimerID?

  /// Takes over a socket of `Socket.listen` and begins to accept; `makeHandler` is asked once for
  /// each connection.
  package init(
    _ descriptor: Int32, on loop: Loop, limits: Limits = Limits(),
    makeHandler: @escaping (ServerConnection) -> any ConnectionHandler
  ) {
    self.descriptor = descriptor
    self.loop = loop
    self.limits = limits
    self.makeHandler = makeHandler
    watch()
  }

  deinit { buffer.deallocate() }

  /// The handlers of all open connections.
  package var handlers: [any ConnectionHandler] { connectionsByNumber.values.compactMap(\.handler) }

  /// Stops listening and closes all connections.
  package func close() {
    if let retryTimer { loop.cancel(retryTimer) }
    loop.unwatch(descriptor)
    Socket.close(descriptor)
    for connection in connectionsByNumber.values { connection.close(abandoned: false) }
  }

  private func watch() {
    loop.watch(descriptor) { [unowned self] _, _ in acceptAll() }
  }

  private func acceptAll() {
    while true {
      let (accepted, exhausted) = Socket.accept(descriptor)
      guard let accepted else {
        if exhausted { pause() }
        return
      }
      serve(accepted)
    }
  }

  private func serve(_ accepted: Int32) {
    lastNumber += 1
    let connection = ServerConnection(accepted, number: lastNumber, of: self)
    connection.handler = makeHandler(connection)
    connectionsByNumber[lastNumber] = connection
    guard connection.begin() else { return connection.close(abandoned: false) }
    if connectionsByNumber.count > limits.connections {
      connection.refuse(RequestRefusal(status: 503, problem: "Too many connections."))
    }
  }

  /// No descriptors: looks again soon instead of spinning on a socket that stays ready.
  private func pause() {
    loop.unwatch(descriptor)
    retryTimer = loop.schedule(at: loop.now + .milliseconds(50)) { [unowned self] in
      retryTimer = nil
      watch()
    }
  }

  func forget(_ connection: ServerConnection) {
    connectionsByNumber[connection.number] = nil
  }
}
