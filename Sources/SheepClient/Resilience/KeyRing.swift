package import SheepCore

/// Which of several keys the next request carries.
///
/// A pure rule: healthy keys in turn; what a gateway says about one parks it or takes it out.
/// A ring of one key never changes what is done, only what is known of the key.
package struct KeyRing: Sendable {
  /// What is known of a key.
  package enum State: Sendable, Equatable {
    case healthy
    /// Not before this instant: its rate limit is reached.
    case parked(until: Instant)
    /// Its quota or credit is used up: waiting does not help.
    case exhausted
    /// The gateway does not know it.
    case refused
  }

  /// A key with what is known of it.
  package struct Entry: Sendable {
    package let key: Secret
    /// Where it was found, for people: a variable's name, a file's path; `nil`: not told.
    package let source: String?
    package fileprivate(set) var state = State.healthy
  }

  /// How long a key rests when the gateway says "too many requests" and no more.
  package static let restWithoutHint: Duration = .seconds(5)

  package private(set) var entries: [Entry]
  private var turn = 0

  /// A ring of these keys, in their order, with where each was found.
  package init(_ keys: [(key: Secret, source: String?)]) {
    entries = keys.map { Entry(key: $0.key, source: $0.source) }
  }

  /// The number of the key for the next request; `nil` without keys.
  ///
  /// Healthy keys take turns. With none of them healthy, the one that is back first; and where
  /// all are out for good, the first, so that its gateway says why.
  package mutating func next(at instant: Instant) -> Int? {
    guard !entries.isEmpty else { return nil }
    wake(at: instant)
    for step in 0..<entries.count {
      let index = (turn + step) % entries.count
      if entries[index].state == .healthy {
        turn = index + 1
        return index
      }
    }
    let parked = entries.indices.min { back(entries[$0]) < back(entries[$1]) }
    return parked ?? 0
  }

  /// Takes note of what a failure says about the key it came with.
  ///
  /// - Returns: whether another key is healthy, so that it is worth asking again at once.
  package mutating func note(_ failure: Failure, of index: Int, at instant: Instant) -> Bool {
    guard entries.indices.contains(index) else { return false }
    switch failure.kind {
    case .rateLimit:
      entries[index].state = .parked(until: instant + (failure.retryAfter ?? Self.restWithoutHint))
    case .quota: entries[index].state = .exhausted
    case .authentication: entries[index].state = .refused
    // It may be allowed elsewhere: it stays, but another one may be allowed here.
    case .permission: break
    default: return false
    }
    wake(at: instant)
    return entries.indices.contains { $0 != index && entries[$0].state == .healthy }
  }

  private mutating func wake(at instant: Instant) {
    for index in entries.indices {
      if case .parked(let until) = entries[index].state, until <= instant { entries[index].state = .healthy }
    }
  }

  /// When a key is back, for the order of those that are not healthy.
  private func back(_ entry: Entry) -> Instant {
    if case .parked(let until) = entry.state { until } else { Instant(nanoseconds: .max) }
  }
}
