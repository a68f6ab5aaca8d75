import SheepCore

/// Parsers of whole numbers.
package enum WholeNumber {
  /// A parser of whole numbers from `low` to `high`, both included.
  package static func between(_ low: Int, _ high: Int) -> ValueParser<Int> {
    { text throws(ValueProblem) in
      let number = plain(text)
      if let number, number >= low, number <= high { return number }
      throw ValueProblem(
        "\(Quoted.text(text)) is \(number == nil ? "not a whole number" : "out of range")",
        "use one from \(low) to \(high)")
    }
  }

  /// Any whole number that fits in 64 bits.
  package static func any(_ text: String) throws(ValueProblem) -> Int {
    guard let number = plain(text) else {
      throw ValueProblem("\(Quoted.text(text)) is not a whole number", "use one such as 42")
    }
    return number
  }

  /// Digits with at most a leading minus; Swift's own initialiser would also take a plus.
  private static func plain(_ text: String) -> Int? {
    text.utf8.first == UInt8(ascii: "+") ? nil : Int(text)
  }
}

/// Parsers of spans of time.
package enum TimeSpan {
  /// The units that may follow the number, with their length in nanoseconds.
  private static let units: [(name: String, nanoseconds: Int)] = [
    ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
  ]

  /// The longest span: a week, in nanoseconds.
  private static let longest = 7 * 24 * 3_600_000_000_000

  /// Reads `2`, `0.5`, `500ms`, `2m`, `1h`; a bare number is seconds.
  package static func seconds(_ text: String) throws(ValueProblem) -> Duration {
    try parse(text, bareUnit: 1_000_000_000, "use seconds such as 2 or 0.5, or 500ms, 2m, 1h")
  }

  /// Reads the same spellings; a bare number is milliseconds.
  package static func milliseconds(_ text: String) throws(ValueProblem) -> Duration {
    try parse(text, bareUnit: 1_000_000, "use milliseconds such as 80, or 0.5s")
  }

  private static func parse(
    _ text: String, bareUnit: Int, _ wayOut: String
  ) throws(ValueProblem) -> Duration {
    var digits = Substring(text)
    var unit = bareUnit
    if let last = text.utf8.last, !DecimalText.isDigit(last), last != UInt8(ascii: "."),
      let named = units.first(where: { text.hasSuffix($0.name) })
    {
      digits = digits.dropLast(named.name.count)
      unit = named.nanoseconds
    }
    guard !digits.hasPrefix("-"), let number = DecimalText(String(digits)),
      let span = nanoseconds(number, unit)
    else { throw ValueProblem("\(Quoted.text(text)) is not a time", wayOut) }
    guard span <= longest else {
      throw ValueProblem("\(Quoted.text(text)) is longer than a week", wayOut)
    }
    return .nanoseconds(span)
  }

  /// `number` times `unit`, cut to whole nanoseconds; `Int.max` where it does not fit.
  private static func nanoseconds(_ number: DecimalText, _ unit: Int) -> Int? {
    let parts = number.text.split(separator: ".")
    guard let whole = Int(parts[0]) else { return nil }
    let (product, overflows) = whole.multipliedReportingOverflow(by: unit)
    guard !overflows, product <= longest else { return Int.max }
    var total = product
    var place = unit
    for digit in parts.count == 2 ? Array(parts[1].utf8) : [] {
      place /= 10
      total += Int(digit - UInt8(ascii: "0")) * place
    }
    return total
  }
}

/// Parsers of text.
package enum PlainText {
  /// Any text, even an empty one.
  package static func any(_ text: String) throws(ValueProblem) -> String { text }

  /// Text that is not empty.
  package static func nonEmpty(_ text: String) throws(ValueProblem) -> String {
    guard !text.isEmpty else { throw ValueProblem("is empty", "give a value or leave it out") }
    return text
  }

  /// The path of a file; whether it can be read is found out when it is read.
  package static func path(_ text: String) throws(ValueProblem) -> String {
    guard !text.isEmpty else { throw ValueProblem("is empty", "give the path of a file") }
    guard !text.utf8.contains(0) else {
      throw ValueProblem("\(Quoted.text(text)) contains a zero byte", "give the path of a file")
    }
    return text
  }

  /// The name of an environment variable; never repeats what was given, which may be a key.
  package static func variableName(_ text: String) throws(ValueProblem) -> String {
    let isName = text.utf8.enumerated().allSatisfy { index, byte in
      let isLetter = (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
      return isLetter || byte == UInt8(ascii: "_") || (index > 0 && DecimalText.isDigit(byte))
    }
    guard isName, !text.isEmpty, !KeyShape.matches(text) else {
      throw ValueProblem(
        "takes the name of a variable, not a key", "use a name such as HOLYSHEEP_API_KEY")
    }
    return text
  }

  /// An absolute web address; the transport checks the rest when it takes the address apart.
  package static func webAddress(_ text: String) throws(ValueProblem) -> String {
    let lowered = text.lowercased()
    guard lowered.hasPrefix("https://") || lowered.hasPrefix("http://") else {
      throw ValueProblem(
        "\(Quoted.text(text)) is not a web address",
        "use one such as https://api.holysheep.ai/v1")
    }
    return try unbroken(text)
  }

  /// Text of one line without spaces or control characters.
  package static func unbroken(_ text: String) throws(ValueProblem) -> String {
    guard !text.isEmpty else { throw ValueProblem("is empty", "give a value or leave it out") }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw ValueProblem("\(Quoted.text(text)) contains a space or control character", "remove it")
    }
    return text
  }
}

/// A value that is one of a few words.
package protocol WordChoice: CaseIterable, RawRepresentable<String>, Sendable {}

extension WordChoice {
  /// The words, in the order in which help lists them.
  package static var words: [String] { allCases.map(\.rawValue) }

  /// Reads one of the words, exactly as it is written.
  package static func parse(_ text: String) throws(ValueProblem) -> Self {
    if let choice = Self(rawValue: text) { return choice }
    throw ValueProblem(text, isNoneOf: words)
  }
}

extension ValueProblem {
  /// `text` is none of `words`.
  fileprivate init(_ text: String, isNoneOf words: [String]) {
    let list =
      words.count > 1
      ? words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1] : words[0]
    self.init("\(Quoted.text(text)) is not allowed", "use \(list)")
  }
}
