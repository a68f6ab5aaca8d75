/// Durations as rate-limit headers and error bodies write them: `12ms`, `6m0s`, `1h2m3.5s`,
/// `34.4s`, or a bare number of seconds.
package enum WireDuration {
  /// The longest duration that is taken at its word: 24 hours.
  package static let limit: Duration = .seconds(86_400)

  /// Reads a duration, at most 24 hours; `nil` for a negative one and anything malformed.
  ///
  /// Grammar: one or more numbers, each with a unit of ns, us, µs, ms, s, m, h or d; or one
  /// number alone, in seconds.
  package static func parse(_ text: String) -> Duration? {
    var bytes = Array(text.utf8)[...]
    var total: Duration = .zero
    var parts = 0
    while !bytes.isEmpty {
      guard let nanoseconds = number(&bytes) else { return nil }
      guard let unit = unit(&bytes) else {
        guard parts == 0, bytes.isEmpty else { return nil }
        return min(scaled(nanoseconds, by: 1_000_000_000), limit)
      }
      total = min(total + scaled(nanoseconds, by: unit), limit)
      parts += 1
    }
    return parts > 0 ? total : nil
  }

  /// Reads a bare number of seconds, or of `unit` nanoseconds, without the bound of 24 hours;
  /// `nil` when it is none, is negative or is beyond 10⁹ seconds.
  static func seconds(_ text: String, unit: Int64 = 1_000_000_000) -> Duration? {
    var bytes = Array(text.utf8)[...]
    guard let value = number(&bytes), bytes.isEmpty else { return nil }
    let duration = scaled(value, by: unit)
    return duration <= .seconds(1_000_000_000) ? duration : nil
  }

  /// A decimal number as billionths of itself (nine decimals are kept), clamped to 10¹⁸.
  private static func number(_ bytes: inout ArraySlice<UInt8>) -> Int128? {
    var value: Int128 = 0
    var digits = 0
    var decimals = -1
    while let byte = bytes.first {
      if byte == 0x2e, decimals < 0, digits > 0 {
        decimals = 0
      } else if (0x30...0x39).contains(byte) {
        digits += 1
        if decimals < 9 {
          value = min(value * 10 + Int128(byte - 0x30), ceiling)
          if decimals >= 0 { decimals += 1 }
        }
      } else {
        break
      }
      bytes = bytes.dropFirst()
    }
    if digits == 0 || decimals == 0 { return nil }
    for _ in max(0, decimals)..<9 { value = min(value * 10, ceiling) }
    return value
  }

  private static let ceiling: Int128 = 1_000_000_000_000_000_000_000_000_000

  /// Billionths of a unit of so many nanoseconds, as a duration of at most about 31,000 years.
  private static func scaled(_ billionths: Int128, by nanoseconds: Int64) -> Duration {
    // At most 10^27 × 8.64 × 10^13, which would leave 128 bits: divide first where it is large.
    let value: Int128
    if billionths >= 1_000_000_000_000_000_000 {
      value = billionths / 1_000_000_000 * Int128(nanoseconds)
    } else {
      value = billionths * Int128(nanoseconds) / 1_000_000_000
    }
    return .nanoseconds(Int64(clamping: value))
  }

  /// The unit at the start, in nanoseconds; `nil` when none is there.
  private static func unit(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
    // Longer spellings first: `ms` is not `m` and then `s`.
    let units: [(String, Int64)] = [
      ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
      ("m", 60_000_000_000), ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ]
    for (name, nanoseconds) in units where bytes.starts(with: name.utf8) {
      bytes = bytes.dropFirst(name.utf8.count)
      return nanoseconds
    }
    return nil
  }
}
