/// What is asked of the model besides the prompt.
package struct SamplingOptions: Equatable, Sendable {
  /// nil: no system prompt is sent.
  package var system: TextSource?
  /// Numbers are sent as the user wrote them; nil leaves the choice to the model.
  package var temperature: DecimalText?
  package var maxTokens: Int?
  package var topP: DecimalText?
  package var stop: [String] = []
  package var seed: Int?
  package var reasoningEffort: ReasoningEffort?
  package var schema: TextSource?
  /// A JSON array of functions, or the file that holds it; nil: none.
  package var tools: TextSource?
  /// `auto`, `none`, `required` or a tool's name; nil leaves it to the provider.
  package var toolChoice: String?
  package var bodyFields: [BodyField] = []

  package init() {}

  /// The meaning of `--seed` everywhere.
  package static let seedInfo = OptionInfo(
    long: "seed", valueName: "N", group: .model,
    summary: "Ask for a repeatable answer.",
    detail: """
      The same seed should give the same text. For most models this is best effort; `sheep mock` \
      and `--demo` repeat exactly.
      """)

  /// The row of `--max-tokens`.
  static var maxTokensRow: OptionSpec<Self> {
    .value(
      OptionInfo(
        long: "max-tokens", knownAs: ["max-output-tokens", "max-completion-tokens"],
        valueName: "N", group: .model, summary: "Maximum length of the answer.",
        detail: """
          An answer that reaches the limit is cut there, with a note on standard error. With \
          `--strict` the exit code is 12.
          """, seeAlso: ["strict"]), \.maxTokens, WholeNumber.between(1, 1_000_000_000))
  }

  /// The rows of the group, in the order of help.
  package static var options: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "system", short: "s", knownAs: ["system-prompt", "system-file", "instructions"],
          valueName: "TEXT|@FILE", group: .model, summary: "Instructions for the model.",
          detail: """
            `@FILE` reads them from a file. Start with `@@` for text that begins with `@`.
            """,
          repetition: .once, examples: ["sheep chat -s 'Answer in Korean' 'What is a ledger?'"]),
        \.system, TextSource.textOrFile),
      .value(
        OptionInfo(
          long: "temperature", short: "t", aliases: ["temp"], valueName: "NUMBER", group: .model,
          summary: "Sampling temperature, 0 to 2.",
          detail: "Lower is more predictable. The default is the model's own."),
        \.temperature, DecimalText.between(0, 2)),
      maxTokensRow,
      .value(
        OptionInfo(
          long: "top-p", valueName: "NUMBER", group: .model,
          summary: "Nucleus sampling, 0 to 1.",
          detail: "0.1 samples from the top 10% of probability. Use this or `--temperature`, not both."
        ),
        \.topP, DecimalText.between(0, 1)),
      .append(
        OptionInfo(
          long: "stop", knownAs: ["stop-sequence"], valueName: "TEXT", group: .model,
          summary: "Stop before this text."), \.stop, PlainText.nonEmpty),
      .value(seedInfo, \.seed, WholeNumber.any),
      .value(
        OptionInfo(
          long: "reasoning-effort", knownAs: ["effort", "thinking"],
          valueName: "LEVEL",
          group: .model, summary: "How much the model reasons.",
          detail: """
            Models support different levels and refuse the others. Reasoning that the model shows \
            goes to standard error.
            """,
          hint: .choice(ReasoningEffort.words)), \.reasoningEffort, ReasoningEffort.parse),
      .value(
        OptionInfo(
          long: "schema", knownAs: ["json-schema", "response-format"], valueName: "FILE|JSON",
          group: .model, summary: "Require an answer that matches a JSON Schema.",
          detail: """
            Give a file, or the schema itself, starting with a brace. The answer is checked once \
            it is complete. If it does not match, it is still printed and the exit code is 12.
            """,
          hint: .file, repetition: .once,
          examples: ["sheep chat --schema person.json 'Invent a person'"]),
        \.schema, TextSource.jsonOrFile),
      .value(
        OptionInfo(
          long: "tools", knownAs: ["functions", "tool", "function"], valueName: "FILE|JSON",
          group: .model, summary: "Offer tools (functions) to the model.",
          detail: """
            Give a JSON array, or a file with one, in OpenAI's or Anthropic's format; it is \
            converted to the API in use. `sheep` does not run any tool: the calls the model makes \
            are listed in `tool_calls` of `--json`.
            """,
          hint: .file, repetition: .once,
          examples: ["sheep chat --json --tools tools.json 'Is it raining?'"],
          seeAlso: ["tool-choice", "json"]),
        \.tools, TextSource.jsonOrFile),
      .value(
        OptionInfo(
          long: "tool-choice", knownAs: ["function-call"], valueName: "CHOICE", group: .model,
          summary: "Whether the model must call a tool.",
          detail: """
            `auto` lets the model decide and is what providers default to. `none` forbids tool \
            calls, `required` demands one, and a tool's name demands that tool.
            """, seeAlso: ["tools"]),
        \.toolChoice, PlainText.nonEmpty),
      .append(
        OptionInfo(
          long: "option", short: "o", knownAs: ["set", "param"], valueName: "KEY=VALUE",
          group: .model, summary: "Set any other field of the request.",
          detail: "The value is sent as JSON if it parses as JSON, otherwise as a string.",
          examples: ["sheep chat -o top_k=40 -o 'metadata={\"team\":\"search\"}' 'Hello'"]),
        \.bodyFields, BodyField.parse),
    ]
  }
}
