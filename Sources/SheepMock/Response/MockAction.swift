/// One thing that the gateway does on a connection once a request has been read.
///
/// A list of these is a whole scripted answer, from the status line to the close.
package enum MockAction: Equatable, Sendable {
  /// Write these bytes as they are.
  case send([UInt8])
  /// Do nothing for so long.
  case pause(Duration)
  /// Wait until so long after the request was complete; nothing when that is over.
  case waitUntil(Duration)
  /// Wait until the gate of that name is released, or the client goes away.
  case awaitGate(String)
  /// Wait until the client goes away.
  case awaitClose
  /// Write these bytes over and over until the client goes away.
  case sendForever([UInt8])
  /// The same with a pause before each; for heartbeats in an endless silence.
  case sendEvery(Duration, [UInt8])
  /// The answer is complete: serve the next request if the client wants to keep the connection.
  case finish
  /// Close properly (FIN).
  case close
  /// Break the connection off (RST).
  case reset

  /// Writes a text's bytes.
  package static func send(text: String) -> MockAction { .send(Array(text.utf8)) }
}
