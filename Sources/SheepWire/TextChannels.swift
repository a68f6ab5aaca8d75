import SheepCore

/// The texts of an answer, each a channel of its own: what was split between two events is
/// joined within a channel, escapes are resolved, and what stays broken is replaced.
struct TextChannels {
  /// Where a piece of text belongs.
  enum Channel { case text, reasoning, refusal }

  private var text = TextRepair()
  private var reasoning = TextRepair()
  private var refusal = TextRepair()
  private let scratch = ByteBuffer()

  /// Passes on a string where it lies in `bytes`.
  @inline(__always)
  mutating func pass(
    _ raw: RawText, in bytes: UnsafeRawBufferPointer, _ channel: Channel, _ emit: (Event) -> Void
  ) {
    if raw.isASCII, !raw.hasEscapes, isIdle(channel) {
      if raw.count > 0 { Self.send(raw.slice(of: bytes), channel, emit) }
    } else if raw.hasEscapes {
      raw.unescape(in: bytes, to: scratch)
      pass(scratch.bytes, channel, emit)
    } else {
      pass(raw.slice(of: bytes), channel, emit)
    }
  }

  /// Passes on a text; nothing for `nil`.
  mutating func pass(_ string: String?, _ channel: Channel, _ emit: (Event) -> Void) {
    guard let string else { return }
    Array(string.utf8).withUnsafeBytes { pass($0, channel, emit) }
  }

  /// The end of the answer: what was held back for its other half is passed on as it is.
  mutating func flush(_ emit: (Event) -> Void) {
    Self.send(text.flush(), .text, emit)
    Self.send(reasoning.flush(), .reasoning, emit)
    Self.send(refusal.flush(), .refusal, emit)
  }

  private mutating func pass(
    _ piece: UnsafeRawBufferPointer, _ channel: Channel, _ emit: (Event) -> Void
  ) {
    switch channel {
    case .text: Self.send(text.pass(piece), channel, emit)
    case .reasoning: Self.send(reasoning.pass(piece), channel, emit)
    case .refusal: Self.send(refusal.pass(piece), channel, emit)
    }
  }

  @inline(__always)
  private func isIdle(_ channel: Channel) -> Bool {
    switch channel {
    case .text: text.isIdle
    case .reasoning: reasoning.isIdle
    case .refusal: refusal.isIdle
    }
  }

  @inline(__always)
  private static func send(
    _ whole: UnsafeRawBufferPointer, _ channel: Channel, _ emit: (Event) -> Void
  ) {
    if whole.isEmpty { return }
    switch channel {
    case .text: emit(.text(BorrowedText(whole)))
    case .reasoning: emit(.reasoning(BorrowedText(whole)))
    case .refusal: emit(.refusal(BorrowedText(whole)))
    }
  }
}
