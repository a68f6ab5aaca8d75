/// Shows an answer on a terminal while it arrives.
///
/// Neither method does any I/O: they append what is to be written. Control
/// sequences in the input never reach the output.
package protocol Renderer {
  /// How many control sequences and characters were taken out of the answer so
  /// far; when it is not 0 in the end, one note says so.
  var removedSequences: Int { get }

  /// Takes the next bytes of the answer, cut anywhere, and appends what the
  /// terminal is to be sent. All that is visible and certain shows at once.
  mutating func write(_ utf8: UnsafeRawBufferPointer, to output: inout [UInt8])

  /// Ends the answer, or what there is of one: appends what was held back, a line
  /// end if the last line has none, and the change back to the normal look.
  mutating func finish(to output: inout [UInt8])
}

extension Renderer {
  /// Takes the next bytes of the answer.
  package mutating func write(_ bytes: [UInt8], to output: inout [UInt8]) {
    bytes.withUnsafeBytes { write($0, to: &output) }
  }
}
