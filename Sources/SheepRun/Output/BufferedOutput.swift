/// Gathers what goes to standard output, so that a burst of tokens costs one system call and a
/// single token none of the waiting.
///
/// Flushed by the first piece, at 8 KiB, before every wait of the loop, and at the end.
package final class BufferedOutput {
  private let sink: any ByteSink
  // Checked by `isLent` instead of the runtime, whose check costs as much as the appending.
  @exclusivity(unchecked) private var buffer: [UInt8] = []
  /// Whether a closure or the sink has the buffer in hand.
  private var isLent = false
  private var isFirst = true
  /// What became of the writes so far; the first problem stays.
  package private(set) var state = WriteResult.written
  /// Whether what was written so far ends inside a line.
  package private(set) var endsInsideLine = false
  /// Called once when writing has become impossible.
  package var onProblem: ((WriteResult) -> Void)?

  private static let limit = 8 << 10

  /// Gathers for `sink`.
  package init(to sink: any ByteSink) {
    self.sink = sink
    buffer.reserveCapacity(2 * Self.limit)
  }

  /// Appends bytes.
  @inline(__always)
  package func append(_ bytes: UnsafeRawBufferPointer) {
    precondition(!isLent, "an output is used while it is lent")
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.limit || isFirst { flush() }
  }

  /// Appends what `write` puts into the buffer.
  package func append(_ write: (inout [UInt8]) -> Void) {
    precondition(!isLent, "an output is used while it is lent")
    isLent = true
    write(&buffer)
    isLent = false
    if buffer.count >= Self.limit || isFirst { flush() }
  }

  /// Appends a text.
  package func append(_ text: String) {
    append { $0 += text.utf8 }
  }

  /// Writes what is gathered. Does nothing once writing has failed: the rest has no reader.
  package func flush() {
    precondition(!isLent, "an output is used while it is lent")
    guard !buffer.isEmpty else { return }
    isFirst = false
    guard state == .written else {
      buffer.removeAll(keepingCapacity: true)
      return
    }
    isLent = true
    let result = buffer.withUnsafeBytes { sink.write($0) }
    isLent = false
    endsInsideLine = buffer.last != UInt8(ascii: "\n")
    buffer.removeAll(keepingCapacity: true)
    if result != .written {
      state = result
      onProblem?(result)
    }
  }
}
