import SheepCore

/// The gateway's thread: accepts, reads, answers and paces, all connections in turn.
struct GatewayLoop: ~Copyable {
  private let state: GatewayState
  private let configuration: MockConfiguration
  private let listener: Int32
  private let pipe: WakePipe
  private let responder: Responder
  private var poller: Poller
  private var timers = TimerQueue()
  private var connections: [UInt64: Connection] = [:]
  private var stamps: UInt64 = 0
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

  private static let listenerToken = UInt64.max
  private static let pipeToken = UInt64.max - 1
  /// Marks the timer that looks for idle connections; each connection has one of these, which
  /// moves on instead of being set anew with every request.
  private static let idleStamp: UInt64 = 0
  /// How long a finished connection waits for the client's close.
  private static let lingerLimit = Duration.seconds(2)
  /// How much one connection may write before the others have their turn.
  private static let turnBytes = 262_144

  /// Takes over the listening socket. `nil` when the system has no descriptor left.
  init?(state: GatewayState, listener: Int32, pipe: WakePipe, created: Int64) {
    guard let poller = Poller() else { return nil }
    self.poller = poller
    self.state = state
    self.listener = listener
    self.pipe = pipe
    configuration = state.configuration
    responder = Responder(configuration: state.configuration, created: created)
  }

  deinit { buffer.deallocate() }

  /// Serves until the state says to stop; then closes all but the pipe.
  mutating func run() {
    var isRunning =
      poller.add(listener, .reading, token: Self.listenerToken)
      && poller.add(pipe.readEnd, .reading, token: Self.pipeToken)
    while isRunning {
      var reports: [Poller.Report] = []
      poller.wait(nanoseconds: timeToNextTimer()) { reports.append($0) }
      for report in reports {
        switch report.token {
        case Self.listenerToken: acceptAll()
        case Self.pipeToken: isRunning = lookAtState()
        default: serve(report)
        }
      }
      fireTimers()
    }
    for connection in connections.values { close(connection, abandoned: false) }
    poller.remove(listener)
    Socket.close(listener)
  }

  // MARK: Timers

  private func timeToNextTimer() -> Int64 {
    guard let next = timers.next else { return -1 }
    return max(0, (next - MonotonicClock.now).nanoseconds)
  }

  private mutating func fireTimers() {
    // A connection that asks to go on at once must not keep the loop here.
    let now = MonotonicClock.now
    while let entry = timers.popDue(at: now) {
      if entry.connection == Self.listenerToken {
        poller.change(listener, .reading, token: Self.listenerToken)
        continue
      }
      guard let connection = connections[entry.connection] else { continue }
      if entry.stamp == Self.idleStamp {
        checkIdle(connection, at: now)
      } else if connection.timerStamp == entry.stamp {
        connection.timerStamp = Self.idleStamp
        connection.isPaused = false
        progress(connection)
      }
    }
  }

  /// Closes a connection that has waited for its client too long.
  private mutating func checkIdle(_ connection: Connection, at now: Instant) {
    let isWaiting = !connection.isAnswering || connection.isBlocked
    guard isWaiting else { return watchIdle(connection, for: configuration.idleLimit) }
    if connection.idleDeadline <= now {
      close(connection, abandoned: connection.isBlocked)
    } else {
      insertIdleTimer(connection)
    }
  }

  /// Lets the client have so long from now, and makes sure that somebody looks then.
  private mutating func watchIdle(_ connection: Connection, for limit: Duration) {
    connection.idleDeadline = MonotonicClock.now + limit
    insertIdleTimer(connection)
  }

  private mutating func insertIdleTimer(_ connection: Connection) {
    timers.insert(
      .init(
        deadline: connection.idleDeadline, connection: UInt64(connection.number),
        stamp: Self.idleStamp))
  }

  /// Sets the timer that ends the connection's pause.
  private mutating func setTimer(_ connection: Connection, at deadline: Instant) {
    stamps += 1
    connection.timerStamp = stamps
    timers.insert(
      .init(deadline: deadline, connection: UInt64(connection.number), stamp: stamps))
  }

  // MARK: Connections

