/// An input that is read once and then remembered, for commands that build several requests
/// from it.
package final class RememberedInput: InputSource {
  private let source: any InputSource
  private var bytes: [UInt8]?

  /// Remembers what `source` gives.
  package init(_ source: any InputSource) {
    self.source = source
  }

  package var kind: InputKind { source.kind }

  package func readAll() throws(SystemError) -> [UInt8] {
    if let bytes { return bytes }
    let read = try source.readAll()
    bytes = read
    return read
  }
}
