/// An input that is read once and then remembered, for commands that build several requests
/// from it.
final class RememberedInput: InputSource {
  private let source: any InputSource
  private var bytes: [UInt8]?

  /// Remembers what `source` gives.
  init(_ source: any InputSource) {
    self.source = source
  }

  var kind: InputKind { source.kind }

  func readAll() throws(SystemError) -> [UInt8] {
    if let bytes { return bytes }
    let read = try source.readAll()
    bytes = read
    return read
  }
}
