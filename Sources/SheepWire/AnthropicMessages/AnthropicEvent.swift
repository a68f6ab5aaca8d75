import SheepCore

/// What one event of a stream says: where its parts lie in the bytes.
///
/// The texts that come with every token are found in place; everything rarer is a range of which
/// a value is made. `null` is the same as missing.
struct AnthropicEvent: InPlaceObject {
  /// What `content_block_delta` adds to its block.
  struct Delta {
    /// `text_delta`, `thinking_delta`, …
    var type: RawText?
    var text: RawText?
    var thinking: RawText?
    var signature: RawText?
    var partialJSON: RawText?
  }

  /// `message_start`, `content_block_delta`, …
  var type: RawText?
  /// The block that is meant; `nil` when the event names none.
  var index: Int64?
  var delta: Delta?
  /// All of `delta`, for its rarer members.
  var deltaRange: Range<Int>?
  var message: Range<Int>?
  var block: Range<Int>?
  var usage: Range<Int>?
  var error: Range<Int>?
  var cost: Range<Int>?

  init() {}

  mutating func readMember(_ scanner: inout JSONScanner) throws(MalformedJSON) {
    let name = try scanner.memberName()
    if scanner.matches(name, "type") {
      type = try scanner.text() ?? type
    } else if scanner.matches(name, "index") {
      let range = try scanner.skipValue(depth: 1)
      let text = String(decoding: scanner.bytes[range], as: UTF8.self)
      index = JSONNumber(text: text)?.integer
    } else if scanner.matches(name, "delta"), scanner.next == 0x7b {
      let start = scanner.index
      delta = try Delta(&scanner)
      deltaRange = start..<scanner.index
    } else if scanner.matches(name, "message") {
      message = try scanner.value() ?? message
    } else if scanner.matches(name, "content_block") {
      block = try scanner.value() ?? block
    } else if scanner.matches(name, "usage") {
      usage = try scanner.value() ?? usage
    } else if scanner.matches(name, "error") {
      error = try scanner.value() ?? error
    } else if scanner.matches(name, "cost") || scanner.matches(name, "cost_usd") {
      cost = try scanner.value() ?? cost
    } else {
      _ = try scanner.skipValue(depth: 1)
    }
  }
}

extension AnthropicEvent.Delta {
  fileprivate init(_ scanner: inout JSONScanner) throws(MalformedJSON) {
    guard try scanner.enterObject() else { return }
    repeat {
      let name = try scanner.memberName()
      if scanner.matches(name, "type") {
        type = try scanner.text(depth: 2)
      } else if scanner.matches(name, "text") {
        text = try scanner.text(depth: 2)
      } else if scanner.matches(name, "thinking") {
        thinking = try scanner.text(depth: 2)
      } else if scanner.matches(name, "signature") {
        signature = try scanner.text(depth: 2)
      } else if scanner.matches(name, "partial_json") {
        partialJSON = try scanner.text(depth: 2)
      } else {
        _ = try scanner.skipValue(depth: 2)
      }
    } while try scanner.hasAnotherMember()
  }
}
