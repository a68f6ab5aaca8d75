import SheepClient
import SheepCore
import Testing

@Suite("key ring")
struct KeyRingTests {
  private let start = Instant(nanoseconds: 1_000_000_000)

  private func ring(_ count: Int) -> KeyRing {
    KeyRing((0..<count).map { (Secret("sk-key-number-\($0)"), nil) })
  }

  private func take(_ count: Int, from ring: inout KeyRing, at instant: Instant) -> [Int?] {
    var taken: [Int?] = []
    for _ in 0..<count { taken.append(ring.next(at: instant)) }
    return taken
  }

  private func note(_ failure: Failure, of index: Int, in ring: inout KeyRing) -> Bool {
    ring.note(failure, of: index, at: start)
  }

  private func failure(_ kind: Failure.Kind, after: Duration? = nil) -> Failure {
    var failure = Failure(kind, "gateway", "no")
    failure.retryAfter = after
    return failure
  }

  @Test("healthy keys take turns")
  func turns() {
    var ring = ring(3)
    #expect(take(7, from: &ring, at: start) == [0, 1, 2, 0, 1, 2, 0])
    var none = KeyRing([])
    #expect(take(1, from: &none, at: start) == [nil])
  }

  @Test("a rate limit parks a key until its reset")
  func parks() {
    var ring = ring(2)
    #expect(note(failure(.rateLimit, after: .seconds(60)), of: 0, in: &ring))
    #expect(ring.entries[0].state == .parked(until: start + .seconds(60)))
    #expect(take(3, from: &ring, at: start + .seconds(59)) == [1, 1, 1])
    #expect(take(1, from: &ring, at: start + .seconds(60)) == [0])
    #expect(ring.entries[0].state == .healthy)
    #expect(note(failure(.rateLimit), of: 0, in: &ring))
    #expect(ring.entries[0].state == .parked(until: start + KeyRing.restWithoutHint))
  }

  @Test("with all keys parked the one that is back first is next")
  func allParked() {
    var ring = ring(3)
    #expect(note(failure(.rateLimit, after: .seconds(60)), of: 0, in: &ring))
    #expect(note(failure(.rateLimit, after: .seconds(20)), of: 1, in: &ring))
    #expect(!note(failure(.quota), of: 2, in: &ring))
    #expect(take(1, from: &ring, at: start) == [1])
  }

  @Test("a refused or used-up key is out for good, a forbidden one stays")
  func out() {
    var ring = ring(3)
    #expect(note(failure(.authentication), of: 0, in: &ring))
    #expect(note(failure(.quota), of: 1, in: &ring))
    #expect(take(2, from: &ring, at: start + .seconds(86_400)) == [2, 2])
    #expect(!note(failure(.permission), of: 2, in: &ring), "no other is healthy")
    #expect(ring.entries.map(\.state) == [.refused, .exhausted, .healthy])
  }

  @Test("a ring of one key is used whatever is known of it")
  func single() {
    for kind in [Failure.Kind.rateLimit, .quota, .authentication] {
      var ring = ring(1)
      #expect(!note(failure(kind), of: 0, in: &ring))
      #expect(take(1, from: &ring, at: start) == [0])
    }
  }

  @Test("other failures and other numbers say nothing of a key")
  func others() {
    var ring = ring(2)
    for kind in [Failure.Kind.server, .network, .overloaded, .badRequest, .model, .timeout] {
      #expect(!note(failure(kind), of: 0, in: &ring))
    }
    #expect(!note(failure(.quota), of: 7, in: &ring))
    #expect(ring.entries.allSatisfy { $0.state == .healthy })
  }
}
