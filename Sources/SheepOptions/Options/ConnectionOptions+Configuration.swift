import SheepCore

extension ConnectionOptions {
  /// The rows that have to do with the configuration.
  static var configured: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "task", valueName: "NAME", group: .model,
          summary: "Use the model configured for a task.",
          detail: """
            Tasks are set in `[tasks]` in the configuration. Built in are \
            \(Markup.list(TaskModel.builtIn.map(\.name))).
            """,
          conflicts: ["model"], examples: ["sheep chat --task simple 'Translate: good morning'"],
          seeAlso: ["model"]), \.task, PlainText.unbroken),
      .flag(explainInfo, \.explain),
    ]
  }

  /// The meaning of `--explain` everywhere.
  package static let explainInfo = OptionInfo(
    long: "explain", knownAs: ["breakdown"], negatable: true, group: .output,
    summary: "Show where each setting comes from.",
    detail: """
      Prints on standard error the configuration file, profile, address, model, the last four \
      characters of each key, and every option that was set, each with its source. Precedence: \
      command line, environment, profile, configuration, built-in defaults.
      """,
    examples: ["sheep chat --explain --dry-run --demo 'Hello'"])
}
