package import SheepCore

/// When to let bytes gather before they are read.
///
/// A server that writes every token by itself, as fast as it can, wakes a fast client for each
/// of them, and the client's work becomes the waking: measured, twice the processor time of
/// `curl -sN`. So after sixteen rounds in a row of less than 100 µs the loop sleeps 250 µs
/// before each read, for as long as a read brings 2 KB or more. Streams of 150 µs a token and
/// slower are never touched.
package struct GatherRule {
  /// How long to sleep before a read, in nanoseconds.
  package static let pauseNanoseconds: Int64 = 250_000
  /// A round shorter than this counts as short, in nanoseconds.
  package static let shortRoundNanoseconds: Int64 = 100_000
  /// So many short rounds in a row start the gathering.
  package static let roundsToStart = 16
  /// Fewer bytes than this in a round end it.
  package static let bytesToStay = 2048

  private var lastWake = Instant(nanoseconds: .min / 2)
  private var shortRounds = 0

  /// Not gathering.
  package init() {}

  /// Whether to sleep before the next read.
  package var isGathering: Bool { shortRounds >= Self.roundsToStart }

  /// The loop was woken by a descriptor at this instant.
  package mutating func woke(at instant: Instant) {
    if !isGathering {
      let isShort = instant.nanoseconds &- lastWake.nanoseconds < Self.shortRoundNanoseconds
      shortRounds = isShort ? shortRounds &+ 1 : 0
    }
    lastWake = instant
  }

  /// A round for which the loop slept brought so many bytes.
  package mutating func gathered(bytes: Int) {
    if bytes < Self.bytesToStay { shortRounds = 0 }
  }
}
