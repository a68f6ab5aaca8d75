package import SheepCore

extension DialectName {
  /// The functions of the dialect: one row for each folder.
  package var dialect: any Dialect {
    switch self {
    case .openai: OpenAIChat()
    case .responses: OpenAIResponses()
    case .anthropic: AnthropicMessages()
    case .gemini: Gemini()
    }
  }
}

extension Profile {
  /// The functions of the profile's dialect.
  package var dialect: any Dialect { api.dialect }
}
