import SheepCore

/// Deadlines in order, the next one first: a binary heap.
///
/// Nothing is ever removed from its middle. An entry whose connection has moved on is told by
/// its `stamp`, which the connection no longer carries, and is dropped when it comes up.
struct TimerQueue {
  /// One deadline of one connection.
  struct Entry {
    var deadline: Instant
    /// The number of the connection.
    var connection: UInt64
    /// Which of the connection's timers this is.
    var stamp: UInt64
  }

  private var heap: [Entry] = []

  /// The earliest deadline, `nil` when there is none.
  var next: Instant? { heap.first?.deadline }

  /// Adds a deadline.
  mutating func insert(_ entry: Entry) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if heap[parent].deadline <= heap[child].deadline { break }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  /// Takes the earliest entry out if it is due at `now`.
  mutating func popDue(at now: Instant) -> Entry? {
    guard let first = heap.first, first.deadline <= now else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return first }
    heap[0] = last
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { break }
      let right = left + 1
      let smaller = right < heap.count && heap[right].deadline < heap[left].deadline ? right : left
      if heap[parent].deadline <= heap[smaller].deadline { break }
      heap.swapAt(parent, smaller)
      parent = smaller
    }
    return first
  }
}
