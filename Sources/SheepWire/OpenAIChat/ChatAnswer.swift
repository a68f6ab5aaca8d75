import SheepCore

/// Turns chunks, in their order, into events: what has been said already decides what a chunk
/// adds.
struct ChatAnswer {
  private var hasStarted = false
  private var hasText = false
  private var hasRefusal = false
  private var hasUsage = false
  private var hasNotedChoices = false
  private var hasNotedFinish = false
  private var toolCalls = ChatToolCalls()
  private var text = TextRepair()
  private var reasoning = TextRepair()
  private var refusal = TextRepair()
  private let scratch = ByteBuffer()

  /// The first finish reason's word; `nil` before it.
  private(set) var finishWord: String?

  /// Passes on what a chunk says. `isWhole`: it is a document and not an event.
  mutating func take(
    _ chunk: ChatChunk, in bytes: UnsafeRawBufferPointer, isWhole: Bool, _ emit: (Event) -> Void
  ) throws(Failure) {
    // OpenRouter puts an error beside ordinary choices: what they say has arrived and counts.
    let error = try failure(chunk, in: bytes)
    if !hasStarted, chunk.hasChoices, error == nil || chunk.choice != nil {
      hasStarted = true
      emit(.started(id: string(chunk.id, in: bytes), model: string(chunk.model, in: bytes)))
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
      flush(emit)
      throw error
    }
    if let choice = chunk.choice { takeFinish(choice, in: bytes, emit) }
  }

  /// Passes on a text that was found by a template.
  @inline(__always)
  mutating func take(
    text raw: RawText, isReasoning: Bool, in bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) {
    if raw.isASCII, !raw.hasEscapes, isReasoning ? reasoning.isIdle : text.isIdle {
      let piece = BorrowedText(raw.slice(of: bytes))
      emit(isReasoning ? .reasoning(piece) : .text(piece))
    } else {
      pass(raw, in: bytes, isReasoning ? .reasoning : .text, emit)
    }
  }

  /// The end of the answer: what was held back for its other half is passed on as it is.
  mutating func finish(_ emit: (Event) -> Void) {
    flush(emit)
    if finishWord == nil, hasRefusal {
      finishWord = "refusal"
      emit(.finished(.refused, raw: "refusal"))
    }
  }

