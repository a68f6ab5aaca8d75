import SheepClient
import SheepCore
import SheepStore
import SheepWire

/// `--explain`: where each setting of a call came from, on standard error.
struct Explanation {
  private let environment: Environment
  private let messages: Messages

  init(environment: Environment, messages: Messages) {
    self.environment = environment
    self.messages = messages
  }

  /// Shows the settings of a call to `target`; what counts more stands first in each case.
  func show(_ named: ModelChoice, model: String, target: Target) {
    line("configuration", fileText, nil)
    line("profile", target.profile ?? "none", target.profile == nil ? nil : named.profileOrigin)
    line("address", target.baseURL.text, addressOrigin(target))
    line("dialect", target.dialect.name, nil)
    line("model", model, named.modelOrigin)
    if let alias = named.alias {
      let path = environment.settings.paths.configuration ?? ""
      line("alias", "\(alias.name) = \(alias.text.value)", .configuration(path, alias.text.position))
    }
    for entry in target.keys.ring.entries {
      messages.line("sheep: key: \(entry.key.masked)" + (entry.source.map { " (\($0))" } ?? ""))
    }
    if target.keys.ring.entries.isEmpty { line("key", "none", nil) }
    for (option, value, origin) in options { line(option, value, origin) }
  }

  private func line(_ name: String, _ value: String, _ origin: SettingOrigin?) {
    messages.line("sheep: \(name): \(value)" + (origin.map { " (\($0.text))" } ?? ""))
  }

  private var fileText: String {
    guard let path = environment.settings.paths.configuration else { return "none, for HOME is not set" }
    let isThere = (try? environment.settings.configuration()) ?? nil
    return path + (isThere == nil ? ", which does not exist" : "")
  }

  private func addressOrigin(_ target: Target) -> SettingOrigin? {
    if target.profile == "demo" { return .builtIn }
    let given = options.first { $0.name == "--base-url" }
    if let given { return given.origin }
    let configuration = (try? environment.settings.configuration()) ?? nil
    let profile = configuration?.profiles.first { $0.name == target.profile }
    return profile?.baseURL.map { .profile(configuration?.path ?? "", $0.position) } ?? .builtIn
  }

  /// The options that something has set, as `--name`, with their values.
  private var options: [(name: String, value: String, origin: SettingOrigin)] {
    let words = environment.arguments.dropFirst()
    guard let command = environment.arguments.first.flatMap({ CommandTable.command(named: $0) }),
      let lexed = try? Lexer.lex(words, options: command.describe().options, command: command.name)
    else { return [] }
    let infos = command.describe().options
    var result: [(name: String, value: String, origin: SettingOrigin)] = []
    for (index, info) in infos.enumerated() where info.long != "explain" {
      let given = lexed.options.filter { $0.index == index }
      for option in info.repetition == .append ? given : Array(given.suffix(1)) {
        let value = info.takesValue ? option.value : option.isOn ? "on" : "off"
        result.append((info.spelled, Self.shown(value), .commandLine))
      }
      guard given.isEmpty, let origin = environment.settings.origin(ofOption: info.long),
        let name = info.environmentName, let value = environment.settings.optionDefault(name)
      else { continue }
      result.append((info.spelled, Self.shown(value), origin))
    }
    return result
  }

  /// A value in a message: a long prompt or schema is not repeated.
  private static func shown(_ value: String) -> String {
    String(Quoted.text(value).dropFirst().dropLast())
  }
}
