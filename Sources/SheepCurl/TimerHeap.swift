package import SheepCore

/// The timers of a loop: a binary heap by instant, then by age, so that timers of one instant
/// fire in the order they were set.
///
/// A cancelled timer's action is dropped at once, its place in the heap later, when it comes up
/// or when most of the heap is such places. So both calls cost O(log n) and a program that
/// sets and cancels for ever does not grow.
package struct TimerHeap {
  private struct Place {
    var instant: Instant
    var number: UInt64

    func isBefore(_ other: Place) -> Bool {
      instant == other.instant ? number < other.number : instant < other.instant
    }
  }

  private var heap: [Place] = []
  private var actions: [UInt64: () -> Void] = [:]
  private var lastNumber: UInt64 = 0

  /// No timers.
  package init() {}

  /// Whether no timer is set.
  package var isEmpty: Bool { actions.isEmpty }

  /// How many places the heap holds, those of cancelled timers included.
  package var placeCount: Int { heap.count }

  /// Sets a timer.
  package mutating func insert(at instant: Instant, _ action: @escaping () -> Void) -> TimerID {
    lastNumber += 1
    actions[lastNumber] = action
    heap.append(Place(instant: instant, number: lastNumber))
    siftUp(heap.count - 1)
    return TimerID(number: lastNumber)
  }

  /// Forgets a timer, if it is still set.
  package mutating func remove(_ timer: TimerID) {
    guard actions.removeValue(forKey: timer.number) != nil else { return }
    if heap.count > 64, heap.count > 2 * actions.count { dropCancelled() }
  }

  /// When the next timer is due; `nil` without one.
  package mutating func nextInstant() -> Instant? {
    while let first = heap.first {
      if actions[first.number] != nil { return first.instant }
      removeFirst()
    }
    return nil
  }

  /// Takes the earliest timer out if it is due at `now`, and returns what it does.
  package mutating func popDue(at now: Instant) -> (() -> Void)? {
    while let first = heap.first {
      guard let action = actions[first.number] else {
        removeFirst()
        continue
      }
      guard first.instant <= now else { return nil }
      actions[first.number] = nil
      removeFirst()
      return action
    }
    return nil
  }

  /// The number that the latest timer got: timers set later have higher ones.
  package var latestNumber: UInt64 { lastNumber }

  /// Whether the earliest timer is due and not younger than `number`.
  ///
  /// A loop that fires only these cannot be kept from its descriptors by an action that sets
  /// itself again for now.
  package mutating func isDue(at now: Instant, upTo number: UInt64) -> Bool {
    guard let instant = nextInstant(), instant <= now, let first = heap.first else { return false }
    return first.number <= number
  }

  private mutating func removeFirst() {
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    heap[0] = last
    siftDown(0)
  }

  private mutating func dropCancelled() {
    heap.removeAll { actions[$0.number] == nil }
    for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(index) }
  }

  private mutating func siftUp(_ start: Int) {
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard heap[index].isBefore(heap[parent]) else { return }
      heap.swapAt(index, parent)
      index = parent
    }
  }

  private mutating func siftDown(_ start: Int) {
    var index = start
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
        if heap[child].isBefore(heap[least]) { least = child }
      }
      guard least != index else { return }
      heap.swapAt(index, least)
      index = least
    }
  }
}
