/// A limit that the user sets for one time: `ttft=800`.
package struct ServiceLevel: Equatable, Sendable {
  /// The times that can be limited, by the names of the option.
  package enum Metric: String, CaseIterable, Sendable {
    /// Name, connection and TLS together.
    case connect
    /// From the sending to the answer's head.
    case ttfb
    /// From the sending to the first token of any kind.
    case ttft
    /// From the sending to the first token that can be seen.
    case visible = "ttft-visible"
    /// From the start to the end.
    case total

    /// Whether it is known only after a call that costs tokens.
    package var isDeep: Bool { self == .ttft || self == .visible }
  }

  package var metric: Metric
  package var limit: Duration

  /// At most `limit` for `metric`.
  package init(_ metric: Metric, atMost limit: Duration) {
    self.metric = metric
    self.limit = limit
  }
}
