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
/// While a read brings 32 KB for each 250 µs slept (400,000 tokens a second) the sleep doubles, up
/// to 8 ms for a stream that is alone and 0.5 ms beside others, whose tokens wait as long. A server
/// that finds the window full joins its small writes into large segments, which costs it a third.
/// A read that brings little halves the sleep and does not end it: on a busy machine the server
/// itself may have slept meanwhile.
///
/// Measured with 100,000 chunks written one by one: 105 ms in all, of which the server works 95;
/// 126 and 137 with sleeps of 2 ms at most; `curl -sN` 140 to 180 and 114.
package struct GatherRule {
  /// The least sleep before a read, in nanoseconds.
  package static let leastPauseNanoseconds: Int64 = 250_000
  /// The longest for a stream that is alone, in nanoseconds.
  package static let longestPauseNanoseconds: Int64 = 8_000_000
  /// The longest beside other transfers: their tokens wait that much longer.
  package static let longestPauseOfManyNanoseconds: Int64 = 500_000
  /// So many sockets ready after one sleep double the next.
  package static let socketsToSleepLonger = 4
  /// A read of so many bytes or more, for each `leastPauseNanoseconds` slept, doubles the sleep;
  /// of less than a quarter of it, halves it.
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

  /// A round for which the loop slept brought so many bytes, by so many sockets; `isAlone` when no
  /// other transfer is under way.
  package mutating func gathered(bytes: Int, sockets: Int = 1, isAlone: Bool = true) {
    let longest = isAlone ? Self.longestPauseNanoseconds : Self.longestPauseOfManyNanoseconds
    let plenty = Self.bytesToSleepLonger &* Int(pauseNanoseconds / Self.leastPauseNanoseconds)
    if bytes >= plenty || sockets >= Self.socketsToSleepLonger {
      pauseNanoseconds &*= 2
    } else {
      if bytes < plenty / 4 { pauseNanoseconds = max(pauseNanoseconds / 2, Self.leastPauseNanoseconds) }
      if bytes < Self.bytesToStay, sockets < 2 { self = GatherRule() }
    }
    pauseNanoseconds = min(pauseNanoseconds, longest)
  }
}
