/// A calendar day, without a time zone: when a price was checked, when a model retires.
package struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package let number: Int

  /// The day `number` days after 1970-01-01.
  package init(number: Int) {
    self.number = number
  }

  /// The day in UTC that holds the instant `seconds` after 1970-01-01T00:00:00Z.
  package init(unixSeconds seconds: Int) {
    number = seconds >= 0 ? seconds / 86_400 : (seconds + 1) / 86_400 - 1
  }

  /// Reads `2026-11-21`; `nil` for any other form and for days that do not exist.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      (1...12).contains(month), day >= 1
    else { return nil }
    self.init(number: Self.number(year, month, day))
    guard civil == (year, month, day) else { return nil }
  }

  /// The day as `2026-11-21`.
  package var text: String {
    let (year, month, day) = civil
    let sign = year < 0 ? "-" : ""
    let years = String(year.magnitude).zeroPadded(to: year < 0 ? 3 : 4)
    return sign + years + "-" + String(month).zeroPadded(to: 2) + "-" + String(day).zeroPadded(to: 2)
  }

  package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  /// How many days lie from `other` to this day; negative when this day is the earlier one.
  package func days(since other: Day) -> Int { number - other.number }

  /// Days before `year`-03-01 plus the days within a year that starts in March: leap days fall
  /// at the year's end there, so no table of months is needed.
  private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let leapDays = shifted / 4 - shifted / 100 + shifted / 400
    return shifted * 365 + leapDays + (153 * monthFromMarch + 2) / 5 + day - 1 - 719_468
  }

  private var civil: (year: Int, month: Int, day: Int) {
    var year = 1970 + number / 366
    while Self.number(year + 1, 1, 1) <= number { year += 1 }
    while Self.number(year, 1, 1) > number { year -= 1 }
    var month = 12
    while Self.number(year, month, 1) > number { month -= 1 }
    return (year, month, number - Self.number(year, month, 1) + 1)
  }
}
