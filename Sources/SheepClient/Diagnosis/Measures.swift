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

extension ServiceLevel {
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
