import SheepRun

/// Signals of a trial.
package final class TrialSignals: SignalSource {
  package let descriptor: Int32 = -7
  package var pending: [Int32] = []

  package func next() -> Int32? { pending.isEmpty ? nil : pending.removeFirst() }
}
