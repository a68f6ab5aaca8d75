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

  /// A page of a document: 258 tokens at Gemini, 1,500 to 3,000 for its text at Anthropic, which
  /// reads its picture too. Read in the vendors' guides to documents, 2026-11.
  package static let perPage = TokenEstimate(tokens: 2_000, low: 258, high: 4_600)

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

  /// The estimate for an image or a document.
  package init(of bytes: [UInt8], mediaType: String) {
    guard mediaType == Message.documentType else {
      self = .perImage
      return
    }
    self = (0..<Self.pages(bytes)).reduce(.nothing) { total, _ in total.adding(.perPage) }
  }

  /// The pages of a PDF, by the objects of type `Page` that lie open in it; at least one, at most a
  /// thousand, more than any provider takes.
  private static func pages(_ bytes: [UInt8]) -> Int {
    let type = Array("/Type".utf8)
    let page = Array("/Page".utf8)
    var count = 0
    var index = 0
    while let start = bytes[index...].firstIndex(of: UInt8(ascii: "/")), count < 1_000 {
      index = start + 1
      guard bytes[start...].starts(with: type) else { continue }
      let name = bytes[(start + type.count)...].drop {
        $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
      }
      // `/Pages` are the branches of the tree whose leaves are counted.
      if name.starts(with: page), name.dropFirst(page.count).first != UInt8(ascii: "s") { count += 1 }
    }
    return max(1, count)
  }

  /// The estimate for all of a request that a provider bills as input: its messages, and its
  /// tools as the JSON that they are said in.
  package init(of request: Request) {
    var total = TokenEstimate(of: request.messages)
    for tool in request.tools {
      total = total.adding(.perMessage)
      for text in [tool.name, tool.description, tool.parameters?.serialized()] {
        if let text { total = total.adding(TokenEstimate(of: text)) }
      }
    }
    self = total
  }

  /// The estimate for a conversation as a prompt, what each message adds included.
  package init(of messages: [Message]) {
    var total = Self.nothing
    for message in messages {
      total = total.adding(.perMessage)
      for part in message.parts {
        switch part {
        case .text(let text): total = total.adding(TokenEstimate(of: text))
        case .image(let bytes, let mediaType):
          total = total.adding(TokenEstimate(of: bytes, mediaType: mediaType))
        // Providers drop or bill earlier reasoning by rules of their own.
        case .state: break
        }
      }
    }
    self = total
  }
}
