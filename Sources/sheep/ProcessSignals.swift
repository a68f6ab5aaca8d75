import CSystem
import SheepRun

/// SIGINT, SIGTERM and SIGHUP, made readable.
final class ProcessSignals: SignalSource {
  let descriptor: Int32

  /// Begins to catch the signals; `nil` when the system refuses.
  init?() {
    descriptor = sheep_watch_signals()
    if descriptor < 0 { return nil }
  }

  func next() -> Int32? {
    let number = sheep_next_signal(descriptor)
    return number == 0 ? nil : number
  }

  func rearm(_ number: Int32) { sheep_rearm_signal(number) }
}
