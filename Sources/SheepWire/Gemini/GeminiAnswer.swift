import SheepCore

/// Turns chunks, in their order, into events.
///
/// Usage and finish reason may stand in every chunk, growing or repeated (Vertex writes STOP
/// into all of them): the last ones count, and are passed on at the end.
struct GeminiAnswer: BodyReader {
  private var hasStarted = false
  private var hasNotedCandidates = false
  private var hasNotedPart = false
  private var toolCalls = 0
  private var finish: GeminiFinish?
  private var channels = TextChannels()
  private var textTemplate: EventTemplate?
  private var textHasUsage = false
  private var thoughtTemplate: EventTemplate?
  private var thoughtHasUsage = false
  /// How many templates were learnt.
  private var learnt = 0
  /// From this many templates on they bear a change of any counter: that costs a little with each
  /// chunk, and less than to learn again and again where a server counts by details.
  private static let narrowLimit = 8
  /// The last event or document with a usage in it, read only when it is known to be the last.
  private let reported = ByteBuffer()

  var isComplete: Bool { finish != nil }

  @inline(__always)
  mutating func takeKnown(
    _ event: UnsafeRawBufferPointer, isNamed: Bool, _ emit: (Event) -> Void
  ) -> Bool {
    if let text = textTemplate?.match(event) {
      if textHasUsage { keep(event) }
      channels.pass(text, in: event, .text, emit)
      return true
    }
    if let text = thoughtTemplate?.match(event) {
      if thoughtHasUsage { keep(event) }
      channels.pass(text, in: event, .reasoning, emit)
      return true
    }
    return false
  }

  mutating func take(
    event: UnsafeRawBufferPointer, named name: String?, remembers: Bool, _ emit: (Event) -> Void
  ) throws(Failure) -> Bool {
    if event.first == 0x5b { return try take(document: event, emit) }
    guard let chunk = Self.chunk(event) else { return false }
    try take(chunk, in: event, emit)
    if remembers { remember(chunk, event) }
    return true
  }

  private mutating func remember(_ chunk: GeminiChunk, _ event: UnsafeRawBufferPointer) {
    guard let plain = chunk.plainText,
      let template = chunk.template(event, text: plain.text, anyCounter: learnt >= Self.narrowLimit)
    else { return }
    learnt += 1
    if plain.isThought {
      thoughtTemplate = template
      thoughtHasUsage = chunk.usage != nil
    } else {
      textTemplate = template
      textHasUsage = chunk.usage != nil
    }
  }

  /// A chunk, or an array of chunks: what a stream is without `alt=sse`.
  mutating func take(
    document: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) -> Bool {
    guard let elements = Self.elements(document) else { return false }
    for range in elements {
      let bytes = UnsafeRawBufferPointer(rebasing: document[range])
      guard let chunk = Self.chunk(bytes) else { continue }
      try take(chunk, in: bytes, emit)
    }
    if !hasStarted {
      if let json = try? JSON.parse(Array(document)), let body = ErrorBody(json: json) {
        throw ServerFailure.inside(body)
      }
      throw BodyForm.notAnAnswer("has no candidates")
    }
    return true
  }

  mutating func finish(_ emit: (Event) -> Void) {
    channels.flush(emit)
    reportUsage(emit)
    guard let finish else { return }
    let reason = finish.reason(hasToolCalls: toolCalls > 0)
    if reason == .other {
      emit(.notice("unknown finish reason '\(finish.word)'; treated as complete"))
    }
    emit(.finished(reason, raw: finish.word))
  }

  // MARK: - A chunk

  private static func chunk(_ bytes: UnsafeRawBufferPointer) -> GeminiChunk? { try? GeminiChunk(bytes) }

  /// Where the elements of an array lie, or the one document; `nil` when it is not JSON.
  private static func elements(_ document: UnsafeRawBufferPointer) -> [Range<Int>]? {
    var scanner = JSONScanner(document)
    var elements: [Range<Int>] = []
    do {
      scanner.skipBlanks()
      if scanner.next != 0x5b {
        elements.append(try scanner.skipValue())
      } else if try scanner.enterArray() {
        repeat { elements.append(try scanner.skipValue(depth: 1)) } while try scanner.hasAnotherElement()
      }
      try scanner.end()
      return elements
    } catch {
      return nil
    }
  }

