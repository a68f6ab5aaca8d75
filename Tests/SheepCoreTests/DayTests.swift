import SheepCore
import Testing

@Suite("days")
struct DayTests {
  @Test(
    "days are counted from 1970",
    arguments: [
      ("1970-01-01", 0), ("1970-03-01", 59), ("2000-02-29", 11_016), ("2026-11-21", 20_778),
      ("1969-12-31", -1), ("2100-03-01", 47_541),
    ])
  func countsDays(text: String, number: Int) throws {
    #expect(Day(text)?.number == number)
    #expect(Day(number: number).text == text)
  }

  @Test(
    "what is no day is refused",
    arguments: [
      "", "2026-11-31", "2025-02-29", "2100-02-29", "2026-00-10", "2026-13-01", "2026-1-1", "26-01-01",
      "2026/11/21", "2026-11-21T00", "20261-1-01", "+026-01-01",
    ])
  func refuses(text: String) {
    #expect(Day(text) == nil)
  }

  @Test(
    "an instant lies in its day in UTC",
    arguments: [(0, 0), (86_399, 0), (86_400, 1), (-1, -1), (-86_400, -1)])
  func holdsInstants(seconds: Int, number: Int) {
    #expect(Day(unixSeconds: seconds).number == number)
  }
}
