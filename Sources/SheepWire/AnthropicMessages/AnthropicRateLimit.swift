import SheepCore

/// When an exhausted limit is filled again, by Anthropic's own header fields.
///
/// `anthropic-ratelimit-{requests,tokens,…}-{limit,remaining,reset}`, the last as an RFC 3339
/// instant (anthropic-sdk-python and the vendor's page on rate limits, read in 2026).
enum AnthropicRateLimit {
  private static let kinds = ["requests", "tokens", "input-tokens", "output-tokens"]

  /// How long until the last of the exhausted limits is reset, more than nothing and at most 24
  /// hours; `nil` when none says that it is exhausted.
  ///
  /// Counts from the response's own `Date`, or else from `epochSeconds`.
  static func delay(_ headers: HTTPHeaders, epochSeconds: Int64?) -> Duration? {
    guard let now = headers["date"].flatMap(HTTPDate.parse) ?? epochSeconds else { return nil }
    let resets = kinds.compactMap { kind -> Int64? in
      let field = "anthropic-ratelimit-" + kind
      guard headers[field + "-remaining"] == "0" else { return nil }
      return headers[field + "-reset"].flatMap(HTTPDate.parseInternetDate)
    }
    guard let last = resets.max(), last > now else { return nil }
    return min(.seconds(last - now), WireDuration.limit)
  }
}
