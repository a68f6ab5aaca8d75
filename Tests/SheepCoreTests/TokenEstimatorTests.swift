import SheepCore
import Testing

@Suite("token estimator")
struct TokenEstimatorTests {
  private func estimate(_ bytes: [UInt8], pieces: Int) -> TokenEstimate {
    var estimator = TokenEstimator()
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = Array(rest.prefix(pieces))
      rest = rest.dropFirst(pieces)
      piece.withUnsafeBytes { estimator.feed($0) }
    }
    return estimator.estimate
  }

  @Test("the true count lies in the range, and within 15 % of the estimate", arguments: TokenSamples.all)
  func holdsItsRange(sample: TokenSamples.Sample) {
    let estimate = TokenEstimate(of: sample.text)
    #expect(estimate.low <= sample.tokens && sample.tokens <= estimate.high)
    #expect(abs(estimate.tokens - sample.tokens) * 100 <= 15 * sample.tokens, "\(estimate)")
  }

  @Test("any split of the bytes gives the same estimate", arguments: TokenSamples.all)
  func ignoresSplits(sample: TokenSamples.Sample) {
    let bytes = Array(sample.text.utf8)
    let whole = estimate(bytes, pieces: bytes.count)
    for pieces in [1, 2, 3, 5, 7, 64] { #expect(estimate(bytes, pieces: pieces) == whole) }
  }

  @Test(
    "each class of text has its weight",
    arguments: [
      ("", 0), ("a", 1), ("letter", 1), (String(repeating: "a", count: 66), 10), ("1", 2), ("123456", 3),
      (" ", 1), (String(repeating: " ", count: 99), 1), ("\n\n\n\n", 1), ("....", 1), ("안녕하세요", 4),
      ("こんにちは", 4), ("東京大学", 3), ("ééééé", 6), ("🐑🐑🐑🐑🐑", 6), ("γγγγ", 2), ("жжжжжжжжжж", 4),
    ])
  func weighsClasses(text: String, tokens: Int) {
    #expect(TokenEstimate(of: text).tokens == tokens)
  }

  @Test("bytes that are not UTF-8 are counted and never trap")
  func takesAnyBytes() {
    let invalid: [UInt8] = [0xff, 0xc0, 0x80, 0xe3, 0x41, 0xf0, 0x9f, 0xe3, 0x81, 0x82, 0xf4]
    let whole = estimate(invalid, pieces: invalid.count)
    #expect(whole == estimate(invalid, pieces: 1))
    #expect(whole.tokens == 8)
    #expect(estimate((0...255).map { UInt8($0) }, pieces: 9).tokens > 0)
  }

  @Test("a prompt counts four tokens for each message, and a range for each image")
  func countsMessages() {
    let text = Message(.user, "letter")
    #expect(TokenEstimate(of: [text]).tokens == 5)
    #expect(TokenEstimate(of: [text, text]).tokens == 10)
    let image = Message(role: .user, parts: [.image(bytes: [], mediaType: "image/png")])
    #expect(TokenEstimate(of: [image]) == TokenEstimate(tokens: 769, low: 88, high: 1605))
  }

  @Test("adding stops at the largest number")
  func addsWithoutTrapping() {
    let most = TokenEstimate(tokens: .max, low: .max, high: .max)
    #expect(most.adding(.perMessage) == most)
  }
}
