/// Adds up the columns of a text, one code point at a time.
///
/// It knows the sequences whose width is not the sum of their parts: emoji joined
/// by ZWJ, with a skin tone or with variation selector 16, keycaps and flags are
/// two columns each.
package struct WidthMeter: Sendable {
  private enum Base { case other, digit, textEmoji, emoji, halfFlag }

  private var base = Base.other
  private var isJoined = false

  /// Whether the last code point began a new cluster, before which a line may be
  /// cut; false for marks, joined emoji, skin tones and the second half of a flag.
  package private(set) var beganCluster = true

  /// A meter at the beginning of a text.
  package init() {}

  /// The columns by which this code point widens the text: 0, 1 or 2.
  package mutating func advance(_ value: UInt32) -> Int {
    let joins = isJoined
    isJoined = false
    if value < 0x300 {
      beganCluster = true
      return advanceLatin(value)
    }
    beganCluster = false
    switch value {
    case 0xfe0f:
      // Asks for the emoji form: a narrow sign becomes two columns wide.
      guard base == .textEmoji || base == .digit else { return 0 }
      base = .emoji
      return 1
    case 0x200d:
      isJoined = base == .emoji || base == .textEmoji
      return 0
    case 0x1f3fb...0x1f3ff where base == .emoji:
      return 0
    case 0x1f3fb...0x1f3ff where base == .textEmoji:
      base = .emoji
      return 1
    case 0x1f1e6...0x1f1ff:
      beganCluster = base != .halfFlag
      base = base == .halfFlag ? .other : .halfFlag
      return 1
    default:
      break
    }
    let columns = TextWidth.of(value)
    if columns == 0 { return 0 }
    let kind = Self.kind(value, columns: columns)
    if joins, kind == .emoji || kind == .textEmoji {
      base = .emoji
      return 0
    }
    base = kind
    beganCluster = true
    return columns
  }

  private mutating func advanceLatin(_ value: UInt32) -> Int {
    switch value {
    case 0x23, 0x2a, 0x30...0x39: base = .digit
    case 0xa9, 0xae: base = .textEmoji
    default: base = .other
    }
    return TextWidth.of(value)
  }

  private static func kind(_ value: UInt32, columns: Int) -> Base {
    // No emoji lies below U+203C, nor between the enclosed ideographs and the
    // supplementary symbols; most text ends here.
    guard 0x203c...0x3299 ~= value || value >= 0x1f000, let scalar = Unicode.Scalar(value),
      scalar.properties.isEmoji
    else { return .other }
    return columns == 2 ? .emoji : .textEmoji
  }
}
