/// Prices that the user gave on the command line.
package struct UserPrice: Equatable, Sendable {
  /// The model they are for, as typed; `nil`: every model of the call.
  package var model: String?
  package var prices: Prices

  /// Prices for `model`, or for every model.
  package init(model: String?, prices: Prices) {
    self.model = model
    self.prices = prices
  }

  /// Reads `in=2.5,out=15` or `MODEL:in=2.5,out=15`, in US dollars per million tokens.
  ///
  /// Further names: `cached`, `write`, `write-1h`, `reasoning`, and `request`, which is a fee in
  /// dollars for each request. `in` and `out` are needed; 0 is free.
  /// - Throws: `usage`, with `--price` as the subject.
  package init(parsing text: String) throws(Failure) {
    let (model, list) = try Self.splittingModel(from: text)
    self.init(model: model, prices: Prices())
    var seen: Set<String> = []
    for pair in list.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(sides[0])
      guard sides.count == 2 else {
        throw Self.failure("'\(pair)' is not in the form NAME=PRICE")
      }
      guard seen.insert(name).inserted else { throw Self.failure("'\(name)' is given twice") }
      try set(name, to: String(sides[1]))
    }
    guard prices.base.input != nil, prices.base.output != nil else {
      throw Self.failure("\(prices.base.input == nil ? "in" : "out")=… is missing")
    }
  }

  /// A model's name may have colons of its own: what counts is the last one before the first
  /// price.
  private static func splittingModel(from text: String) throws(Failure) -> (String?, String) {
    guard let equals = text.firstIndex(of: "=") else {
      throw failure("'\(text)' is not in the form NAME=PRICE")
    }
    guard let colon = text[..<equals].lastIndex(of: ":") else { return (nil, text) }
    guard colon > text.startIndex else { throw failure("there is no model before ':'") }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  private mutating func set(_ name: String, to value: String) throws(Failure) {
    if name == "request" {
      guard TokenPrice.isPlainDecimal(value), let fee = Money(dollars: value) else {
        throw Self.failure("'\(value)' is not a fee in USD per request")
      }
      prices.request = fee
      return
    }
    let fields: [String: WritableKeyPath<Prices.Rates, TokenPrice?>] = [
      "in": \.input, "out": \.output, "cached": \.cacheRead, "write": \.cacheWrite,
      "write-1h": \.cacheWriteHour, "reasoning": \.reasoning,
    ]
    guard let field = fields[name] else {
      let names = (fields.keys + ["request"]).sorted().joined(separator: ", ")
      throw Failure(.usage, "--price", "unknown name '\(name)'", advice: "use \(names)")
    }
    guard let price = TokenPrice(dollarsPerMillion: value) else {
      throw Self.failure("'\(value)' is not a price in USD per million tokens")
    }
    prices.base[keyPath: field] = price
  }

  private static func failure(_ problem: String) -> Failure {
    Failure(.usage, "--price", problem, advice: "write it like in=2.5,out=15 or MODEL:in=2.5,out=15")
  }
}
