package import SheepCore

/// What a response says about trying again.
package struct RetryHint: Equatable, Sendable {
  /// How long the server asks to wait, more than nothing and at most 24 hours; `nil` when it
  /// does not say, or says something that cannot be meant.
  package var delay: Duration?
  /// The server's explicit word on whether to try again; `nil` without one.
  package var shouldRetry: Bool?

  /// Reads `retry-after-ms`, `retry-after` (seconds or a date) and `x-should-retry`.
  ///
  /// Where both delays are given the longer one holds: Azure sends one second and 0 ms together.
  /// A date counts from the response's own `Date` field, so that a wrong local clock does not
  /// matter; without it from `epochSeconds`, the local clock in seconds since 1970.
  package init(headers: HTTPHeaders, epochSeconds: Int64? = nil) {
    let now = headers["date"].flatMap(HTTPDate.parse) ?? epochSeconds
    let milliseconds = headers["retry-after-ms"].flatMap { WireDuration.seconds($0, unit: 1_000_000) }
    let after = headers["retry-after"].flatMap { Self.delay($0, now: now) }
    let longest = [milliseconds, after].compactMap { $0 }.max()
    delay = longest.flatMap { $0 > .zero ? min($0, WireDuration.limit) : nil }
    switch headers["x-should-retry"]?.lowercased() {
    case "true": shouldRetry = true
    case "false": shouldRetry = false
    default: shouldRetry = nil
    }
  }

  private static func delay(_ value: String, now: Int64?) -> Duration? {
    if let seconds = WireDuration.seconds(value) { return seconds }
    guard let instant = HTTPDate.parse(value), let now, instant > now else { return nil }
    return .seconds(instant - now)
  }

  /// The delay that an error's words ask for, at most 24 hours: `Please try again in 5.289s`,
  /// `Retry after 6 minutes`. `nil` without one.
  package static func delay(inText text: String) -> Duration? {
    let bytes = Array(text.utf8)
    for phrase in ["try again in ", "retry in ", "retry after "] {
      let words = Array(phrase.utf8)
      guard bytes.count > words.count else { continue }
      for start in 0..<(bytes.count - words.count)
      where bytes[start..<start + words.count].elementsEqual(words, by: { $0 | 0x20 == $1 }) {
        var end = start + words.count
        while end < bytes.count, isDurationByte(bytes[end]) { end += 1 }
        while end > start, bytes[end - 1] == 0x2e { end -= 1 }
        let piece = String(
          decoding: bytes[start + words.count..<max(end, start + words.count)], as: UTF8.self)
        guard let delay = WireDuration.parse(piece), delay > .zero else { continue }
        return min(delay * unit(bytes[end...]), WireDuration.limit)
      }
    }
    return nil
  }

  /// How many seconds the word behind a bare number stands for: `6 minutes`, `1 hour`.
  private static func unit(_ rest: ArraySlice<UInt8>) -> Int {
    if rest.starts(with: " minute".utf8) { return 60 }
    return rest.starts(with: " hour".utf8) ? 3600 : 1
  }

  private static func isDurationByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == 0x2e || "numshd".utf8.contains(byte) || byte >= 0x80
  }
}
