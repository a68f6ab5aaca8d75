import SheepCore

/// What a model says to one call, before it is cut into chunks or put into a document.
struct MockAnswer: Sendable {
  /// A text and where its tokens end.
  struct Pieces: Sendable {
    var bytes: [UInt8] = []
    var ends: [Int] = []

    var count: Int { ends.count }

    subscript(_ index: Int) -> ArraySlice<UInt8> {
      bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// Cuts a text by the token rule.
    init(_ bytes: [UInt8] = []) {
      self.bytes = bytes
      ends = TokenRule.cut(bytes)
    }

    /// Keeps the first tokens only.
    mutating func keep(_ tokens: Int) {
      guard tokens < ends.count else { return }
      ends.removeSubrange(max(0, tokens)...)
      bytes.removeSubrange((ends.last ?? 0)...)
    }
  }

  var id: String
  /// Seconds since 1970.
  var created: Int64
  /// The model that the answer carries.
  var model: String
  var reasoning: Pieces
  var text: Pieces
  /// The name and the id of the tool that `text` holds the arguments of.
  var tool: (name: String, id: String)?
  /// Whether `text` is a refusal.
  var isRefusal = false
  var finishReason: String
  /// The stop sequence that ended the text; `nil` when none did.
  var stopSequence: String?
  var promptTokens: Int
  var cachedTokens: Int
  var reportedCost: String?
  /// Replaces the counted usage, valid JSON or not.
  var usageText: String?

  /// Decides what to say.
  init(
    to call: ChatCall, model: MockModel, fault: MockFault, seed: UInt64, created: Int64, key: String?
  ) {
    var hash = ContentHash(String(seed).utf8)
    hash.add(model.id.utf8)
    hash.add(String(call.promptHash).utf8)
    var generator = TextGenerator(seed: hash.value, korean: call.isKorean)
    id = "chatcmpl-mock" + String(hash.value, radix: 36)
    self.created = created
    self.model = fault.servedModel ?? call.model
    let limit = min(call.tokenLimit ?? Self.mostTokens, Self.mostTokens)
    reasoning = Pieces(
      generator.reasoning(
        tokens: min(
          fault.reasoningTokens ?? max(model.reasoningTokens, call.wantsReasoning ? 32 : 0), limit)))
    text = Pieces()
    finishReason = "stop"
    promptTokens = call.promptTokens
    cachedTokens = call.promptTokens >= 1_024 ? call.promptTokens / 2 / 128 * 128 : 0
    reportedCost = fault.reportedCost
    usageText = fault.usageText
    say(call, fault, &generator, seed: hash.value)
    if fault.echoesKey == .text { text = Pieces(Array("Your key is \(key ?? "not set").".utf8)) }
    if fault.echoesKey == .model { self.model = "model-\(key ?? "not set")" }
    stop(at: call.stops)
    if reasoning.count + text.count > limit {
      text.keep(limit - reasoning.count)
      finishReason = "length"
    }
    if let reason = fault.finishReason { finishReason = reason }
  }

  /// More tokens than this are never made, whatever is asked.
  static let mostTokens = 4_000_000

  private mutating func say(
    _ call: ChatCall, _ fault: MockFault, _ generator: inout TextGenerator, seed: UInt64
  ) {
    if let refusal = fault.refusal {
      text = Pieces(Array(refusal.utf8))
      isRefusal = true
      return
    }
    if let words = fault.text {
      text = Pieces(Array(words.utf8))
      return
    }
    switch call.kind {
    case .text:
      let length = fault.tokens.map { min($0, Self.mostTokens) }
      text = Pieces(length.map { generator.text(tokens: $0) } ?? generator.answer())
    case .json(let schema):
      let object: JSON = ["type": "object", "properties": ["answer": ["type": "string"]]]
      var instance = SchemaInstance(schema: schema ?? object, seed: seed, korean: call.isKorean)
      text = Pieces(Array(instance.make().serialized().utf8))
    case .tool(let name, let parameters):
      let object: JSON = ["type": "object"]
      var instance = SchemaInstance(schema: parameters ?? object, seed: seed, korean: call.isKorean)
      text = Pieces(Array(instance.make().serialized().utf8))
      tool = (name, "call_mock" + String(seed, radix: 36))
      finishReason = "tool_calls"
    }
  }

  /// Ends the text before the first stop sequence.
  private mutating func stop(at stops: [String]) {
    guard tool == nil else { return }
    var end = text.bytes.count
    for stop in stops {
      let sought = Array(stop.utf8)
      guard let first = sought.first, sought.count <= text.bytes.count else { continue }
      var index = 0
      while index + sought.count <= end {
        if text.bytes[index] == first, text.bytes[index...].starts(with: sought) {
          end = index
          stopSequence = stop
          break
        }
        index += 1
      }
    }
    if end < text.bytes.count { text = Pieces(Array(text.bytes[..<end])) }
  }

  /// The usage after so many tokens of the answer; all of them when not given.
  func usage(after tokens: Int? = nil) -> [UInt8] {
    if let usageText { return Array(usageText.utf8) }
    let output = tokens ?? (reasoning.count + text.count)
    var usage: JSONObject = JSONObject()
    usage["prompt_tokens"] = .number(JSONNumber(promptTokens))
    usage["completion_tokens"] = .number(JSONNumber(output))
    usage["total_tokens"] = .number(JSONNumber(promptTokens + output))
    usage["prompt_tokens_details"] = ["cached_tokens": .number(JSONNumber(cachedTokens))]
    usage["completion_tokens_details"] = [
      "reasoning_tokens": .number(JSONNumber(min(output, reasoning.count)))
    ]
    if let reportedCost {
      usage["cost_usd"] = JSONNumber(text: reportedCost).map { .number($0) } ?? .string(reportedCost)
    }
    return Array(JSON.object(usage).serialized().utf8)
  }
}
