import SheepCore

/// Turns events, in their order, or a document into the events of an answer.
struct ResponsesAnswer: BodyReader {
  private var hasStarted = false
  private var hasRefusal = false
  private var hasShown = false
  private var calls = ResponsesCalls()
  private var channels = TextChannels()
  /// The parts whose deltas have come, so that their whole text is not passed on again.
  private var streamedParts: Set<Int> = []
  /// The reasoning part that came last: a blank line separates it from the next.
  private var lastReasoning: Int?
  private var textTemplate: EventTemplate?
  private var reasoningTemplate: EventTemplate?

  private(set) var isComplete = false

  @inline(__always)
  mutating func takeKnown(
    _ event: UnsafeRawBufferPointer, isNamed: Bool, _ emit: (Event) -> Void
  ) -> Bool {
    if isComplete { return true }
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
    event: UnsafeRawBufferPointer, named name: String?, remembers: Bool, _ emit: (Event) -> Void
  ) throws(Failure) -> Bool {
    guard let read = try? ResponsesEvent(event) else { return false }
    let type = read.type?.string(in: event) ?? name ?? ""
    if type == "error" || name == "error" || read.error != nil { throw failure(event, emit) }
    switch type {
    case "response.output_text.delta":
      note(read)
      pass(read.delta, in: event, .text, emit)
      if remembers { textTemplate = read.template(event) }
    case "response.reasoning_summary_text.delta", "response.reasoning_text.delta":
      separate(read, emit)
      note(read)
      pass(read.delta, in: event, .reasoning, emit)
      if remembers { reasoningTemplate = read.template(event) }
    case "response.refusal.delta":
      note(read)
      pass(read.delta, in: event, .refusal, emit)
    case "response.output_text.done": passWhole(read, in: event, .text, emit)
    case "response.refusal.done": passWhole(read, in: event, .refusal, emit)
    case "response.reasoning_summary_text.done", "response.reasoning_text.done":
      if !isStreamed(read) { separate(read, emit) }
      passWhole(read, in: event, .reasoning, emit)
    case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta":
      calls.take(
        delta: read.delta?.string(in: event) ?? "", id: read.itemID?.string(in: event),
        outputIndex: read.outputIndex, emit)
    case "response.function_call_arguments.done", "response.custom_tool_call_input.done":
      calls.take(
        whole: read.whole?.string(in: event) ?? "", id: read.itemID?.string(in: event),
        outputIndex: read.outputIndex, emit)
    case "response.output_item.added", "response.output_item.done":
      guard let item = read.item?.json(in: event) else { break }
      calls.take(item: item, outputIndex: read.outputIndex, emit)
      if type == "response.output_item.done" { keepState(item, emit) }
    case "response.created", "response.in_progress", "response.queued":
      if let response = read.response?.json(in: event) { start(response, emit) }
    case "response.completed", "response.incomplete", "response.failed", "response.cancelled":
      let word = String(type.utf8.dropFirst("response.".utf8.count)) ?? type
      try end(read.response?.json(in: event) ?? [:], status: word, emit)
    default: break
    }
    return true
  }

  mutating func take(
    document: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) -> Bool {
    guard let json = try? JSON.parse(Array(document)) else { return false }
    // A failed answer has its error beside its status.
    guard let status = json["status"]?.string ?? (json["output"] == nil ? nil : "completed"),
      json["output"] != nil || json["object"]?.string == "response"
    else {
      if let body = ErrorBody(json: json) { throw ResponsesFailure.of(body) }
      throw BodyForm.notAnAnswer("is not a response object")
    }
    try end(json, status: status, emit)
    return true
  }

  mutating func finish(_ emit: (Event) -> Void) { channels.flush(emit) }

  // MARK: - Texts

  private mutating func pass(
    _ raw: RawText?, in bytes: UnsafeRawBufferPointer, _ channel: TextChannels.Channel,
    _ emit: (Event) -> Void
  ) {
    guard let raw, raw.count > 0 else { return }
    hasShown = true
    if channel == .refusal { hasRefusal = true }
    channels.pass(raw, in: bytes, channel, emit)
  }

  /// Passes on a part's whole text when none of it came in pieces, which some servers spare.
  private mutating func passWhole(
    _ event: ResponsesEvent, in bytes: UnsafeRawBufferPointer, _ channel: TextChannels.Channel,
    _ emit: (Event) -> Void
  ) {
    if isStreamed(event) { return }
    note(event)
    pass(event.whole, in: bytes, channel, emit)
  }

  private static func part(_ event: ResponsesEvent) -> Int {
    let inner = event.contentIndex.map { $0 << 1 } ?? event.summaryIndex.map { $0 << 1 | 1 } ?? 0
    return (event.outputIndex ?? 0) << 20 | inner
  }

