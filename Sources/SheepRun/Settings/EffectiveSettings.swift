import SheepCore
package import SheepOptions
package import SheepStore
import SheepWire

/// All settings that hold, each with its source: what `config show` and `config get` print.
package struct EffectiveSettings {
  /// One setting.
  package struct Setting {
    package let path: [String]
    /// The value as TOML.
    package let value: String
    package let origin: SettingOrigin
  }

  /// In the order of the file's template.
  package private(set) var all: [Setting] = []
  private let path: String

  /// What holds under a configuration and the environment's variables.
  package init(_ configuration: Configuration?, variable: Variables) {
    path = configuration?.path ?? ""
    addDefaults(configuration, variable)
    let book = ProfileBook(configuration)
    let isChanged = Set((configuration?.profiles ?? []).map(\.name) + [book.defaultName])
    for name in book.names where isChanged.contains(name) {
      if let entry = try? book.profile(named: name) { addProfile(entry) }
    }
    for (table, names) in [("aliases", configuration?.aliases ?? []), ("tasks", configuration?.tasks ?? [])] {
      for named in names { add([table, named.name], named.text) }
    }
    for task in TaskModel.builtIn where !all.contains(where: { $0.path == ["tasks", task.name] }) {
      add(["tasks", task.name], ConfigurationEditor.quoted(task.model), .builtIn)
    }
    for price in configuration?.prices ?? [] {
      for field in price.fields {
        add(
          ["prices", price.name, field.name], field.text.value,
          .configuration(path, field.text.position))
      }
    }
    addOptions(configuration, variable)
  }

  /// The setting at a path, also of a built-in profile that nothing changes; `nil` without one.
  package func setting(_ wanted: [String]) -> Setting? {
    if let found = all.first(where: { $0.path == wanted }) { return found }
    guard wanted.count == 3, wanted[0] == "profiles", let profile = Profile.named(wanted[1]) else {
      return nil
    }
    var other = self
    other.all = []
    other.addProfile(
      ProfileBook.Entry(
        profile: profile, settings: nil, keys: profile.keyVariables.map { .variable($0) }))
    return other.all.first { $0.path == wanted }
  }

  private mutating func add(_ path: [String], _ value: String, _ origin: SettingOrigin) {
    all.append(Setting(path: path, value: value, origin: origin))
  }

  private mutating func add(_ path: [String], _ text: Located<String>) {
    add(path, ConfigurationEditor.quoted(text.value), .configuration(self.path, text.position))
  }

  private mutating func addDefaults(_ configuration: Configuration?, _ variable: Variables) {
    if let name = variable("SHEEP_PROFILE"), !name.isEmpty {
      add(["default_profile"], ConfigurationEditor.quoted(name), .variable("SHEEP_PROFILE"))
    } else if let name = configuration?.defaultProfile {
      add(["default_profile"], name)
    } else {
      add(["default_profile"], ConfigurationEditor.quoted(Profile.defaultName), .builtIn)
    }
    if let model = variable("SHEEP_MODEL"), !model.isEmpty {
      add(["default_model"], ConfigurationEditor.quoted(model), .variable("SHEEP_MODEL"))
    } else if let model = configuration?.defaultModel {
      add(["default_model"], model)
    }
  }

  private mutating func addProfile(_ entry: ProfileBook.Entry) {
    let head = ["profiles", entry.profile.name]
    let own = entry.settings
    func origin(_ text: Located<String>?) -> SettingOrigin {
      text.map { .configuration(path, $0.position) } ?? .builtIn
    }
    if !entry.profile.baseURL.isEmpty {
      add(head + ["base_url"], ConfigurationEditor.quoted(entry.profile.baseURL), origin(own?.baseURL))
    }
    add(head + ["api"], ConfigurationEditor.quoted(entry.profile.dialect.name), origin(own?.api))
    let keys = own?.keys
    for (index, place) in entry.keys.enumerated() {
      let origin = keys.map { SettingOrigin.configuration(path, $0[index].position) } ?? .builtIn
      let (name, value) = Self.words(place)
      add(head + ["key_" + name], ConfigurationEditor.quoted(value), origin)
    }
    if let model = entry.profile.defaultModel {
      add(head + ["default_model"], ConfigurationEditor.quoted(model), origin(own?.defaultModel))
    }
    if let proxy = own?.proxy { add(head + ["proxy"], proxy) }
    if let file = own?.certificateFile { add(head + ["ca_file"], file) }
    for header in own?.headers ?? [] { add(head + ["headers", header.name], header.text) }
    for quirk in own?.quirks ?? [] {
      let isFlag = ConfigurationSchema.kind(of: ["profiles", "x", "quirks", quirk.name]) == .boolean
      add(
        head + ["quirks", quirk.name],
        isFlag ? quirk.text.value : ConfigurationEditor.quoted(quirk.text.value), origin(quirk.text))
    }
  }

  private static func words(_ place: KeyPlace) -> (String, String) {
    switch place {
    case .variable(let name): ("env", name)
    case .file(let path): ("file", path)
    case .command(let command): ("cmd", command)
    }
  }

  private mutating func addOptions(_ configuration: Configuration?, _ variable: Variables) {
    var names: Set<String> = ["model", "profile"]
    for info in CommandTable.all.flatMap({ $0.describe().options }) where names.insert(info.long).inserted {
      guard let name = info.environmentName else { continue }
      if let value = variable(name), !value.isEmpty {
        add(["options", info.long], ConfigurationEditor.quoted(value), .variable(name))
      } else if let option = configuration?.options.first(where: { $0.name == info.long }) {
        add(["options", info.long], option.text)
      }
    }
    for option in configuration?.options ?? [] where option.name == "model" || option.name == "profile" {
      add(["options", option.name], option.text)
    }
  }
}
