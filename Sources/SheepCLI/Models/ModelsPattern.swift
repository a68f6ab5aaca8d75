import SheepOptions
import SheepRun

/// Which models a list is about: those with this text in their name, or of this shape.
struct ModelsPattern {
  private let bytes: [UInt8]
  private let isGlob: Bool

  /// A pattern; with `*` or `?` it must fit the whole name, else any part of it. Case does not
  /// count.
  init(_ text: String) {
    bytes = Self.folded(text)
    isGlob = bytes.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  /// Whether a name is meant.
  func matches(_ name: String) -> Bool {
    let name = Self.folded(name)
    if isGlob { return Self.fits(name, bytes) }
    guard bytes.count <= name.count else { return false }
    return (0...(name.count - bytes.count)).contains { name[$0...].starts(with: bytes) }
  }

  private static func folded(_ text: String) -> [UInt8] {
    text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
  }

  /// Glob matching with one place to come back to, so that it takes linear time per star.
  private static func fits(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
    var place = 0
    var step = 0
    var star: (step: Int, place: Int)?
    while place < name.count {
      if step < pattern.count, pattern[step] == UInt8(ascii: "*") {
        star = (step + 1, place)
        step += 1
      } else if step < pattern.count, pattern[step] == UInt8(ascii: "?") || pattern[step] == name[place] {
        step += 1
        place += 1
      } else if let (afterStar, start) = star {
        star = (afterStar, start + 1)
        step = afterStar
        place = start + 1
      } else {
        return false
      }
    }
    return pattern[step...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

/// The order in which people look for names: digits count as the numbers that they write.
enum NaturalOrder {
  /// Whether `left` comes before `right`.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    var (first, second) = (0, 0)
    while first < left.count, second < right.count {
      if DecimalText.isDigit(left[first]), DecimalText.isDigit(right[second]) {
        let one = digits(left, &first)
        let other = digits(right, &second)
        if one.count != other.count { return one.count < other.count }
        if one != other { return one.lexicographicallyPrecedes(other) }
      } else {
        if left[first] != right[second] { return left[first] < right[second] }
        first += 1
        second += 1
      }
    }
    if left.count - first != right.count - second { return left.count - first < right.count - second }
    return left.lexicographicallyPrecedes(right)
  }

  /// The digits from `index` on without leading zeros.
  private static func digits(_ bytes: [UInt8], _ index: inout Int) -> ArraySlice<UInt8> {
    let start = index
    while index < bytes.count, DecimalText.isDigit(bytes[index]) { index += 1 }
    return bytes[start..<index].drop { $0 == UInt8(ascii: "0") }
  }
}
