#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether wins and losses are told from the throws of a coin: the exact two-sided binomial
/// test at one half, ties left out.
package enum SignTest {
  /// Below this many wins and losses together no result can be rarer than 5 %.
  package static let least = 6

  /// The probability of a split at least as uneven by chance alone, 0 ... 1; 1 without any.
  package static func pValue(wins: Int, losses: Int) -> Double {
    let count = max(0, wins) + max(0, losses)
    guard count > 0 else { return 1 }
    // By logarithms, because 2⁻ⁿ leaves the range of numbers beyond a thousand.
    var term = -Double(count) * log(2)
    var tail = 0.0
    for chosen in 0...min(wins, losses) {
      tail += exp(term)
      term += log(Double(count - chosen)) - log(Double(chosen + 1))
    }
    return min(1, 2 * tail)
  }
}
