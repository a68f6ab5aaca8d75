package import SheepCore

/// Whether a streamed answer really came piece by piece, or was held back on the way.
///
/// Measured with nginx in front of a stream of 120 tokens: 121 arrivals of 121 events directly,
/// 6 of 121 through its default buffering (docs/timing.md). The number of different arrival
/// instants is judged, not the gaps, so that a server that sends few large pieces is not accused.
package enum StreamShape: String, Sendable {
  /// The pieces came as they were made.
  case incremental
  /// Some of them came together.
  case partly
  /// Most of them came together.
  case buffered
  /// All came at once.
  case notStreamed = "not_streamed"
  /// Too short an answer to tell.
  case unknown

  /// Fewer pieces than this say nothing.
  package static let fewestDeltas = 20
  /// Nor does an answer that was made in less time than this.
  package static let shortest: Duration = .milliseconds(500)

  /// Judges an answer by its timing and its number of tokens (`nil`: unknown).
  package init(_ timing: Timing, outputTokens: Int?) {
    guard let whole = timing.endToEnd, whole >= Self.shortest, timing.deltas > 0 else {
      self = .unknown
      return
    }
    if timing.arrivals == 1, max(timing.deltas, outputTokens ?? 0) >= Self.fewestDeltas {
      self = .notStreamed
      return
    }
    guard timing.deltas >= Self.fewestDeltas else {
      self = .unknown
      return
    }
    switch Double(timing.arrivals) / Double(timing.deltas) {
    case ..<0.3: self = .buffered
    case ..<0.7: self = .partly
    default: self = .incremental
    }
  }
}
