package import SheepClient
import SheepCore
import SheepOptions
import SheepStore
import SheepWire

/// `--explain`: where each setting of a call, or of several, came from, on standard error.
package struct Explanation {
  /// A choice that a command speaks of; the model is `nil` where none is asked, the endpoint where nobody
  /// is, or it could not be found.
  package typealias Part = (choice: Destination.Choice, model: String?, target: Target?)

  private let environment: Environment
  private let messages: Messages
  private let given: GivenOptions

  /// Explains on the messages of a run.
  package init(_ run: Run) {
    environment = run.environment
    messages = run.messages
    given = run.given
  }

  /// Shows the settings of calls to these places: the file, each place, and every option that was
  /// set.
  package func show(_ parts: [Part]) {
    line("configuration", fileText, nil)
    for part in parts { show(part) }
    for option in given.all where option.name != "explain" {
      line(option.spelled, Self.shown(option.value), option.origin)
    }
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
    guard let path = environment.settings.paths.configuration else { return "none, because HOME is not set" }
    let isThere = (try? environment.settings.configuration()) ?? nil
    return path + (isThere == nil ? ", which does not exist" : "")
  }

  private func addressOrigin(_ target: Target) -> SettingOrigin? {
    if target.profile == "demo" { return .builtIn }
    if let origin = given.origin(of: "base-url") { return origin }
    let configuration = (try? environment.settings.configuration()) ?? nil
    let profile = configuration?.profiles.first { $0.name == target.profile }
    return profile?.baseURL.map { .profile(configuration?.path ?? "", $0.position) } ?? .builtIn
  }

  /// A value in a message: a long prompt or schema is not repeated.
  private static func shown(_ value: String) -> String {
    String(Quoted.text(value).dropFirst().dropLast())
  }
}
