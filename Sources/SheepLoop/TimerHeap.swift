package import SheepCore

/// The timers of a loop: a binary heap by instant, then by age, so that timers of one instant
/// fire in the order they were set.
///
/// The actions lie in slots that are used again; a timer's number is its age and, in the low bits,
/// its slot, which knows the timer's place in the heap. A dictionary would say the same, but a
/// process's first one takes 100,000 instructions of a start.
package struct TimerHeap {
  private struct Slot {
    var number: UInt64
    var place: Int
    /// `nil` when the slot is free.
    var action: (() -> Void)?
  }

  private struct Entry {
    var instant: Instant
    var number: UInt64

    var slot: Int { Int(number & TimerHeap.slotMask) }

    func isBefore(_ other: Entry) -> Bool {
      instant == other.instant ? number < other.number : instant < other.instant
    }
  }

  private var heap: [Entry] = []
  private var slots: [Slot] = []
  private var freeSlots: [Int] = []
  private var lastNumber: UInt64 = 0
  /// How many low bits of a number name its slot: room for four million timers at once, and
  /// for four trillion in the life of a loop.
  private static let slotBits: UInt64 = 22
  private static let slotMask: UInt64 = 1 << slotBits - 1

  /// No timers.
  package init() {}

  /// Whether no timer is set.
  package var isEmpty: Bool { heap.isEmpty }

  /// When the next timer is due; `nil` without one.
  package var nextInstant: Instant? { heap.first?.instant }

  /// The number that the latest timer got: timers set later have higher ones.
  package var latestNumber: UInt64 { lastNumber }

  /// Sets a timer.
  package mutating func insert(at instant: Instant, _ action: @escaping () -> Void) -> TimerID {
    let slot = freeSlots.popLast() ?? slots.count
    precondition(slot <= Self.slotMask, "more than four million timers")
    lastNumber = (lastNumber >> Self.slotBits + 1) << Self.slotBits | UInt64(slot)
    let taken = Slot(number: lastNumber, place: heap.count, action: action)
    if slot == slots.count { slots.append(taken) } else { slots[slot] = taken }
    heap.append(Entry(instant: instant, number: lastNumber))
    siftUp(heap.count - 1)
    return TimerID(number: lastNumber)
  }

  /// Forgets a timer, if it is still set.
  package mutating func remove(_ timer: TimerID) {
    let slot = Int(timer.number & Self.slotMask)
    guard slot < slots.count, slots[slot].number == timer.number, slots[slot].action != nil else { return }
    _ = take(at: slots[slot].place)
  }

  /// Takes the earliest timer out if it is due at `now` and not younger than the number, and
  /// returns what it does.
  ///
  /// A loop that fires only these cannot be kept from its descriptors by an action that sets
  /// itself again for now.
  package mutating func popDue(at now: Instant, upTo number: UInt64 = .max) -> (() -> Void)? {
    guard let first = heap.first, first.instant <= now, first.number <= number else { return nil }
    return take(at: 0)
  }

  /// Frees the slot of the timer at a place of the heap and closes the gap.
  private mutating func take(at place: Int) -> (() -> Void)? {
    let slot = heap[place].slot
    let action = slots[slot].action
    slots[slot].action = nil
    freeSlots.append(slot)
    let last = heap.removeLast()
    if place < heap.count {
      put(last, at: place)
      siftDown(place)
      siftUp(place)
    }
    return action
  }

  private mutating func put(_ entry: Entry, at place: Int) {
    heap[place] = entry
    slots[entry.slot].place = place
  }

  private mutating func siftUp(_ start: Int) {
    let entry = heap[start]
    var place = start
    while place > 0 {
      let parent = (place - 1) / 2
      guard entry.isBefore(heap[parent]) else { break }
      put(heap[parent], at: place)
      place = parent
    }
    if place != start { put(entry, at: place) }
  }

  private mutating func siftDown(_ start: Int) {
    let entry = heap[start]
    var place = start
    while 2 * place + 1 < heap.count {
      var child = 2 * place + 1
      if child + 1 < heap.count, heap[child + 1].isBefore(heap[child]) { child += 1 }
      guard heap[child].isBefore(entry) else { break }
      put(heap[child], at: place)
      place = child
    }
    if place != start { put(entry, at: place) }
  }
}
