/// Reads the text of a regular expression into a tree; see `TextPattern`.
struct TextPatternParser {
  /// What a pattern is made of.
  indirect enum Tree {
    case scalar(ScalarSet)
    case anchor(TextPattern.Anchor)
    case sequence([Tree])
    case choice([Tree])
    /// `most` is `nil` for any number.
    case repeated(Tree, least: Int, most: Int?)
  }

  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0

  private static let depthLimit = 50
  private static let countLimit = 1000

  /// Prepares to read `source`.
  init(_ source: String) {
    scalars = Array(source.unicodeScalars)
  }

  /// The whole pattern; `nil` when it is malformed or beyond what an automaton does.
  mutating func parse() -> Tree? {
    guard let tree = choice(), index == scalars.count else { return nil }
    return tree
  }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    index += 1
    return true
  }

  private mutating func choice() -> Tree? {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { return nil }
    var alternatives: [Tree] = []
    repeat {
      guard let alternative = sequence() else { return nil }
      alternatives.append(alternative)
    } while take("|")
    return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
  }

  private mutating func sequence() -> Tree? {
    var parts: [Tree] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      guard let atom = atom(), let part = quantified(atom) else { return nil }
      parts.append(part)
    }
    return .sequence(parts)
  }

  private mutating func atom() -> Tree? {
    guard let scalar = next else { return nil }
    index += 1
    switch scalar {
    case "^": return .anchor(.start)
    case "$": return .anchor(.end)
    case ".": return .scalar(.notLineEnd)
    case "(": return group()
    case "[": return characterClass().map { .scalar($0) }
    case "\\": return escape()
    case "*", "+", "?": return nil
    default: return .scalar(Self.only(scalar))
    }
  }

  private mutating func group() -> Tree? {
    if take("?") {
      if take("<") {
        // A named group is only a group here; `(?<=` and `(?<!` look behind.
        guard let first = next, first != "=", first != "!" else { return nil }
        while let scalar = next, scalar != ">" { index += scalar == ")" ? scalars.count : 1 }
        guard take(">") else { return nil }
      } else if !take(":") {
        return nil
      }
    }
    guard let inner = choice(), take(")") else { return nil }
    return inner
  }

  private mutating func quantified(_ atom: Tree) -> Tree? {
    var result = atom
    let range: (least: Int, most: Int?)
    switch next {
    case "*": range = (0, nil)
    case "+": range = (1, nil)
    case "?": range = (0, 1)
    case "{":
      let before = index
      guard let counted = counts() else {
        index = before
        return atom
      }
      if counted.least > Self.countLimit || (counted.most ?? 0) > Self.countLimit { return nil }
      if let most = counted.most, most < counted.least { return nil }
      range = counted
      index -= 1
    default: return atom
    }
    index += 1
    _ = take("?")  // Which match is found first does not matter, only whether there is one.
    result = .repeated(atom, least: range.least, most: range.most)
    if let scalar = next, scalar == "*" || scalar == "+" || scalar == "?" { return nil }
    return result
  }

  /// `{2}`, `{2,}` or `{2,5}`; `nil` when the brace is a literal one.
  private mutating func counts() -> (least: Int, most: Int?)? {
    guard take("{"), let least = count() else { return nil }
    if take("}") { return (least, least) }
    guard take(",") else { return nil }
    if take("}") { return (least, nil) }
    guard let most = count(), take("}") else { return nil }
    return (least, most)
  }

  private mutating func count() -> Int? {
    var value: Int?
    while let scalar = next, ("0"..."9").contains(scalar) {
      value = min(1_000_000, (value ?? 0) * 10 + Int(scalar.value - 0x30))
      index += 1
    }
    return value
  }

  private mutating func escape() -> Tree? {
    guard let scalar = next else { return nil }
    switch scalar {
    case "b":
      index += 1
      return .anchor(.wordBoundary)
    case "B":
      index += 1
      return .anchor(.noWordBoundary)
    case "1"..."9", "k": return nil
    default: return escapedSet().map { .scalar($0) }
    }
  }

  /// What stands behind a backslash, inside a class or outside.
  private mutating func escapedSet() -> ScalarSet? {
    guard let scalar = next else { return nil }
    index += 1
    switch scalar {
    case "d": return .digit
    case "D": return ScalarSet.digit.inverted
    case "w": return .word
    case "W": return ScalarSet.word.inverted
    case "s": return .space
    case "S": return ScalarSet.space.inverted
    case "t": return Self.only("\t")
    case "n": return Self.only("\n")
    case "r": return Self.only("\r")
    case "f": return Self.only("\u{0c}")
    case "v": return Self.only("\u{0b}")
    case "0": return Self.only("\0")
    case "x": return hexadecimal(2).flatMap(Unicode.Scalar.init).map(Self.only)
    case "u": return unicodeEscape().flatMap(Unicode.Scalar.init).map(Self.only)
    case "a"..."z", "A"..."Z", "1"..."9": return nil
    default: return Self.only(scalar)
    }
  }

  private mutating func unicodeEscape() -> UInt32? {
    if take("{") {
      var value: UInt32 = 0
      while let digit = next.flatMap(Self.hexadecimalDigit), value <= 0x10_ffff {
        value = value << 4 | digit
        index += 1
      }
      return take("}") ? value : nil
    }
    guard let unit = hexadecimal(4) else { return nil }
    guard unit & 0xfc00 == 0xd800 else { return unit }
    guard take("\\"), take("u"), let low = hexadecimal(4), low & 0xfc00 == 0xdc00 else { return nil }
    return 0x10000 + (unit & 0x3ff) << 10 + low & 0x3ff
  }

  private mutating func hexadecimal(_ digits: Int) -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = next.flatMap(Self.hexadecimalDigit) else { return nil }
      value = value << 4 | digit
      index += 1
    }
    return value
  }

  private static func hexadecimalDigit(_ scalar: Unicode.Scalar) -> UInt32? {
    switch scalar {
    case "0"..."9": scalar.value - 0x30
    case "a"..."f": scalar.value - 0x61 + 10
    case "A"..."F": scalar.value - 0x41 + 10
    default: nil
    }
  }

  private mutating func characterClass() -> ScalarSet? {
    let isInverted = take("^")
    var set = ScalarSet(ranges: [])
    while let scalar = next, scalar != "]" {
      guard let first = classMember() else { return nil }
      guard next == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
        set.formUnion(first)
        continue
      }
      index += 1
      guard let last = classMember() else { return nil }
      guard let low = Self.single(first), let high = Self.single(last) else {
        // `[\w-.]`: a class cannot begin a range, so the hyphen stands for itself.
        set.formUnion(first)
        set.formUnion(Self.only("-"))
        set.formUnion(last)
        continue
      }
      if low > high { return nil }
      set.ranges.append(low...high)
    }
    guard take("]") else { return nil }
    set.isInverted = isInverted
    return set
  }

  private mutating func classMember() -> ScalarSet? {
    guard let scalar = next else { return nil }
    index += 1
    guard scalar == "\\" else { return Self.only(scalar) }
    if take("b") { return Self.only("\u{08}") }
    return escapedSet()
  }

  private static func single(_ set: ScalarSet) -> UInt32? {
    guard !set.isInverted, set.ranges.count == 1, set.ranges[0].count == 1 else { return nil }
    return set.ranges[0].lowerBound
  }

  private static func only(_ scalar: Unicode.Scalar) -> ScalarSet {
    ScalarSet(ranges: [scalar.value...scalar.value])
  }
}
