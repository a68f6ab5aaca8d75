import SheepCatalog
import SheepClient
import SheepCompare
import SheepCore
import SheepRun

/// Runs a plan to its end, or to a signal or the cost limit: warm-ups, then unit after unit.
final class CompareRun {
  private let plan: ComparePlan
  private let calls: CompareCalls
  private let policy: (Request) -> CallPolicy
  private(set) var budget: CompareBudget
  private let isWatched: Bool

  private(set) var document: CompareDocument
  /// The calls under way.
  var lanes: [CallLane] { calls.lanes }
  /// The signal that ended it; `nil`: none came.
  var signal: Int32? { calls.signal }
  /// Why it was ended by itself: the cost limit.
  var stop: Failure? { calls.stop }
  /// The calls that are still to be made: an element is begun together.
  private var queue: ArraySlice<[Step]> = []

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
    _ plan: ComparePlan, budget: CompareBudget, document: CompareDocument, in program: Run,
    isWatched: Bool, policy: @escaping (Request) -> CallPolicy
  ) {
    self.plan = plan
    self.budget = budget
    self.document = document
    calls = CompareCalls(program, stopped: "the comparison was stopped")
    self.isWatched = isWatched
    self.policy = policy
  }

  /// Serves the loop until all calls have ended.
  func run() {
    queue = steps()[...]
    calls.loop.keepsUnreadSince = true
    calls.serve { self.next() }
    document.stopped = calls.reason
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
    guard !calls.isStopped, let steps = queue.popFirst() else { return calls.end() }
    for step in steps where stop == nil { begin(step, among: steps.count) }
    onChange?()
    if lanes.isEmpty { calls.later() }
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
      return calls.stop(error)
    }
    let lane = CallLane(request, to: target, on: calls.loop, index: index, isWatched: isWatched)
    lane.onEnd = { self.end($0, step, $1) }
    calls.begin(lane, policy)
  }

  private func end(_ lane: CallLane, _ step: Step, _ outcome: Outcome) {
    calls.end(lane, outcome)
    let target = lane.destination
    let cost = target.cost(of: outcome.answer)
    budget.note(cost, request: lane.request, target: target)
    switch step {
    case .warmup: if outcome.answer.hasBegun { document.warmup.add(cost) }
    case .slot(let slot):
      var record = CompareRecord(
        target: lane.index, round: slot.round, prompt: slot.prompt, answer: outcome.answer,
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
    if lanes.isEmpty { calls.later() }
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
}
