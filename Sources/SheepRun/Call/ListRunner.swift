package import SheepClient
package import SheepCore

/// Runs one listing to its end on the loop, with signals, notes and a line while it lasts.
package final class ListRunner {
  private let environment: Environment
  private let messages: Messages
  private let loop: any EventLoop
  private var result: Result<ModelListing.List, Failure>?
  private var signal: Int32?

  package init(environment: Environment, messages: Messages) {
    self.environment = environment
    self.messages = messages
    loop = environment.makeLoop()
  }

  /// What came of it, and the signal that ended it if one did.
  package func run(
    _ target: Target, policy: CallPolicy, waiting: (any EventLoop) -> WaitingLine
  ) -> (result: Result<ModelListing.List, Failure>, signal: Int32?) {
    let line = waiting(loop)
    messages.beforeWriting = { line.clear() }
    line.begin()
    let listing = ModelListing(
      of: target, policy: policy, loop: loop,
      onRetry: { [messages] wait, failure in
        let pause = wait > .zero ? "; trying again in \(Milliseconds.text(wait))" : "; trying again"
        messages.note("\(failure.subject): \(failure.problem)\(pause)")
      },
      onEnd: { [weak self] in self?.result = $0 })
    let signals = environment.signals()
    if let signals {
      loop.watch(descriptor: signals.descriptor) { [weak self] in
        guard let self, let number = signals.next(), signal == nil else { return }
        signal = number
        listing.cancel(because: Failure(.interrupted, "signal \(number)", "the list was stopped"))
      }
    }
    listing.begin()
    loop.run { self.result != nil }
    if let signals { loop.unwatch(descriptor: signals.descriptor) }
    line.end()
    messages.beforeWriting = nil
    let stopped = Failure(.internalError, target.name, "the list ended without a word")
    return (result ?? .failure(stopped), signal)
  }
}
