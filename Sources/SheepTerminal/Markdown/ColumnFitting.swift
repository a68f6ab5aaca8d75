/// Shares the columns of a row among the columns of a table.
enum ColumnFitting {
  /// Widths of at most `available` in sum, or nil when the least ones are more.
  ///
  /// A column is never wider than its natural width and never narrower than its
  /// least one. Within that the widest give way first, down to one common cap.
  static func fit(natural: [Int], least: [Int], into available: Int) -> [Int]? {
    let least = zip(natural, least).map { min($0, $1) }
    guard least.reduce(0, +) <= available else { return nil }
    func widths(cap: Int) -> [Int] { zip(natural, least).map { max($1, min($0, cap)) } }
    var low = 0
    var high = min(natural.max() ?? 0, available)
    while low < high {
      let cap = (low + high + 1) / 2
      if widths(cap: cap).reduce(0, +) <= available { low = cap } else { high = cap - 1 }
    }
    var fitted = widths(cap: low)
    // What the common cap left over goes to the first that still want it.
    var spare = available - fitted.reduce(0, +)
    for index in fitted.indices where spare > 0 && fitted[index] < natural[index] {
      fitted[index] += 1
      spare -= 1
    }
    return fitted
  }
}
