import SheepCore

/// Which of its target's keys a call sends, and whether a failure is a reason to try another one.
struct KeyChoice {
  private let keys: SharedKeys
  /// The number of the key that the last attempt carried; `nil` without keys.
  private(set) var current: Int?
  /// How often another key was tried instead of the same one again.
  private(set) var changes = 0
  private var refused = 0

  init(_ keys: SharedKeys) {
    self.keys = keys
  }

  /// Chooses the key for the next attempt.
  mutating func next(at instant: Instant) -> Int? {
    current = keys.next(at: instant)
    return current
  }

  /// Notes what a failure says about its key, and whether another one is to be tried at once.
  ///
  /// That is not a repetition that could be paid for twice: the gateway refused the key, and did
  /// nothing. After a refused key the next one is tried once; after a used-up one all others.
  mutating func changes(after failure: Failure, in phase: RetryPolicy.Phase, at instant: Instant) -> Bool {
    guard let current, phase == .refused || phase == .brokenBeforeText else { return false }
    let hasOther = keys.note(failure, of: current, at: instant)
    if failure.kind == .rateLimit, failure.shouldRetry == false { return false }
    if failure.kind == .authentication || failure.kind == .permission {
      refused += 1
      if refused > 1 { return false }
    }
    guard hasOther, changes < keys.ring.entries.count else { return false }
    changes += 1
    return true
  }

  /// The failure with the mask of the key that it came with, where there are several.
  func naming(_ failure: Failure) -> Failure {
    let entries = keys.ring.entries
    switch failure.kind {
    case .rateLimit, .quota, .authentication, .permission: break
    default: return failure
    }
    guard let current, entries.count > 1 else { return failure }
    var failure = failure
    failure.problem += " (key \(entries[current].key.masked))"
    return failure
  }
}
