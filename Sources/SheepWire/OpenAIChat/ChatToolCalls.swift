import SheepCore

/// Numbers an answer's tool calls in the order they appear, whatever the server calls them.
///
/// Servers leave `index` out, repeat index 0 for parallel calls, skip numbers or send 10⁹.
struct ChatToolCalls {
  /// More calls than this are left out: no model makes them, and memory is finite.
  static let limit = 128
  /// More bytes of arguments than this, all calls together, are refused.
  static let argumentsLimit = 64 << 20

  private var positions: [Int64: Int] = [:]
  private var ids: [String] = []
  private var argumentBytes = 0
  private var hasLeftOut = false

  /// Whether the answer asks for any call.
  var hasCalls: Bool { !ids.isEmpty }

  /// Passes on the pieces in `calls`, the value of `tool_calls`.
  mutating func take(_ calls: JSON, _ emit: (Event) -> Void) throws(Failure) {
    for call in calls.array ?? [] where call.object != nil {
      let function = call["function"] ?? call
      let id = Self.word(call["id"])
      let name = Self.word(function["name"])
      guard let position = position(index: call["index"]?.number?.integer, id: id, name: name) else {
        if !hasLeftOut {
          emit(.notice("the answer has more than \(Self.limit) tool calls; the rest was dropped"))
        }
        hasLeftOut = true
        continue
      }
      let arguments = Self.arguments(function["arguments"])
      let (sum, overflow) = argumentBytes.addingReportingOverflow(arguments.utf8.count)
      if overflow || sum > Self.argumentsLimit {
        throw Failure(
          .protocolViolation, "the answer",
          "has tool calls with more than \(Self.argumentsLimit >> 20) MiB of arguments")
      }
      argumentBytes = sum
      emit(.toolCall(ToolCallDelta(index: position, id: id, name: name, arguments: arguments)))
    }
  }

  /// Which call a piece belongs to; `nil` when it would be one too many.
  private mutating func position(index: Int64?, id: String?, name: String?) -> Int? {
    if let index {
      // The same index with another id and a name is another call (Gemini's compatible
      // endpoint numbers parallel calls 0).
      if let known = positions[index], id == nil || name == nil || ids[known].isEmpty || ids[known] == id {
        if let id, ids[known].isEmpty { ids[known] = id }
        return known
      }
      guard let added = add(id) else { return nil }
      positions[index] = added
      return added
    }
    if let id, let known = ids.firstIndex(of: id) { return known }
    if id == nil, name == nil, !ids.isEmpty { return ids.count - 1 }
    return add(id)
  }

  private mutating func add(_ id: String?) -> Int? {
    guard ids.count < Self.limit else { return nil }
    ids.append(id ?? "")
    return ids.count - 1
  }

  /// A text that is not empty.
  private static func word(_ value: JSON?) -> String? {
    value?.string.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The arguments' text; some servers send the object itself.
  private static func arguments(_ value: JSON?) -> String {
    switch value {
    case .string(let text): text
    case .some(let value): value.serialized()
    case nil: ""
    }
  }
}
