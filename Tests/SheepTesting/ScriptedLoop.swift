package import SheepCore
package import Testing

/// An event loop for tests: transfers follow scripts, and the clock moves only from one thing
/// that is due to the next, so hours pass in no time and nothing is ever timed.
package final class ScriptedLoop: EventLoop {
  /// A request that was started, as its server would have seen it.
  package struct Received {
    package var request: HTTPRequest
    package var instant: Instant
    /// Whether the request reached the wire.
    package var wasSent = false
    package var wasCancelled = false

    /// The body as JSON; `nil` without one.
    package var json: JSON? { request.body.flatMap { try? JSON.parse($0) } }
  }

  package private(set) var now = Instant(nanoseconds: 1_000_000_000)
  /// Everything that was started, in order.
  package private(set) var received: [Received] = []
  /// How often the loop was about to wait.
  package private(set) var waits = 0
  /// Why `run(until:)` gave up: nothing was due and its condition was not met. `nil`: it did not.
  package private(set) var stall: String?
  package var beforeWait: (() -> Void)?
  package var keepsUnreadSince = false
  /// How long bytes lay unread before each callback, as a test says.
  package var unreadTime: Duration?
  package var unreadSince: Instant? { keepsUnreadSince ? unreadTime.map { now + (.zero - $0) } : nil }
  /// What later transfers do when the scripts are used up; `nil`: that is a failure of the test.
  package var lastScript: TransferScript?

  private var scripts: [TransferScript]
  private var transfers: [ScriptedTransfer] = []
  private var timers: [UInt64: (instant: Instant, action: () -> Void)] = [:]
  private var lastTimer: UInt64 = 0
  private var descriptors: [Int32: () -> Void] = [:]
  private let sourceLocation: SourceLocation

  /// A loop whose transfers take these scripts in turn.
  package init(_ scripts: [TransferScript] = [], sourceLocation: SourceLocation = #_sourceLocation) {
    self.scripts = scripts
    self.sourceLocation = sourceLocation
  }

  /// How many transfers are under way.
  package var running: Int { transfers.count }
  /// How many timers are waiting: none, when everything cleaned up behind itself.
  package var waitingTimers: Int { timers.count }
  /// How many requests reached the wire.
  package var sentCount: Int { received.filter(\.wasSent).count }

  package func start(_ request: HTTPRequest, handler: any TransferHandler) -> any Transfer {
    received.append(Received(request: request, instant: now))
    let script: TransferScript
    if !scripts.isEmpty {
      script = scripts.removeFirst()
    } else if let lastScript {
      script = lastScript
    } else {
      Issue.record("transfer \(received.count) was not expected", sourceLocation: sourceLocation)
      script = [.fail(.invalidRequest)]
    }
    let transfer = ScriptedTransfer(
      index: received.count - 1, steps: script.steps, start: now, handler: handler, loop: self)
    transfers.append(transfer)
    return transfer
  }

  package func schedule(at instant: Instant, _ action: @escaping () -> Void) -> TimerID {
    lastTimer += 1
    timers[lastTimer] = (instant, action)
    return TimerID(number: lastTimer)
  }

  package func cancel(_ timer: TimerID) {
    timers[timer.number] = nil
  }

  package func watch(descriptor: Int32, _ action: @escaping () -> Void) {
    descriptors[descriptor] = action
  }

  package func unwatch(descriptor: Int32) {
    descriptors[descriptor] = nil
  }

  /// Acts as if the descriptor could be read now.
  package func makeReadable(_ descriptor: Int32) {
    descriptors[descriptor]?()
  }

  package func run(until done: () -> Bool) {
    while !done() {
      guard let (instant, act) = next() else {
        stall = "nothing is due, and what was waited for has not happened"
        Issue.record("\(stall ?? "")", sourceLocation: sourceLocation)
        return
      }
      if instant > now {
        waits += 1
        beforeWait?()
        now = instant
      }
      act()
    }
  }

  /// Serves what is due within `duration`, and lets the clock stand at its end.
  package func run(for duration: Duration) {
    let end = now + duration
    while let (instant, act) = next(), instant <= end {
      now = max(now, instant)
      act()
    }
    now = max(now, end)
  }

  /// What is due first; of several things at one instant the transfers, then older timers.
  private func next() -> (instant: Instant, act: () -> Void)? {
    let transfer = transfers.filter { $0.due != nil }.min { ($0.due ?? now) < ($1.due ?? now) }
    let timer = timers.min { ($0.value.instant, $0.key) < ($1.value.instant, $1.key) }
    if let transfer, let due = transfer.due, timer.map({ due <= $0.value.instant }) ?? true {
      return (due, { transfer.step() })
    }
    guard let timer else { return nil }
    return (
      timer.value.instant,
      {
        self.timers[timer.key] = nil
        timer.value.action()
      }
    )
  }

  fileprivate func noteSent(_ index: Int) { received[index].wasSent = true }

  fileprivate func finish(_ transfer: ScriptedTransfer, cancelled: Bool) {
    if cancelled { received[transfer.index].wasCancelled = true }
    transfers.removeAll { $0 === transfer }
  }
}

/// One transfer of a `ScriptedLoop`.
private final class ScriptedTransfer: Transfer {
  let index: Int
  /// When the next step is due; `nil` when nothing will ever happen.
  private(set) var due: Instant?
  private var steps: ArraySlice<TransferScript.Step>
  private var handler: (any TransferHandler)?
  private unowned let loop: ScriptedLoop
  private var wasSent = false

  init(
    index: Int, steps: [TransferScript.Step], start: Instant, handler: any TransferHandler,
    loop: ScriptedLoop
  ) {
    self.index = index
    self.steps = steps[...]
    self.handler = handler
    self.loop = loop
    due = steps.isEmpty ? nil : start
  }

  func cancel() {
    guard handler != nil else { return }
    handler = nil
    loop.finish(self, cancelled: true)
  }

  func step() {
    guard let handler, let step = steps.first else {
      due = nil
      return
    }
    if step.needsSending, !wasSent {
      send(handler)
      return
    }
    steps.removeFirst()
    switch step {
    case .after(let duration): due = loop.now + duration
    case .sent: if !wasSent { send(handler) }
    case .head(let status, let headers):
      let fields = headers.map { HTTPHeaders.Field($0.0, $0.1) }
      handler.transferDidReceive(HTTPHead(status: status, headers: HTTPHeaders(fields)), at: loop.now)
    case .bytes(let bytes):
      let goesOn = bytes.withUnsafeBytes { handler.transferDidReceive($0, at: loop.now) }
      if !goesOn { steps = [.fail(.aborted)] }
    case .end: end(nil)
    case .fail(let kind): end(TransferEnd.Problem(kind, detail: "as the script has it"))
    case .silence: steps = []
    }
    if steps.isEmpty { due = nil }
  }

  private func send(_ handler: any TransferHandler) {
    wasSent = true
    loop.noteSent(index)
    handler.transferWillSend(at: loop.now)
  }

  private func end(_ problem: TransferEnd.Problem?) {
    guard let handler else { return }
    self.handler = nil
    due = nil
    loop.finish(self, cancelled: false)
    handler.transferDidEnd(TransferEnd(problem: problem, instant: loop.now))
  }
}
