import SheepCore
import SheepTerminal

/// Counts the seconds on standard error while nothing has come yet, for people.
package final class WaitingLine {
  private let sink: any ByteSink
  private let loop: any EventLoop
  private let start: Instant
  private var timer: TimerID?
  private var status: StatusLine

  /// A line on the run's standard error, which makes room for its messages.
  package init(_ run: Run) {
    sink = run.environment.standardError
    loop = run.loop
    status = StatusLine(run.errorTerminal)
    start = run.loop.now
    run.messages.beforeWriting = { self.clear() }
  }

  /// Begins to count; the line shows itself when the wait has become long.
  package func begin() {
    guard let wait = status.nextChange else { return }
    timer = loop.schedule(at: start + wait) { [weak self] in self?.tick() }
  }

  /// Takes the line away until the next tick.
  package func clear() {
    write(status.clear())
  }

  /// Stops counting.
  package func end() {
    if let timer { loop.cancel(timer) }
    timer = nil
    clear()
  }

  private func tick() {
    write(status.update(elapsed: loop.now - start))
    begin()
  }

  private func write(_ bytes: [UInt8]) {
    if !bytes.isEmpty { bytes.withUnsafeBytes { _ = sink.write($0) } }
  }
}
