package import SheepCore

/// One model as an endpoint's list describes it. What the list does not say is `nil`.
package struct ListedModel: Equatable, Sendable {
  /// The id to call it by; as the server wrote it, so filter it before it is shown.
  package var id: String
  /// The context window in tokens, prompt and answer together.
  package var context: Int?
  /// The most tokens that one answer can have.
  package var maxOutput: Int?
  /// When the provider switches it off.
  package var retirement: Retirement?
  /// What single tokens and requests cost; `nil` when the list names no price at all.
  package var prices: ListedPrices?

  /// When a model goes, in the two forms in which servers say it.
  package enum Retirement: Equatable, Sendable {
    /// A text that begins with a date: `2026-12-01` or `2026-12-01T00:00:00Z`.
    case text(String)
    /// Seconds since 1970.
    case unixSeconds(Int)
  }

  /// A model of which only the id is known.
  package init(id: String) {
    self.id = id
  }
}

/// What an endpoint says that its model costs, in US dollars for one token or one request.
///
/// A price that is missing or negative (OpenRouter's `-1`: it varies) is unknown, not zero.
package struct ListedPrices: Equatable, Sendable {
  package var input: Money?
  package var output: Money?
  /// Prompt tokens read from the cache.
  package var cacheRead: Money?
  /// Prompt tokens written to the cache.
  package var cacheWrite: Money?
  package var reasoning: Money?
  /// A fee for each request.
  package var request: Money?
  /// A fee for each web search.
  package var webSearch: Money?

  /// No price at all.
  package init() {}
}
