/// Whole numbers in decimal digits.
///
/// The standard library's own conversions are right too, but they lie far apart in its 1.6 MB, which the
/// linker cannot sort: each piece that a start touches brings 64 KiB of the program into memory
/// (docs/performance.md). This one lies beside what else a start runs.
package enum Digits {
  /// A number as text: `1200`, `-3`.
  package static func text(_ value: Int) -> String {
    var text = bytes(of: UInt128(value.magnitude))
    if value < 0 { text.insert(0x2d, at: 0) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The digits of a number in ASCII, with zeros before them until there are `width`.
  package static func bytes(of value: UInt128, width: Int = 1) -> [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(40)
    var rest = value
    // Nearly every number fits 64 bits, whose division is one instruction.
    while rest >> 64 != 0 {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      digits.append(0x30 + UInt8(truncatingIfNeeded: digit))
      rest = quotient
    }
    var word = UInt64(truncatingIfNeeded: rest)
    while word != 0 {
      digits.append(0x30 + UInt8(truncatingIfNeeded: word % 10))
      word /= 10
    }
    while digits.count < width { digits.append(0x30) }
    digits.reverse()
    return digits
  }
}
