/// Numbers for people: digits in groups of three, and a fixed number of decimals.
package enum Figures {
  /// A whole number in groups of three: `1,048,576`.
  package static func grouped(_ value: Int) -> String { grouped(String(value)) }

  /// A text with the digits before the point of its first number in groups: `-$4,500.00`.
  package static func grouped(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard let start = bytes.firstIndex(where: isDigit) else { return text }
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    var grouped = Array(bytes[..<start])
    for index in start..<end {
      if index > start, (end - index) % 3 == 0 { grouped.append(UInt8(ascii: ",")) }
      grouped.append(bytes[index])
    }
    return String(decoding: grouped + bytes[end...], as: UTF8.self)
  }

  /// Whether a byte is an ASCII digit.
  package static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// How many there are of something: `1 round`, `2 rounds`, `1,200 rounds`.
  /// - Parameter plural: what several are called where an s does not do.
  package static func count(_ count: Int, _ singular: String, plural: String? = nil) -> String {
    grouped(count) + " " + (count == 1 ? singular : plural ?? singular + "s")
  }

  /// An integer count of 10⁻ᵈ units as a decimal text: `fixed(1792, decimals: 3)` is `1.792`.
  /// - Parameter decimals: 0 ... 18; d.
  package static func fixed(_ value: Int64, decimals: Int) -> String {
    guard decimals > 0 else { return String(value) }
    var digits = String(value.magnitude)
    if digits.utf8.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
    }
    return (value < 0 ? "-" : "") + digits.dropLast(decimals) + "." + digits.suffix(decimals)
  }

  /// A number with a number of decimals, rounded half away from zero; `-` where it is too large.
  package static func rounded(_ value: Double, decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    guard let whole = Int64(exactly: (value * scale).rounded()) else { return "-" }
    return fixed(whole, decimals: decimals)
  }
}
