import SheepCore
import SheepListener
import SheepLoop

/// Plays the programs of one connection's answers: writes, pauses, waits at gates, and ends.
final class AnswerPlayer: ConnectionHandler {
  private enum Phase {
    /// No answer is under way.
    case idle
    case playing
    /// A timer goes on with the answer.
    case paused
    /// The client has not yet taken what was last written.
    case blocked
    case atGate(String)
    /// Waiting for the client to go away.
    case silent
  }

  private let connection: ServerConnection
  /// The connection's number at the gateway, from 1.
  private let number: Int
  private unowned let gateway: GatewayLoop
  private var phase = Phase.idle
  private var program = ResponseProgram([])
  /// Bytes to be written, and how many of them were handed to the connection.
  private var output: [UInt8] = []
  private var handedOver = 0
  /// What is written again once `output` has left; see `MockAction.sendForever`.
  private var repeated: (bytes: [UInt8], pause: Duration)?
  /// When the request being answered was complete.
  private var requestedAt = Instant(nanoseconds: 0)
  private var timer: TimerID?

  /// How much one connection may write before the others have their turn.
  private static let turnBytes = 262_144

  init(_ connection: ServerConnection, number: Int, of gateway: GatewayLoop) {
    self.connection = connection
    self.number = number
    self.gateway = gateway
  }

  // MARK: What the connection says

  func connectionDidReceive(_ head: RequestHead, body: [UInt8]) {
    play(
      gateway.answer(
        to: head, body: body, connection: number, numberOnConnection: connection.requestCount))
  }

  func connectionDidRefuse(_ refusal: RequestRefusal) {
    play(Responder.answer(to: refusal))
  }

  func connectionDidSend() {
    if case .blocked = phase { resume() }
  }

  func connectionDidClose(abandoned: Bool) {
    phase = .idle
    if let timer { gateway.loop.cancel(timer) }
    gateway.connectionClosed(number, abandoned: abandoned)
  }

  /// Goes on where the answer waits at one of these.
  func gatesDidOpen(_ gates: Set<String>) {
    if case .atGate(let name) = phase, gates.contains(name) { resume() }
  }

  // MARK: The answer

  private func play(_ program: ResponseProgram) {
    self.program = program
    output = []
    handedOver = 0
    repeated = nil
    requestedAt = gateway.loop.now
    resume()
  }

  /// Does what the program says until it has to wait.
  private func resume() {
    phase = .playing
    var budget = Self.turnBytes
    while case .playing = phase {
      if handedOver < output.count {
        sendPiece(&budget)
      } else if let repeated {
        output = repeated.bytes
        handedOver = 0
        if repeated.pause > .zero { pause(until: gateway.loop.now + repeated.pause) }
      } else {
        perform(program.next() ?? .finish)
      }
    }
  }

  private func sendPiece(_ budget: inout Int) {
    let count = min(program.bytesPerWrite ?? .max, output.count - handedOver)
    let isWhole = count == output.count
    let piece = isWhole ? output : Array(output[handedOver..<handedOver + count])
    handedOver += count
    budget -= count
    // The connection may be closed by this, and then the phase is `idle`.
    if !connection.send(piece) {
      if case .playing = phase { phase = .blocked }
    } else if budget <= 0 || program.writePause > .zero {
      pause(until: gateway.loop.now + program.writePause)
    }
  }

  private func perform(_ action: MockAction) {
    switch action {
    case .send(let bytes):
      output = bytes
      handedOver = 0
    case .pause(let duration): pause(until: gateway.loop.now + duration)
    case .waitUntil(let offset):
      let instant = requestedAt + offset
      if instant > gateway.loop.now { pause(until: instant) }
    case .awaitGate(let name): if !gateway.isOpen(gate: name) { phase = .atGate(name) }
    case .awaitClose: phase = .silent
    case .sendForever(let bytes):
      if bytes.isEmpty { phase = .silent } else { repeated = (bytes, .zero) }
    case .sendEvery(let pause, let bytes): repeated = (bytes, max(pause, .milliseconds(1)))
    case .finish:
      phase = .idle
      // May bring the next request, and its answer, before it returns.
      connection.finish(keepsAlive: program.keepsAlive)
    case .close:
      phase = .idle
      connection.endWriting()
    case .reset:
      phase = .idle
      connection.reset()
    }
  }

  private func pause(until instant: Instant) {
    phase = .paused
    timer = gateway.loop.schedule(at: instant) { [self] in
      timer = nil
      resume()
    }
  }
}
