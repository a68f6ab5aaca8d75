import SheepCore

/// What one event of a stream, or one whole document, says: where its parts lie in the bytes.
///
/// The two texts that come with every token are found in place; everything rarer is a range
/// that `json(_:)` makes a value of. `null` is the same as missing.
struct ChatChunk: InPlaceObject {
  /// What a choice says under `delta`, or under `message` in a whole answer.
  struct Content {
    var text: RawText?
    /// `content` where it is a list of parts.
    var parts: Range<Int>?
    /// `reasoning_content`, or else `reasoning`.
    var reasoning: RawText?
    var reasoningDetails: Range<Int>?
    var refusal: RawText?
    var toolCalls: Range<Int>?
    var functionCall: Range<Int>?

    /// Whether nothing but text and reasoning is in it.
    var isPlain: Bool {
      parts == nil && reasoningDetails == nil && refusal == nil && toolCalls == nil && functionCall == nil
    }
  }

  /// The one choice that is read.
  struct Choice {
    var index = 0
    var delta: Content?
    var message: Content?
    var finishReason: RawText?
    var error: Range<Int>?
    var usage: Range<Int>?
    var filterResult: Range<Int>?
  }

  var id: RawText?
  var model: RawText?
  var choice: Choice?
  var hasChoices = false
  var hasOtherChoices = false
  var error: Range<Int>?
  var usage: Range<Int>?
  var groq: Range<Int>?
  var timings: Range<Int>?
  var cost: Range<Int>?
  /// `object` or `type`, where it may say `error`.
  var kind: RawText?
  /// Random padding of random length that OpenAI adds to each event.
  var padding: RawText?

  init() {}

  mutating func readMember(_ scanner: inout JSONScanner) throws(MalformedJSON) {
    let name = try scanner.memberName()
    if scanner.matches(name, "choices"), scanner.next == 0x5b {
      try readChoices(&scanner)
    } else if scanner.matches(name, "id") {
      id = try scanner.text() ?? id
    } else if scanner.matches(name, "model") {
      model = try scanner.text() ?? model
    } else if scanner.matches(name, "object") || scanner.matches(name, "type") {
      let word = try scanner.text()
      if let word, scanner.matches(word, "error") { kind = word }
    } else if scanner.matches(name, "obfuscation") {
      padding = try scanner.text()
    } else if scanner.matches(name, "usage") {
      usage = try scanner.value() ?? usage
    } else if scanner.matches(name, "error") {
      error = try scanner.value() ?? error
    } else if scanner.matches(name, "x_groq") {
      groq = try scanner.value() ?? groq
    } else if scanner.matches(name, "timings") {
      timings = try scanner.value() ?? timings
    } else if scanner.matches(name, "cost") || scanner.matches(name, "cost_usd") {
      cost = try scanner.value() ?? cost
    } else {
      _ = try scanner.skipValue(depth: 1)
    }
  }

  private mutating func readChoices(_ scanner: inout JSONScanner) throws(MalformedJSON) {
    hasChoices = true
    choice = nil
    guard try scanner.enterArray() else { return }
    var position = 0
    repeat {
      if scanner.next == 0x7b {
        let read = try Choice(&scanner, position: position)
        if read.index == 0, choice == nil { choice = read } else { hasOtherChoices = true }
      } else {
        _ = try scanner.skipValue(depth: 2)
      }
      position += 1
    } while try scanner.hasAnotherElement()
  }

  /// The text that is all this chunk says, when that is so: a token of the answer or of the
  /// reasoning and nothing else worth an event.
  var plainText: (text: RawText, isReasoning: Bool)? {
    guard error == nil, usage == nil, groq == nil, timings == nil, cost == nil, kind == nil,
      !hasOtherChoices, let choice, choice.finishReason == nil, choice.error == nil,
      choice.usage == nil, choice.filterResult == nil, let delta = choice.delta, delta.isPlain
    else { return nil }
    switch (delta.text, delta.reasoning) {
    case (let text?, nil): return (text, false)
    case (nil, let reasoning?): return (reasoning, true)
    default: return nil
    }
  }
}

extension ChatChunk.Choice {
  fileprivate init(_ scanner: inout JSONScanner, position: Int) throws(MalformedJSON) {
    index = position
    guard try scanner.enterObject() else { return }
    repeat {
      let name = try scanner.memberName()
      if scanner.matches(name, "delta"), scanner.next == 0x7b {
        delta = try ChatChunk.Content(&scanner)
      } else if scanner.matches(name, "message"), scanner.next == 0x7b {
        message = try ChatChunk.Content(&scanner)
      } else if scanner.matches(name, "finish_reason") {
        finishReason = try scanner.text() ?? finishReason
      } else if scanner.matches(name, "index") {
        let range = try scanner.skipValue(depth: 3)
        // Anything but a plain 0 is another choice, unless it is no number at all.
        let first = scanner.bytes[range.lowerBound]
        if first == 0x2d || (0x30...0x39).contains(first) {
          index = range.count == 1 && first == 0x30 ? 0 : 1
        }
      } else if scanner.matches(name, "error") {
        error = try scanner.value(depth: 3) ?? error
      } else if scanner.matches(name, "usage") {
        usage = try scanner.value(depth: 3) ?? usage
      } else if scanner.matches(name, "content_filter_result") {
        filterResult = try scanner.value(depth: 3) ?? filterResult
      } else {
        _ = try scanner.skipValue(depth: 3)
      }
    } while try scanner.hasAnotherMember()
  }
}

extension ChatChunk.Content {
  fileprivate init(_ scanner: inout JSONScanner) throws(MalformedJSON) {
    guard try scanner.enterObject() else { return }
    var other: RawText?
    repeat {
      let name = try scanner.memberName()
      if scanner.matches(name, "content") {
        if scanner.next == 0x5b {
          parts = try scanner.value(depth: 4)
        } else {
          text = try scanner.text(depth: 4)
        }
      } else if scanner.matches(name, "reasoning_content") {
        reasoning = try scanner.text(depth: 4)
      } else if scanner.matches(name, "reasoning") {
        other = try scanner.text(depth: 4)
      } else if scanner.matches(name, "reasoning_details") {
        reasoningDetails = try scanner.value(depth: 4)
      } else if scanner.matches(name, "refusal") {
        refusal = try scanner.text(depth: 4)
      } else if scanner.matches(name, "tool_calls") {
        toolCalls = try scanner.value(depth: 4)
      } else if scanner.matches(name, "function_call") {
        functionCall = try scanner.value(depth: 4)
      } else {
        _ = try scanner.skipValue(depth: 4)
      }
    } while try scanner.hasAnotherMember()
    reasoning = reasoning ?? other
  }
}
