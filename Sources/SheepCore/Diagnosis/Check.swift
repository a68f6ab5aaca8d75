/// The layers of a connection that can be wrong each by itself, from the settings to the
/// server's own time, in the order in which one rests on another.
package enum Check: String, CaseIterable, Comparable, Sendable {
  case config
  case proxy
  case dns
  case tcp
  case tls
  case http
  case auth
  case model
  case quota
  case stream
  case incremental
  case usage
  case limits
  case serverTime = "server-time"

  /// The layer's number, 0 ... 13.
  package var number: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Whether it needs a call that costs tokens.
  package var isDeep: Bool { self >= .quota }

  package static func < (left: Check, right: Check) -> Bool { left.number < right.number }

  /// What it looks at, for the list of checks: a clause.
  package var summary: String {
    switch self {
    case .config: "address and key, as they would be used"
    case .proxy: "which proxy is in effect, and whether it can be reached"
    case .dns: "the name's IPv4 and IPv6 addresses"
    case .tcp: "a connection to the port, for each family"
    case .tls: "version, protocol, certificate and its days left"
    case .http: "an answer, its version, proxies on the way, redirects, the clock"
    case .auth: "whether the key is accepted, by listing the models"
    case .model: "whether the model is in the list"
    case .quota: "whether a paid call is let through"
    case .stream: "a small streamed answer: first token and speed"
    case .incremental: "whether the stream arrives piece by piece"
    case .usage: "whether tokens are reported and the cost can be computed"
    case .limits: "what is left of the rate limits"
    case .serverTime: "the server's share of the time to the first token"
    }
  }
}
