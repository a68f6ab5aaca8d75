import SheepCore

/// The built-in profiles in `docs/configuration.md`.
enum ProfileTable {
  /// The table's lines.
  static func text() -> String {
    var table = MarkdownTable(["profile", "gateway", "address", "key", "dialect", "default model"])
    for profile in Profile.builtIn {
      let isDefault = profile.name == Profile.defaultName
      table.add([
        code(profile.name) + (isDefault ? " (the default)" : ""), profile.vendor,
        profile.baseURL.isEmpty ? "your own" : code(profile.baseURL),
        profile.keyVariables.isEmpty
          ? "none" : profile.keyVariables.map(code).joined(separator: ", otherwise "),
        code(profile.api.rawValue), profile.defaultModel.map(code) ?? "",
      ])
    }
    return table.text
  }

  private static func code(_ text: String) -> String { "`" + text + "`" }
}
