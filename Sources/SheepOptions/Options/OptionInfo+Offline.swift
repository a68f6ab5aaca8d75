extension OptionInfo {
  /// `--offline`, the same for every command that could also ask the endpoint.
  static let offline = OptionInfo(
    long: "offline", knownAs: ["local"], negatable: true, group: .connection, summary: "Use no network.",
    detail: """
      Only local data is used: the built-in model list, and the form of the key.
      """,
    conflicts: ["live", "check"], examples: ["sheep validate-key --offline"])
}
