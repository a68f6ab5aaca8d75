import SheepCatalog
import SheepClient
import SheepCore
import SheepOptions
import SheepRun

/// What one more answer may cost: the rest of the session's budget, and `--max-cost`.
struct ChatBudget: ~Copyable {
  let chat: Chat
  let model: Destination

  /// The limit to watch while the answer comes; `nil`: none was set.
  /// - Throws: `limit` when the question alone could pass it; nothing is sent then.
  func limit(for request: Request) throws(Failure) -> CallPolicy.CostLimit? {
    let call = try CostCap.check(chat.options.connection.maxCost, request: request, quote: model.quote)
    guard let budget = chat.settings.budget else { return call }
    let session = try rest(of: budget, request)
    guard let call else { return session }
    return call.amount <= session.amount ? call : session
  }

  private func rest(of budget: Money, _ request: Request) throws(Failure) -> CallPolicy.CostLimit {
    let spent = chat.log.conversation.total.cost
    let input = TokenEstimate(of: request.messages)
    let forecast = CostForecast(input: input, maximumTokens: request.maxTokens, at: model.quote)
    guard let running = CostForecast.running(inputTokens: input.high, at: model.quote),
      let atLeast = forecast.atLeast, let sum = spent.adding(atLeast)
    else {
      throw Failure(
        .limit, "/budget", "the price of \(model.name) is unknown, so no budget can be kept",
        advice: "choose another model, or '/budget off'; nothing was sent")
    }
    if sum > budget {
      throw Failure(
        .limit, "/budget",
        "\(spent.display) are spent and the question costs about \(atLeast.display), more than \(budget.display)",
        advice: "allow more with '/budget USD', or begin with /new; nothing was sent")
    }
    if request.maxTokens != nil, let atMost = forecast.atMost, let sum = spent.adding(atMost), sum > budget {
      throw Failure(
        .limit, "/budget",
        "\(spent.display) are spent and the answer may cost up to \(atMost.display), more than \(budget.display)",
        advice: "lower max-tokens with /set, or allow more; nothing was sent")
    }
    // A refusal says it itself.
    warn(spent, budget)
    let left = Money(attodollars: budget.attodollars - spent.attodollars)
    return CallPolicy.CostLimit(amount: left, costSoFar: running)
  }

  /// Says once that most of the budget is spent.
  private func warn(_ spent: Money, _ budget: Money) {
    guard !chat.settings.hasWarned, Self.isMost(spent, of: budget) else { return }
    chat.settings.hasWarned = true
    chat.screen.note("budget: \(spent.display) of \(budget.display) are spent")
  }

  /// Whether 80 % or more of an amount is spent.
  static func isMost(_ spent: Money, of budget: Money) -> Bool {
    guard let five = spent.multiplied(by: 5), let four = budget.multiplied(by: 4) else { return true }
    return five >= four
  }
}
