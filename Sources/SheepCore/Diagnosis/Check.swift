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
    case .config: "the address and key that would be used"
    case .proxy: "which proxy is in use, and whether it can be reached"
    case .dns: "the IPv4 and IPv6 addresses of the host"
    case .tcp: "a connection to the port over IPv4 and IPv6"
    case .tls: "TLS version, protocol, certificate and days until it expires"
    case .http: "HTTP version, proxies in between, redirects, clock difference"
    case .auth: "whether the key is accepted, tested by listing models"
    case .model: "whether the endpoint lists the model"
    case .quota: "whether a paid call succeeds"
    case .stream: "time to first token and speed of a short answer"
    case .incremental: "whether the answer arrives in pieces"
    case .usage: "whether tokens are reported so that cost can be calculated"
    case .limits: "how much of the rate limits is left"
    case .serverTime: "the server's share of the time to first token"
    }
  }
}
