/// An estimated number of tokens, with the range in which the true one is expected.
package struct TokenEstimate: Hashable, Sendable {
  /// The middle of the estimate.
  package var tokens: Int
  /// The low end: 0.85 of the estimate, rounded down.
  package var low: Int
  /// The high end, for limits and for "at most": 1.2 of the estimate, rounded up.
  package var high: Int

  /// No tokens, and surely none.
  package static let nothing = TokenEstimate(tokens: 0, low: 0, high: 0)

  /// What chat formats add to every message for its role and borders, in tokens.
  package static let perMessage = TokenEstimate(tokens: 4, low: 3, high: 5)

  /// An image: a small or low-detail one on OpenAI (85), a 1024 × 1024 one in high detail (765),
  /// the largest that Anthropic keeps (about 1,600). Read in the vendors' guides to vision,
  /// 2026-11; other vendors lie between.
  package static let perImage = TokenEstimate(tokens: 765, low: 85, high: 1_600)

  /// An estimate with a range of its own.
  package init(tokens: Int, low: Int, high: Int) {
    self.tokens = tokens
    self.low = low
    self.high = high
  }

  /// The estimate for `hundredths` of a token, at least one token.
  init(hundredths: Int) {
    tokens = max(1, (hundredths &+ 50) / 100)
    low = Swift.min(tokens, (hundredths &* 85) / 10_000)
    high = Swift.max(tokens, (hundredths &* 120 &+ 9_999) / 10_000)
  }

  /// Both together; stops at the largest number.
  package func adding(_ other: TokenEstimate) -> TokenEstimate {
    func sum(_ left: Int, _ right: Int) -> Int {
      let (sum, overflow) = left.addingReportingOverflow(right)
      return overflow ? .max : sum
    }
    return TokenEstimate(
      tokens: sum(tokens, other.tokens), low: sum(low, other.low), high: sum(high, other.high))
  }

  /// The estimate for a text.
  package init(of text: String) {
    var estimator = TokenEstimator()
    estimator.feed(text)
    self = estimator.estimate
  }

  /// The estimate for all of a request that a provider bills as input: its messages, and its
  /// tools as the JSON that they are said in.
  package init(of request: Request) {
    self = request.tools.reduce(TokenEstimate(of: request.messages)) { total, tool in
      [tool.name, tool.description, tool.parameters?.serialized()].reduce(total.adding(.perMessage)) {
        total, text in
        text.map { total.adding(TokenEstimate(of: $0)) } ?? total
      }
    }
  }

  /// The estimate for a conversation as a prompt, what each message adds included.
  package init(of messages: [Message]) {
    self = messages.reduce(.nothing) { total, message in
      message.parts.reduce(total.adding(.perMessage)) { total, part in
        switch part {
        case .text(let text): total.adding(TokenEstimate(of: text))
        case .image: total.adding(.perImage)
        // Providers drop or bill earlier reasoning by rules of their own.
        case .state: total
        }
      }
    }
  }
}
