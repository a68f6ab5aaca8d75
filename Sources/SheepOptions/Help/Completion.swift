/// Answers `sheep __complete KIND PREFIX`, by which the shells' scripts ask for what
/// no script can hold.
///
/// Offline and quick: it is run at every press of the Tab key.
package enum Completion {
  /// What to offer, one a line; empty for anything unknown, because a shell has no
  /// place for errors.
  ///
  /// `models` gives the known models' names, `profiles` the gateways', and so on; only the one
  /// that is needed is called. `models gpt` offers models, `models gpt-4.1@` the same
  /// model at each profile.
  package static func answer(
    words: [String], models: () -> [String], profiles: () -> [String], sessions: () -> [String] = { [] },
    roles: () -> [String] = { [] }
  ) -> [String] {
    guard let kind = words.first else { return [] }
    let prefix = words.count > 1 ? words[1] : ""
    switch kind {
    case "models":
      guard let at = prefix.lastIndex(of: "@") else {
        return models().filter { $0.hasPrefix(prefix) }
      }
      let model = prefix[..<at]
      let start = prefix[prefix.index(after: at)...]
      return profiles().filter { $0.hasPrefix(start) }.map { model + "@" + $0 }
    case "profiles": return profiles().filter { $0.hasPrefix(prefix) }
    case "sessions": return sessions().filter { $0.hasPrefix(prefix) }
    case "roles": return roles().filter { $0.hasPrefix(prefix) }
    default: return []
    }
  }
}
