/// A gateway on this machine that answers like a provider: what `mock` and `--demo` start.
///
/// It serves on a thread of its own from the moment it is made, and the two talk HTTP only.
package protocol LocalGateway: AnyObject {
  /// The names of the models that it serves, in the order in which they are listed.
  static var modelNames: [String] { get }

  /// The models with speed and price for people, one line each, without a line end behind the last.
  static var modelTable: String { get }

  /// Listens on a loopback port and starts to serve.
  init(_ settings: LocalGatewaySettings) throws(LocalGatewayProblem)

  /// The address for clients: `http://127.0.0.1:PORT/v1`.
  var baseURL: String { get }

  /// What `sheep mock` prints when it has started: where it listens, what it serves, how to call
  /// it, and how to ask for faults. Ends with a line end.
  func describe() -> String

  /// Closes the listener and all connections and waits for the thread. Further calls do nothing.
  func stop()
}

/// How a local gateway behaves, as far as the command line can say.
package struct LocalGatewaySettings: Sendable {
  /// The port on 127.0.0.1; 0 takes any free one.
  package var port: UInt16 = 0
  /// Decides all texts, with the model and the prompt; `nil` for the gateway's own.
  package var seed: UInt64?
  /// How many times faster than their own speed the models are; 0 is without any pause, `nil` is 1.
  package var speed: Double?
  /// The wait before each answer; `nil` for what the faults say, or else the models' own.
  package var latency: Duration?
  /// What goes wrong with every request, in the gateway's own language; empty for nothing.
  package var faults = ""
  /// The keys that are accepted. Without any, every key and none is.
  package var acceptedKeys: [Secret] = []

  /// The defaults, on any free port.
  package init() {}
}

/// Why a local gateway does not start; each with the reason in words.
package enum LocalGatewayProblem: Error, Equatable, Sendable {
  /// The faults are not in its language: what is wrong, with the way out.
  case badFaults(String)
  /// This machine gives no port, no thread or no descriptor: what is wrong, and what to do about it;
  /// `nil`: nothing is known to help.
  case cannotStart(String, wayOut: String?)
}
