package import SheepCore

/// When to let bytes gather before they are read.
///
/// A server that writes every token by itself, as fast as it can, wakes a fast client for each
/// of them, and the client's work becomes the waking: measured, twice the processor time of
/// `curl -sN`. So after sixteen rounds in a row of less than 100 µs the loop sleeps 250 µs
/// before each read, for as long as a read brings 2 KB or more. Streams of 150 µs a token and
/// slower are never touched.
///
/// Many slow streams at once are the same from here: a thousand of them at 20 tokens/s wake the
/// loop every 50 µs. So what counts is the time for each socket that was ready, and the
/// gathering goes on for as long as a sleep brings two sockets or more.
///
/// While a read brings 32 KB or more (400,000 tokens a second) the sleep doubles, up to 2 ms.
/// A server that finds the window full joins its small writes into large segments, which costs
/// it a third: 100,000 chunks written one by one took 70 ms of its time instead of 180, and
/// 85 ms in all instead of 220 (`curl -sN`: 140).
package struct GatherRule {
  /// The least sleep before a read, in nanoseconds.
  package static let leastPauseNanoseconds: Int64 = 250_000
  /// The longest, in nanoseconds.
  package static let longestPauseNanoseconds: Int64 = 2_000_000
  /// The longest because of many sockets: their tokens wait that much longer.
  package static let longestPauseOfManyNanoseconds: Int64 = 500_000
  /// So many sockets ready after one sleep double the next.
  package static let socketsToSleepLonger = 4
  /// A read of so many bytes or more doubles the sleep.
  package static let bytesToSleepLonger = 32 << 10
  /// A round shorter than this counts as short, in nanoseconds.
  package static let shortRoundNanoseconds: Int64 = 100_000
  /// So many short rounds in a row start the gathering.
  package static let roundsToStart = 16
  /// Fewer bytes than this in a round end it.
  package static let bytesToStay = 2048

  private var lastWake = Instant(nanoseconds: .min / 2)
  private var shortRounds = 0

  /// How long to sleep before the next read while gathering, in nanoseconds.
  package private(set) var pauseNanoseconds = leastPauseNanoseconds

  /// Not gathering.
  package init() {}

  /// Whether to sleep before the next read.
  package var isGathering: Bool { shortRounds >= Self.roundsToStart }

  /// The loop was woken by `sockets` descriptors at this instant.
  package mutating func woke(at instant: Instant, sockets: Int = 1) {
    if !isGathering {
      let limit = Self.shortRoundNanoseconds &* Int64(max(1, sockets))
      let isShort = instant.nanoseconds &- lastWake.nanoseconds < limit
      shortRounds = isShort ? shortRounds &+ 1 : 0
    }
    lastWake = instant
  }

  /// A round for which the loop slept brought so many bytes, by so many sockets.
  package mutating func gathered(bytes: Int, sockets: Int = 1) {
    if bytes >= Self.bytesToSleepLonger {
      pauseNanoseconds = min(2 &* pauseNanoseconds, Self.longestPauseNanoseconds)
    } else if sockets >= Self.socketsToSleepLonger {
      pauseNanoseconds = min(2 &* pauseNanoseconds, Self.longestPauseOfManyNanoseconds)
    } else {
      pauseNanoseconds = Self.leastPauseNanoseconds
      if bytes < Self.bytesToStay, sockets < 2 { shortRounds = 0 }
    }
  }
}
