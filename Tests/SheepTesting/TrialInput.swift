package import SheepRun

/// Standard input of a trial.
package final class TrialInput: InputSource {
  package let kind: InputKind
  private let bytes: [UInt8]
  private let error: SystemError?
  package private(set) var reads = 0

  package init(kind: InputKind, bytes: [UInt8] = [], error: SystemError? = nil) {
    self.kind = kind
    self.bytes = bytes
    self.error = error
  }

  /// A pipe with this text in it.
  package convenience init(piped text: String) {
    self.init(kind: .finite, bytes: Array(text.utf8))
  }

  package func readAll() throws(SystemError) -> [UInt8] {
    reads += 1
    if let error { throw error }
    return bytes
  }
}
