/// One model of the local gateway: a name, a speed, a price to print beside it.
package struct MockModel: Equatable, Sendable {
  /// The id in requests and in the model list.
  package var id: String
  /// Whose model it plays.
  package var owner: String
  /// Milliseconds from the request to the first token.
  package var firstTokenAfter: Int
  /// Tokens per second after that; 0 is as fast as the client reads.
  package var tokensPerSecond: Double
  /// How many tokens of reasoning come before the answer.
  package var reasoningTokens: Int
  /// USD per million tokens in and out as decimal numbers; `nil` when no price list has it.
  package var price: (input: String, output: String)?
  /// The context window in tokens.
  package var context: Int

  package static func == (left: MockModel, right: MockModel) -> Bool {
    left.id == right.id && left.owner == right.owner
      && left.firstTokenAfter == right.firstTokenAfter
      && left.tokensPerSecond == right.tokensPerSecond
      && left.reasoningTokens == right.reasoningTokens && left.context == right.context
      && left.price?.input == right.price?.input && left.price?.output == right.price?.output
  }

  /// The built-in models. The priced ones carry the names and prices of the default gateway's
  /// list (its migration article; see `SheepCatalog`), so that receipts show real money. The
  /// speeds are made up to be told apart at a glance.
  package static let all: [MockModel] = [
    MockModel("gpt-4.1", "openai", 320, 90, price: ("8.00", "32.00"), context: 128_000),
    MockModel("gpt-4o-mini", "openai", 180, 140, context: 128_000),
    MockModel("claude-sonnet-4", "anthropic", 450, 70, price: ("15.00", "75.00"), context: 200_000),
    MockModel("gemini-2.5-flash", "google", 150, 220, price: ("2.50", "10.00"), context: 1_000_000),
    MockModel(
      "deepseek-v3.2", "deepseek", 380, 60, reasoning: 48, price: ("0.42", "1.90"), context: 64_000),
    MockModel("mock-instant", "mock", 0, 0),
    MockModel("mock-20", "mock", 50, 20),
    MockModel("mock-slow", "mock", 2_000, 8),
    MockModel("mock-reasoning", "mock", 0, 0, reasoning: 64),
  ]

  private init(
    _ id: String, _ owner: String, _ firstTokenAfter: Int, _ tokensPerSecond: Double,
    reasoning: Int = 0, price: (String, String)? = nil, context: Int = 128_000
  ) {
    self.id = id
    self.owner = owner
    self.firstTokenAfter = firstTokenAfter
    self.tokensPerSecond = tokensPerSecond
    reasoningTokens = reasoning
    self.price = price.map { (input: $0.0, output: $0.1) }
    self.context = context
  }

  /// The model that a request means.
  ///
  /// Accepts the id, `provider/id`, and the id with a date behind (`-20250514`, `-2026-08-01`).
  /// Every other name that begins with `mock-` is an instant model of that name.
  /// - Returns: `nil` for a model that is not served here.
  package static func named(_ name: String) -> MockModel? {
    let last = Array(name.utf8).split(separator: UInt8(ascii: "/")).last ?? []
    let plain = String(decoding: last, as: UTF8.self)
    if let model = all.first(where: { $0.id == plain }) { return model }
    if let model = all.first(where: { isDated(last, of: Array($0.id.utf8)) }) { return model }
    return plain.utf8.starts(with: "mock-".utf8) ? MockModel(plain, "mock", 0, 0) : nil
  }

  private static func isDated(_ name: ArraySlice<UInt8>, of id: [UInt8]) -> Bool {
    guard name.starts(with: id + [UInt8(ascii: "-")]) else { return false }
    let date = name.dropFirst(id.count + 1)
    let digits = date.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    let dashes = date.filter { $0 == UInt8(ascii: "-") }.count
    return digits == 8 && digits + dashes == date.count && (dashes == 0 || dashes == 2)
  }
}
