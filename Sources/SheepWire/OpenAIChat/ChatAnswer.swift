import SheepCore

/// Turns the events of a stream, in their order, or a document into what they say: what has been
/// said already decides what a chunk adds.
struct ChatAnswer: BodyReader {
  private var hasStarted = false
  private var hasText = false
  private var hasRefusal = false
  private var hasUsage = false
  private var hasNotedChoices = false
  private var hasNotedFinish = false
  private var toolCalls = ChatToolCalls()
  private var channels = TextChannels()
  private var textTemplate: EventTemplate?
  private var reasoningTemplate: EventTemplate?
  /// The first finish reason's word; `nil` before it.
  private var finishWord: String?
  /// Whether `[DONE]` or the end of a document has been seen.
  private var isDone = false

  /// A finish reason, `[DONE]` or the end of a JSON document: some servers never send the one,
  /// some never the other.
  var isComplete: Bool { isDone || finishWord != nil }

  // MARK: - Events and documents

  @inline(__always)
  mutating func takeKnown(
    _ event: UnsafeRawBufferPointer, isNamed: Bool, _ emit: (Event) -> Void
  ) -> Bool {
    if isNamed { return false }
    if let text = textTemplate?.match(event) {
      channels.pass(text, in: event, .text, emit)
      return true
    }
    if let text = reasoningTemplate?.match(event) {
      channels.pass(text, in: event, .reasoning, emit)
      return true
    }
    return false
  }

  mutating func take(
    event bytes: UnsafeRawBufferPointer, named name: String?, remembers: Bool, _ emit: (Event) -> Void
  ) throws(Failure) -> Bool {
    if name == "error" {
      finish(emit)
      throw ServerFailure.inside(bytes)
    }
    guard let chunk = try? ChatChunk(bytes) else { return false }
    try take(chunk, in: bytes, isWhole: false, emit)
    if remembers, name == nil, let plain = chunk.plainText {
      let template = EventTemplate(
        bytes, holes: [.text(plain.text)] + (chunk.padding.map { [.padding($0)] } ?? []))
      if plain.isReasoning { reasoningTemplate = template } else { textTemplate = template }
    }
    return true
  }

  mutating func take(
    document bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) -> Bool {
    let chunk = try? ChatChunk(bytes)
    if let chunk { try take(chunk, in: bytes, isWhole: true, emit) }
    if chunk?.choice == nil {
      if let body = (0..<bytes.count).json(in: bytes).flatMap(ErrorBody.init) {
        throw ServerFailure.inside(body)
      }
      if chunk != nil { throw BodyForm.notAnAnswer("has no choices") }
      return false
    }
    isDone = true
    return true
  }

  mutating func takeEndMark(_ emit: (Event) -> Void) -> Bool {
    isDone = true
    textTemplate = nil
    reasoningTemplate = nil
    finish(emit)
    return true
  }

  /// What was held back for its other half is passed on as it is.
  mutating func finish(_ emit: (Event) -> Void) {
    channels.flush(emit)
    if finishWord == nil, hasRefusal {
      finishWord = "refusal"
      emit(.finished(.refused, raw: "refusal"))
    }
  }

  // MARK: - A chunk

  /// Passes on what a chunk says. `isWhole`: it is a document and not an event.
  private mutating func take(
    _ chunk: ChatChunk, in bytes: UnsafeRawBufferPointer, isWhole: Bool, _ emit: (Event) -> Void
  ) throws(Failure) {
    // OpenRouter puts an error beside ordinary choices: what they say has arrived and counts.
    let error = try failure(chunk, in: bytes)
    if !hasStarted, chunk.hasChoices, error == nil || chunk.choice != nil {
      hasStarted = true
      emit(.started(id: chunk.id?.string(in: bytes), model: chunk.model?.string(in: bytes)))
    }
    if chunk.hasOtherChoices, !hasNotedChoices {
      hasNotedChoices = true
      emit(.notice("the answer has several choices; only the first is shown"))
    }
    if let choice = chunk.choice {
      try take(choice, in: bytes, isWhole: isWhole, emit)
    }
    takeUsage(chunk, in: bytes, emit)
    if let error {
      channels.flush(emit)
      throw error
    }
    if let choice = chunk.choice { takeFinish(choice, in: bytes, emit) }
  }

  // MARK: - A choice

