package import SheepClient
import SheepCore
import SheepOptions
import SheepStore
import SheepWire

/// `--explain`: where each setting of a call, or of several, came from, on standard error.
package final class Explanation {
  /// A choice that a command speaks of; the model is `nil` where none is asked, the endpoint where nobody
  /// is, or it could not be found.
  package typealias Part = (choice: Destination.Choice, model: String?, target: Target?)

  private let environment: Environment
  private let messages: Messages

  /// Explains on the messages of a run.
  package init(_ run: Run) {
    environment = run.environment
    messages = run.messages
  }

  /// Shows the settings of calls to these places: the file, each place, and every option that was
  /// set.
  package func show(_ parts: [Part]) {
    line("configuration", fileText, nil)
    for part in parts { show(part) }
    for (option, value, origin) in options { line(option, value, origin) }
  }

  /// The same for destinations.
  package func show(_ destinations: [Destination]) {
    show(destinations.map { (choice: $0.choice, model: $0.model, target: $0.target) })
  }

  private func show(_ part: Part) {
    guard let target = part.target else {
      line("profile", part.choice.profile, part.choice.profileOrigin)
      return
    }
    line("profile", target.profile ?? "none", target.profile == nil ? nil : part.choice.profileOrigin)
    line("address", target.baseURL.text, addressOrigin(target))
    line("dialect", target.dialect.name, nil)
    if let model = part.model { line("model", model, part.choice.modelOrigin) }
    if let alias = part.choice.alias {
      let path = environment.settings.paths.configuration ?? ""
      line("alias", "\(alias.name) = \(alias.text.value)", .configuration(path, alias.text.position))
    }
    for entry in target.keys.ring.entries {
      messages.line("sheep: key: \(entry.key.masked)" + (entry.source.map { " (\($0))" } ?? ""))
    }
    if target.keys.ring.entries.isEmpty { line("key", "none", nil) }
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
