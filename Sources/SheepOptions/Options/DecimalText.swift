/// A decimal number kept as the user wrote it, so that no digit changes on its way
/// into a request.
///
/// The text is a valid JSON number without an exponent: `.5` is kept as `0.5`, `01` as `1`.
package struct DecimalText: Equatable, Sendable {
  /// The number, ready to stand in JSON.
  package let text: String

  /// The most digits on either side of the point; more is a typo.
  private static let mostDigits = 18

  /// Reads `text`; nil when it is not plain digits with at most one point and a leading minus.
  package init?(_ text: String) {
    var bytes = Array(text.utf8)
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { bytes.removeFirst() }
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, bytes.contains(where: { $0 != UInt8(ascii: ".") }),
      parts.allSatisfy({ $0.count <= Self.mostDigits && $0.allSatisfy(Self.isDigit) })
    else { return nil }
    let whole = parts[0].drop { $0 == UInt8(ascii: "0") }
    let fraction = parts.count == 2 ? parts[1] : []
    var kept = isNegative ? "-" : ""
    kept += whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self)
    if !fraction.isEmpty { kept += "." + String(decoding: fraction, as: UTF8.self) }
    self.text = kept
  }

  /// A parser of numbers from `low` to `high`, both included.
  package static func between(_ low: Int, _ high: Int) -> ValueParser<DecimalText> {
    { text throws(ValueProblem) in
      let number = DecimalText(text)
      if let number, number.isWithin(low, high) { return number }
      throw ValueProblem(
        "\(Quoted.text(text)) is \(number == nil ? "not a number" : "out of range")",
        "use one from \(low) to \(high)")
    }
  }

  /// Reads an amount in US dollars, with or without the sign: `0.50`, `$2`; never negative.
  package static func dollars(_ text: String) throws(ValueProblem) -> DecimalText {
    let wayOut = "use US dollars, such as 0.50"
    guard let number = DecimalText(text.hasPrefix("$") ? String(text.dropFirst()) : text) else {
      throw ValueProblem("\(Quoted.text(text)) is not an amount", wayOut)
    }
    guard number.isWithin(0, 1_000_000) else {
      throw ValueProblem("\(Quoted.text(text)) is out of range", wayOut)
    }
    // Prices are counted in picodollars, 12 places; a finer amount could not be kept exactly.
    guard number.fractionDigits <= 12 else {
      throw ValueProblem("\(Quoted.text(text)) has more than 12 decimal places", wayOut)
    }
    return number
  }

  /// How many digits follow the point.
  private var fractionDigits: Int {
    text.utf8.split(separator: UInt8(ascii: ".")).dropFirst().first?.count ?? 0
  }

  private var isZero: Bool { !text.utf8.contains { $0 > UInt8(ascii: "0") && Self.isDigit($0) } }

  /// Exact comparison with whole bounds, without floating point.
  private func isWithin(_ low: Int, _ high: Int) -> Bool {
    let isNegative = text.utf8.first == UInt8(ascii: "-") && !isZero
    let parts = text.utf8.split(separator: UInt8(ascii: "."))
    guard let whole = Int(String(Substring(parts[0]))) else { return false }
    let hasFraction = parts.count == 2 && parts[1].contains { $0 != UInt8(ascii: "0") }
    if isNegative { return whole > low || (whole == low && !hasFraction) }
    return whole >= low && (whole < high || (whole == high && !hasFraction))
  }

  package static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
