import SheepCore
import SheepLoop
import Synchronization

/// What the gateway's thread and its callers share, behind one lock.
final class GatewayState: Sendable {
  /// The shared values.
  struct Values {
    var requests: [RecordedRequest] = []
    var requestCount = 0
    var connections: [RecordedConnection] = []
    var connectionCount = 0
    var openConnections = 0
    var recordedBytes = 0
    var openGates: Set<String> = []
    var script: [MockStep]
    /// How often each fault specification was met.
    var faultUses: [String: Int] = [:]
    var isStopping = false
    /// The thread has ended, and nobody may write to its pipe any more.
    var isJoined = false
    /// Those who wait for a change; each is woken by its pipe.
    var waiters: [UInt64: WakePipe] = [:]
    var waiterCount: UInt64 = 0

    /// Where a connection is recorded; `nil` when it is among the forgotten ones.
    func place(ofConnection number: Int) -> Int? {
      guard let first = connections.first else { return nil }
      let place = number - first.number
      return connections.indices.contains(place) ? place : nil
    }
  }

  let configuration: MockConfiguration
  private let values: Mutex<Values>

  /// The state of a gateway that has not yet been asked anything.
  init(configuration: MockConfiguration) {
    self.configuration = configuration
    values = Mutex(Values(script: configuration.script))
  }

  /// Reads or changes the values; those who wait are told when `changes`.
  func with<Result>(
    changes: Bool = true, _ body: (inout Values) -> sending Result
  ) -> sending Result {
    values.withLock { values in
      let result = body(&values)
      if changes { for pipe in values.waiters.values { pipe.wake() } }
      return result
    }
  }

  /// Waits until a condition holds.
  /// - Returns: whether it came to hold before the deadline.
  func wait(until deadline: Instant, _ condition: (Values) -> Bool) -> Bool {
    guard let pipe = WakePipe() else { return with(changes: false) { condition($0) } }
    let ticket = with(changes: false) { values in
      values.waiterCount += 1
      values.waiters[values.waiterCount] = pipe
      return values.waiterCount
    }
    defer {
      with(changes: false) { _ = $0.waiters.removeValue(forKey: ticket) }
      pipe.close()
    }
    while true {
      if with(changes: false, { condition($0) }) { return true }
      guard pipe.wait(until: deadline) else {
        return with(changes: false) { condition($0) }
      }
      pipe.drain()
    }
  }

  // MARK: What the loop records

  /// Notes a new connection. Returns its number.
  func connectionOpened(at now: Instant) -> Int {
    with { values in
      values.connectionCount += 1
      values.openConnections += 1
      values.connections.append(
        RecordedConnection(number: values.connectionCount, openedAt: now))
      let limit = max(1, configuration.recordLimit)
      if values.connections.count > 2 * limit {
        values.connections.removeFirst(values.connections.count - limit)
      }
      return values.connectionCount
    }
  }

  /// Notes the end of a connection.
  func connectionClosed(_ number: Int, abandoned: Bool, at now: Instant) {
    with { values in
      values.openConnections -= 1
      guard let place = values.place(ofConnection: number) else { return }
      values.connections[place].closedAt = now
      values.connections[place].abandoned = abandoned
    }
  }

  /// Notes a request and decides what answers it.
  /// - Returns: the request's number, from 1, and the answer.
  func record(
    _ request: RecordedRequest, faultText: String?
  ) -> (number: Int, answer: MockStep.Answer) {
    with { values in
      var request = request
      if let place = values.place(ofConnection: request.connection) {
        values.connections[place].requests += 1
      }
      if values.recordedBytes + request.body.count > configuration.recordedBytesLimit {
        request.body = []
      }
      values.recordedBytes += request.body.count
      values.requestCount += 1
      request.number = values.requestCount
      values.requests.append(request)
      let limit = max(1, configuration.recordLimit)
      if values.requests.count > 2 * limit {
        let old = values.requests.prefix(values.requests.count - limit)
        values.recordedBytes -= old.reduce(0) { $0 + $1.body.count }
        values.requests.removeFirst(old.count)
      }
      return (request.number, answer(request, faultText, &values))
    }
  }

  private func answer(
    _ request: RecordedRequest, _ faultText: String?, _ values: inout Values
  ) -> MockStep.Answer {
    let place = values.script.firstIndex { $0.model == nil || $0.model == request.model }
    if let place { return values.script.remove(at: place).answer }
    guard configuration.acceptsFaultRequests, let faultText else {
      return counted(configuration.fault, "", &values)
    }
    do throws(MockError) {
      return counted(try MockFault(parsing: faultText), faultText, &values)
    } catch {
      var refusal = MockFault()
      refusal.status = 400
      refusal.errorMessage = error.description
      refusal.errorCode = "bad_mock_fault"
      return .fault(refusal)
    }
  }

  /// The fault while its `skip` and `times` let it act; after that the normal answer.
  private func counted(
    _ fault: MockFault, _ text: String, _ values: inout Values
  ) -> MockStep.Answer {
    guard fault.skip > 0 || fault.times != nil else { return .fault(fault) }
    if values.faultUses.count > 1_000 { values.faultUses = [:] }
    let use = values.faultUses[text, default: 0]
    values.faultUses[text] = use + 1
    let end = fault.times.map { fault.skip.addingReportingOverflow($0).partialValue }
    return use >= fault.skip && end.map { use < $0 } ?? true ? .fault(fault) : .fault(MockFault())
  }
}
