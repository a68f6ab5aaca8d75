import SheepClient
import SheepCore
import Testing

@Suite("watchdog")
struct WatchdogTests {
  static let start = Instant(nanoseconds: 5_000_000_000)

  static func at(_ seconds: Double) -> Instant { start + .seconds(seconds) }

  static func expiry(_ watchdog: Watchdog, at seconds: Double) -> Watchdog.Expiry? {
    watchdog.expired(at: at(seconds))
  }

  @Test("connecting has 10 s")
  func connect() {
    let watchdog = Watchdog(limits: TimeLimits(), start: Self.start)
    #expect(watchdog.next == (Self.at(10), .connect))
    #expect(Self.expiry(watchdog, at: 9.999) == nil)
    #expect(Self.expiry(watchdog, at: 10) == .connect)
  }

  @Test("the head has 120 s from the sending")
  func firstByte() {
    var watchdog = Watchdog(limits: TimeLimits(), start: Self.start)
    watchdog.noteSent(at: Self.at(9))
    #expect(Self.expiry(watchdog, at: 128.999) == nil)
    #expect(Self.expiry(watchdog, at: 129) == .firstByte)
  }

  @Test("bytes have 90 s from the ones before, the first ones from the head")
  func idle() {
    var watchdog = Watchdog(limits: TimeLimits(), start: Self.start)
    watchdog.noteSent(at: Self.at(1))
    watchdog.noteHead(at: Self.at(100))
    #expect(Self.expiry(watchdog, at: 189.999) == nil)
    #expect(Self.expiry(watchdog, at: 190) == .idle)
    watchdog.noteBytes(at: Self.at(150))
    #expect(Self.expiry(watchdog, at: 239.999) == nil)
    #expect(Self.expiry(watchdog, at: 240) == .idle)
  }

  @Test("comments keep the bytes' limit away, not that of the content")
  func content() {
    var watchdog = Watchdog(limits: TimeLimits(), start: Self.start)
    watchdog.noteSent(at: Self.at(0))
    watchdog.noteHead(at: Self.at(0))
    for second in stride(from: 0.0, through: 290, by: 10) { watchdog.noteBytes(at: Self.at(second)) }
    #expect(Self.expiry(watchdog, at: 299.999) == nil)
    #expect(Self.expiry(watchdog, at: 300) == .content)
    watchdog.noteContent(at: Self.at(290))
    #expect(Self.expiry(watchdog, at: 300) == nil)
    #expect(watchdog.next == (Self.at(380), .idle))
  }

  @Test("after the end marker 5 s are left, however many bytes still come")
  func afterEnd() {
    var watchdog = Watchdog(limits: TimeLimits(), start: Self.start)
    watchdog.noteSent(at: Self.at(0))
    watchdog.noteHead(at: Self.at(0))
    watchdog.noteBytes(at: Self.at(20))
    watchdog.noteComplete(at: Self.at(20))
    watchdog.noteBytes(at: Self.at(24))
    watchdog.noteComplete(at: Self.at(24))
    #expect(Self.expiry(watchdog, at: 24.999) == nil)
    #expect(Self.expiry(watchdog, at: 25) == .afterEnd)
  }

  @Test("a call that may think in silence has 600 s for bytes and 900 s for content")
  func patient() {
    var watchdog = Watchdog(limits: .patient, start: Self.start)
    #expect(watchdog.next == (Self.at(10), .connect))
    watchdog.noteSent(at: Self.at(0))
    #expect(watchdog.next == (Self.at(600), .firstByte))
    watchdog.noteHead(at: Self.at(0))
    #expect(watchdog.next == (Self.at(600), .idle))
    watchdog.noteBytes(at: Self.at(599))
    #expect(watchdog.next == (Self.at(900), .content))
  }

  @Test("limits beyond the end of time are never reached")
  func endless() {
    var limits = TimeLimits()
    limits.connect = .seconds(Int64.max)
    let watchdog = Watchdog(limits: limits, start: Self.start)
    #expect(watchdog.next.instant == Instant(nanoseconds: .max))
    #expect(Self.expiry(watchdog, at: 1e6) == nil)
  }
}
