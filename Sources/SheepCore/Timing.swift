/// The instants of one attempt, and what they mean.
///
/// All instants are from one monotonic clock and stamped where bytes arrive. The definitions
/// follow docs/timing.md: time to first token counts from the moment the request was about to
/// be written on a ready connection, so that the cost of connecting is shown beside it and
/// never inside it.
package struct Timing: Equatable, Sendable {
  /// The attempt began.
  package var start: Instant
  /// The connection was ready and the request about to be written; `nil` when it never was.
  package var sent: Instant?
  /// The final status line arrived.
  package var head: Instant?
  /// The first non-empty delta of any kind.
  package var firstDelta: Instant?
  /// The first visible delta: text, refusal or tool call.
  package var firstVisible: Instant?
  /// The last non-empty delta.
  package var lastDelta: Instant?
  /// The end marker, the end of the response or the failure.
  package var end: Instant?
  /// The longest silence between two deltas.
  package var longestStall: Duration? { arrivals > 1 ? .nanoseconds(longestStallNanoseconds) : nil }
  // An integer, because this is reckoned for each chunk and `Duration` is 128 bits wide.
  private var longestStallNanoseconds: Int64 = 0
  /// How many deltas came, and at how many different instants: far fewer instants than
  /// deltas means that something on the way holds the stream back.
  package var deltas = 0
  package var arrivals = 0
  package var connection = ConnectionFacts()

  /// An attempt that begins at `start`.
  package init(start: Instant) {
    self.start = start
  }

  /// Notes a non-empty delta that arrived at `instant`.
  @inline(__always)
  package mutating func noteDelta(at instant: Instant, visible: Bool) {
    deltas &+= 1
    if let last = lastDelta {
      if instant != last {
        arrivals &+= 1
        let stall = instant.nanoseconds &- last.nanoseconds
        if stall > longestStallNanoseconds { longestStallNanoseconds = stall }
      }
    } else {
      firstDelta = instant
      arrivals = 1
    }
    lastDelta = instant
    if visible, firstVisible == nil { firstVisible = instant }
  }

  /// Time to first token: first delta of any kind, from the sending. `nil` before both.
  package var timeToFirstToken: Duration? { span(sent, firstDelta) }
  /// Time to first visible token, from the sending.
  package var timeToFirstVisibleToken: Duration? { span(sent, firstVisible) }
  /// Time to first token as the user feels it: from the start of the attempt, connecting
  /// included.
  package var totalTimeToFirstToken: Duration? { span(start, firstDelta) }
  /// From the sending to the last delta.
  package var endToEnd: Duration? { span(sent, lastDelta) }
  /// From the start of the attempt to its end.
  package var total: Duration? { span(start, end) }

  private func span(_ from: Instant?, _ to: Instant?) -> Duration? {
    guard let from, let to else { return nil }
    return to - from
  }

  /// Time per output token after the first: (last − first delta) ÷ (tokens − 1).
  ///
  /// With hidden reasoning (tokens billed that never streamed) only the visible tokens and
  /// their span count. `nil` with fewer than two tokens or two arrival instants, or when usage
  /// is unknown or only estimated: deltas are not tokens and are never counted as such.
  package func timePerOutputToken(usage: Usage?, streamedReasoning: Bool) -> Duration? {
    guard let usage, usage.source != .estimated, let last = lastDelta, arrivals >= 2 else { return nil }
    let hidden = (usage.reasoning ?? 0) > 0 && !streamedReasoning
    guard let first = hidden ? firstVisible : firstDelta,
      let tokens = hidden ? usage.output : usage.outputTotal, tokens >= 2, last > first
    else { return nil }
    return .nanoseconds((last - first).nanoseconds / Int64(tokens - 1))
  }
}
