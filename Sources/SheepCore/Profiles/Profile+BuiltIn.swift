extension Profile {
  /// The profiles that are built in, the default one first: names, addresses, keys and differences.
  /// Everything else reads this list: help, completions, the table of variables, the page about the
  /// configuration, what tells a key from a prompt.
  ///
  /// Addresses, variables and differences as the vendors document them at `facts`, read on
  /// 2026-11-21 together with docs/dialects/openai.md; beginnings of keys as their documentation and
  /// secret scanners name them, 2025.
  package static let builtIn: [Profile] = [
    Profile(
      "holysheep", "HolySheep", "https://api.holysheep.ai/v1", keyVariable: "HOLYSHEEP_API_KEY",
      keyPrefixes: ["hs-", "hs_"], defaultModel: "gpt-4.1", facts: "https://www.holysheep.ai",
      quirks: quirks { $0.geminiEndpoint = .generate }),
    Profile(
      "openai", "OpenAI", "https://api.openai.com/v1", keyVariable: "OPENAI_API_KEY",
      defaultModel: "gpt-4.1", facts: "https://platform.openai.com/docs/api-reference/chat",
      quirks: quirks { $0.maxTokensField = "max_completion_tokens" }),
    Profile(
      "anthropic", "Anthropic", "https://api.anthropic.com/v1", keyVariable: "ANTHROPIC_API_KEY",
      keyPrefixes: ["sk-ant-"], defaultModel: "claude-sonnet-5", api: .anthropic,
      facts: "https://docs.anthropic.com/en/api/messages"),
    Profile(
      "gemini", "Google", "https://generativelanguage.googleapis.com/v1beta", keyVariable: "GEMINI_API_KEY",
      strongerKeyVariable: "GOOGLE_API_KEY", keyPrefixes: ["AIza"], defaultModel: "gemini-2.5-flash",
      api: .gemini, facts: "https://ai.google.dev/api/generate-content"),
    Profile(
      "deepseek", "DeepSeek", "https://api.deepseek.com/v1", keyVariable: "DEEPSEEK_API_KEY",
      defaultModel: "deepseek-chat", facts: "https://api-docs.deepseek.com"),
    Profile(
      "openrouter", "OpenRouter", "https://openrouter.ai/api/v1", keyVariable: "OPENROUTER_API_KEY",
      keyPrefixes: ["sk-or-"], facts: "https://openrouter.ai/docs/api-reference/overview",
      quirks: quirks { $0.reasoning = .object }),
    Profile(
      "groq", "Groq", "https://api.groq.com/openai/v1", keyVariable: "GROQ_API_KEY", keyPrefixes: ["gsk_"],
      facts: "https://console.groq.com/docs/openai",
      quirks: quirks { $0.maxTokensField = "max_completion_tokens" }),
    // Refuses fields that it does not know with 422; usage comes with the last chunk unasked.
    Profile(
      "mistral", "Mistral", "https://api.mistral.ai/v1", keyVariable: "MISTRAL_API_KEY",
      facts: "https://docs.mistral.ai/api",
      quirks: quirks {
        $0.sendsStreamOptions = false
        $0.seedField = "random_seed"
      }),
    Profile(
      "xai", "xAI", "https://api.x.ai/v1", keyVariable: "XAI_API_KEY", keyPrefixes: ["xai-"],
      facts: "https://docs.x.ai/docs/api-reference"),
    Profile(
      "together", "Together", "https://api.together.xyz/v1", keyVariable: "TOGETHER_API_KEY",
      keyPrefixes: ["tgp_"], facts: "https://docs.together.ai/docs/openai-api-compatibility"),
    Profile(
      "fireworks", "Fireworks", "https://api.fireworks.ai/inference/v1", keyVariable: "FIREWORKS_API_KEY",
      keyPrefixes: ["fw_"], facts: "https://docs.fireworks.ai/tools-sdks/openai-compatibility"),
    // The v1 API (since August 2025): no api-version; the model is the deployment's name.
    Profile(
      "azure", "Azure OpenAI", "", keyVariable: "AZURE_OPENAI_API_KEY",
      facts: "https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle",
      quirks: quirks {
        $0.maxTokensField = "max_completion_tokens"
        $0.keyHeader = "api-key"
      }),
    local("ollama", "Ollama", port: "11434", facts: "https://docs.ollama.com/openai"),
    local(
      "llamacpp", "llama.cpp", port: "8080",
      facts: "https://github.com/ggml-org/llama.cpp/tree/master/tools/server"),
    local(
      "vllm", "vLLM", port: "8000",
      facts: "https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html"),
    local("lmstudio", "LM Studio", port: "1234", facts: "https://lmstudio.ai/docs/app/api/endpoints/openai"),
  ]

  /// A server on this machine, which needs no key.
  private static func local(_ name: String, _ vendor: String, port: String, facts: String) -> Profile {
    Profile(
      name, vendor, "http://localhost:" + port + "/v1", keyVariable: nil, facts: facts,
      quirks: quirks { $0.needsKey = false })
  }

  private static func quirks(_ change: (inout Quirks) -> Void) -> Quirks {
    var quirks = Quirks()
    change(&quirks)
    return quirks
  }
}
