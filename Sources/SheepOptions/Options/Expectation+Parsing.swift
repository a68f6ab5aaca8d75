package import SheepCore

extension Expectation {
  /// Reads `KIND:VALUE`.
  package static func parse(_ text: String) throws(ValueProblem) -> Expectation {
    let wayOut = "use contains:TEXT, exact:TEXT, regex:PATTERN or schema:FILE"
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
      let kind = Kind(rawValue: String(text[..<colon]))
    else { throw ValueProblem("\(Quoted.text(text)) is not an expectation", wayOut) }
    let value = String(text[text.index(after: colon)...])
    guard !value.isEmpty else {
      throw ValueProblem("\(Quoted.text(text)) has nothing after the colon", wayOut)
    }
    return Expectation(kind: kind, value: value)
  }
}