  private func isStreamed(_ event: ResponsesEvent) -> Bool { streamedParts.contains(Self.part(event)) }

  private mutating func note(_ event: ResponsesEvent) {
    // An answer has a handful of parts; a server that sends thousands must not fill memory.
    if streamedParts.count < 4096 { streamedParts.insert(Self.part(event)) }
  }

  private mutating func separate(_ event: ResponsesEvent, _ emit: (Event) -> Void) {
    let part = Self.part(event)
    if let last = lastReasoning, last != part { channels.pass("\n\n", .reasoning, emit) }
    lastReasoning = part
  }

  // MARK: - Beginning and end

  private mutating func start(_ response: JSON, _ emit: (Event) -> Void) {
    if hasStarted { return }
    hasStarted = true
    emit(.started(id: Self.word(response["id"]), model: Self.word(response["model"])))
  }

  private mutating func end(
    _ response: JSON, status: String, _ emit: (Event) -> Void
  ) throws(Failure) {
    start(response, emit)
    if !hasShown, calls.isEmpty { takeOutput(response["output"], emit) }
    channels.flush(emit)
    if let usage = response["usage"] {
      if let record = ResponsesUsage.record(usage) { emit(.usage(record)) }
      if let cost = ChatUsage.cost(usage["cost"]) ?? ChatUsage.cost(usage["cost_usd"]) { emit(.cost(cost)) }
    }
    if status == "failed" || response["error"] != nil {
      if let error = response["error"], let body = ErrorBody(json: ["error": error]) {
        throw ResponsesFailure.of(body)
      }
      throw Failure(.server, "the provider", "reported a failure without details")
    }
    isComplete = true
    let word = response["incomplete_details"]?["reason"]?.string ?? Self.word(response["status"]) ?? status
    let shown = ErrorText.sanitized(word, limit: 128)
    let reason = reason(word)
    if reason == .other {
      emit(.notice("unknown finish reason '\(shown)'; treated as complete"))
    }
    emit(.finished(reason, raw: shown))
  }

  private func reason(_ word: String) -> FinishReason {
    switch word {
    case "completed": hasRefusal ? .refused : calls.isEmpty ? .stop : .tool
    case "max_output_tokens", "max_tokens": .length
    case "content_filter": .filtered
    case "queued", "in_progress": .paused
    case "failed", "cancelled": .error
    default: .other
    }
  }

  /// Reads a whole output: a document's, or that of a stream that had no deltas.
  private mutating func takeOutput(_ output: JSON?, _ emit: (Event) -> Void) {
    for (index, item) in (output?.array ?? []).enumerated() {
      switch item["type"]?.string {
      case "message":
        for part in item["content"]?.array ?? [] { take(part: part, emit) }
      case "reasoning":
        let summary = item["summary"]?.array ?? []
        let texts = summary.isEmpty ? item["content"]?.array ?? [] : summary
        let text = texts.compactMap { $0["text"]?.string }.joined(separator: "\n\n")
        channels.pass(text, .reasoning, emit)
        keepState(item, emit)
      default: calls.take(item: item, outputIndex: index, emit)
      }
    }
  }

  private mutating func take(part: JSON, _ emit: (Event) -> Void) {
    switch part["type"]?.string {
    case "output_text", "text": channels.pass(part["text"]?.string, .text, emit)
    case "refusal":
      hasRefusal = true
      channels.pass(part["refusal"]?.string, .refusal, emit)
    default: break
    }
  }

  /// Reasoning that only the server can read goes back with the next turn.
  private func keepState(_ item: JSON, _ emit: (Event) -> Void) {
    guard item["type"]?.string == "reasoning", item["encrypted_content"]?.string != nil else { return }
    emit(.state(ProviderState(dialect: "responses", value: item)))
  }

  // MARK: - Errors

  private mutating func failure(
    _ event: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) -> Failure {
    channels.flush(emit)
    if let body = ErrorBody(bytes: Array(event)) { return ResponsesFailure.of(body) }
    return ServerFailure.inside(event)
  }

  private static func word(_ json: JSON?) -> String? { json?.string.flatMap { $0.isEmpty ? nil : $0 } }
}

/// What an error inside a successful response of this dialect means.
enum ResponsesFailure {
  /// The failure that the body stands for: there is no status, and some codes are about what
  /// was asked, which no repetition mends.
  static func of(_ body: ErrorBody) -> Failure {
    var failure = ServerFailure.inside(body)
    let code = body.code ?? ""
    let isAboutInput = ["invalid_", "unsupported_", "image_", "empty_image", "failed_to_download"].contains {
      code.utf8.starts(with: $0.utf8)
    }
    if failure.kind == .server, body.status == nil, isAboutInput { failure.kind = .badRequest }
    return failure
  }
}