  private mutating func take(
    _ choice: ChatChunk.Choice, in bytes: UnsafeRawBufferPointer, isWhole: Bool, _ emit: (Event) -> Void
  ) throws(Failure) {
    // Perplexity sends both: `message` holds everything so far in a stream, and `delta` is
    // empty in a document. A stream of messages alone is read as long as it repeats nothing.
    let content = isWhole ? choice.message ?? choice.delta : choice.delta ?? (hasText ? nil : choice.message)
    guard let content else { return }
    if let raw = content.reasoning {
      channels.pass(raw, in: bytes, .reasoning, emit)
    } else if let details = content.reasoningDetails {
      // OpenRouter repeats in the details what `reasoning` says: they count only without it.
      for detail in details.json(in: bytes)?.array ?? [] {
        channels.pass(detail["text"]?.string ?? detail["summary"]?.string, .reasoning, emit)
      }
    }
    if let raw = content.text {
      hasText = true
      channels.pass(raw, in: bytes, .text, emit)
    }
    if let parts = content.parts { take(parts: parts.json(in: bytes), emit) }
    if let raw = content.refusal {
      hasRefusal = true
      channels.pass(raw, in: bytes, .refusal, emit)
    }
    if let calls = content.toolCalls, let json = calls.json(in: bytes) {
      try toolCalls.take(json, emit)
    }
    if let call = content.functionCall, let json = call.json(in: bytes) {
      try toolCalls.take([["index": 0, "function": json]], emit)
    }
    if let result = choice.filterResult,
      let message = result.json(in: bytes)?["error"]?["message"]?.string
    {
      emit(.notice("the provider's content filter failed: " + ErrorText.sanitized(message)))
    }
  }

  /// A list of parts, as Mistral's reasoning models send it.
  private mutating func take(parts: JSON?, _ emit: (Event) -> Void) {
    for part in parts?.array ?? [] {
      switch part["type"]?.string {
      case "thinking", "reasoning":
        let thinking = part["thinking"] ?? part["text"]
        channels.pass(thinking?.string, .reasoning, emit)
        for inner in thinking?.array ?? [] { channels.pass(inner["text"]?.string, .reasoning, emit) }
      case "refusal":
        hasRefusal = hasRefusal || part["refusal"]?.string != nil
        channels.pass(part["refusal"]?.string, .refusal, emit)
      case "text", "output_text", nil:
        hasText = true
        channels.pass(part["text"]?.string, .text, emit)
      default: break
      }
    }
  }

  private mutating func takeFinish(
    _ choice: ChatChunk.Choice, in bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) {
    guard let word = choice.finishReason?.string(in: bytes) else { return }
    if let first = finishWord {
      if first != word, !hasNotedFinish {
        hasNotedFinish = true
        emit(.notice("the answer has two finish reasons, '\(first)' and then '\(word)'; the first is used"))
      }
      return
    }
    finishWord = word
    var reason = Self.reason(word)
    if reason == .stop, hasRefusal { reason = .refused }
    // OpenAI says `stop` after a call that the request demanded by name.
    if reason == .stop, toolCalls.hasCalls { reason = .tool }
    if reason == .other { emit(.notice("unknown finish reason '\(word)'; treated as complete")) }
    emit(.finished(reason, raw: word))
  }

  /// The finish reason that a provider's word stands for, its own words and those that gateways
  /// pass on from other dialects.
  static func reason(_ word: String) -> FinishReason {
    switch word {
    case "stop", "end_turn", "stop_sequence", "eos", "STOP": .stop
    case "length", "max_tokens", "MAX_TOKENS": .length
    case "tool_calls", "function_call", "tool_use": .tool
    case "content_filter", "SAFETY": .filtered
    case "refusal": .refused
    case "error", "insufficient_system_resource": .error
    default: .other
    }
  }

  // MARK: - Usage and errors

  private mutating func takeUsage(
    _ chunk: ChatChunk, in bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) {
    var reports: [JSON] = []
    if let groq = chunk.groq, let usage = groq.json(in: bytes)?["usage"] { reports.append(usage) }
    if let usage = chunk.choice?.usage, let json = usage.json(in: bytes) { reports.append(json) }
    if let usage = chunk.usage, let json = usage.json(in: bytes) { reports.append(json) }
    let usage = reports.reversed().lazy.compactMap { ChatUsage.record($0) }.first
    if let usage {
      hasUsage = true
      emit(.usage(usage))
    } else if !hasUsage, let timings = chunk.timings, let json = timings.json(in: bytes),
      let usage = ChatUsage.record(timings: json)
    {
      emit(.usage(usage))
    }
    let report = reports.last
    let ownCost = chunk.cost.flatMap { $0.json(in: bytes) }
    let cost =
      ChatUsage.cost(report?["cost"]) ?? ChatUsage.cost(report?["cost_usd"]) ?? ChatUsage.cost(ownCost)
    if let cost { emit(.cost(cost)) }
  }

  private func failure(_ chunk: ChatChunk, in bytes: UnsafeRawBufferPointer) throws(Failure) -> Failure? {
    if chunk.error != nil || chunk.kind != nil, let json = (0..<bytes.count).json(in: bytes) {
      // `error: {}` and `error: false` say nothing; beside choices they are no error.
      if let body = ErrorBody(json: json) { return ServerFailure.inside(body) }
      return nil
    }
    if let range = chunk.choice?.error, let json = range.json(in: bytes),
      let body = ErrorBody(json: ["error": json])
    {
      return ServerFailure.inside(body)
    }
    return nil
  }
}
