/// A regular expression of ECMA-262 as PCRE2 reads it.
///
/// Only what means something else there is changed: `.` and `\s` as to line ends and white space,
/// `\v`, `\u`, `\x`, hyphens and brackets in classes, a brace that counts nothing, and the long
/// names of general categories. What ECMA-262 does not define, such as `(?i)`, means what PCRE2
/// says. Sources: ECMA-262 (2024) 22.2.1 and 22.2.2, pcre2pattern(3) of 10.42.
struct PatternTranslation {
  /// The pattern for PCRE2, in UTF-8.
  private(set) var bytes: [UInt8] = []
  private let source: [Unicode.Scalar]
  private var index = 0
  /// For each piece that was written: where it begins in `bytes`, and where it came from.
  private var pieces: [(offset: Int, source: Int)] = []

  /// Translates a pattern.
  init(_ source: String) {
    self.source = Array(source.unicodeScalars)
    while let scalar = take() {
      switch scalar {
      case ".": write(#"[^\n\r\x{2028}\x{2029}]"#)
      case "[": characterClass()
      case "\\": escape(inClass: false)
      case "{" where !(next.map { ("0"..."9").contains($0) } ?? false): write(#"\{"#)
      default: write(scalar)
      }
    }
  }

  /// The number of the source's character, from 1, that was translated to what stands at `offset`.
  func character(at offset: Int) -> Int {
    guard offset < bytes.count else { return source.count + 1 }
    return (pieces.last { $0.offset <= offset }?.source ?? 0) + 1
  }

  private var next: Unicode.Scalar? { index < source.count ? source[index] : nil }

  /// The next scalar of the source; what is written from here on is its translation.
  private mutating func take() -> Unicode.Scalar? {
    guard let scalar = next else { return nil }
    pieces.append((bytes.count, index))
    index += 1
    return scalar
  }

  private mutating func write(_ text: String) { bytes += text.utf8 }
  private mutating func write(_ scalar: Unicode.Scalar) { bytes += String(scalar).utf8 }

  /// A class, behind its opening bracket.
  private mutating func characterClass() {
    write("[")
    if next == "^", let caret = take() { write(caret) }
    var followsSet = false
    while let scalar = take() {
      switch scalar {
      case "]":
        write("]")
        return
      case "\\": followsSet = escape(inClass: true)
      // PCRE2 has `[:alpha:]`.
      case "[": write(#"\["#)
      // A hyphen beside a set such as `\w` stands for itself.
      case "-" where followsSet || setFollows: write(#"\-"#)
      default: write(scalar)
      }
      if scalar != "\\" { followsSet = false }
    }
  }

  private var setFollows: Bool {
    index + 1 < source.count && source[index] == "\\" && "dDwWsSpP".unicodeScalars.contains(source[index + 1])
  }

  /// What stands behind a backslash; whether it is a set of characters.
  @discardableResult
  private mutating func escape(inClass: Bool) -> Bool {
    guard let scalar = next else {
      write(#"\"#)
      return false
    }
    index += 1
    switch scalar {
    case "s": write(inClass ? Self.space : "[" + Self.space + "]")
    case "S": write(inClass ? Self.notSpace : "[^" + Self.space + "]")
    case "v": write(#"\x{b}"#)
    case "0": write(#"\x{0}"#)
    case "x", "u":
      guard let value = scalar == "x" ? hexadecimal(2) : codePoint() else {
        write(scalar)
        break
      }
      write(#"\x{"# + String(value, radix: 16) + "}")
    case "p", "P":
      write(#"\"#)
      write(scalar)
      property()
    default:
      write(#"\"#)
      write(scalar)
    }
    return "dDwWsSpP".unicodeScalars.contains(scalar)
  }

  /// The white space and line ends of ECMA-262; `\s` has the ASCII part of it.
  private static let space =
    #"\s\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"#
  /// All others.
  private static let notSpace =
    #"\x{0}-\x{8}\x{e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}"#
    + #"\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"#

  /// The value of `\u00e9`, `\u{1F600}` or `\ud83d\ude00`, behind the `u`.
  private mutating func codePoint() -> UInt32? {
    let start = index
    if next == "{" {
      index += 1
      let digits = source[index...].prefix { $0 != "}" }
      index += digits.count + 1
      let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
      if value == nil || index > source.count { index = start }
      return index == start ? nil : value
    }
    guard let high = hexadecimal(4) else { return nil }
    let end = index
    guard high & 0xfc00 == 0xd800, source[index...].starts(with: ["\\", "u"]) else { return high }
    index += 2
    if let low = hexadecimal(4), low & 0xfc00 == 0xdc00 {
      return 0x10000 + (high & 0x3ff) << 10 + low & 0x3ff
    }
    index = end
    return high
  }

  private mutating func hexadecimal(_ count: Int) -> UInt32? {
    let digits = String(String.UnicodeScalarView(source[index...].prefix(count)))
    guard digits.utf8.count == count, digits.utf8.first != UInt8(ascii: "+"),
      digits.utf8.first != UInt8(ascii: "-"),
      let value = UInt32(digits, radix: 16)
    else { return nil }
    index += count
    return value
  }

  /// The property of `\p`: a general category by its short name, others as they are.
  private mutating func property() {
    guard next == "{" else { return }
    let inner = source[(index + 1)...].prefix { $0 != "}" }
    var name = String(String.UnicodeScalarView(inner))
    for prefix in ["General_Category=", "gc="] where name.hasPrefix(prefix) {
      name.removeFirst(prefix.count)
    }
    index += inner.count + 1
    write("{" + (Self.categories[name] ?? name))
  }

  /// The long names of general categories, of which PCRE2 knows the short ones.
  private static let categories: [String: String] = [
    "Letter": "L", "Cased_Letter": "L&", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll",
    "Titlecase_Letter": "Lt", "Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M",
    "Combining_Mark": "M", "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me",
    "Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No",
    "Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd",
    "Open_Punctuation": "Ps", "Close_Punctuation": "Pe", "Initial_Punctuation": "Pi",
    "Final_Punctuation": "Pf", "Other_Punctuation": "Po", "Symbol": "S", "Math_Symbol": "Sm",
    "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So", "Separator": "Z",
    "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp", "Other": "C",
    "Control": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co", "Unassigned": "Cn",
  ]
}
