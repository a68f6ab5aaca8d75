#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a value stands on an axis: from 0 in even steps, or by powers where the values lie far
/// apart.
struct ChartScale: Equatable {
  /// A mark of the axis.
  struct Tick: Equatable {
    /// 0 ... 1 along the axis.
    let position: Double
    let value: Double
  }

  private let low: Double
  private let high: Double
  /// Whether equal distances are equal ratios.
  let isLogarithmic: Bool
  /// The marks, from low to high.
  private(set) var ticks: [Tick] = []

  /// Values that lie farther apart than this are drawn by powers.
  private static let widestEvenRatio = 8.0
  /// The share of a logarithmic axis that is kept for values of 0, which have no power.
  private static let roomForZero = 0.08

  private let hasZero: Bool

  /// A scale on which all `values` can be told apart; negative ones count as 0.
  /// - Parameter count: about how many marks there are to be.
  init(_ values: [Double], ticks count: Int) {
    let finite = values.filter { $0.isFinite }.map { max(0, $0) }
    let positive = finite.filter { $0 > 0 }
    let largest = positive.max() ?? 1
    let smallest = positive.min() ?? 1
    isLogarithmic = largest / smallest > Self.widestEvenRatio
    hasZero = finite.contains(0)
    if isLogarithmic {
      low = smallest / 1.25
      high = largest * 1.25
    } else {
      low = 0
      high = largest * 1.12
    }
    ticks = (isLogarithmic ? powers(count) : steps(count)).map { Tick(position: position($0), value: $0) }
  }

  /// Where a value stands, 0 ... 1.
  func position(_ value: Double) -> Double {
    guard isLogarithmic else { return max(0, min(1, value / high)) }
    guard value > 0 else { return Self.roomForZero / 3 }
    let share = log(value / low) / log(high / low)
    let room = hasZero ? Self.roomForZero : 0
    return max(0, min(1, room + (1 - room) * share))
  }

  private func steps(_ count: Int) -> [Double] {
    let raw = high / Double(max(1, count))
    let power = pow(10, floor(log10(raw)))
    let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= raw } ?? raw
    return stride(from: 0, through: high, by: step).map { $0 }
  }

  /// 1, 2 and 5 of each power of ten; fewer of them over a wide range.
  private func powers(_ count: Int) -> [Double] {
    let exponents = Int(floor(log10(low)))...Int(floor(log10(high)))
    for digits in [[1.0, 2, 5], [1, 3], [1]] {
      let found = exponents.flatMap { exponent in digits.map { $0 * pow(10, Double(exponent)) } }
        .filter { $0 >= low && $0 <= high }
      if found.count <= count + 2 || digits.count == 1 { return (hasZero ? [0] : []) + found }
    }
    return []
  }
}
