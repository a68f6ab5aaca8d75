package import SheepCore

/// The timers of a loop: a binary heap by instant, then by age, so that timers of one instant
/// fire in the order they were set.
///
/// A cancelled timer's action is dropped at once, its place in the heap later, when it comes up
/// or when most of the heap is such places. So both calls cost O(log n) and a program that
/// sets and cancels for ever does not grow.
///
/// The actions lie in slots that are used again, each with the number of the timer that holds
/// it; a timer's number is its age and, in the low bits, its slot. A dictionary would say the
/// same, but a process's first one takes 100,000 instructions of a start.
package struct TimerHeap {
  private struct Slot {
    var number: UInt64
    /// `nil` when the slot is free.
    var action: (() -> Void)?
  }

  private struct Place {
    var instant: Instant
    var number: UInt64

    func isBefore(_ other: Place) -> Bool {
      instant == other.instant ? number < other.number : instant < other.instant
    }
  }

  private var heap: [Place] = []
  private var slots: [Slot] = []
  private var freeSlots: [Int] = []
  private var lastNumber: UInt64 = 0
  /// How many low bits of a number name its slot: room for four million timers at once, and
  /// for four trillion in the life of a loop.
  private static let slotBits: UInt64 = 22

  /// No timers.
  package init() {}

  /// Whether no timer is set.
  package var isEmpty: Bool { slots.count == freeSlots.count }

  /// How many places the heap holds, those of cancelled timers included.
  package var placeCount: Int { heap.count }

  /// Sets a timer.
  package mutating func insert(at instant: Instant, _ action: @escaping () -> Void) -> TimerID {
    let slot = freeSlots.popLast() ?? slots.count
    precondition(slot < 1 << Self.slotBits, "no program sets four million timers")
    lastNumber = (lastNumber >> Self.slotBits + 1) << Self.slotBits | UInt64(slot)
    let taken = Slot(number: lastNumber, action: action)
    if slot == slots.count { slots.append(taken) } else { slots[slot] = taken }
    heap.append(Place(instant: instant, number: lastNumber))
    siftUp(heap.count - 1)
    return TimerID(number: lastNumber)
  }

  /// Forgets a timer, if it is still set.
  package mutating func remove(_ timer: TimerID) {
    guard takeAction(timer.number) != nil else { return }
    if heap.count > 64, heap.count > 2 * (slots.count - freeSlots.count) { dropCancelled() }
  }

  private func isSet(_ number: UInt64) -> Bool {
    let slot = Int(number & (1 << Self.slotBits - 1))
    return slot < slots.count && slots[slot].number == number && slots[slot].action != nil
  }

  /// Frees a timer's slot and returns what was in it; `nil` when the timer is no longer set.
  private mutating func takeAction(_ number: UInt64) -> (() -> Void)? {
    guard isSet(number) else { return nil }
    let slot = Int(number & (1 << Self.slotBits - 1))
    defer {
      slots[slot].action = nil
      freeSlots.append(slot)
    }
    return slots[slot].action
  }

  /// When the next timer is due; `nil` without one.
  package mutating func nextInstant() -> Instant? {
    while let first = heap.first {
      if isSet(first.number) { return first.instant }
      removeFirst()
    }
    return nil
  }

  /// Takes the earliest timer out if it is due at `now`, and returns what it does.
  package mutating func popDue(at now: Instant) -> (() -> Void)? {
    while let first = heap.first {
      guard isSet(first.number) else {
        removeFirst()
        continue
      }
      guard first.instant <= now else { return nil }
      removeFirst()
      return takeAction(first.number)
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
    heap = heap.filter { isSet($0.number) }
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
