/// The instants of HTTP header fields (RFC 9110, section 5.6.7), in all three forms that it asks
/// a recipient to read.
package enum HTTPDate {
  /// Seconds since 1970 in UTC; `nil` when the text is no HTTP date between 1970 and 9999.
  ///
  /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
  /// `Sun Nov  6 08:49:37 1994`.
  package static func parse(_ text: String) -> Int64? {
    var words = text.utf8.split { $0 == 0x20 || $0 == 0x2c || $0 == 0x2d }.map(Array.init)
    guard !words.isEmpty, isWeekday(words.removeFirst()) else { return nil }
    if words.last.map({ $0 == Array("GMT".utf8) || $0 == Array("UTC".utf8) }) ?? false { words.removeLast() }
    guard words.count == 4 else { return nil }
    // asctime puts the month before the day, and the year last.
    let isAsctime = month(words[0]) != nil
    guard let month = month(words[isAsctime ? 0 : 1]),
      let day = number(words[isAsctime ? 1 : 0], digits: 1...2),
      var year = number(words[isAsctime ? 3 : 2], digits: 2...4),
      let seconds = time(words[isAsctime ? 2 : 3])
    else { return nil }
    if words[isAsctime ? 3 : 2].count == 2 { year += year < 70 ? 2000 : 1900 }
    guard year >= 1970, day >= 1, day <= length(of: month, year) else { return nil }
    return days(year, month, day) * 86_400 + seconds
  }

  /// Seconds since 1970 in UTC of an instant as JSON interfaces write it (RFC 3339, section 5.6):
  /// `1994-11-06T08:49:37Z`, also with a fraction (dropped) or an offset; `nil` when the text is
  /// none between 1970 and 9999.
  package static func parseInternetDate(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[4] == 0x2d, bytes[7] == 0x2d, bytes[10] | 0x20 == 0x74,
      let year = number(bytes[..<4], digits: 4...4), let month = number(bytes[5..<7], digits: 2...2),
      let day = number(bytes[8..<10], digits: 2...2), let seconds = time(Array(bytes[11..<19])),
      year >= 1970, (1...12).contains(month), day >= 1, day <= length(of: month, year)
    else { return nil }
    var rest = bytes[19...]
    if rest.first == 0x2e {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty else { return nil }
      rest = rest[digits.endIndex...]
    }
    guard let offset = offset(rest) else { return nil }
    return days(year, month, day) * 86_400 + seconds - offset
  }

  /// `Z`, or hours and minutes ahead of it, in seconds.
  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard let sign = bytes.first else { return nil }
    let digits = bytes.dropFirst()
    if sign | 0x20 == 0x7a { return digits.isEmpty ? 0 : nil }
    guard sign == 0x2b || sign == 0x2d, digits.count == 5,
      let seconds = time(Array(digits) + Array(":00".utf8))
    else {
      return nil
    }
    return sign == 0x2d ? -seconds : seconds
  }

  private static func isWeekday(_ word: [UInt8]) -> Bool {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    return names.contains { word == Array($0.utf8) || word == Array($0.utf8.prefix(3)) }
  }

  private static func month(_ word: [UInt8]) -> Int64? {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return names.firstIndex { Array($0.utf8) == word }.map { Int64($0) + 1 }
  }

  private static func number(_ word: some Collection<UInt8>, digits: ClosedRange<Int>) -> Int64? {
    guard digits.contains(word.count) else { return nil }
    var value: Int64 = 0
    for byte in word {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    return value
  }

  private static func time(_ word: [UInt8]) -> Int64? {
    let parts = word.split(separator: 0x3a, omittingEmptySubsequences: false)
    guard parts.count == 3, let hours = number(parts[0], digits: 1...2), hours < 24,
      let minutes = number(parts[1], digits: 2...2), minutes < 60,
      let seconds = number(parts[2], digits: 2...2), seconds <= 60
    else { return nil }
    return hours * 3600 + minutes * 60 + seconds
  }

  private static func isLeap(_ year: Int64) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func length(of month: Int64, _ year: Int64) -> Int64 {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1 January 1970.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let before = year - 1
    var days = (year - 1970) * 365 + (before / 4 - before / 100 + before / 400) - 477
    for earlier in 1..<max(1, month) { days += length(of: earlier, year) }
    return days + day - 1
  }
}
