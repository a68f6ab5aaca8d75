/// Bytes of text that are lent for the duration of one call.
///
/// The bytes are UTF-8 (a dialect's decoder repairs what is not). They belong to the decoder:
/// who wants to keep them makes a `string` or appends them to a buffer before returning.
package struct BorrowedText: Equatable {
  /// The bytes; valid only during the call that passed them.
  package let bytes: UnsafeRawBufferPointer

  /// Lends `bytes`.
  package init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// A copy that may be kept.
  package var string: String { String(decoding: bytes, as: UTF8.self) }

  package static func == (left: BorrowedText, right: BorrowedText) -> Bool {
    left.bytes.elementsEqual(right.bytes)
  }
}

/// A piece of a tool call, as it streams in.
package struct ToolCallDelta: Equatable, Sendable {
  /// Which of the answer's calls it belongs to; 0 or more, small.
  package var index: Int
  /// The call's id; `nil` when this piece does not repeat it.
  package var id: String?
  /// The function's name; `nil` when this piece does not repeat it.
  package var name: String?
  /// The next piece of the arguments' text; may be empty.
  package var arguments: String

  /// One piece of the call at `index`.
  package init(index: Int, id: String? = nil, name: String? = nil, arguments: String = "") {
    self.index = index
    self.id = id
    self.name = name
    self.arguments = arguments
  }
}

/// What happens, in order, while an answer arrives.
///
/// Not `Sendable`: text is borrowed from the decoder (see `BorrowedText`).
package enum Event: Equatable {
  /// The answer has begun: its id and the model that really serves it, `nil` where unsaid.
  case started(id: String?, model: String?)
  /// The next piece of the answer; not empty.
  case text(BorrowedText)
  /// The next piece of the model's reasoning; not empty, never part of the answer.
  case reasoning(BorrowedText)
  /// The next piece of the model's words of refusal; not empty.
  case refusal(BorrowedText)
  /// The next piece of a tool call.
  case toolCall(ToolCallDelta)
  /// Something to be sent back with the next turn, in the order it came; never shown.
  case state(ProviderState)
  /// The usage so far: replaces what an earlier event said.
  case usage(Usage)
  /// What the provider says the call costs: replaces what an earlier event said.
  case cost(Money)
  /// The provider's finish reason, with its own word. The first one counts.
  case finished(FinishReason, raw: String)
  /// Something the user should know and that changes nothing: a field that contradicts
  /// another, an event that could not be read.
  case notice(String)
}
