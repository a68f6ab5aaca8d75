import SheepCore
import SheepCurl
import Testing

/// The parts of the transport that need no socket.
struct HeadParserTests {
  private func parse(_ lines: [String]) -> HTTPHead? {
    var parser = HeadParser()
    var heads: [HTTPHead] = []
    for line in lines {
      Array((line + "\r\n").utf8).withUnsafeBytes { bytes in
        if let head = parser.feed(bytes) { heads.append(head) }
      }
    }
    #expect(heads.count <= 1)
    return heads.first
  }

  @Test(arguments: [
    ("HTTP/1.0 200 OK", 200, "1.0"), ("HTTP/1.1 404", 404, "1.1"), ("HTTP/2 503 ", 503, "2"),
    ("HTTP/3 200", 200, "3"), ("HTTP/1.1  200 OK", 200, "1.1"), ("HTTP/7 200", 200, nil),
  ])
  func readsStatusLines(line: String, status: Int, version: String?) {
    let head = parse([line, ""])
    #expect(head?.status == status)
    #expect(head?.version == version)
  }

  @Test(arguments: ["HTTP/1.1 20", "HTTP/1.1 2000", "HTTP/1.1 +20", "http/1.1 200", "200 OK", ""])
  func takesNothingElseForAStatusLine(line: String) {
    #expect(parse([line, ""]) == nil)
  }

  @Test func joinsFoldedLinesAndIgnoresWhatIsNoField() {
    let head = parse([
      "HTTP/1.1 200 OK", " lost", "A: 1", "\t 2 ", "  ", "no field", ": none", "B C: 3", "D:4", "A: 5 ", "",
    ])
    #expect(head?.headers == HTTPHeaders([.init("A", "1 2"), .init("D", "4"), .init("A", "5")]))
  }

  @Test func keepsBytesThatAreNotUTF8Visible() {
    var parser = HeadParser()
    var head: HTTPHead?
    for line in [Array("HTTP/1.1 200\n".utf8), Array("A: x".utf8) + [0xff, 0x0a], [0x0a]] {
      line.withUnsafeBytes { head = parser.feed($0) ?? head }
    }
    #expect(head?.headers["a"] == "x\u{fffd}")
    #expect(parser.isDone)
  }

  @Test func startsAgainAfterInformationalHeads() {
    let head = parse(["HTTP/1.1 103", "A: 1", "", "HTTP/1.1 200", "B: 2", "", "C: 3", "HTTP/1.1 500", ""])
    #expect(head == HTTPHead(status: 200, headers: HTTPHeaders([.init("B", "2")]), version: "1.1"))
  }
}

struct CurlOutcomeTests {
  typealias Kind = TransferEnd.Problem.Kind

  struct Row: Sendable, CustomTestStringConvertible {
    var code: UInt32
    var isSent: Bool
    var usesProxy: Bool
    var kind: Kind

    init(_ code: UInt32, sent: Bool, proxy: Bool = false, _ kind: Kind) {
      (self.code, isSent, usesProxy, self.kind) = (code, sent, proxy, kind)
    }

    var testDescription: String { "\(code) sent \(isSent) proxy \(usesProxy) → \(kind)" }
  }

  @Test(arguments: [
    Row(3, sent: false, .invalidRequest), Row(1, sent: false, .invalidRequest),
    Row(1, sent: true, .malformedResponse), Row(67, sent: false, .invalidRequest),
    Row(5, sent: false, .proxy), Row(97, sent: false, .proxy), Row(6, sent: false, .nameResolution),
    Row(7, sent: false, .connect), Row(7, sent: false, proxy: true, .proxy),
    Row(28, sent: false, .connectTimeout), Row(28, sent: true, .connectionLost),
    Row(35, sent: false, .handshake), Row(58, sent: false, .certificate),
    Row(59, sent: false, .certificate), Row(60, sent: false, .certificate),
    Row(77, sent: false, .certificate), Row(83, sent: false, .certificate),
    Row(90, sent: false, .certificate), Row(91, sent: false, .certificate),
    Row(52, sent: true, .connectionLost), Row(55, sent: true, .connectionLost),
    Row(56, sent: true, .connectionLost), Row(56, sent: false, proxy: true, .proxy),
    Row(16, sent: true, .connectionLost), Row(92, sent: true, .connectionLost),
    Row(95, sent: true, .connectionLost), Row(18, sent: true, .connectionLost),
    Row(61, sent: true, .malformedResponse), Row(8, sent: true, .malformedResponse),
    Row(27, sent: false, .transportUnavailable), Row(27, sent: true, .malformedResponse),
    Row(100, sent: true, .malformedResponse), Row(2, sent: false, .transportUnavailable),
    Row(9999, sent: true, .connectionLost), Row(0, sent: true, .malformedResponse),
  ])
  func readsTheCodeByWhatWeKnow(row: Row) {
    var outcome = CurlOutcome(code: row.code)
    outcome.isSent = row.isSent
    outcome.usesProxy = row.usesProxy
    outcome.detail = "words"
    #expect(outcome.problem?.kind == row.kind)
    #expect(outcome.problem?.code == Int32(row.code))
  }