  private mutating func acceptAll() {
    while true {
      let (descriptor, exhausted) = Socket.accept(listener)
      guard let descriptor else {
        if exhausted {
          // No descriptors: look again soon instead of spinning on the ready listener.
          poller.change(listener, [], token: Self.listenerToken)
          let soon = MonotonicClock.now + .milliseconds(50)
          timers.insert(.init(deadline: soon, connection: Self.listenerToken, stamp: 0))
        }
        return
      }
      let now = MonotonicClock.now
      let number = state.connectionOpened(at: now)
      let connection = Connection(
        descriptor: descriptor, number: number, bodyLimit: configuration.bodyLimit)
      connections[UInt64(number)] = connection
      guard poller.add(descriptor, .reading, token: UInt64(number)) else {
        close(connection, abandoned: false)
        continue
      }
      watchIdle(connection, for: configuration.idleLimit)
      if connections.count > configuration.connectionLimit {
        let refusal = RequestRefusal(status: 503, problem: "Too many connections.")
        begin(connection, Responder.answer(to: refusal))
        progress(connection)
      }
    }
  }

  private mutating func close(_ connection: Connection, abandoned: Bool) {
    guard connections.removeValue(forKey: UInt64(connection.number)) != nil else { return }
    poller.remove(connection.descriptor)
    Socket.close(connection.descriptor)
    state.connectionClosed(connection.number, abandoned: abandoned, at: MonotonicClock.now)
  }

  private mutating func watch(_ connection: Connection, _ interest: Poller.Interest) {
    if connection.interest == interest { return }
    connection.interest = interest
    poller.change(connection.descriptor, interest, token: UInt64(connection.number))
  }

  private mutating func serve(_ report: Poller.Report) {
    guard let connection = connections[report.token] else { return }
    if report.readable { read(connection) }
    if connections[report.token] == nil { return }
    if report.hungUp && !report.readable {
      close(connection, abandoned: connection.isAnswering)
    } else if report.writable {
      progress(connection)
    }
  }

