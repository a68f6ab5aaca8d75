/// Where the program's files lie: the folders of the XDG base directory specification 0.8.
///
/// Nothing is looked for in the working directory. A variable that holds a relative path is
/// ignored, as the specification asks.
package struct Paths: Sendable, Equatable {
  /// `config/sheep`; `nil`, as all of these, when neither its variable nor HOME is set.
  package let configurationFolder: String?
  /// `data/sheep`: sessions, the ledger.
  package let dataFolder: String?
  /// `state/sheep`: the history of the prompt, what is known of gateways.
  package let stateFolder: String?
  /// `cache/sheep`: lists of models.
  package let cacheFolder: String?

  /// The folders that the environment's variables name.
  package init(variable: (String) -> String?) {
    let home = variable("HOME").flatMap(Self.absolute)
    func folder(_ name: String, _ fallback: String) -> String? {
      let base = variable(name).flatMap(Self.absolute) ?? home.map { $0 + fallback }
      return base.map { $0 + "/sheep" }
    }
    configurationFolder = folder("XDG_CONFIG_HOME", "/.config")
    dataFolder = folder("XDG_DATA_HOME", "/.local/share")
    stateFolder = folder("XDG_STATE_HOME", "/.local/state")
    cacheFolder = folder("XDG_CACHE_HOME", "/.cache")
  }

  /// The configuration's file; `nil` when there is no place for one.
  package var configuration: String? { configurationFolder.map { $0 + "/config.toml" } }

  /// The folder with the user's roles; `nil` when there is no place for them.
  package var rolesFolder: String? { configurationFolder.map { $0 + "/roles" } }

  /// The folder with the sessions; `nil` when there is no place for them.
  package var sessionsFolder: String? { dataFolder.map { $0 + "/sessions" } }

  /// What to say where a folder is needed and none is known.
  package static let missing = "set HOME, or XDG_CONFIG_HOME to an absolute path"

  private static func absolute(_ path: String) -> String? {
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    if path.utf8.last != UInt8(ascii: "/") { return path }
    var path = path[...]
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path = path.dropLast() }
    return path == "/" ? "" : String(path)
  }
}
