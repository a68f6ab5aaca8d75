/// A function that a model may ask to have called. Nothing here runs it.
package struct Tool: Equatable, Sendable {
  /// What the model calls it; not empty.
  package var name: String
  /// What it does, for the model to decide by; `nil` when not said.
  package var description: String?
  /// The JSON schema of its arguments, an object; `nil` for a function without any.
  package var parameters: JSON?
  /// Whether the arguments must follow the schema exactly; `nil` leaves it to the provider.
  package var isStrict: Bool?

  /// A function called `name`.
  package init(name: String, description: String? = nil, parameters: JSON? = nil, isStrict: Bool? = nil) {
    self.name = name
    self.description = description
    self.parameters = parameters
    self.isStrict = isStrict
  }
}

/// Whether a model may, must or must not ask for a call.
package enum ToolChoice: Equatable, Sendable {
  /// The model decides; what providers do by themselves.
  case auto
  /// It must answer in words.
  case none
  /// It must ask for a call, whichever it likes.
  case required
  /// It must ask for a call of the tool of this name.
  case tool(String)
}
