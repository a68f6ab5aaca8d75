import SheepCore

/// Turns the events of a stream, in their order, or a document into what they say.
struct AnthropicAnswer: BodyReader {
  private var channels = TextChannels()
  private var blocks = AnthropicBlocks()
  private var usage = AnthropicUsage()
  private var finishWord: String?
  private var hasNotedFinish = false
  private var textTemplate: EventTemplate?
  private var thinkingTemplate: EventTemplate?
  /// The block that the thinking template belongs to.
  private var thinkingIndex: Int64 = 0

  /// `message_stop`, or the end of a document: a stop reason alone may be followed by a cut.
  private(set) var isComplete = false

  // MARK: - Events

  @inline(__always)
  mutating func takeKnown(
    _ event: UnsafeRawBufferPointer, isNamed: Bool, _ emit: (Event) -> Void
  ) -> Bool {
    if let raw = textTemplate?.match(event) {
      channels.pass(raw, in: event, .text, emit)
      return true
    }
    if let raw = thinkingTemplate?.match(event) {
      blocks.add(thinking: raw, in: event, at: thinkingIndex)
      channels.pass(raw, in: event, .reasoning, emit)
      return true
    }
    return false
  }

  mutating func take(
    event bytes: UnsafeRawBufferPointer, named name: String?, remembers: Bool, _ emit: (Event) -> Void
  ) throws(Failure) -> Bool {
    guard let event = try? AnthropicEvent(bytes) else {
      guard name == "error" else { return false }
      channels.flush(emit)
      throw ServerFailure.inside(bytes)
    }
    if isComplete { return true }
    let type = event.type?.string(in: bytes) ?? name
    switch type {
    case "content_block_delta":
      try takeDelta(event, in: bytes, emit)
      if remembers { remember(event, bytes) }
    case "content_block_start":
      if let block = event.block?.json(in: bytes) { start(block, at: event.index ?? 0, emit) }
    case "content_block_stop": try blocks.stop(at: event.index ?? 0, emit)
    case "message_start":
      if let message = event.message?.json(in: bytes) { begin(message, emit) }
    case "message_delta": takeEnd(event, in: bytes, emit)
    case "message_stop": complete(emit)
    default:
      guard type == "error" || event.error != nil else { return true }
      // Gateways write their errors as they please; whatever says one is one.
      guard let json = try? JSON.parse(Array(bytes)) else { return true }
      if let body = ErrorBody(json: json) {
        channels.flush(emit)
        throw ServerFailure.inside(body)
      }
      guard type == "error" else { return true }
      channels.flush(emit)
      throw Failure(.server, "the provider", "reported an error without details")
    }
    return true
  }

  mutating func finish(_ emit: (Event) -> Void) {
    channels.flush(emit)
  }

  private mutating func complete(_ emit: (Event) -> Void) {
    channels.flush(emit)
    blocks.finish(emit)
    isComplete = true
    textTemplate = nil
    thinkingTemplate = nil
  }

  private mutating func begin(_ message: JSON, _ emit: (Event) -> Void) {
    emit(.started(id: message["id"]?.string, model: message["model"]?.string))
    take(usage: message["usage"], isFinal: false, emit)
  }

  private mutating func start(_ block: JSON, at index: Int64, _ emit: (Event) -> Void) {
    blocks.start(block, at: index, emit)
    switch block["type"]?.string {
    case "text": channels.pass(block["text"]?.string, .text, emit)
    case "thinking": channels.pass(block["thinking"]?.string, .reasoning, emit)
    default: break
    }
  }

  private mutating func takeDelta(
    _ event: AnthropicEvent, in bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) {
    guard let delta = event.delta, let type = delta.type?.string(in: bytes) else { return }
    let index = event.index ?? 0
    switch type {
    case "text_delta":
      if let raw = delta.text { channels.pass(raw, in: bytes, .text, emit) }
    case "thinking_delta":
      guard let raw = delta.thinking else { return }
      blocks.add(thinking: raw, in: bytes, at: index)
      channels.pass(raw, in: bytes, .reasoning, emit)
    case "signature_delta":
      if let raw = delta.signature { blocks.add(signature: raw, in: bytes, at: index) }
    case "input_json_delta":
      guard let raw = delta.partialJSON else { return }
      try blocks.add(arguments: raw.string(in: bytes), at: index, emit)
    default: break
    }
  }