  private mutating func flush(_ emit: (Event) -> Void) {
    let lastText = text.flush()
    if !lastText.isEmpty { emit(.text(BorrowedText(lastText))) }
    let lastReasoning = reasoning.flush()
    if !lastReasoning.isEmpty { emit(.reasoning(BorrowedText(lastReasoning))) }
    let lastRefusal = refusal.flush()
    if !lastRefusal.isEmpty { emit(.refusal(BorrowedText(lastRefusal))) }
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
      pass(raw, in: bytes, .reasoning, emit)
    } else if let details = content.reasoningDetails {
      // OpenRouter repeats in the details what `reasoning` says: they count only without it.
      for detail in Self.json(details, in: bytes)?.array ?? [] {
        pass(detail["text"]?.string ?? detail["summary"]?.string, .reasoning, emit)
      }
    }
    if let raw = content.text {
      hasText = true
      pass(raw, in: bytes, .text, emit)
    }
    if let parts = content.parts { take(parts: Self.json(parts, in: bytes), emit) }
    if let raw = content.refusal {
      hasRefusal = true
      pass(raw, in: bytes, .refusal, emit)
    }
    if let calls = content.toolCalls, let json = Self.json(calls, in: bytes) {
      try toolCalls.take(json, emit)
    }
    if let call = content.functionCall, let json = Self.json(call, in: bytes) {
      try toolCalls.take([["index": 0, "function": json]], emit)
    }
    if let result = choice.filterResult,
      let message = Self.json(result, in: bytes)?["error"]?["message"]?.string
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
        pass(thinking?.string, .reasoning, emit)
        for inner in thinking?.array ?? [] { pass(inner["text"]?.string, .reasoning, emit) }
      case "refusal":
        hasRefusal = hasRefusal || part["refusal"]?.string != nil
        pass(part["refusal"]?.string, .refusal, emit)
      case "text", "output_text", nil:
        hasText = true
        pass(part["text"]?.string, .text, emit)
      default: break
      }
    }
  }

  private mutating func takeFinish(
    _ choice: ChatChunk.Choice, in bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) {
    guard let word = string(choice.finishReason, in: bytes) else { return }
    if let first = finishWord {
      if first != word, !hasNotedFinish {
        hasNotedFinish = true
        emit(.notice("the answer ends twice, first with “\(first)”, then “\(word)”; the first counts"))
      }
      return
    }
    finishWord = word
    var reason = Self.reason(word)
    if reason == .stop, hasRefusal { reason = .refused }
    // OpenAI says `stop` after a call that the request demanded by name.
    if reason == .stop, toolCalls.hasCalls { reason = .tool }
    if reason == .other { emit(.notice("the finish reason “\(word)” is not known; taken as complete")) }
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
    if let groq = chunk.groq, let usage = Self.json(groq, in: bytes)?["usage"] { reports.append(usage) }
    if let usage = chunk.choice?.usage, let json = Self.json(usage, in: bytes) { reports.append(json) }
    if let usage = chunk.usage, let json = Self.json(usage, in: bytes) { reports.append(json) }
    let usage = reports.reversed().lazy.compactMap { ChatUsage.record($0) }.first
    if let usage {
      hasUsage = true
      emit(.usage(usage))
    } else if !hasUsage, let timings = chunk.timings, let json = Self.json(timings, in: bytes),
      let usage = ChatUsage.record(timings: json)
    {
      emit(.usage(usage))
    }
    let report = reports.last
    let ownCost = chunk.cost.flatMap { Self.json($0, in: bytes) }
    let cost =
      ChatUsage.cost(report?["cost"]) ?? ChatUsage.cost(report?["cost_usd"]) ?? ChatUsage.cost(ownCost)
    if let cost { emit(.cost(cost)) }
  }

  private func failure(_ chunk: ChatChunk, in bytes: UnsafeRawBufferPointer) throws(Failure) -> Failure? {
    let whole = UnsafeRawBufferPointer(rebasing: bytes[...])
    if chunk.error != nil || chunk.kind != nil, let json = try? JSON.parse(Array(whole)) {
      // `error: {}` and `error: false` say nothing; beside choices they are no error.
      if let body = ErrorBody(json: json) { return OpenAIChatFailure.inside(body) }
      return nil
    }
    if let range = chunk.choice?.error, let json = Self.json(range, in: bytes),
      let body = ErrorBody(json: ["error": json])
    {
      return OpenAIChatFailure.inside(body)
    }
    return nil
  }

  // MARK: - Texts

  /// Where a piece of text belongs; halves of characters are joined within one channel only.
  private enum Channel { case text, reasoning, refusal }

  private mutating func pass(
    _ raw: RawText, in bytes: UnsafeRawBufferPointer, _ channel: Channel, _ emit: (Event) -> Void
  ) {
    if raw.hasEscapes {
      raw.unescape(in: bytes, to: scratch)
      pass(scratch.bytes, channel, emit)
    } else {
      pass(raw.slice(of: bytes), channel, emit)
    }
  }

  private mutating func pass(_ string: String?, _ channel: Channel, _ emit: (Event) -> Void) {
    guard let string else { return }
    Array(string.utf8).withUnsafeBytes { pass($0, channel, emit) }
  }

  private mutating func pass(
    _ piece: UnsafeRawBufferPointer, _ channel: Channel, _ emit: (Event) -> Void
  ) {
    switch channel {
    case .text:
      let whole = text.pass(piece)
      if !whole.isEmpty { emit(.text(BorrowedText(whole))) }
    case .reasoning:
      let whole = reasoning.pass(piece)
      if !whole.isEmpty { emit(.reasoning(BorrowedText(whole))) }
    case .refusal:
      let whole = refusal.pass(piece)
      if !whole.isEmpty { emit(.refusal(BorrowedText(whole))) }
    }
  }

  private func string(_ raw: RawText?, in bytes: UnsafeRawBufferPointer) -> String? {
    guard let raw else { return nil }
    guard raw.hasEscapes else { return String(decoding: raw.slice(of: bytes), as: UTF8.self) }
    let buffer = ByteBuffer()
    raw.unescape(in: bytes, to: buffer)
    var repair = TextRepair()
    let text = String(decoding: repair.pass(buffer.bytes), as: UTF8.self)
    return text + String(decoding: repair.flush(), as: UTF8.self)
  }

  private static func json(_ range: Range<Int>, in bytes: UnsafeRawBufferPointer) -> JSON? {
    try? JSON.parse(Array(bytes[range]))
  }
}
