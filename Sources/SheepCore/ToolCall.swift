/// A complete tool call that an answer asks for. Nothing here runs it.
package struct ToolCall: Equatable, Sendable {
  /// The provider's id of the call; `nil` when it gave none.
  package var id: String?
  /// The function's name; empty when the provider gave none.
  package var name: String
  /// The arguments as the model wrote them: JSON text, which may be invalid.
  package var arguments: String

  /// A call of `name`.
  package init(id: String? = nil, name: String, arguments: String) {
    self.id = id
    self.name = name
    self.arguments = arguments
  }
}
