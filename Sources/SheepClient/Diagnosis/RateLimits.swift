package import SheepCore

/// What a response says is left of the caller's rate limits.
package struct RateLimits: Equatable, Sendable {
  /// One limit: requests, tokens, or a part of them.
  package struct Limit: Equatable, Sendable {
    /// `requests`, `tokens`, `input-tokens`, `output-tokens`.
    package var name: String
    package var remaining: Int
    /// `nil` when only the rest is said.
    package var limit: Int?
    /// When it is full again, as the server writes it; `nil` when not said.
    package var reset: String?

    /// Whether less than a tenth is left.
    package var isLow: Bool { limit.map { $0 > 0 && remaining < $0 / 10 } ?? (remaining == 0) }
  }

  package var limits: [Limit]

  /// Reads `x-ratelimit-…-requests` and its kin (OpenAI, Groq and most gateways) and
  /// `anthropic-ratelimit-requests-…`. Numbers that are negative (Azure's -1) are not known.
  package init(_ headers: HTTPHeaders) {
    var found: [Limit] = []
    for name in ["requests", "tokens", "input-tokens", "output-tokens"] {
      let forms: [(String) -> String] = [
        { "x-ratelimit-\($0)-\(name)" }, { "anthropic-ratelimit-\(name)-\($0)" },
      ]
      for form in forms {
        guard let remaining = Self.count(headers[form("remaining")]) else { continue }
        found.append(
          Limit(
            name: name, remaining: remaining, limit: Self.count(headers[form("limit")]),
            reset: headers[form("reset")].map { String($0.prefix(40)) }))
        break
      }
    }
    if found.isEmpty, let remaining = Self.count(headers["x-ratelimit-remaining"]) {
      found.append(
        Limit(
          name: "requests", remaining: remaining, limit: Self.count(headers["x-ratelimit-limit"]),
          reset: headers["x-ratelimit-reset"].map { String($0.prefix(40)) }))
    }
    limits = found
  }

  private static func count(_ text: String?) -> Int? {
    guard let text, let value = Int(text), value >= 0 else { return nil }
    return value
  }

  /// The limit that will be met first: the one of which the least share is left.
  package var tightest: Limit? {
    limits.min { left, right in
      Self.share(left) < Self.share(right)
    }
  }

  private static func share(_ limit: Limit) -> Double {
    guard let whole = limit.limit, whole > 0 else { return 1 }
    return Double(limit.remaining) / Double(whole)
  }
}

/// The time that a server says it took.
package enum ServerTime {
  /// Reads `openai-processing-ms`, `x-envoy-upstream-service-time` (milliseconds both) or the
  /// longest `dur` of `server-timing`; `nil` when none is given.
  package static func of(_ headers: HTTPHeaders) -> Duration? {
    for name in ["openai-processing-ms", "x-envoy-upstream-service-time"] {
      if let text = headers[name], let time = milliseconds(text) { return time }
    }
    guard let field = headers["server-timing"] else { return nil }
    let durations = field.utf8.split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }.compactMap {
      part -> Duration? in
      var part = part.drop { $0 == UInt8(ascii: " ") }
      guard part.starts(with: "dur=".utf8) else { return nil }
      part = part.dropFirst(4)
      return milliseconds(String(decoding: part.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self))
    }
    return durations.max()
  }

  private static func milliseconds(_ text: String) -> Duration? {
    guard let value = JSONNumber(text: text)?.double, value >= 0, value <= 86_400_000 else { return nil }
    return .nanoseconds(Int64(value * 1_000_000))
  }
}
