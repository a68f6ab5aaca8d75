/// The tokens of one call in disjoint buckets, so that cost is a plain sum of products.
///
/// Every bucket is `nil` when the provider did not report it, which is not the same as 0.
/// The dialects do the sorting: what a provider counts inside another number is taken out of it
/// (docs/dialects has the arithmetic of each).
package struct Usage: Equatable, Sendable {
  /// Where the numbers come from.
  package enum Source: String, Sendable {
    /// The provider reported all of it.
    case reported
    /// The provider's report contradicted itself or the stream broke off after it.
    case partial
    /// Estimated from the text by this program.
    case estimated
  }

  /// Prompt tokens that were neither read from nor written to a cache.
  package var input: Int?
  /// Prompt tokens read from the provider's prompt cache.
  package var cacheRead: Int?
  /// Prompt tokens written to the cache with the default (five-minute) lifetime.
  package var cacheWrite: Int?
  /// Prompt tokens written to the cache for one hour.
  package var cacheWriteHour: Int?
  /// Generated tokens less the reasoning ones.
  package var output: Int?
  /// Generated tokens spent on reasoning, shown or hidden; billed as output.
  package var reasoning: Int?
  /// Where the numbers come from.
  package var source: Source

  /// A record of these buckets; leave out what is unknown.
  package init(
    input: Int? = nil, cacheRead: Int? = nil, cacheWrite: Int? = nil, cacheWriteHour: Int? = nil,
    output: Int? = nil, reasoning: Int? = nil, source: Source = .reported
  ) {
    self.input = input
    self.cacheRead = cacheRead
    self.cacheWrite = cacheWrite
    self.cacheWriteHour = cacheWriteHour
    self.output = output
    self.reasoning = reasoning
    self.source = source
  }

  /// All prompt tokens, cached ones included; `nil` when none of the parts is known.
  package var inputTotal: Int? { Self.sum([input, cacheRead, cacheWrite, cacheWriteHour]) }

  /// All generated tokens, reasoning included; `nil` when neither part is known.
  package var outputTotal: Int? { Self.sum([output, reasoning]) }

  /// Written to the cache with either lifetime; `nil` when neither is known.
  package var cacheWriteTotal: Int? { Self.sum([cacheWrite, cacheWriteHour]) }

  /// The record, unless every count of it is 0: a prompt has tokens, so that such a report was
  /// never filled in (LiteLLM's streams in Gemini's dialect, 2026) and says nothing.
  package var unlessEmpty: Usage? {
    inputTotal ?? 0 == 0 && outputTotal ?? 0 == 0 ? nil : self
  }

  private static func sum(_ parts: [Int?]) -> Int? {
    let known = parts.compactMap { $0 }
    guard !known.isEmpty else { return nil }
    return known.reduce(0) { total, part in
      let (sum, overflow) = total.addingReportingOverflow(part)
      return overflow ? .max : sum
    }
  }
}
