import SheepCore

/// The times of one run that a service level can be set for; `nil`: not measured.
package struct Measures: Equatable, Sendable {
  package var connect: Duration?
  package var firstByte: Duration?
  package var firstToken: Duration?
  package var firstVisible: Duration?
  package var total: Duration?

  /// Nothing measured.
  package init() {}

  /// The times of a streamed call.
  init(_ timing: Timing) {
    connect = timing.sent.map { $0 - timing.start }
    if let sent = timing.sent, let head = timing.head { firstByte = head - sent }
    firstToken = timing.timeToFirstToken
    firstVisible = timing.timeToFirstVisibleToken
    total = timing.total
  }
}

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

  /// What was measured of it; `nil` when it was not.
  package func measured(in measures: Measures) -> Duration? {
    switch metric {
    case .connect: measures.connect
    case .ttfb: measures.firstByte
    case .ttft: measures.firstToken
    case .visible: measures.firstVisible
    case .total: measures.total
    }
  }

  /// Whether the limit was kept; what was not measured was not kept.
  package func isMet(by measures: Measures) -> Bool {
    measured(in: measures).map { $0 <= limit } ?? false
  }
}