  private mutating func read(_ connection: Connection) {
    // A few turns only, so that a big upload does not hold the others up.
    for _ in 0..<4 {
      switch Socket.read(connection.descriptor, into: buffer) {
      case .wouldBlock: return
      case .ended:
        close(connection, abandoned: connection.isAnswering)
        return
      case .moved(let count):
        if connection.phase == .lingering { continue }
        connection.reader.receive(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        if connection.phase == .reading {
          progress(connection)
          if connections[UInt64(connection.number)] == nil { return }
        } else if connection.reader.waitingBytes > 1 << 20 {
          // Pipelined requests wait in the kernel until the answer is out.
          watch(connection, connection.interest.subtracting(.reading))
          return
        }
        if count < buffer.count { return }
      }
    }
  }

  /// Reads requests and answers them in turn until something is missing.
  private mutating func progress(_ connection: Connection) {
    while connections[UInt64(connection.number)] != nil {
      switch connection.phase {
      case .reading:
        guard readRequest(connection) else { return }
      case .answering:
        advance(connection)
        if connection.phase != .reading { return }
      case .atGate, .silent, .lingering: return
      }
    }
  }

  /// Goes on with the request that is being read.
  /// - Returns: whether an answer has begun.
  private mutating func readRequest(_ connection: Connection) -> Bool {
    switch connection.reader.next() {
    case .incomplete: return false
    case .awaitsContinue:
      let interim = ResponseHead(status: 100).bytes
      interim.withUnsafeBytes { _ = Socket.write(connection.descriptor, $0) }
      return false
    case .refused(let refusal):
      begin(connection, Responder.answer(to: refusal))
    case .request(let head, let body):
      connection.requests += 1
      begin(connection, answer(connection, head, body))
    }
    return true
  }

  private func answer(
    _ connection: Connection, _ head: RequestHead, _ body: [UInt8]
  ) -> ResponseProgram {
    let now = MonotonicClock.now
    var exchange = MockExchange(
      head: head, body: body, number: 0, numberOnConnection: connection.requests,
      readsFaults: configuration.acceptsFaultRequests)
    let record = RecordedRequest(
      number: 0, method: head.method, target: head.target, headers: head.headers, body: body,
      bodyBytes: body.count, bodyHash: ContentHash(body), arrivedAt: now,
      connection: connection.number, numberOnConnection: connection.requests,
      model: exchange.wanted?.id)
    let (number, chosen) = state.record(record, faultText: exchange.faultText)
    exchange.number = number
    switch chosen {
    case .fault(let fault): return responder.answer(to: exchange, fault: fault)
    case .actions(let actions):
      var program = ResponseProgram(actions)
      program.keepsAlive = head.wantsKeepAlive
      return program
    }
  }

  // MARK: Answers

  private mutating func begin(_ connection: Connection, _ program: consuming ResponseProgram) {
    connection.program = program
    connection.requestedAt = MonotonicClock.now
    connection.phase = .answering
    connection.timerStamp = Self.idleStamp
    connection.isPaused = false
    connection.isBlocked = false
    connection.repeated = nil
  }

  /// Does what the answer's program says until it has to wait.
  private mutating func advance(_ connection: Connection) {
    var budget = Self.turnBytes
    while connection.phase == .answering, !connection.isPaused {
      if connection.hasOutput {
        guard flush(connection, &budget) else { return }
        continue
      }
      watch(connection, connection.interest.subtracting(.writing))
      if let again = connection.repeated {
        connection.output = again.bytes
        connection.sent = 0
        if again.pause > .zero { pause(connection, until: MonotonicClock.now + again.pause) }
        continue
      }
      perform(connection.program.next() ?? .finish, connection)
    }
  }

  private mutating func pause(_ connection: Connection, until instant: Instant) {
    connection.isPaused = true
    setTimer(connection, at: instant)
  }

  private mutating func perform(_ action: MockAction, _ connection: Connection) {
    switch action {
    case .send(let bytes):
      connection.output = bytes
      connection.sent = 0
    case .pause(let duration): pause(connection, until: MonotonicClock.now + duration)
    case .waitUntil(let offset):
      let instant = connection.requestedAt + offset
      if instant > MonotonicClock.now { pause(connection, until: instant) }
    case .awaitGate(let name):
      let isOpen = state.with(changes: false) { $0.openGates.contains(name) }
      if !isOpen { connection.phase = .atGate(name) }
    case .awaitClose: connection.phase = .silent
    case .sendForever(let bytes):
      if bytes.isEmpty { connection.phase = .silent } else { connection.repeated = (bytes, .zero) }
    case .sendEvery(let pause, let bytes):
      connection.repeated = (bytes, max(pause, .milliseconds(1)))
    case .finish: finish(connection)
    case .close: linger(connection)
    case .reset:
      Socket.resetOnClose(connection.descriptor)
      close(connection, abandoned: false)
      connection.phase = .lingering
    }
  }

  private mutating func finish(_ connection: Connection) {
    connection.output = []
    connection.sent = 0
    guard connection.keepsAlive else {
      linger(connection)
      return
    }
    connection.program = ResponseProgram([])
    connection.phase = .reading
    watch(connection, .reading)
    connection.idleDeadline = MonotonicClock.now + configuration.idleLimit
  }

  /// Sends FIN and waits a little for the client's, so that what was sent is not lost to a
  /// reset when the client is still writing.
  private mutating func linger(_ connection: Connection) {
    connection.phase = .lingering
    Socket.finishWriting(connection.descriptor)
    watch(connection, .reading)
    watchIdle(connection, for: Self.lingerLimit)
  }

  /// Writes output.
  /// - Returns: whether the program may go on now.
  private mutating func flush(_ connection: Connection, _ budget: inout Int) -> Bool {
    let limit = connection.program.bytesPerWrite ?? .max
    let start = connection.sent
    let count = min(limit, connection.output.count - start)
    let outcome = connection.output.withUnsafeBytes { bytes in
      Socket.write(
        connection.descriptor, UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]))
    }
    switch outcome {
    case .ended:
      close(connection, abandoned: true)
      connection.phase = .lingering
      return false
    case .wouldBlock:
      watch(connection, connection.interest.union(.writing))
      if !connection.isBlocked {
        connection.isBlocked = true
        connection.idleDeadline = MonotonicClock.now + configuration.idleLimit
      }
      return false
    case .moved(let moved):
      connection.isBlocked = false
      connection.sent += moved
      budget -= moved
      if budget <= 0 || connection.program.writePause > .zero {
        pause(connection, until: MonotonicClock.now + connection.program.writePause)
        return false
      }
      return true
    }
  }

  // MARK: Word from outside

  /// Looks at what callers have changed. Returns whether to go on.
  private mutating func lookAtState() -> Bool {
    pipe.drain()
    let (isStopping, gates) = state.with(changes: false) { ($0.isStopping, $0.openGates) }
    if isStopping { return false }
    for connection in connections.values {
      guard case .atGate(let name) = connection.phase, gates.contains(name) else { continue }
      connection.phase = .answering
      progress(connection)
    }
    return true
  }
}
