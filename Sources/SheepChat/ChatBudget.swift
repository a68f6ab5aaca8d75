import SheepCatalog
import SheepClient
import SheepCore
import SheepOptions
import SheepRun

/// What one more answer may cost: the rest of the session's budget, and `--max-cost`.
struct ChatBudget {
  /// What the conversation has cost so far.
  let spent: Money
  /// What the session may cost; `nil`: no budget is set.
  let amount: Money?
  /// `--max-cost`; `nil`: not given.
  let cap: DecimalText?

  /// The limit to watch while the answer comes; `nil`: none was set.
  /// - Throws: `limit` when the question alone could pass it; nothing is sent then.
  func limit(
    for request: Request, to model: Destination
  ) throws(Failure) -> CallPolicy.CostLimit? {
    let call = try CostCap.check(cap, request: request, quote: model.quote)
    guard let amount else { return call }
    let session = try rest(of: amount, request, model)
    guard let call else { return session }
    return call.amount <= session.amount ? call : session
  }

  private func rest(
    of budget: Money, _ request: Request, _ model: Destination
  ) throws(Failure) -> CallPolicy.CostLimit {
    let input = TokenEstimate(of: request.messages)
    let forecast = CostForecast(input: input, maximumTokens: request.maxTokens, at: model.quote)
    guard let running = CostForecast.running(inputTokens: input.high, at: model.quote),
      let atLeast = forecast.atLeast, let sum = spent.adding(atLeast)
    else {
      throw Failure(
        .limit, "/budget", "the price of \(model.name) is unknown, so the budget cannot be enforced",
        advice: "use another model, or /budget off; nothing was sent")
    }
    if sum > budget {
      throw Failure(
        .limit, "/budget",
        "\(spent.display) is already spent, and the question costs about \(atLeast.display), which exceeds \(budget.display)",
        advice: "raise it with /budget USD, or start over with /new; nothing was sent")
    }
    if request.maxTokens != nil, let atMost = forecast.atMost, let sum = spent.adding(atMost), sum > budget {
      throw Failure(
        .limit, "/budget",
        "\(spent.display) is already spent, and the answer may cost up to \(atMost.display), which exceeds \(budget.display)",
        advice: "lower max-tokens with /set, or raise the budget; nothing was sent")
    }
    let left = Money(attodollars: budget.attodollars - spent.attodollars)
    return CallPolicy.CostLimit(amount: left, costSoFar: running)
  }

  /// Whether 80 % or more of the budget is spent.
  var isMostlySpent: Bool {
    guard let amount else { return false }
    guard let five = spent.multiplied(by: 5), let four = amount.multiplied(by: 4) else { return true }
    return five >= four
  }
}
