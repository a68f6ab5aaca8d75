import SheepCatalog
package import SheepCore

extension Reply {
  /// What a call brought for its conversation; `nil` when no answer began and none was due, so
  /// that the question stays without one.
  ///
  /// - Parameters:
  ///   - profile: how the profile is called when the conversation goes on; `nil` for an address
  ///     without one.
  ///   - time: now, in seconds since 1970.
  package init?(_ result: CallResult, profile: String?, time: Int) {
    let answer = result.answer
    guard answer.hasBegun || result.failure == nil else { return nil }
    var reason = answer.finishReason ?? .truncated
    switch result.failure?.kind {
    case .interrupted?, .output?: reason = answer.isComplete ? reason : .interrupted
    case .limit? where !answer.isComplete: reason = .interrupted
    default: break
    }
    self.init(
      model: result.requestedModel, profile: profile, servedModel: answer.servedModel,
      text: (answer.text ?? "") + answer.refusal, reasoning: answer.reasoning ?? "",
      state: answer.providerState, finishReason: reason, usage: answer.usage, cost: result.cost.total,
      time: time)
  }
}
