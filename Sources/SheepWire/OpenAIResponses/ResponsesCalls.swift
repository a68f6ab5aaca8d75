import SheepCore

/// Numbers an answer's tool calls in the order they appear, and passes on their arguments once,
/// whether they come in pieces, whole, or both.
struct ResponsesCalls {
  private var positions: [String: Int] = [:]
  private var hasArguments: [Bool] = []
  private var hasLeftOut = false

  /// Whether any call has come.
  var isEmpty: Bool { hasArguments.isEmpty }

  /// Takes an item of the output, at its beginning or at its end; nothing unless it is a call.
  mutating func take(item: JSON, outputIndex: Int?, _ emit: (Event) -> Void) {
    let isCustom = item["type"]?.string == "custom_tool_call"
    guard isCustom || item["type"]?.string == "function_call" else { return }
    let names = Self.names(id: item["id"]?.string, outputIndex: outputIndex)
    let arguments = item[isCustom ? "input" : "arguments"]?.string ?? ""
    if let known = position(item["id"]?.string, outputIndex) {
      pass(whole: arguments, to: known, emit)
      return
    }
    guard hasArguments.count < ChatToolCalls.limit else {
      if !hasLeftOut {
        emit(.notice("the answer has more than \(ChatToolCalls.limit) tool calls; the rest was dropped"))
      }
      hasLeftOut = true
      return
    }
    let position = hasArguments.count
    for name in names { positions[name] = position }
    hasArguments.append(!arguments.isEmpty)
    emit(
      .toolCall(
        ToolCallDelta(
          index: position, id: item["call_id"]?.string ?? item["id"]?.string, name: item["name"]?.string,
          arguments: arguments)))
  }

  /// Takes a piece of a call's arguments.
  mutating func take(delta: String, id: String?, outputIndex: Int?, _ emit: (Event) -> Void) {
    guard let known = position(id, outputIndex), !delta.isEmpty else { return }
    hasArguments[known] = true
    emit(.toolCall(ToolCallDelta(index: known, arguments: delta)))
  }

  /// Takes a call's whole arguments, which count when no piece of them came.
  mutating func take(whole: String, id: String?, outputIndex: Int?, _ emit: (Event) -> Void) {
    guard let known = position(id, outputIndex) else { return }
    pass(whole: whole, to: known, emit)
  }

  private mutating func pass(whole: String, to position: Int, _ emit: (Event) -> Void) {
    if hasArguments[position] || whole.isEmpty { return }
    hasArguments[position] = true
    emit(.toolCall(ToolCallDelta(index: position, arguments: whole)))
  }

  private func position(_ id: String?, _ outputIndex: Int?) -> Int? {
    Self.names(id: id, outputIndex: outputIndex).compactMap { positions[$0] }.first
  }

  /// What a call may be called later: servers leave out the one or the other.
  private static func names(id: String?, outputIndex: Int?) -> [String] {
    [id.flatMap { $0.isEmpty ? nil : "id " + $0 }, outputIndex.map { "at \($0)" }].compactMap { $0 }
  }
}
