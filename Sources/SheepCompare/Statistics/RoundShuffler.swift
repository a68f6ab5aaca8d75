/// The random order of targets, the same for the same seed on every machine.
///
/// SplitMix64 (Steele, Lea and Flood, 2014) with Fisher and Yates's shuffle; written out here
/// because the standard library may change its own algorithms from release to release.
package struct RoundShuffler: Sendable {
  private var state: UInt64

  /// A shuffler of this seed.
  package init(seed: UInt64) {
    state = seed
  }

  /// The next 64 evenly distributed bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  /// Evenly distributed over 0 ..< `bound`; `bound` is 1 or more.
  package mutating func next(below bound: Int) -> Int {
    let bound = UInt64(max(1, bound))
    // The product's high half is even except for the remainder of 2⁶⁴, which is drawn again.
    var product = next().multipliedFullWidth(by: bound)
    let unfair = (0 &- bound) % bound
    while product.low < unfair { product = next().multipliedFullWidth(by: bound) }
    return Int(product.high)
  }

  /// Evenly distributed over 0 ..< 1.
  package mutating func nextUnit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// The numbers 0 ..< `count` in a fresh random order.
  package mutating func order(of count: Int) -> [Int] {
    var order = Array(0..<max(0, count))
    for last in order.indices.dropFirst().reversed() {
      order.swapAt(last, next(below: last + 1))
    }
    return order
  }
}
