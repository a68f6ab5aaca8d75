import SheepClient
import SheepCore
import SheepRun

/// The calls of a comparison that are under way, and what keeps further ones from being begun.
final class CompareCalls {
  private let program: Run
  /// What is said of calls that a signal stops.
  private let stopped: String
  private(set) var lanes: [CallLane] = []
  /// The signal that ended it; `nil`: none came.
  private(set) var signal: Int32?
  /// Why it was ended by itself: the cost limit.
  private(set) var stop: Failure?
  /// What the document says of an end before the end.
  private(set) var reason: String?
  private var next: (() -> Void)?
  private var isOver = false
  private var isScheduled = false

  /// No calls yet; `stopped` is a clause such as `the comparison was stopped`.
  init(_ program: Run, stopped: String) {
    self.program = program
    self.stopped = stopped
  }

  var loop: any EventLoop { program.loop }

  /// Whether no further call is to be begun.
  var isStopped: Bool { signal != nil || stop != nil }

  /// Serves the loop until `end` is called. `next` begins what can be begun: it is called now, and
  /// again after each call of `later`.
  func serve(next: @escaping () -> Void) {
    self.next = next
    next()
    program.serve(until: { self.isOver }) { number in
      self.signal = number
      self.reason = "stopped by the user"
      for lane in self.lanes {
        lane.cancel(because: Failure(.interrupted, "signal \(number)", self.stopped))
      }
      if self.lanes.isEmpty { self.later() }
    }
    self.next = nil
  }

  /// Begins a call.
  func begin(_ lane: CallLane, _ policy: CallPolicy) {
    lanes.append(lane)
    lane.begin(policy)
  }

  /// Takes note of a call's end, which may be the end of all: the cost limit.
  func end(_ lane: CallLane, _ outcome: Outcome) {
    lanes.removeAll { $0 === lane }
    if let failure = outcome.failure, failure.code == "cost" { stop(failure) }
  }

  /// Begins no further calls.
  func stop(_ failure: Failure) {
    stop = failure
    reason = failure.problem
  }

  /// Goes on from the loop: a call must not begin inside the end of another one.
  func later() {
    guard !isScheduled else { return }
    isScheduled = true
    _ = loop.schedule(at: loop.now) {
      self.isScheduled = false
      self.next?()
    }
  }

  /// Nothing is left to do.
  func end() { isOver = true }
}
