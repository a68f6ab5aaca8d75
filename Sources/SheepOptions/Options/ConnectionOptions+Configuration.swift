import SheepCore

extension ConnectionOptions {
  /// The rows that have to do with the configuration.
  static var configured: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "task", valueName: "NAME", group: .model, summary: "Model by kind of work.",
          detail: """
            Takes the model from the table `[tasks]` of the configuration. Known without one are \
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
    summary: "Show how settings or amounts come about.",
    detail: """
      With a call, on standard error: the configuration file, the profile, the address, the \
      model, the keys by their last four characters, and every option that was set, each with \
      its source. The command line counts most, then the environment, the profile, the \
      configuration and what is built in.

      With `sheep cost`: tokens, price and amount of each kind, the source of each price and the \
      day on which it was last checked. A single model is explained anyway.
      """,
    examples: ["sheep chat --explain --dry-run --demo 'Hello'"])
}
