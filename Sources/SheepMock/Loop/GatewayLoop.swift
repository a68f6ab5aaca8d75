import SheepCore
import SheepListener
import SheepLoop

/// What runs on the gateway's thread: a loop, a listener on it, and the answers to its requests.
final class GatewayLoop {
  let loop = Loop()
  private let state: GatewayState
  private let descriptor: Int32
  private let pipe: WakePipe
  private let responder: Responder
  private var configuration: MockConfiguration { state.configuration }

  /// Takes over the listening socket. The pipe tells when callers have changed the state.
  init(state: GatewayState, listener: Int32, pipe: WakePipe, created: Int64) {
    self.state = state
    self.pipe = pipe
    descriptor = listener
    responder = Responder(configuration: state.configuration, created: created)
  }

  /// Serves until the state says to stop; then closes all but the pipe.
  func run() {
    var limits = Listener.Limits()
    limits.connections = configuration.connectionLimit
    limits.body = configuration.bodyLimit
    limits.idle = configuration.idleLimit
    let listener = Listener(descriptor, on: loop, limits: limits) { [self] connection in
      let number = state.connectionOpened(at: MonotonicClock.now())
      return AnswerPlayer(connection, number: number, of: self)
    }
    var isStopping = false
    loop.watch(pipe.readEnd) { [self] _, _ in
      pipe.drain()
      isStopping = state.with(changes: false) { $0.isStopping }
      if !isStopping { openGates(of: listener) }
    }
    loop.run { isStopping }
    listener.close()
    loop.unwatch(pipe.readEnd)
  }

  private func openGates(of listener: Listener) {
    let gates = state.with(changes: false) { $0.openGates }
    for case let player as AnswerPlayer in listener.handlers { player.gatesDidOpen(gates) }
  }

  /// Whether callers have opened the gate.
  func isOpen(gate name: String) -> Bool {
    state.with(changes: false) { $0.openGates.contains(name) }
  }

  /// Notes a request and decides about its answer.
  func answer(
    to head: RequestHead, body: [UInt8], connection: Int, numberOnConnection: Int
  ) -> ResponseProgram {
    var exchange = MockExchange(
      head: head, body: body, number: 0, numberOnConnection: numberOnConnection,
      readsFaults: configuration.acceptsFaultRequests)
    let record = RecordedRequest(
      number: 0, method: head.method, target: head.target, headers: head.headers, body: body,
      bodyBytes: body.count, bodyHash: ContentHash(body), arrivedAt: MonotonicClock.now(),
      connection: connection, numberOnConnection: numberOnConnection, model: exchange.wanted?.id)
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

  /// Notes the end of a connection.
  func connectionClosed(_ number: Int, abandoned: Bool) {
    state.connectionClosed(number, abandoned: abandoned, at: MonotonicClock.now())
  }
}