  @Test(arguments: [
    (CurlOutcome.Verdict.abortedByHandler, Kind.aborted), (.resendPrevented, .resendPrevented),
    (.headTooLarge(limit: 1), .malformedResponse), (.bodyTooLarge(limit: 1), .tooLarge),
  ])
  func ourOwnReasonOutranksTheCode(verdict: CurlOutcome.Verdict, kind: Kind) {
    for code: UInt32 in [0, 23, 42, 56] {
      var outcome = CurlOutcome(code: code)
      outcome.verdict = verdict
      outcome.hasHead = true
      #expect(outcome.problem?.kind == kind)
    }
  }

  @Test func nothingIsWrongWithACompleteResponse() {
    var outcome = CurlOutcome(code: 0)
    outcome.hasHead = true
    #expect(outcome.problem == nil)
  }
}

struct TimerHeapTests {
  private func instant(_ nanoseconds: Int64) -> Instant { Instant(nanoseconds: nanoseconds) }

  @Test func givesTimersOutByInstantThenByAge() {
    var heap = TimerHeap()
    var fired: [Int64] = []
    var state: UInt64 = 42
    var expected: [Int64] = []
    for serial: Int64 in 0..<500 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let when = Int64(state >> 60)
      expected.append(when * 1000 + serial)
      let timer = heap.insert(at: instant(when)) { fired.append(when * 1000 + serial) }
      if serial % 3 == 0 {
        heap.remove(timer)
        expected.removeLast()
      }
    }
    while let action = heap.popDue(at: instant(100)) { action() }
    #expect(fired == expected.sorted())
    let next = heap.nextInstant()
    #expect(heap.isEmpty && next == nil)
  }

  @Test func nothingIsDueBeforeItsInstant() {
    var heap = TimerHeap()
    _ = heap.insert(at: instant(10)) {}
    let early = heap.popDue(at: instant(9))
    let next = heap.nextInstant()
    let due = heap.popDue(at: instant(10))
    let again = heap.popDue(at: instant(10))
    #expect(early == nil)
    #expect(next == instant(10))
    #expect(due != nil)
    #expect(again == nil)
  }

  @Test func timersThatAreCancelledDoNotPileUp() {
    var heap = TimerHeap()
    let kept = heap.insert(at: instant(5)) {}
    for _ in 0..<10_000 {
      let timer = heap.insert(at: instant(1_000_000)) {}
      heap.remove(timer)
      heap.remove(timer)
    }
    #expect(heap.placeCount < 200)
    let next = heap.nextInstant()
    #expect(next == instant(5))
    heap.remove(kept)
    #expect(heap.isEmpty)
  }

  @Test func aTimerThatIsOverDoesNotCancelTheOneInItsPlace() {
    var heap = TimerHeap()
    let first = heap.insert(at: instant(1)) {}
    heap.remove(first)
    _ = heap.insert(at: instant(2)) {}
    heap.remove(first)
    let next = heap.nextInstant()
    #expect(next == instant(2))
  }

  @Test func aTimerSetWhileOthersFireIsForTheNextTurn() {
    var heap = TimerHeap()
    _ = heap.insert(at: instant(1)) {}
    let latest = heap.latestNumber
    let isFirstDue = heap.isDue(at: instant(1), upTo: latest)
    _ = heap.popDue(at: instant(1))
    _ = heap.insert(at: instant(1)) {}
    let isSecondDueNow = heap.isDue(at: instant(1), upTo: latest)
    let isSecondDueLater = heap.isDue(at: instant(1), upTo: heap.latestNumber)
    #expect(isFirstDue && !isSecondDueNow && isSecondDueLater)
  }
}

struct GatherRuleTests {
  @Test func startsAfterSixteenShortRoundsAndStaysWhileItPays() {
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

  @Test func sleepsLongerWhileReadsAreLarge() {
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

  @Test func sleepsLessAgainStepByStepWhenReadsBringLittle() {
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

  @Test func aFastStreamDoesNotHoldUpTheOthers() {
    var rule = GatherRule()
    for index in 0..<20 { rule.woke(at: Instant(nanoseconds: 1_000_000_000 + Int64(index) * 1000)) }
    for _ in 0..<5 { rule.gathered(bytes: 1 << 20) }
    #expect(rule.pauseNanoseconds == 8_000_000)
    rule.gathered(bytes: 1 << 20, isAlone: false)
    #expect(rule.pauseNanoseconds == 500_000)
  }

  @Test func gathersManySlowStreamsToo() {
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

  @Test func leavesAFewPacedStreamsAlone() {
    var rule = GatherRule()
    var instant = Instant(nanoseconds: 1_000_000_000)
    for _ in 0..<1000 {
      instant = instant + .microseconds(300)
      rule.woke(at: instant, sockets: 3)
      #expect(!rule.isGathering)
    }
  }

  @Test func neverTouchesAPacedStream() {
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
