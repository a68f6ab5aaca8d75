/// Where a setting was said.
package enum SettingOrigin: Sendable, Equatable {
  case commandLine
  /// An environment variable of that name.
  case variable(String)
  /// A table `[profiles.NAME]` of the configuration.
  case profile(path: String, line: Int)
  /// The configuration.
  case configuration(path: String, line: Int)
  /// A role of that name.
  case role(String)
  case builtIn

  /// For people: `command line`, `SHEEP_MODEL`, `PATH:3`.
  package var text: String {
    switch self {
    case .commandLine: "command line"
    case .variable(let name): name
    case .profile(let path, let line), .configuration(let path, let line): "\(path):\(line)"
    case .role(let name): "role \(name)"
    case .builtIn: "built-in"
    }
  }
}
