extension OptionInfo {
  /// `--offline`, the same for every command that could also ask the endpoint.
  static let offline = OptionInfo(
    long: "offline", knownAs: ["local"], negatable: true, group: .connection, summary: "Ask nobody.",
    detail: """
      Only what this machine knows is used: the built-in list of models, the key as it is written.
      """,
    conflicts: ["live", "check"], examples: ["sheep validate-key --offline"])
}
