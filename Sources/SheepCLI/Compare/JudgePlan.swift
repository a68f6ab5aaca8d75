import SheepCatalog
import SheepCompare
import SheepCore
import SheepRun

/// Who judges, by which rubric, and what that may cost.
///
/// Every target is judged against one reference, the baseline or else the first target: calls
/// then grow with the targets and not with their pairs, and all win rates mean the same.
struct JudgePlan {
  let judge: Destination
  let rubric: String
  /// The index of the target that all others are judged against.
  let reference: Int

  /// Calls of the judge at most: each pair in both orders.
  func calls(_ plan: ComparePlan) -> Int { 2 * plan.units.count * (plan.targets.count - 1) }

  /// What one judgement of the answers to a prompt may cost: both answers as long as they can be.
  func forecast(_ plan: ComparePlan, prompt: Int) -> CostForecast {
    let request = plan.requests[prompt]
    let bounds = plan.targets.map { target in
      CostForecast(
        input: .nothing, maximumTokens: request.maxTokens, at: target.quote
      ).maximumOutput
    }
    var input = JudgePrompt(rubric: rubric, task: request.messages).overhead
    var isBounded = true
    for bound in [bounds.compactMap { $0 }.max(), bounds.compactMap { $0 }.max()] {
      input = input.adding(TokenEstimate(tokens: bound ?? 0, low: 0, high: bound ?? 0))
      if bound == nil || bounds.contains(nil) { isBounded = false }
    }
    var forecast = CostForecast(
      input: input, maximumTokens: JudgePrompt.maximumTokens, at: judge.quote)
    if !isBounded { forecast.atMost = nil }
    return forecast
  }
}