  /// Learns from a delta that says nothing but a piece of text.
  private mutating func remember(_ event: AnthropicEvent, _ bytes: UnsafeRawBufferPointer) {
    guard event.usage == nil, event.error == nil, event.cost == nil, let delta = event.delta,
      let type = delta.type?.string(in: bytes)
    else { return }
    if type == "text_delta", let raw = delta.text {
      textTemplate = EventTemplate(bytes, holes: [.text(raw)])
    } else if type == "thinking_delta", let raw = delta.thinking {
      thinkingTemplate = EventTemplate(bytes, holes: [.text(raw)])
      thinkingIndex = event.index ?? 0
    }
  }

  // MARK: - The end

  /// `message_delta`: why the answer ends and what it took.
  private mutating func takeEnd(
    _ event: AnthropicEvent, in bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) {
    take(usage: event.usage?.json(in: bytes), isFinal: true, emit)
    if let cost = ChatUsage.cost(event.cost?.json(in: bytes)) { emit(.cost(cost)) }
    guard let delta = event.deltaRange?.json(in: bytes) else { return }
    takeFinish(delta, emit)
  }

  private mutating func take(usage report: JSON?, isFinal: Bool, _ emit: (Event) -> Void) {
    guard let report else { return }
    usage.take(report, isFinal: isFinal)
    if let record = usage.record { emit(.usage(record)) }
    if let cost = ChatUsage.cost(report["cost"]) ?? ChatUsage.cost(report["cost_usd"]) {
      emit(.cost(cost))
    }
  }

  /// `stop_reason` with what belongs to it, from the delta or the document.
  private mutating func takeFinish(_ source: JSON, _ emit: (Event) -> Void) {
    guard let word = source["stop_reason"]?.string, !word.isEmpty else { return }
    if let first = finishWord {
      if first != word, !hasNotedFinish {
        hasNotedFinish = true
        emit(
          .notice(
            "the answer has two finish reasons, '\(shown(first))' and then '\(shown(word))'; the first is used"
          ))
      }
      return
    }
    finishWord = word
    let reason = Self.reason(word)
    if reason == .refused, let category = source["stop_details"]?["category"]?.string {
      emit(.notice("the provider gives the reason for the refusal: \(shown(category))"))
    }
    if reason == .other {
      emit(.notice("unknown finish reason '\(shown(word))'; treated as complete"))
    }
    emit(.finished(reason, raw: word))
  }

  private func shown(_ word: String) -> String { ErrorText.sanitized(word, limit: 80) }

  /// The finish reason that a word stands for: this dialect's own, else what gateways pass on
  /// from another.
  private static func reason(_ word: String) -> FinishReason {
    switch word {
    case "end_turn", "stop_sequence": .stop
    case "max_tokens", "model_context_window_exceeded": .length
    case "tool_use": .tool
    case "refusal": .refused
    case "pause_turn": .paused
    default: ChatAnswer.reason(word)
    }
  }

  // MARK: - Documents

  mutating func take(
    document bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) -> Bool {
    guard let json = try? JSON.parse(Array(bytes)) else { return false }
    guard let content = json["content"]?.array, json["type"]?.string != "error" else {
      if let body = ErrorBody(json: json) { throw ServerFailure.inside(body) }
      var failure = BodyForm.notAnAnswer("has no content blocks")
      if json["choices"] != nil { failure.advice = "it looks like a chat completion; try --api openai" }
      throw failure
    }
    emit(.started(id: json["id"]?.string, model: json["model"]?.string))
    for (place, block) in content.enumerated() {
      start(block, at: Int64(place), emit)
      try blocks.stop(at: Int64(place), emit)
    }
    take(usage: json["usage"], isFinal: true, emit)
    if let cost = ChatUsage.cost(json["cost"]) ?? ChatUsage.cost(json["cost_usd"]) { emit(.cost(cost)) }
    takeFinish(json, emit)
    complete(emit)
    return true
  }
}
