import SheepCore

/// The state of one connection. The loop owns it and is the only one to touch it.
final class Connection {
  /// What the connection is doing.
  enum Phase: Equatable {
    /// Waiting for a request, or in the middle of one.
    case reading
    /// Answering.
    case answering
    /// Waiting inside an answer for a gate.
    case atGate(String)
    /// Waiting inside an answer for the client to go away.
    case silent
    /// All is written and FIN is sent; waiting for the client's own close.
    case lingering
  }

  let descriptor: Int32
  let number: Int
  var reader: RequestReader
  var phase = Phase.reading
  var program = ResponseProgram([])
  /// Bytes on their way out, and how many of them have left.
  var output: [UInt8] = []
  var sent = 0
  /// What is written again once `output` has left; see `MockAction.sendForever`.
  var repeated: (bytes: [UInt8], pause: Duration)?
  /// When the request being answered was complete.
  var requestedAt = Instant(nanoseconds: 0)
  var requests = 0
  /// What the poller watches the descriptor for now.
  var interest: Poller.Interest = .reading
  /// Which timer ends the pause; see `TimerQueue`.
  var timerStamp: UInt64 = 0
  /// When the connection is closed if its client has done nothing by then.
  var idleDeadline = Instant(nanoseconds: 0)
  /// Whether a timer is running that the connection must not move before.
  var isPaused = false
  /// Whether the client has not taken what was last written.
  var isBlocked = false

  /// A connection that has just been accepted.
  init(descriptor: Int32, number: Int, bodyLimit: Int) {
    self.descriptor = descriptor
    self.number = number
    reader = RequestReader(bodyLimit: bodyLimit)
  }

  /// Whether an answer is under way.
  var isAnswering: Bool { phase != .reading && phase != .lingering }

  /// Whether the connection outlives the answer under way.
  var keepsAlive: Bool { program.keepsAlive }

  /// Whether bytes wait to be written.
  var hasOutput: Bool { sent < output.count }
}
