/// What a list of models is sorted by.
package enum ModelsOrder: String, WordChoice {
  case id, input, output, context
}

/// The parsed form of `sheep models`.
package struct ModelsOptions: CommandValues, Equatable {
  package var connection = ConnectionOptions()
  package var output = OutputOptions()
  /// The models of every profile instead of one.
  package var all = false
  package var sort: ModelsOrder?
  /// Use no network, whatever else is given.
  package var offline = false
  /// Ask the endpoint.
  package var live = false
  /// Compare the endpoint's list with the built-in one.
  package var check = false
  /// The pattern; the command refuses a second one.
  package var operands: [String] = []

  package init() {}

  package static var options: [OptionSpec<Self>] {
    own
      + ConnectionOptions.options.only(
        "profile", "base-url", "api", "header", "proxy", "ca-file", "demo", "key-file", "key-env", "key-cmd",
        "connect-timeout", "first-byte-timeout", "idle-timeout", "max-time", "max-retries", "explain"
      ).map { $0.lifted(\.connection) }
      + OutputOptions.everywhere.map { $0.lifted(\.output) }
  }

  private static var own: [OptionSpec<Self>] {
    [
      .flag(
        OptionInfo(
          long: "all", negatable: true, group: .list, summary: "List the models of every profile.",
          detail: "From the built-in list. `--live` works with one profile at a time."), \.all),
      .value(
        OptionInfo(
          long: "sort", valueName: "KEY", group: .list,
          summary: "Sort by this column.", initial: "id",
          detail: """
            `input` and `output` sort by price, cheapest first; `context` sorts largest first. \
            Unknown values come last. Numbers inside an id sort as numbers.
            """,
          hint: .choice(ModelsOrder.words)), \.sort, ModelsOrder.parse),
      .flag(
        OptionInfo.offline, \.offline),
      .flag(
        OptionInfo(
          long: "live", knownAs: ["online", "refresh"], negatable: true, group: .list,
          summary: "Ask the endpoint for its models.",
          detail: """
            All pages of its list are read. Missing limits and prices are filled in from the \
            built-in list.
            """,
          conflicts: ["offline"], examples: ["sheep models --live --demo"]), \.live),
      .flag(
        OptionInfo(
          long: "check", negatable: true, group: .list,
          summary: "Compare the endpoint with the built-in list.",
          detail: """
            Shows models that are new or missing at the endpoint, about to be retired, or listed \
            at another price. The exit code is 1 if there are any differences, otherwise 0.
            """,
          conflicts: ["offline"]), \.check),
    ]
  }
}
