package import SheepClient
package import SheepCore

extension Run {
  /// Asks a gateway for its list of models, with notes and a line while that lasts.
  ///
  /// - Returns: what came of it, and the signal that ended it if one did.
  package func list(
    _ target: Target, policy: CallPolicy
  ) -> (result: Result<ModelListing.List, Failure>, signal: Int32?) {
    var result: Result<ModelListing.List, Failure>?
    let waiting = WaitingLine(self)
    waiting.begin()
    let listing = ModelListing(
      of: target, policy: policy, loop: loop,
      onRetry: { [messages] in messages.retry(after: $0, because: $1) }, onEnd: { result = $0 })
    listing.begin()
    let signal = serve(until: { result != nil }) { number in
      listing.cancel(because: Failure(.interrupted, "signal \(number)", "the list was stopped"))
    }
    waiting.end()
    messages.beforeWriting = nil
    let stopped = Failure(.internalError, target.name, "the list ended unexpectedly")
    return (result ?? .failure(stopped), signal)
  }
}
