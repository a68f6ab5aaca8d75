import SheepCore

/// Reads the counts of a usage report, and notes whether any of them cannot be right.
struct UsageReader {
  private let json: JSON
  /// Whether a count is no count, or parts are more than their whole.
  var isContradictory = false

  /// Reads from this report.
  init(_ json: JSON) {
    self.json = json
  }

  /// A member's count; `nil` when it is missing or cannot be right.
  mutating func count(_ name: String) -> Int? { count(json[name]) }

  /// The count of a member's member.
  mutating func count(_ object: String, _ name: String) -> Int? { count(json[object]?[name]) }

  private mutating func count(_ value: JSON?) -> Int? {
    guard let value else { return nil }
    let count = value.count
    if count == nil { isContradictory = true }
    return count
  }

  /// `whole` less its parts; 0 when they are more than the whole.
  mutating func less(_ whole: Int, _ parts: Int?...) -> Int {
    let parts = Self.sum(parts)
    if parts > whole {
      isContradictory = true
      return 0
    }
    return whole - parts
  }

  /// The sum of what is known, at most `Int.max`.
  static func sum(_ parts: [Int?]) -> Int {
    parts.reduce(0) { total, part in
      let (sum, overflow) = total.addingReportingOverflow(part ?? 0)
      return overflow ? .max : sum
    }
  }

  /// Whether the record is whole or contradicts itself.
  var source: Usage.Source { isContradictory ? .partial : .reported }
}
