import SheepCore
import SheepLoop
import Testing

@Suite("TimerHeap: timers by instant, then by age")
struct TimerHeapTests {
  private func instant(_ nanoseconds: Int64) -> Instant { Instant(nanoseconds: nanoseconds) }

  @Test(
    "timers are given out by instant, then by age, also when others are cancelled meanwhile",
    arguments: 1...8)
  func order(seed: UInt64) {
    var heap = TimerHeap()
    var state = seed
    func random(below limit: UInt64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64((state >> 33) % limit)
    }
    var fired: [Int64] = []
    // By instant, then by age.
    var pending: Set<Int64> = []
    var now: Int64 = 0
    var timers: [(id: TimerID, name: Int64)] = []
    for serial: Int64 in 0..<300 {
      switch random(below: 4) {
      case 0 where !timers.isEmpty:
        // Possibly one that has fired: then nothing happens.
        let (id, name) = timers.remove(at: Int(random(below: UInt64(timers.count))))
        heap.remove(id)
        pending.remove(name)
      case 1:
        now += random(below: 9)
        while let action = heap.popDue(at: instant(now)) { action() }
      default:
        let name = (now + random(below: 500)) * 1000 + serial
        let timer = heap.insert(at: instant(name / 1000)) {
          fired.append(name)
          pending.remove(name)
        }
        timers.append((timer, name))
        pending.insert(name)
      }
      #expect(heap.isEmpty == pending.isEmpty)
      #expect(heap.nextInstant == pending.min().map { instant($0 / 1000) })
    }
    while let action = heap.popDue(at: instant(10_000)) { action() }
    #expect(fired == fired.sorted() && pending.isEmpty)
    #expect(heap.isEmpty && heap.nextInstant == nil)
  }

  @Test("nothing is due before its instant")
  func notEarly() {
    var heap = TimerHeap()
    _ = heap.insert(at: instant(10)) {}
    let early = heap.popDue(at: instant(9))
    let due = heap.popDue(at: instant(10))
    let again = heap.popDue(at: instant(10))
    #expect(early == nil && due != nil && again == nil)
  }

  @Test("what a cancelled timer held is let go at once")
  func letGo() {
    final class Held {}
    var heap = TimerHeap()
    weak var seen: Held?
    let timer = {
      let held = Held()
      seen = held
      return heap.insert(at: instant(1_000)) { withExtendedLifetime(held) {} }
    }()
    #expect(seen != nil)
    heap.remove(timer)
    heap.remove(timer)
    #expect(seen == nil && heap.isEmpty)
  }

  @Test("a timer that is over does not cancel the one in its slot")
  func reusedSlot() {
    var heap = TimerHeap()
    let first = heap.insert(at: instant(1)) {}
    heap.remove(first)
    _ = heap.insert(at: instant(2)) {}
    heap.remove(first)
    #expect(heap.nextInstant == instant(2))
    heap.remove(TimerID(number: 77))
    #expect(heap.nextInstant == instant(2))
  }

  @Test("a timer set while others fire is for the next turn")
  func nextTurn() {
    var heap = TimerHeap()
    _ = heap.insert(at: instant(1)) {}
    let latest = heap.latestNumber
    let first = heap.popDue(at: instant(1), upTo: latest)
    _ = heap.insert(at: instant(1)) {}
    let secondNow = heap.popDue(at: instant(1), upTo: latest)
    let secondLater = heap.popDue(at: instant(1), upTo: heap.latestNumber)
    #expect(first != nil && secondNow == nil && secondLater != nil)
  }
}
