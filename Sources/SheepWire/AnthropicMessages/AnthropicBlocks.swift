import SheepCore

/// The blocks of an answer that need a memory: tool calls, and thinking that is to be sent back.
///
/// Each has its own state by its index, since servers let blocks overlap: at llama.cpp the next
/// one starts before the last one stops, and its signature comes later still.
struct AnthropicBlocks {
  private enum Block {
    /// A call: its place among the calls, its whole input if that came at the start, and whether
    /// any of its arguments have come.
    case tool(position: Int, input: JSON?, hasArguments: Bool)
    case thinking(text: ByteBuffer, signature: ByteBuffer)
    case redacted(JSON)
  }

  /// More blocks than this are left out: no model makes them, and memory is finite.
  static let limit = 1_024
  /// More bytes than this are refused, the arguments of all tool calls together, and forgotten,
  /// the thinking of all blocks together.
  static let byteLimit = 64 << 20

  private var blocks: [Int64: Block] = [:]
  private var calls = 0
  private var argumentBytes = 0
  private var thinkingBytes = 0
  private var hasLeftOut = false

  /// A block begins: `content_block` of a stream, or an element of a document's `content`.
  mutating func start(_ block: JSON, at index: Int64, _ emit: (Event) -> Void) {
    switch block["type"]?.string {
    case "tool_use":
      guard hasRoom(for: index, emit) else { return }
      blocks[index] = .tool(position: calls, input: block["input"], hasArguments: false)
      emit(
        .toolCall(ToolCallDelta(index: calls, id: Self.word(block["id"]), name: Self.word(block["name"]))))
      calls += 1
    case "thinking":
      guard hasRoom(for: index, emit) else { return }
      let text = ByteBuffer()
      Array((block["thinking"]?.string ?? "").utf8).withUnsafeBytes { text.append($0) }
      let signature = ByteBuffer()
      Array((block["signature"]?.string ?? "").utf8).withUnsafeBytes { signature.append($0) }
      blocks[index] = .thinking(text: text, signature: signature)
    case "redacted_thinking":
      if hasRoom(for: index, emit) { blocks[index] = .redacted(block) }
    default: blocks[index] = nil
    }
  }

  /// The next piece of the thinking at `index`.
  mutating func add(thinking raw: RawText, in bytes: UnsafeRawBufferPointer, at index: Int64) {
    guard case .thinking(let text, _)? = blocks[index] else { return }
    add(raw, in: bytes, to: text)
  }

  /// The next piece of its signature, which is usually one.
  mutating func add(signature raw: RawText, in bytes: UnsafeRawBufferPointer, at index: Int64) {
    guard case .thinking(_, let signature)? = blocks[index] else { return }
    add(raw, in: bytes, to: signature)
  }

  private mutating func add(_ raw: RawText, in bytes: UnsafeRawBufferPointer, to target: ByteBuffer) {
    thinkingBytes += raw.count
    guard thinkingBytes <= Self.byteLimit else { return }
    if raw.hasEscapes {
      let plain = ByteBuffer()
      raw.unescape(in: bytes, to: plain)
      target.append(plain.bytes)
    } else {
      target.append(raw.slice(of: bytes))
    }
  }

  /// The next piece of a tool call's arguments.
  /// - Throws: `protocolViolation` beyond the limit.
  mutating func add(
    arguments: String, at index: Int64, _ emit: (Event) -> Void
  ) throws(Failure) {
    guard case .tool(let position, let input, _)? = blocks[index] else { return }
    argumentBytes += arguments.utf8.count
    if argumentBytes > Self.byteLimit {
      throw Failure(
        .protocolViolation, "the answer",
        "has tool calls with more than \(Self.byteLimit >> 20) MiB of arguments")
    }
    blocks[index] = .tool(position: position, input: input, hasArguments: true)
    emit(.toolCall(ToolCallDelta(index: position, arguments: arguments)))
  }

  /// A block ends: a call without streamed arguments has those that it began with.
  /// - Throws: as `add(arguments:)`.
  mutating func stop(at index: Int64, _ emit: (Event) -> Void) throws(Failure) {
    guard case .tool(_, let input, let hasArguments)? = blocks[index], !hasArguments else { return }
    try add(arguments: input?.serialized() ?? "{}", at: index, emit)
  }

  /// The end of the answer: passes on what the provider wants back, in the order of the blocks.
  mutating func finish(_ emit: (Event) -> Void) {
    defer { blocks = [:] }
    guard !blocks.isEmpty, thinkingBytes <= Self.byteLimit else { return }
    for (_, block) in blocks.sorted(by: { $0.key < $1.key }) {
      switch block {
      case .tool: continue
      case .redacted(let value): emit(.state(Self.state(value)))
      case .thinking(let text, let signature):
        // Without its signature the provider would not believe that the words are the model's.
        if signature.count == 0 { continue }
        emit(
          .state(
            Self.state([
              "type": "thinking", "thinking": .string(Self.string(text)),
              "signature": .string(Self.string(signature)),
            ])))
      }
    }
  }

  private mutating func hasRoom(for index: Int64, _ emit: (Event) -> Void) -> Bool {
    if blocks.count < Self.limit { return true }
    if !hasLeftOut {
      emit(.notice("the answer has more than \(Self.limit) blocks; the rest was dropped"))
    }
    hasLeftOut = true
    return false
  }

  private static func state(_ value: JSON) -> ProviderState {
    ProviderState(dialect: AnthropicMessages().name, value: value)
  }

  private static func string(_ buffer: ByteBuffer) -> String {
    var repair = TextRepair()
    let text = String(decoding: repair.pass(buffer.bytes), as: UTF8.self)
    return text + String(decoding: repair.flush(), as: UTF8.self)
  }

  /// A text that is not empty.
  private static func word(_ value: JSON?) -> String? {
    value?.string.flatMap { $0.isEmpty ? nil : $0 }
  }
}