  private mutating func take(
    _ chunk: GeminiChunk, in bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) {
    let body = chunk.error.flatMap { _ in (0..<bytes.count).json(in: bytes) }.flatMap(ErrorBody.init)
    let saysSomething = chunk.hasCandidates || chunk.promptFeedback != nil || chunk.id != nil
    if !hasStarted, saysSomething {
      hasStarted = true
      emit(.started(id: chunk.id?.string(in: bytes), model: chunk.model?.string(in: bytes)))
    }
    if chunk.hasOtherCandidates, !hasNotedCandidates {
      hasNotedCandidates = true
      emit(.notice("the answer has several candidates; only the first is shown"))
    }
    for part in chunk.parts { take(part, in: bytes, emit) }
    if chunk.usage != nil || chunk.gatewayUsage != nil { keep(bytes) }
    takeFinish(chunk, in: bytes, emit)
    if let body {
      finish(emit)
      throw ServerFailure.inside(body)
    }
  }

  private mutating func take(
    _ part: GeminiChunk.Part, in bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) {
    if let text = part.text { channels.pass(text, in: bytes, part.isThought ? .reasoning : .text, emit) }
    guard part.hasOther || part.signature != nil, let json = part.range.json(in: bytes) else { return }
    if let call = json["functionCall"] {
      take(call: call, emit)
    } else if let type = json["inlineData"]?["mimeType"]?.string ?? json["fileData"]?["mimeType"]?.string,
      !hasNotedPart
    {
      hasNotedPart = true
      emit(
        .notice("skipped a part of type \(ErrorText.sanitized(type, limit: 60)) in the answer"))
    }
    if let signature = json["thoughtSignature"], signature.string != nil {
      // The text itself goes back as text; a signature beside it gets a part of its own.
      let value: JSON = json["functionCall"] == nil ? ["text": "", "thoughtSignature": signature] : json
      emit(.state(ProviderState(dialect: "gemini", value: value)))
    }
  }

  private mutating func take(call: JSON, _ emit: (Event) -> Void) {
    guard toolCalls < ChatToolCalls.limit else {
      if toolCalls == ChatToolCalls.limit {
        emit(.notice("the answer has more than \(ChatToolCalls.limit) tool calls; the rest was dropped"))
        toolCalls += 1
      }
      return
    }
    emit(
      .toolCall(
        ToolCallDelta(
          index: toolCalls, id: call["id"]?.string, name: call["name"]?.string,
          arguments: call["args"]?.serialized() ?? "{}")))
    toolCalls += 1
  }

  private mutating func takeFinish(
    _ chunk: GeminiChunk, in bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) {
    if let message = chunk.finishMessage?.string(in: bytes) {
      emit(.notice("the provider says: " + ErrorText.sanitized(message)))
    }
    if let range = chunk.promptFeedback, let feedback = range.json(in: bytes),
      let block = GeminiFinish.word(feedback["blockReason"])
    {
      if let message = feedback["blockReasonMessage"]?.string {
        emit(.notice("the provider says: " + ErrorText.sanitized(message)))
      }
      finish = finish ?? GeminiFinish(word: block, isBlock: true)
      return
    }
    guard let range = chunk.finishReason, let word = GeminiFinish.word(range.json(in: bytes))
    else { return }
    if let first = finish, first.word != "STOP" {
      if first.word != word {
        emit(
          .notice("the answer has two finish reasons, '\(first.word)' and then '\(word)'; the first is used"))
      }
      return
    }
    finish = GeminiFinish(word: word, isBlock: false)
  }

  // MARK: - Usage

  @inline(__always)
  private func keep(_ bytes: UnsafeRawBufferPointer) {
    reported.clear()
    reported.append(bytes)
  }

  private mutating func reportUsage(_ emit: (Event) -> Void) {
    let bytes = reported.bytes
    guard !bytes.isEmpty, let chunk = Self.chunk(bytes) else { return }
    let other = chunk.gatewayUsage.flatMap { $0.json(in: bytes) }
    let own = chunk.usage.flatMap { $0.json(in: bytes) }
    if let usage = own.flatMap({ GeminiUsage.record($0) }) ?? other.flatMap({ ChatUsage.record($0) }) {
      emit(.usage(usage))
    }
    if let cost = ChatUsage.cost(other?["cost"]) ?? ChatUsage.cost(other?["cost_usd"]) { emit(.cost(cost)) }
  }
}
