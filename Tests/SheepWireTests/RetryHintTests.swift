import SheepCore
import SheepWire
import Testing

@Suite("retry hints")
struct RetryHintTests {
  private static let now = "Thu, 28 Sep 2023 23:54:07 GMT"

  private static func delay(_ value: String, date: String? = now, epoch: Int64? = nil) -> Duration? {
    var headers = HTTPHeaders([.init("Retry-After", value)])
    if let date { headers.append("Date", date) }
    return RetryHint(headers: headers, epochSeconds: epoch).delay
  }

  @Test(
    "the official clients' test vectors hold",
    arguments: [
      ("20", 20), ("0", nil), ("-10", nil), ("60", 60), ("120", 120), ("121", 121), ("3600", 3600),
      ("Thu, 28 Sep 2023 23:54:27 GMT", 20), ("Thu, 28 Sep 2023 23:53:07 GMT", nil), (Self.now, nil),
      ("99999999999999999999999999999999999", nil), ("inf", nil), ("nan", nil), ("1e40", nil), ("-5", nil),
      ("Zun, 29 Sep 2016 09:26:27 GMT", nil), ("Fri, 29 Sep 100000 09:26:27 GMT", nil), ("", nil),
      ("soon", nil),
      ("200000", 86_400),
    ] as [(String, Int?)])
  func officialClients(_ value: String, _ seconds: Int?) {
    #expect(Self.delay(value) == seconds.map { .seconds($0) })
  }

  @Test("fractions, milliseconds and the longer of two hints")
  func fractionsMilliseconds() {
    #expect(Self.delay("0.5") == .milliseconds(500))
    func both(_ seconds: String, _ milliseconds: String) -> Duration? {
      RetryHint(headers: HTTPHeaders([.init("retry-after", seconds), .init("retry-after-ms", milliseconds)]))
        .delay
    }
    #expect(both("1", "0") == .seconds(1))
    #expect(both("1", "1500") == .milliseconds(1500))
    #expect(both("x", "12.5") == .microseconds(12_500))
    #expect(both("0", "0") == nil)
  }

  @Test("a date counts from the server's clock, or else from ours, or not at all")
  func dateCounts() {
    let date = "Thu, 28 Sep 2023 23:54:27 GMT"
    #expect(Self.delay(date, epoch: 0) == .seconds(20))
    #expect(Self.delay(date, date: nil, epoch: 1_695_945_257) == .seconds(10))
    #expect(Self.delay(date, date: nil) == nil)
    #expect(Self.delay(date, date: "garbage", epoch: 1_695_945_257) == .seconds(10))
  }

  @Test(
    "the server's word on retrying is kept",
    arguments: [("true", true), ("False", false), ("maybe", nil)] as [(String, Bool?)])
  func serverWord(_ value: String, _ answer: Bool?) {
    #expect(RetryHint(headers: HTTPHeaders([.init("X-Should-Retry", value)])).shouldRetry == answer)
  }

  @Test(
    "durations are read as rate limits write them",
    arguments: [
      ("12ms", 12), ("1s", 1000), ("6m0s", 360_000), ("1h2m3.5s", 3_723_500), ("2m59.56s", 179_560),
      ("7.66s", 7660),
      ("120ms", 120), ("12.967s", 12_967), ("34s", 34_000), ("5", 5000), ("0.25", 250), ("1d", 86_400_000),
      ("3d", 86_400_000), ("1m", 60_000), ("0s", 0), ("9999999999999999999999999999s", 86_400_000),
    ])
  func durationsRate(_ text: String, _ milliseconds: Int) {
    #expect(WireDuration.parse(text) == .milliseconds(milliseconds))
  }

  @Test("small units are read", arguments: [("15ns", 15), ("2us", 2000), ("2µs", 2000), ("2μs", 2000)])
  func smallUnits(_ text: String, _ nanoseconds: Int) {
    #expect(WireDuration.parse(text) == .nanoseconds(nanoseconds))
  }

  @Test(
    "text that is not a duration is refused",
    arguments: [
      "", "s", "-1s", "1x", "1s2", "1.s", ".5s", "1 s", "1s ", "+1s", "nan", "inf", "1e3", "1..2s", "m1",
    ])
  func notADuration(_ text: String) {
    #expect(WireDuration.parse(text) == nil)
  }

  @Test(
    "dates in all three forms are read",
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
      ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Thu, 29 Feb 2024 23:59:60 GMT", 1_709_251_200), ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
    ] as [(String, Int64)])
  func datesAll(_ text: String, _ seconds: Int64) {
    #expect(HTTPDate.parse(text) == seconds)
  }

  @Test(
    "text that is not a date is refused",
    arguments: [
      "", "Sun", "Zun, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT x",
      "Sun, 30 Feb 1994 08:49:37 GMT", "Thu, 29 Feb 2023 08:49:37 GMT", "Mon, 29 Feb 2100 08:49:37 GMT",
      "Sun, 00 Nov 1994 08:49:37 GMT",
      "Sun, 06 Now 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 8:4:7 GMT",
      "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 100000 08:49:37 GMT", "Sun, 06 Nov 1969 08:49:37 GMT",
    ])
  func notADate(_ text: String) {
    #expect(HTTPDate.parse(text) == nil)
  }
}
