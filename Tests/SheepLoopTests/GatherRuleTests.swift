import SheepCore
import SheepLoop
import Testing

@Suite("GatherRule: when bytes gather before they are read")
struct GatherRuleTests {
  @Test("gathering starts after sixteen short rounds and stays while it pays")
  func startsAndStays() {
    var rule = GatherRule()
    var instant = Instant(nanoseconds: 1_000_000_000)
    rule.woke(at: instant)
    for _ in 0..<15 {
      instant = instant + .microseconds(99)
      rule.woke(at: instant)
      #expect(!rule.isGathering)
    }
    rule.woke(at: instant + .microseconds(99))
    #expect(rule.isGathering)
    rule.gathered(bytes: 2048)
    rule.woke(at: instant + .milliseconds(5))
    #expect(rule.isGathering)
    rule.gathered(bytes: 2047)
    #expect(!rule.isGathering)
  }

  @Test("it sleeps longer while reads are large")
  func longerSleeps() {
    var rule = GatherRule()
    for index in 0..<20 { rule.woke(at: Instant(nanoseconds: 1_000_000_000 + Int64(index) * 1000)) }
    #expect(rule.isGathering)
    var pauses: [Int64] = []
    for bytes in [32 << 10, 64 << 10, (128 << 10) - 1, 128 << 10, 1 << 20, 1 << 20, 1 << 20] {
      rule.gathered(bytes: bytes)
      pauses.append(rule.pauseNanoseconds / 1000)
    }
    #expect(pauses == [500, 1000, 1000, 2000, 4000, 8000, 8000])
    #expect(rule.isGathering)
  }

  @Test("it sleeps less again, step by step, when reads bring little")
  func shorterSleeps() {
    var rule = GatherRule()
    for index in 0..<20 { rule.woke(at: Instant(nanoseconds: 1_000_000_000 + Int64(index) * 1000)) }
    for _ in 0..<5 { rule.gathered(bytes: 1 << 20) }
    var pauses: [Int64] = []
    for bytes in [256 << 10, (256 << 10) - 1, 5940, 5940, 2048, 2048, 2048] {
      rule.gathered(bytes: bytes)
      pauses.append(rule.pauseNanoseconds / 1000)
    }
    #expect(pauses == [8000, 4000, 2000, 1000, 500, 250, 250])
    #expect(rule.isGathering)
    rule.gathered(bytes: 2047)
    #expect(!rule.isGathering)
  }

  @Test("a fast stream does not hold up the others")
  func besideOthers() {
    var rule = GatherRule()
    for index in 0..<20 { rule.woke(at: Instant(nanoseconds: 1_000_000_000 + Int64(index) * 1000)) }
    for _ in 0..<5 { rule.gathered(bytes: 1 << 20) }
    #expect(rule.pauseNanoseconds == 8_000_000)
    rule.gathered(bytes: 1 << 20, isAlone: false)
    #expect(rule.pauseNanoseconds == 500_000)
  }

  @Test("many slow streams are gathered too")
  func manyStreams() {
    var rule = GatherRule()
    var instant = Instant(nanoseconds: 1_000_000_000)
    rule.woke(at: instant)
    for _ in 0..<16 {
      // Three ready at once, 99 µs for each.
      instant = instant + .microseconds(297)
      rule.woke(at: instant, sockets: 3)
    }
    #expect(rule.isGathering)
    var pauses: [Int64] = []
    for sockets in [4, 20, 20, 3, 2] {
      rule.gathered(bytes: 330 * sockets, sockets: sockets, isAlone: false)
      pauses.append(rule.pauseNanoseconds / 1000)
    }
    #expect(pauses == [500, 500, 500, 250, 250])
    #expect(rule.isGathering)
    rule.gathered(bytes: 330, sockets: 1, isAlone: false)
    #expect(!rule.isGathering)
  }

  @Test("a few paced streams are left alone")
  func fewStreams() {
    var rule = GatherRule()
    var instant = Instant(nanoseconds: 1_000_000_000)
    for _ in 0..<1000 {
      instant = instant + .microseconds(300)
      rule.woke(at: instant, sockets: 3)
      #expect(!rule.isGathering)
    }
  }

  @Test("a paced stream is never touched")
  func pacedStream() {
    var rule = GatherRule()
    var instant = Instant(nanoseconds: 1_000_000_000)
    for round in 0..<1000 {
      // Fifteen quick ones at most, then one at the pace.
      instant = instant + .microseconds(round % 16 == 0 ? 100 : 50)
      rule.woke(at: instant)
      #expect(!rule.isGathering)
    }
  }
}
