import SheepCore
import Testing

@Suite("durations for people")
struct DurationTextTests {
  @Test(
    "below 0.1 s in milliseconds, from there on in seconds, with the digits that matter",
    arguments: [
      (-5_000, "0.0 ms"), (0, "0.0 ms"), (49, "0.0 ms"), (50, "0.1 ms"), (840, "0.8 ms"), (9_949, "9.9 ms"),
      (9_950, "10 ms"), (23_400, "23 ms"), (99_499, "99 ms"), (99_500, "0.10 s"), (327_000, "0.33 s"),
      (410_000, "0.41 s"), (999_600, "1.00 s"), (1_920_000, "1.92 s"), (9_994_999, "9.99 s"),
      (9_995_000, "10.0 s"), (12_340_000, "12.3 s"), (99_949_999, "99.9 s"), (99_950_000, "100 s"),
      (3_723_400_000, "3723 s"),
    ])
  func rule(_ microseconds: Int64, _ text: String) {
    #expect(DurationText.of(.microseconds(microseconds)) == text)
  }

  @Test(
    "in a column all are in seconds, and what is too short to show is not nothing",
    arguments: [
      (nil, "-"), (.nan, "-"), (.infinity, "-"), (1e12, "-"), (0, "0.000 s"), (0.3, "<0.001 s"),
      (0.5, "0.001 s"), (41, "0.041 s"), (99.9, "0.100 s"), (100, "0.10 s"), (1_920, "1.92 s"),
      (12_340, "12.3 s"), (123_400, "123 s"),
    ] as [(Double?, String)])
  func column(_ milliseconds: Double?, _ text: String) {
    #expect(DurationText.seconds(milliseconds: milliseconds) == text)
  }

  @Test(
    "a limit reads as it was given",
    arguments: [
      (400, "0.4 s"), (1_250, "1.25 s"), (1_000, "1 s"), (1_500, "1.5 s"), (10_000, "10 s"), (0, "0 s"),
    ])
  func limit(_ milliseconds: Int64, _ text: String) {
    #expect(DurationText.limit(.milliseconds(milliseconds)) == text)
  }

  @Test(
    "long times are days, hours or minutes, without a sign",
    arguments: [
      (62 * 86_400, "62 days"), (-172_800, "2 days"), (172_799, "47 hours"), (7_200, "2 hours"),
      (7_199, "119 min"), (59, "0 min"),
    ])
  func coarse(_ seconds: Int64, _ text: String) {
    #expect(DurationText.coarse(seconds: seconds) == text)
  }
}
