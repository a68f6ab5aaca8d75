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

  /// Nothing given.
  package init() {}

  /// The meaning of `--seed` everywhere.
  package static let seedInfo = OptionInfo(
    long: "seed", valueName: "N", group: .model,
    summary: "Repeatable answer: same seed, same text.",
    detail: """
      Models treat it as a wish: most come close, few repeat every word. The local gateway of \
      `sheep mock` and `--demo` repeats exactly. `sheep compare` takes its random order from it \
      and sends it to no model.
      """)

  /// The row of `--max-tokens`.
  static var maxTokensRow: OptionSpec<Self> {
    .value(
      OptionInfo(
        long: "max-tokens", knownAs: ["max-output-tokens", "max-completion-tokens"],
        valueName: "N", group: .model, summary: "Longest answer, in tokens.",
        detail: """
          An answer that reaches it ends there, with a note on standard error. See `--strict` \
          for an exit code.
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
            `@FILE` reads them from a file; `@@` stands for a text that begins with one `@`.
            """,
          repetition: .once, examples: ["sheep chat -s 'Answer in Korean' 'What is a ledger?'"]),
        \.system, TextSource.textOrFile),
      .value(
        OptionInfo(
          long: "temperature", short: "t", aliases: ["temp"], valueName: "NUMBER", group: .model,
          summary: "How freely to choose words, 0 to 2.",
          detail: "0 is the steadiest. Without it the model's own default counts."),
        \.temperature, DecimalText.between(0, 2)),
      maxTokensRow,
      .value(
        OptionInfo(
          long: "top-p", valueName: "NUMBER", group: .model,
          summary: "Choose among the likeliest words, 0 to 1.",
          detail:
            "0.1 keeps those that make up the likeliest tenth. Use it or `--temperature`, not both."
        ),
        \.topP, DecimalText.between(0, 1)),
      .append(
        OptionInfo(
          long: "stop", knownAs: ["stop-sequence"], valueName: "TEXT", group: .model,
          summary: "End the answer before this text."), \.stop, PlainText.nonEmpty),
      .value(seedInfo, \.seed, WholeNumber.any),
      .value(
        OptionInfo(
          long: "reasoning-effort", knownAs: ["effort", "thinking"],
          valueName: "LEVEL",
          group: .model, summary: "How much to think: none, low, medium, high.",
          detail: """
            Models differ in the levels they take, and refuse the others. The thinking that a \
            model shows goes to standard error.
            """,
          hint: .choice(ReasoningEffort.words)), \.reasoningEffort, ReasoningEffort.parse),
      .value(
        OptionInfo(
          long: "schema", knownAs: ["json-schema", "response-format"], valueName: "FILE|JSON",
          group: .model, summary: "JSON schema that the answer must meet.",
          detail: """
            A file, or the schema itself when it begins with a brace. The answer is checked when \
            it is complete; one that does not meet the schema is printed and the exit code is \
            12.
            """,
          hint: .file, repetition: .once,
          examples: ["sheep chat --schema person.json 'Invent a person'"]),
        \.schema, TextSource.jsonOrFile),
      .value(
        OptionInfo(
          long: "tools", knownAs: ["functions", "tool", "function"], valueName: "FILE|JSON",
          group: .model, summary: "Functions that the model may ask to be called.",
          detail: """
            A JSON array, in a file or as it is, in the form of OpenAI's interfaces or of \
            Anthropic's; it is said in the words of the one that is asked. Nothing is called \
            here: the calls that the model asks for stand in `tool_calls` of `--json`.
            """,
          hint: .file, repetition: .once,
          examples: ["sheep chat --json --tools tools.json 'Is it raining?'"],
          seeAlso: ["tool-choice", "json"]),
        \.tools, TextSource.jsonOrFile),
      .value(
        OptionInfo(
          long: "tool-choice", knownAs: ["function-call"], valueName: "CHOICE", group: .model,
          summary: "Call a tool: auto, none, required or its name.",
          detail: """
            `auto` lets the model decide, which is what providers do without it; `required` \
            demands a call of any tool, a name one of that tool.
            """, seeAlso: ["tools"]),
        \.toolChoice, PlainText.nonEmpty),
      .append(
        OptionInfo(
          long: "option", short: "o", knownAs: ["set", "param"], valueName: "KEY=VALUE",
          group: .model, summary: "Any other field of the request.",
          detail: "The value is sent as JSON if it parses, otherwise as a string.",
          examples: ["sheep chat -o top_k=40 -o 'metadata={\"team\":\"search\"}' 'Hello'"]),
        \.bodyFields, BodyField.parse),
    ]
  }
}
