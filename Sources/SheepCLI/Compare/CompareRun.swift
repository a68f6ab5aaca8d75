import SheepCatalog
import SheepClient
import SheepCompare
import SheepCore
import SheepRun

/// Runs a plan to its end, or to a signal or the cost limit: warm-ups, then unit after unit.
final class CompareRun {
  private let plan: ComparePlan
  private let loop: any EventLoop
  private let signals: (any SignalSource)?
  private let policy: (Request) -> CallPolicy
  private(set) var budget: CompareBudget
  private let isWatched: Bool

  private(set) var document: CompareDocument
  /// The calls under way.
  private(set) var lanes: [CompareLane] = []
  /// The signal that ended it.
  private(set) var signal: Int32?
  /// Why it was ended by itself: the cost limit.
  private(set) var stop: Failure?
  /// The calls that are still to be made: an element is begun together.
  private var queue: ArraySlice<[Step]> = []
  private var isOver = false

  /// Called when a call has begun or ended.
  var onChange: (() -> Void)?
  /// Called with each record, as soon as it is made.
  var onRecord: ((CompareRecord) -> Void)?
  /// Called after each round that is whole.
  var onRound: ((Int) -> Void)?

  private enum Step {
    case warmup(target: Int, prompt: Int?)
    case slot(ComparePlan.Slot)
  }

  /// - Parameters:
  ///   - policy: how a request is to be made, less the cost limit.
  ///   - isWatched: whether tokens are to be counted while they arrive.
  init(
    _ plan: ComparePlan, budget: CompareBudget, document: CompareDocument, loop: any EventLoop,
    signals: (any SignalSource)?, isWatched: Bool, policy: @escaping (Request) -> CallPolicy
  ) {
    self.plan = plan
    self.budget = budget
    self.document = document
    self.loop = loop
    self.signals = signals
    self.isWatched = isWatched
    self.policy = policy
  }

  /// Serves the loop until all calls have ended.
  func run() {
    queue = steps()[...]
    loop.keepsUnreadSince = true
    if let signals { loop.watch(descriptor: signals.descriptor) { self.takeSignal() } }
    next()
    loop.run { self.isOver }
    if let signals { loop.unwatch(descriptor: signals.descriptor) }
    onChange = nil
    onRecord = nil
    onRound = nil
  }

  private func steps() -> [[Step]] {
    let targets = plan.targets.indices
    var steps: [[Step]] = (0..<plan.warmup).map { _ in
      targets.map { Step.warmup(target: $0, prompt: nil) }
    }
    if plan.cache == .warm {
      steps += plan.requests.indices.map { prompt in
        targets.map { Step.warmup(target: $0, prompt: prompt + 1) }
      }
    }
    steps += plan.units.map { $0.map(Step.slot) }
    return plan.isParallel ? steps : steps.flatMap { $0.map { [$0] } }
  }

  private func next() {
    guard lanes.isEmpty else { return }
    guard signal == nil, stop == nil, let steps = queue.popFirst() else {
      isOver = true
      return
    }
    for step in steps where stop == nil { begin(step, among: steps.count) }
    onChange?()
    if lanes.isEmpty { later() }
  }

  /// Goes on from the loop: a call must not begin inside the end of another one.
  private func later() {
    _ = loop.schedule(at: loop.now) { self.next() }
  }

  private func begin(_ step: Step, among count: Int) {
    let request: Request
    let index: Int
    switch step {
    case .warmup(let target, nil):
      index = target
      request = plan.warmupRequest(target)
    case .warmup(let target, let prompt?):
      index = target
      request = plan.request(ComparePlan.Slot(target: target, round: 0, prompt: prompt))
    case .slot(let slot):
      index = slot.target
      request = plan.request(slot)
    }
    let target = plan.targets[index]
    var policy = policy(request)
    do throws(Failure) {
      policy.maximumCost = try budget.limit(for: request, target: target, sharedBy: count)
    } catch {
      stop = error
      document.stopped = error.problem
      return
    }
    let lane = CompareLane(target: index, start: loop.now, isWatched: isWatched) { lane, outcome in
      self.end(lane, step, request, outcome)
    }
    lanes.append(lane)
    lane.begin(request, to: target.target, policy: policy, loop: loop)
  }

  private func end(_ lane: CompareLane, _ step: Step, _ request: Request, _ outcome: Outcome) {
    lanes.removeAll { $0 === lane }
    let target = plan.targets[lane.target]
    let cost = Cost(of: outcome.answer.usage, reported: outcome.answer.reportedCost, at: target.quote)
    budget.note(cost, request: request, target: target)
    if outcome.failure?.code == "cost" {
      stop = outcome.failure
      document.stopped = outcome.failure?.problem
    }
    switch step {
    case .warmup: if outcome.answer.hasBegun { document.warmup.add(cost) }
    case .slot(let slot):
      var record = CompareRecord(
        target: lane.target, round: slot.round, prompt: slot.prompt, answer: outcome.answer,
        failure: outcome.failure, cost: cost, cache: plan.cache, keepsText: true)
      // No byte of an answer arrives before its request is sent.
      if let own = lane.ownDelay, let whole = record.times.firstToken {
        record.times.ownDelay = min(own, whole)
      }
      record.check(plan.checks[slot.prompt - 1])
      document.records.append(record)
      onRecord?(record)
      noteRound(slot.round)
    }
    onChange?()
    if lanes.isEmpty { later() }
  }

  private func noteRound(_ round: Int) {
    let perRound = plan.targets.count * plan.requests.count
    guard document.records.count == round * perRound else { return }
    if plan.until?.ends(after: round, resolution: { CompareAnalysis(document).resolution }) ?? false {
      queue = []
      document.rounds = round
    }
    onRound?(round)
  }

  private func takeSignal() {
    guard let number = signals?.next(), signal == nil else { return }
    signal = number
    document.stopped = "stopped by the user"
    for lane in lanes {
      lane.call?.cancel(because: Failure(.interrupted, "signal \(number)", "the comparison was stopped"))
    }
    if lanes.isEmpty { later() }
  }
}
