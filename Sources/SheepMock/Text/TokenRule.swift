/// The gateway's own rule for what a token is: simple, the same on every machine, and close
/// enough to real tokenizers that counts and prices look right.
///
/// A token is at most one blank, then up to six letters or digits of ASCII, or up to two other
/// letters (Hangul, Han), or a run of at most four equal ASCII signs or line ends, or any other
/// single scalar. Prompts are counted and answers are cut by the same rule.
package enum TokenRule {
  /// Where each token ends, in bytes from the start; the last is the text's length.
  package static func cut(_ text: [UInt8]) -> [Int] {
    var ends: [Int] = []
    ends.reserveCapacity(text.count / 4 + 1)
    var index = 0
    while index < text.count {
      index = end(of: text, from: index)
      ends.append(index)
    }
    return ends
  }

  /// How many tokens a text has.
  package static func count(_ text: some Sequence<UInt8>) -> Int {
    cut(Array(text)).count
  }

  private static func end(of text: [UInt8], from start: Int) -> Int {
    var index = start
    if text[index] == UInt8(ascii: " ") {
      index += 1
      guard index < text.count, isLetter(text[index]) else { return index }
    }
    let first = text[index]
    if isWordByte(first) {
      let limit = min(text.count, index + 6)
      while index < limit, isWordByte(text[index]) { index += 1 }
      return index
    }
    if first < 0x80 {
      let limit = min(text.count, index + 4)
      while index < limit, text[index] == first { index += 1 }
      return index
    }
    index = scalarEnd(of: text, from: index)
    // A second letter of three bytes belongs to the same token; signs and emoji do not.
    if isWide(first), index < text.count, isWide(text[index]) {
      index = scalarEnd(of: text, from: index)
    }
    return index
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { isWordByte(byte) || byte >= 0x80 }

  /// The lead bytes of Han (E4–E9) and Hangul (EA–ED).
  private static func isWide(_ byte: UInt8) -> Bool { (0xe4...0xed).contains(byte) }

  private static func scalarEnd(of text: [UInt8], from start: Int) -> Int {
    var index = start + 1
    while index < text.count, index < start + 4, text[index] & 0xc0 == 0x80 { index += 1 }
    return index
  }
}
