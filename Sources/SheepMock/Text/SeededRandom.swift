/// A small generator of numbers that are the same for the same seed on every machine.
///
/// SplitMix64: the state counts up by a fixed odd number, and each output mixes the state.
struct SeededRandom: Sendable {
  private var state: UInt64

  /// Starts the sequence of a seed.
  init(seed: UInt64) {
    state = seed
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A number from 0 up to and without `bound`; 0 when there is no such number.
  mutating func below(_ bound: Int) -> Int {
    bound > 0 ? Int(next() % UInt64(bound)) : 0
  }

  /// One of the elements; `nil` of none.
  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[below(elements.count)]
  }
}

/// FNV-1a over bytes: names a text, a prompt, a body. Not for secrets.
package struct ContentHash: Equatable, Sendable {
  /// The hash of what was added so far.
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The hash of some bytes.
  package init(_ bytes: some Sequence<UInt8> = []) {
    add(bytes)
  }

  /// Takes further bytes in.
  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }
}
