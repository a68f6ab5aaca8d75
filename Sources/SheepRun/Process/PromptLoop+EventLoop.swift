package import SheepCore
package import SheepTerminal

extension PromptLoop {
  /// The prompt's editor fed by the loop that serves the transfers, so that one thread waits for
  /// keys and for answers.
  package init(_ loop: any EventLoop) {
    self.init(
      watch: { loop.watch(descriptor: $0, $1) }, unwatch: { loop.unwatch(descriptor: $0) },
      schedule: { delay, action in
        let timer = loop.schedule(at: loop.now + delay, action)
        return { loop.cancel(timer) }
      })
  }
}
