import SheepCore
import SheepWire

/// A decoder in a place of its own, used without copies.
///
/// A property of the type `any AnswerDecoder` copies the whole decoder, some twenty references,
/// each time one of its getters is read: as much work as decoding a chunk. A class for the
/// decoder's own type reads it where it stands.
protocol DecoderHolder: AnyObject {
  /// Feeds the decoder; whether the end marker has been seen then.
  func feed(_ bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void) throws(Failure) -> Bool
  /// Ends the decoder; whether the end marker has been seen then.
  func finish(_ emit: (Event) -> Void) throws(Failure) -> Bool
}

extension AnswerDecoder {
  /// The decoder, held.
  func held() -> any DecoderHolder { HeldDecoder(self) }

  /// Feeds the decoder; whether the end marker has been seen then. One step, so that the
  /// decoder is looked at where it stands: a getter of a class's property copies first.
  fileprivate mutating func advance(
    _ bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) -> Bool {
    try feed(bytes, emit)
    return isComplete
  }
}

private final class HeldDecoder<Decoder: AnswerDecoder>: DecoderHolder {
  // Checked by `isAtWork` instead of the runtime, whose check costs a tenth of decoding a chunk.
  @exclusivity(unchecked) private var decoder: Decoder
  /// Whether the decoder is in use, which events that it passes on must not change.
  private var isAtWork = false

  init(_ decoder: Decoder) {
    self.decoder = decoder
  }

  func feed(_ bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void) throws(Failure) -> Bool {
    begin()
    defer { isAtWork = false }
    return try decoder.advance(bytes, emit)
  }

  func finish(_ emit: (Event) -> Void) throws(Failure) -> Bool {
    begin()
    defer { isAtWork = false }
    try decoder.finish(emit)
    return decoder.isComplete
  }

  private func begin() {
    precondition(!isAtWork, "a decoder is used while it is at work")
    isAtWork = true
  }
}
