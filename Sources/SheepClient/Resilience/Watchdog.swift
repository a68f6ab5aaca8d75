package import SheepCore

/// Watches one attempt for silence. A pure rule over instants: noting bytes costs two stores,
/// and the one timer behind it looks again only when the earliest limit could have passed.
package struct Watchdog: Sendable {
  /// Which limit has passed.
  package enum Expiry: Sendable, Equatable {
    case connect, firstByte, idle, content, afterEnd
  }

  private let limits: TimeLimits
  private let start: Instant
  /// When the request was written; `nil` before.
  package private(set) var sent: Instant?
  /// When the response's head came; `nil` before.
  package private(set) var head: Instant?
  private var lastBytes: Instant?
  private var lastContent: Instant?
  private var complete: Instant?

  /// Begins to watch an attempt that starts now.
  package init(limits: TimeLimits, start: Instant) {
    self.limits = limits
    self.start = start
  }

  /// The connection is ready and the request is being written.
  package mutating func noteSent(at instant: Instant) { sent = instant }
  /// The response's head is here.
  package mutating func noteHead(at instant: Instant) {
    head = instant
    lastBytes = instant
    lastContent = instant
  }
  /// Bytes of the body are here.
  @inline(__always)
  package mutating func noteBytes(at instant: Instant) { lastBytes = instant }
  /// A delta is here.
  @inline(__always)
  package mutating func noteContent(at instant: Instant) { lastContent = instant }
  /// The end marker is here: from now on silence is no failure. The first time counts.
  package mutating func noteComplete(at instant: Instant) { complete = complete ?? instant }

  /// The earliest instant at which a limit passes if nothing more happens, and which one.
  package var next: (instant: Instant, expiry: Expiry) {
    guard let sent else { return (start + limits.connect, .connect) }
    guard head != nil, let lastBytes, let lastContent else { return (sent + limits.firstByte, .firstByte) }
    if let complete { return (complete + limits.afterEnd, .afterEnd) }
    let idle = lastBytes + limits.idle
    let content = lastContent + limits.content
    return idle <= content ? (idle, .idle) : (content, .content)
  }

  /// The limit that has passed at `now`; `nil` while none has.
  package func expired(at now: Instant) -> Expiry? {
    let (instant, expiry) = next
    return now >= instant ? expiry : nil
  }

  /// The length of a limit, for the error's sentence.
  package func limit(of expiry: Expiry) -> Duration {
    switch expiry {
    case .connect: limits.connect
    case .firstByte: limits.firstByte
    case .idle: limits.idle
    case .content: limits.content
    case .afterEnd: limits.afterEnd
    }
  }
}
