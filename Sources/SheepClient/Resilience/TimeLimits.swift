/// How long an attempt may be silent in each of its stages.
package struct TimeLimits: Sendable, Equatable {
  /// From the start to a ready connection, name resolution and TLS included.
  package var connect: Duration = .seconds(10)
  /// From the sending to the response's head.
  package var firstByte: Duration = .seconds(120)
  /// Between any two pieces of the body; comments and keep-alives count.
  package var idle: Duration = .seconds(90)
  /// Between two deltas; comments and keep-alives do not count.
  package var content: Duration = .seconds(300)
  /// After the end marker, for usage that comes late and a connection that is not closed.
  package var afterEnd: Duration = .seconds(5)

  /// The limits for an answer that streams.
  package init() {}

  /// The limits for a call that may think or work in silence: reasoning, or no streaming.
  package static var patient: TimeLimits {
    var limits = TimeLimits()
    limits.firstByte = .seconds(600)
    limits.idle = .seconds(600)
    limits.content = .seconds(900)
    return limits
  }
}
