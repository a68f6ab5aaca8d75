/// Where bytes go: standard output, standard error, or a buffer in a test.
package protocol ByteSink: AnyObject {
  /// Whether a person looks at it.
  var isTerminal: Bool { get }

  /// The terminal's width in columns now; `nil` when it is none or does not say.
  var columns: Int? { get }

  /// Whether what is written to the other one ends up in the same place: the same pipe, file or
  /// terminal.
  func isSame(as other: any ByteSink) -> Bool

  /// Writes all of the bytes, or says why it could not.
  func write(_ bytes: UnsafeRawBufferPointer) -> WriteResult
}

/// What became of a write.
package enum WriteResult: Equatable, Sendable {
  case written
  /// The reader has gone (`EPIPE`): nobody wants the rest.
  case closed
  /// The system's error number: the disk is full, say.
  case failed(Int32)
}

extension ByteSink {
  package func isSame(as other: any ByteSink) -> Bool { false }

  /// Writes a text; the result may be ignored only where nothing can be done about it.
  @discardableResult
  package func write(_ text: String) -> WriteResult {
    var text = text
    return text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }
}
