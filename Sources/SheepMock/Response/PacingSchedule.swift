/// When each piece of an answer leaves, as a pure function of its place.
package struct PacingSchedule: Equatable, Sendable {
  /// From the complete request to the first piece.
  package var firstPiece: Duration
  /// From one piece to the next; zero sends as fast as the client reads.
  package var interval: Duration

  /// A schedule of a time to the first piece and a time between pieces; neither negative.
  package init(firstPiece: Duration, interval: Duration) {
    self.firstPiece = max(.zero, firstPiece)
    self.interval = max(.zero, interval)
  }

  /// A schedule from what a model is known for.
  /// - Parameters:
  ///   - milliseconds: the time to the first token.
  ///   - tokensPerSecond: the speed after that; 0 or less means without pauses.
  ///   - speed: how many times faster than that; 0 or less takes all pauses away.
  package init(firstTokenAfter milliseconds: Int, tokensPerSecond: Double, speed: Double) {
    guard speed > 0, speed.isFinite else {
      self.init(firstPiece: .zero, interval: .zero)
      return
    }
    let first = Self.nanoseconds(Double(milliseconds) * 1_000_000 / speed)
    let between = tokensPerSecond > 0 ? Self.nanoseconds(1_000_000_000 / tokensPerSecond / speed) : 0
    self.init(firstPiece: .nanoseconds(first), interval: .nanoseconds(between))
  }

  /// Whether any piece waits at all.
  package var isPaced: Bool { firstPiece > .zero || interval > .zero }

  /// When the piece of that index (from 0) leaves, counted from the complete request.
  ///
  /// Always computed from the beginning, so that a late piece does not delay those after it.
  package func due(piece index: Int) -> Duration {
    firstPiece + interval * max(0, index)
  }

  /// Whole nanoseconds of at most a day.
  private static func nanoseconds(_ value: Double) -> Int64 {
    value.isNaN ? 0 : Int64(max(0, min(value, 86_400e9)))
  }
}
