package import SheepCore

extension WriteResult {
  /// What a write to standard output that did not succeed means.
  package var failure: Failure {
    var failure = Failure(.output, "standard output", "cannot be written")
    if case .failed(let number) = self {
      failure.problem += ": " + SystemErrorText.text(number)
    } else {
      failure.code = "closed"
    }
    return failure
  }
}

extension Failure {
  /// Whether this is standard output without a reader.
  package var isClosedOutput: Bool { kind == .output && code == "closed" }
}
