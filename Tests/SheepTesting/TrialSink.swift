package import SheepRun

/// Standard output or standard error of a trial: a pipe unless it is made a terminal.
package final class TrialSink: ByteSink {
  package var isTerminal = false
  package var width = 80
  package var columns: Int? { isTerminal ? width : nil }
  package private(set) var bytes: [UInt8] = []
  package private(set) var writes = 0
  /// What writes come to after this many; `nil`: all are written.
  package var end: (after: Int, result: WriteResult)?
  /// Called after each write.
  package var onWrite: (() -> Void)?

  /// What is written to this one too ends up in the same place.
  package weak var twin: TrialSink?

  /// A pipe that takes everything.
  package init() {}

  package func isSame(as other: any ByteSink) -> Bool { other === self || other === twin }

  package func write(_ bytes: UnsafeRawBufferPointer) -> WriteResult {
    writes += 1
    if let end, writes > end.after { return end.result }
    self.bytes += bytes
    onWrite?()
    return .written
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }
}
