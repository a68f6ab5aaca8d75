package import SheepWire

/// A gateway or provider that the program knows by name.
package struct Profile: Sendable {
  /// What follows `@` in `MODEL@PROFILE`; lower case.
  package let name: String
  package let baseURL: String
  /// The environment variable that holds the key; `nil` where none is needed.
  package let keyVariable: String?
  /// A variable that counts more where both are set; `nil` for none.
  package let strongerKeyVariable: String?
  /// The model that answers when none is named; `nil`: the user must name one.
  package let defaultModel: String?
  /// What the address speaks when the user does not say.
  package let dialect: any Dialect
  package let quirks: Quirks

  private init(
    _ name: String, _ baseURL: String, keyVariable: String?, defaultModel: String? = nil,
    dialect: any Dialect = OpenAIChat(), maxTokensField: String = "max_tokens",
    geminiEndpoint: GeminiEndpoint = .google, strongerKeyVariable: String? = nil
  ) {
    self.name = name
    self.baseURL = baseURL
    self.keyVariable = keyVariable
    self.strongerKeyVariable = strongerKeyVariable
    self.defaultModel = defaultModel
    self.dialect = dialect
    var quirks = Quirks()
    quirks.maxTokensField = maxTokensField
    quirks.geminiEndpoint = geminiEndpoint
    self.quirks = quirks
  }

  /// The variables that hold the key, the one that counts most first.
  package var keyVariables: [String] { [strongerKeyVariable, keyVariable].compactMap { $0 } }

  /// The profiles that are built in, the default one first.
  ///
  /// Addresses and variables as the vendors document them (docs/dialects).
  package static let builtIn: [Profile] = [
    Profile(
      "holysheep", "https://api.holysheep.ai/v1", keyVariable: "HOLYSHEEP_API_KEY", defaultModel: "gpt-4.1",
      geminiEndpoint: .generate),
    Profile(
      "openai", "https://api.openai.com/v1", keyVariable: "OPENAI_API_KEY", defaultModel: "gpt-4.1",
      maxTokensField: "max_completion_tokens"),
    Profile(
      "anthropic", "https://api.anthropic.com/v1", keyVariable: "ANTHROPIC_API_KEY",
      defaultModel: "claude-sonnet-5", dialect: AnthropicMessages()),
    Profile(
      "gemini", "https://generativelanguage.googleapis.com/v1beta", keyVariable: "GEMINI_API_KEY",
      defaultModel: "gemini-2.5-flash", dialect: Gemini(), strongerKeyVariable: "GOOGLE_API_KEY"),
    Profile(
      "deepseek", "https://api.deepseek.com/v1", keyVariable: "DEEPSEEK_API_KEY",
      defaultModel: "deepseek-chat"),
    Profile("openrouter", "https://openrouter.ai/api/v1", keyVariable: "OPENROUTER_API_KEY"),
    Profile(
      "groq", "https://api.groq.com/openai/v1", keyVariable: "GROQ_API_KEY",
      maxTokensField: "max_completion_tokens"),
    Profile("ollama", "http://localhost:11434/v1", keyVariable: nil),
  ]

  /// The profile that answers when none is named.
  package static let defaultName = "holysheep"

  /// The built-in profile of that name; `nil` without one.
  package static func named(_ name: String) -> Profile? {
    builtIn.first { $0.name == name }
  }
}
