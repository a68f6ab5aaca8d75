import SheepCore
import SheepListener
import SheepLoop

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A gateway on 127.0.0.1 that answers like a provider, with a thread of its own.
///
/// It speaks the OpenAI chat-completions dialect over HTTP/1.1, makes texts that are the same
/// for the same seed and prompt, paces them like models of different speeds, and goes wrong in
/// the ways of `MockFault` when asked. It never opens anything but loopback.
///
/// All methods may be called from any thread. `stop()` closes every connection and joins the
/// thread; the last reference does the same.
package final class MockGateway: Sendable {
  /// The port that it listens on.
  package let port: UInt16
  private let state: GatewayState
  private let pipe: WakePipe
  private let thread: LoopThread

  /// Listens and starts to serve.
  /// - Throws: `MockError.cannotListen` or `MockError.noResources`.
  package init(_ configuration: MockConfiguration = MockConfiguration()) throws(MockError) {
    guard let pipe = WakePipe() else { throw .noResources }
    let opened: (descriptor: Int32, port: UInt16)
    do throws(Socket.ListenProblem) {
      opened = try Socket.listen(port: configuration.port, backlog: 4_096)
    } catch {
      pipe.close()
      throw .cannotListen(port: configuration.port, errno: error.errno)
    }
    let state = GatewayState(configuration: configuration)
    let listener = opened.descriptor
    let created = configuration.created ?? Int64(time(nil))
    let started = LoopThread {
      GatewayLoop(state: state, listener: listener, pipe: pipe, created: created).run()
    }
    guard let started else {
      pipe.close()
      Socket.close(listener)
      throw .noResources
    }
    thread = started
    self.pipe = pipe
    self.state = state
    port = opened.port
  }

  deinit { stop() }

  /// Closes the listener and all connections and waits for the thread. Further calls do
  /// nothing. What was recorded stays readable.
  package func stop() {
    let isFirst = state.with { values in
      defer { values.isStopping = true }
      return !values.isStopping
    }
    guard isFirst else { return }
    pipe.wake()
    thread.join()
    state.with { $0.isJoined = true }
    pipe.close()
  }

  /// The address for clients: `http://127.0.0.1:PORT/v1`.
  package var baseURL: String { "http://127.0.0.1:\(port)/v1" }

  // MARK: What it has seen

  /// The requests in the order in which they were complete; the latest ones when there were
  /// more than the configuration's `recordLimit`.
  package var requests: [RecordedRequest] { state.with(changes: false) { $0.requests } }

  /// How many requests there were in all.
  package var requestCount: Int { state.with(changes: false) { $0.requestCount } }

  /// The connections in the order in which they were accepted, the latest ones.
  package var connections: [RecordedConnection] { state.with(changes: false) { $0.connections } }

  /// How many connections are open.
  package var openConnections: Int { state.with(changes: false) { $0.openConnections } }

  /// Waits until that many requests have been read.
  /// - Returns: whether they were, within the time.
  package func waitForRequests(_ count: Int, timeout: Duration = .seconds(30)) -> Bool {
    state.wait(until: MonotonicClock.now() + timeout) { $0.requestCount >= count }
  }

  /// Waits until that many connections have been accepted and at most `open` are still open.
  /// - Returns: whether it came to that within the time.
  package func waitForConnections(
    _ count: Int = 0, open: Int = .max, timeout: Duration = .seconds(30)
  ) -> Bool {
    state.wait(until: MonotonicClock.now() + timeout) {
      $0.connectionCount >= count && $0.openConnections <= open
    }
  }

  // MARK: What it is told

  /// Opens a gate for good: answers that wait at it go on, later ones do not stop there.
  package func release(gate name: String) {
    tell { $0.openGates.insert(name) }
  }

  /// Adds steps behind what is left of the script.
  package func append(_ steps: [MockStep]) {
    state.with { $0.script += steps }
  }

  /// How many steps of the script no request has taken yet.
  package var remainingSteps: Int { state.with(changes: false) { $0.script.count } }

  /// Changes the state and wakes the loop, unless the loop is gone.
  private func tell(_ change: (inout GatewayState.Values) -> Void) {
    state.with { values in
      change(&values)
      if !values.isJoined { pipe.wake() }
    }
  }
}
