import SheepCatalog
import SheepClient
import SheepCompare
import SheepCore
import SheepRun

/// Asks the judge about every pair of answers in both orders, after all was measured, so that
/// judging disturbs no time.
final class JudgeRun {
  private let plan: ComparePlan
  private let judging: JudgePlan
  private let calls: CompareCalls
  private let policy: (Request) -> CallPolicy
  private var budget: CompareBudget
  private var marks: RoundShuffler

  private(set) var document: CompareDocument
  /// The signal that ended it; `nil`: none came.
  var signal: Int32? { calls.signal }
  /// Why it was ended by itself: the cost limit.
  var stop: Failure? { calls.stop }
  private var queue: ArraySlice<Judgement> = []
  /// Whether the form of the answer is asked of the provider; not after it has refused that.
  private var usesSchema = true

  /// Called with each judgement, as soon as it is made.
  var onJudgement: ((Judgement) -> Void)?
  /// How many calls were planned.
  private(set) var planned = 0

  /// Calls that are under way at once. Nothing is timed here; the two orders of a pair go
  /// together, and more where the targets too were asked at once.
  private var width: Int { plan.isParallel ? 8 : 2 }

  init(
    _ plan: ComparePlan, _ judging: JudgePlan, budget: CompareBudget, document: CompareDocument,
    in program: Run, policy: @escaping (Request) -> CallPolicy
  ) {
    self.plan = plan
    self.judging = judging
    self.budget = budget
    self.document = document
    calls = CompareCalls(program, stopped: "the judging was stopped")
    self.policy = policy
    marks = RoundShuffler(seed: plan.seed ^ 0x6a75_6467_65)
    self.document.judging = CompareJudging(judge: judging.judge.entry, rubric: judging.rubric)
    prepare()
  }

  /// Serves the loop until all judgements are made.
  func run() {
    calls.serve { self.next() }
    document.stopped = calls.reason ?? document.stopped
    onJudgement = nil
  }

  private func prepare() {
    var judgements: [Judgement] = []
    var units: [Int: [Int: CompareRecord]] = [:]
    for record in document.records where record.isOK && !(record.text ?? "").isEmpty {
      units[record.round << 20 | record.prompt, default: [:]][record.target] = record
    }
    for unit in units.keys.sorted() {
      guard let answers = units[unit], let reference = answers[judging.reference] else { continue }
      for target in answers.keys.sorted() where target != judging.reference {
        for isFirst in [true, false] {
          var judgement = Judgement(
            round: reference.round, prompt: reference.prompt, target: target,
            reference: judging.reference, targetIsFirst: isFirst)
          if Self.isSame(answers[target]?.text, reference.text) {
            judgement.choice = .tie
            judgement.wasAsked = false
            document.judging?.judgements.append(judgement)
          } else {
            judgements.append(judgement)
          }
        }
      }
    }
    queue = judgements[...]
    planned = judgements.count
  }

  private static func isSame(_ first: String?, _ second: String?) -> Bool {
    guard let first, let second else { return false }
    return first.utf8.elementsEqual(second.utf8)
  }

  private func next() {
    while !calls.isStopped, calls.lanes.count < width, let judgement = queue.popFirst() {
      begin(judgement)
    }
    if calls.lanes.isEmpty { calls.end() }
  }

  private func begin(_ judgement: Judgement) {
    let request = request(judgement)
    var policy = policy(request)
    do throws(Failure) {
      // Each call may take its share of what is left, among those that still can be under way.
      policy.maximumCost = try budget.limit(
        for: request, target: judging.judge, sharedBy: min(width, calls.lanes.count + queue.count + 1))
    } catch {
      return calls.stop(error)
    }
    let lane = CallLane(request, to: judging.judge, on: calls.loop)
    lane.onEnd = { self.end($0, judgement, $1) }
    calls.begin(lane, policy)
  }

  private func request(_ judgement: Judgement) -> Request {
    func text(_ target: Int) -> String {
      document.records.first {
        $0.target == target && $0.round == judgement.round && $0.prompt == judgement.prompt
      }?.text ?? ""
    }
    let own = text(judgement.target)
    let other = text(judgement.reference)
    let prompt = JudgePrompt(
      rubric: judging.rubric, task: plan.requests[judgement.prompt - 1].messages)
    return prompt.request(
      model: judging.judge.model, first: judgement.targetIsFirst ? own : other,
      second: judgement.targetIsFirst ? other : own, random: &marks, usesSchema: usesSchema)
  }

  private func end(_ lane: CallLane, _ judgement: Judgement, _ outcome: Outcome) {
    calls.end(lane, outcome)
    let cost = lane.destination.cost(of: outcome.answer)
    budget.note(cost, request: lane.request, target: lane.destination)
    defer { calls.later() }
    if outcome.failure?.kind == .badRequest, lane.request.schema != nil {
      usesSchema = false
      queue = [judgement] + queue
      return
    }
    // A judge that cannot be called at all is asked once, not a thousand times.
    if let kind = outcome.failure?.kind, Self.isHopeless(kind) { queue = [] }
    var judgement = judgement
    judgement.note(outcome.answer, failure: outcome.failure, cost: cost)
    document.judging?.judgements.append(judgement)
    onJudgement?(judgement)
  }

  private static func isHopeless(_ kind: Failure.Kind) -> Bool {
    switch kind {
    case .authentication, .permission, .quota, .model, .usage: true
    default: false
    }
  }
}
