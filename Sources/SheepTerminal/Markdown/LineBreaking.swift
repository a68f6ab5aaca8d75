/// Where a line may be cut between two characters that no space separates.
///
/// Between Chinese and Japanese characters anywhere, except before closing and
/// after opening punctuation (kinsoku shori). Korean is written with spaces and is
/// cut at them, as English is.
enum LineBreaking {
  /// Whether a line may end after `left` and go on with `right`.
  @inline(__always)
  static func isAllowed(between left: UInt32, and right: UInt32) -> Bool {
    guard left >= 0x2e80 || right >= 0x2e80 else { return false }
    guard isIdeographic(left) || isIdeographic(right) else { return false }
    return !mayNotBegin(right) && !mayNotEnd(left)
  }

  private static func isIdeographic(_ value: UInt32) -> Bool {
    switch value {
    case 0x2e80...0x312f, 0x3190...0x4dbf, 0x4e00...0xa4cf: true
    case 0xf900...0xfaff, 0xfe30...0xfe4f, 0xff01...0xff60: true
    case 0x1f300...0x1faff, 0x20000...0x3fffd: true
    default: false
    }
  }

  /// Closing marks, sentence ends, small kana and the like.
  private static func mayNotBegin(_ value: UInt32) -> Bool {
    switch value {
    case 0x21, 0x25, 0x29, 0x2c, 0x2e, 0x3a, 0x3b, 0x3f, 0x5d, 0x7d: true
    case 0x22, 0x27, 0x2019, 0x201d, 0x2026, 0x2030, 0x203c, 0x2103: true
    case 0x3001...0x3003, 0x3005, 0x3009, 0x300b, 0x300d, 0x300f, 0x3011: true
    case 0x3015, 0x3017, 0x3019, 0x301b...0x301f, 0x303b: true
    case 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x308e: true
    case 0x3095...0x3096, 0x309b...0x309e, 0x30fb...0x30fe: true
    case 0x30a1, 0x30a3, 0x30a5, 0x30a7, 0x30a9, 0x30c3, 0x30e3, 0x30e5, 0x30e7, 0x30ee: true
    case 0x30f5...0x30f6, 0x31f0...0x31ff: true
    case 0xff01, 0xff05, 0xff09, 0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff1f, 0xff3d, 0xff5d: true
    case 0xff60: true
    // Korean particles follow their noun, whatever script that is in.
    case 0xac00...0xd7a3: true
    default: false
    }
  }

  /// Opening brackets and quotation marks.
  private static func mayNotEnd(_ value: UInt32) -> Bool {
    switch value {
    case 0x22, 0x27, 0x28, 0x5b, 0x7b, 0x2018, 0x201c: true
    case 0x3008, 0x300a, 0x300c, 0x300e, 0x3010, 0x3014, 0x3016, 0x3018, 0x301a, 0x301d: true
    case 0xff08, 0xff3b, 0xff5b, 0xff5f: true
    default: false
    }
  }
}
