import SheepCatalog
import SheepClient
import SheepCore
import SheepOptions
import SheepRun

/// What a comparison may cost: said before it begins, and kept while it runs.
struct CompareBudget {
  private let plan: ComparePlan
  private let judging: JudgePlan?
  /// The limit of `--max-cost`; `nil`: none.
  let limit: Money?
  private var spent = Money.zero

  /// The budget of a plan.
  /// - Throws: `limit` when a price is unknown, so that no limit could be kept.
  init(_ plan: ComparePlan, judging: JudgePlan?, limit: DecimalText?) throws(Failure) {
    self.plan = plan
    self.judging = judging
    self.limit = limit.flatMap { Money(dollars: $0.text) }
    guard self.limit != nil else { return }
    for target in plan.targets + (judging.map { [$0.judge] } ?? [])
    where CostForecast.running(inputTokens: 0, at: target.quote) == nil {
      throw Failure(
        .limit, "--max-cost", "the price of \(target.label) is unknown, so --max-cost cannot be enforced",
        advice: "set it with --price \(target.model):in=USD,out=USD, or omit --max-cost")
    }
  }

  /// `30 calls and 3 to warm up, at most 15,000 tokens out, at most $0.48`.
  var sentence: String {
    var text = Figures.count(plan.calls, "call")
    if plan.warmupCalls > 0 { text += " and \(plan.warmupCalls) for warm-up" }
    if let judging, judging.calls(plan) > 0 {
      text += " and \(judging.calls(plan)) for judging by \(judging.judge.label)"
    }
    let forecasts = plan.targets.flatMap { target in
      plan.requests.map { request in
        (target, forecast(request, target))
      }
    }
    let bounds = forecasts.map(\.1.maximumOutput)
    if plan.requests.allSatisfy({ $0.maxTokens != nil }), let tokens = sum(bounds) {
      text += ", at most \(tokens) tokens out"
    }
    var most = CostSum()
    for (_, forecast) in forecasts {
      var cost = Cost.unknown
      if let amount = forecast.atMost?.multiplied(by: plan.rounds) { cost = .reported(amount) }
      most.add(cost)
    }
    if let judging {
      for prompt in plan.requests.indices {
        let calls = judging.calls(plan) / plan.requests.count
        var cost = Cost.unknown
        if let amount = judging.forecast(plan, prompt: prompt).atMost?.multiplied(by: calls) {
          cost = .reported(amount)
        }
        most.add(cost)
      }
    }
    if most.unpriced < most.count, let amount = most.known {
      text += ", at most " + amount.display
      if most.unpriced > 0 { text += " plus calls of unknown price" }
      if plan.requests.contains(where: { $0.maxTokens == nil }) { text += " (less with --max-tokens)" }
    } else {
      text += ", of unknown price"
    }
    if let limit { text += "; stops before " + limit.display }
    return text
  }

  /// The limit for the next call while `running` others are under way.
  /// - Throws: `limit` when the call could pass what is left.
  func limit(
    for request: Request, target: Destination, sharedBy count: Int
  ) throws(Failure) -> CallPolicy.CostLimit? {
    guard let limit else { return nil }
    let input = TokenEstimate(of: request)
    let left = Money(attodollars: (limit.attodollars - spent.attodollars) / Int128(max(1, count)))
    let forecast = forecast(request, target)
    let next = request.maxTokens == nil ? forecast.atLeast : forecast.atMost
    guard let running = CostForecast.running(inputTokens: input.high, at: target.quote), let next,
      next <= left
    else {
      throw Failure(
        .limit, "--max-cost", "the next call to \(target.label) could exceed \(limit.display)",
        advice: "results so far are shown; raise --max-cost or lower --max-tokens")
    }
    return CallPolicy.CostLimit(amount: left, costSoFar: running)
  }

  /// Notes what a call has cost; of an unknown cost the worst is assumed.
  mutating func note(_ cost: Cost, request: Request, target: Destination) {
    guard limit != nil else { return }
    let amount = cost.total ?? forecast(request, target).atLeast ?? .zero
    spent = spent.adding(amount) ?? spent
  }

  private func forecast(_ request: Request, _ target: Destination) -> CostForecast {
    CostForecast(
      input: TokenEstimate(of: request), maximumTokens: request.maxTokens, at: target.quote)
  }

  private func sum(_ bounds: [Int?]) -> Int? {
    var total = 0
    for bound in bounds {
      guard let bound else { return nil }
      let (product, overflow) = bound.multipliedReportingOverflow(by: plan.rounds)
      let (sum, overflowed) = total.addingReportingOverflow(product)
      if overflow || overflowed { return nil }
      total = sum
    }
    return total
  }
}
