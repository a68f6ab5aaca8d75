package import SheepCore

/// What one check came to.
package struct CheckResult: Equatable, Sendable {
  /// How it ended. The raw value stands in JSON: only add.
  package enum State: String, Sendable {
    case ok
    /// Works, but not as it should.
    case warning
    /// Does not work; nothing behind it was tried.
    case failed
    /// An earlier check failed.
    case notReached = "not_reached"
    /// Does not apply, or cannot be told.
    case skipped
  }

  package var check: Check
  package var state: State
  /// How long the step took; `nil` where time means nothing.
  package var time: Duration?
  /// What was found, as a clause for people.
  package var value: String
  /// What to do about it; `nil` when there is nothing to do.
  package var advice: String?
  /// The same as an error, with its kind; only of a failed check.
  package var failure: Failure?
  /// What was found, for programs.
  package var facts: [JSONObject.Member]

  /// A result with what was found.
  package init(
    _ check: Check, _ state: State, _ value: String, time: Duration? = nil, advice: String? = nil,
    facts: [(String, JSON)] = []
  ) {
    self.check = check
    self.state = state
    self.value = value
    self.time = time
    self.advice = advice
    self.facts = facts.map { JSONObject.Member(name: $0.0, value: $0.1) }
  }

  /// A check that failed as `failure` says.
  package static func failed(
    _ check: Check, _ failure: Failure, time: Duration? = nil, facts: [(String, JSON)] = []
  ) -> CheckResult {
    let value = ErrorSentence.isPredicate(failure.problem) ? failure.statement : failure.problem
    var result = CheckResult(
      check, .failed, value, time: time, advice: failure.advice, facts: facts)
    result.failure = failure
    return result
  }

  /// Adds something to mind: what is ok becomes a warning.
  mutating func warn(_ value: String, advice: String) {
    if state == .ok { state = .warning }
    self.value += ", " + value
    self.advice = self.advice.map { $0 + "; " + advice } ?? advice
  }

  /// The same without a key that a server may have echoed.
  func redacted(for target: Target) -> CheckResult {
    var result = self
    result.value = target.redactedShortened(value)
    result.advice = advice.map(target.redactedShortened)
    result.failure = failure.map(target.redacted)
    result.facts = facts.map { JSONObject.Member(name: $0.name, value: Self.redacted($0.value, target)) }
    return result
  }

  private static func redacted(_ value: JSON, _ target: Target) -> JSON {
    switch value {
    case .string(let text): .string(target.redactedShortened(text))
    case .array(let elements): .array(elements.map { redacted($0, target) })
    default: value
    }
  }
}

/// What all checks of one target came to.
package struct DiagnosisReport: Equatable, Sendable {
  /// One for each check that belongs to the run, in the order of the layers.
  package var results: [CheckResult]
  /// What the limits of `--slo` are held against.
  package var measures = Measures()

  /// A report of these results.
  package init(results: [CheckResult]) {
    self.results = results
  }

  /// The first hard failure; `nil` when there is none.
  package var failure: Failure? { results.lazy.compactMap(\.failure).first }

  /// How many checks warn.
  package var warnings: Int { results.count { $0.state == .warning } }
}
