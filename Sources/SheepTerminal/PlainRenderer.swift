/// Shows an answer as it is, less what a terminal would obey.
package struct PlainRenderer: Renderer {
  private var filter = EscapeFilter(.answer)
  private var isInLine = false

  /// A renderer at the beginning of an answer.
  package init() {}

  package var removedSequences: Int { filter.removed }

  package mutating func write(_ utf8: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    let start = output.count
    filter.write(utf8, to: &output)
    if output.count > start { isInLine = output.last != UInt8(ascii: "\n") }
  }

  package mutating func finish(to output: inout [UInt8]) {
    let start = output.count
    filter.finish(to: &output)
    if output.count > start || isInLine { output.append(UInt8(ascii: "\n")) }
    isInLine = false
  }
}
