package import SheepCore
import SheepOptions
package import SheepStore
import SheepWire

/// The profiles of a run: the built-in ones, with what the configuration changes and adds.
package struct ProfileBook {
  private let configuration: Configuration?

  /// A profile with what the configuration says of it.
  package struct Entry {
    package let profile: Profile
    /// The table of the configuration; `nil` for a built-in profile that it leaves alone.
    package let settings: ProfileSettings?
    /// Where the keys are kept, in the order of rotation.
    package let keys: [KeyPlace]
    /// Whether all of the keys are used in turn; else the first that is there is the only one.
    package var rotatesKeys: Bool { settings?.keys != nil }

    /// The variables to name when no key was found: where the user listed places, all of them.
    var missingNames: [String] {
      rotatesKeys ? keys.map(\.name) : profile.keyVariable.map { [$0] } ?? []
    }
  }

  /// The profiles under a configuration; `nil`: the built-in ones only.
  package init(_ configuration: Configuration?) {
    self.configuration = configuration
  }

  /// All names: the built-in ones, then those of the configuration.
  package var names: [String] {
    let own = (configuration?.profiles ?? []).map(\.name)
    let builtIn = Profile.builtIn.map(\.name)
    return builtIn + own.filter { !builtIn.contains($0) }
  }

  /// The profile that answers when none is named.
  package var defaultName: String { configuration?.defaultProfile?.value ?? Profile.defaultName }

  /// The profile of that name.
  /// - Throws: `usage` when there is none, or the configuration's table for it is wrong.
  package func profile(named name: String) throws(Failure) -> Entry {
    let builtIn = Profile.named(name)
    let settings = configuration?.profiles.first { $0.name == name }
    guard let settings else {
      if let builtIn { return Entry(profile: builtIn, settings: nil, keys: Self.places(builtIn)) }
      throw unknown(name)
    }
    do throws(ConfigurationProblem) { return try Self.entry(settings, builtIn) } catch {
      throw Settings.failure(error, configuration?.path ?? "")
    }
  }

  private func unknown(_ name: String) -> Failure {
    let near = Suggestion.nearest(to: name, among: names).map { "did you mean \($0)?" }
    return Failure(
      .usage, "profile \(Quoted.text(name))", "does not exist",
      advice: near ?? "profiles: " + names.joined(separator: ", "))
  }

  private static func places(_ profile: Profile) -> [KeyPlace] {
    profile.keyVariables.map { .variable($0) }
  }

  /// The built-in profile, if there is one of that name, with the user's settings over it.
  /// - Throws: what is wrong with the table.
  package static func entry(
    _ settings: ProfileSettings, _ builtIn: Profile?
  ) throws(ConfigurationProblem) -> Entry {
    let home = builtIn?.baseURL ?? ""
    let address = settings.baseURL?.value ?? home
    guard !address.isEmpty else {
      throw ConfigurationProblem(
        settings.position, "the profile '\(settings.name)' has no address", "add base_url = \"https://...\"")
    }
    try checkPaths(settings)
    // A vendor's key belongs to the vendor's address: another one needs keys of its own.
    let isMoved =
      if home.isEmpty { false } else { try origin(address, settings) != origin(home, settings) }
    let profile = Profile(
      settings.name, builtIn?.vendor ?? settings.name, address,
      keyVariable: isMoved ? nil : builtIn?.keyVariable,
      strongerKeyVariable: isMoved ? nil : builtIn?.strongerKeyVariable,
      keyPrefixes: builtIn?.keyPrefixes ?? [],
      defaultModel: settings.defaultModel?.value ?? (isMoved ? nil : builtIn?.defaultModel),
      api: try dialect(settings) ?? builtIn?.api ?? .openai, facts: builtIn?.facts ?? "",
      quirks: try quirks(settings, isMoved ? Quirks() : builtIn?.quirks))
    return Entry(
      profile: profile, settings: settings, keys: settings.keys?.map(\.value) ?? places(profile))
  }

  private static func dialect(
    _ settings: ProfileSettings
  ) throws(ConfigurationProblem) -> DialectName? {
    guard let name = settings.api else { return nil }
    if let dialect = DialectName(rawValue: name.value) { return dialect }
    throw ConfigurationProblem(
      name.position, "\(Quoted.text(name.value)) is not an API",
      "use " + DialectName.list)
  }

  private static func origin(
    _ address: String, _ settings: ProfileSettings
  ) throws(ConfigurationProblem) -> String {
    do throws(Failure) { return try BaseURL(address).origin } catch {
      throw ConfigurationProblem(
        settings.baseURL?.position, error.statement, error.advice)
    }
  }

  /// A path that depends on the working folder would let whoever fills that folder choose.
  private static func checkPaths(_ settings: ProfileSettings) throws(ConfigurationProblem) {
    var paths = settings.certificateFile.map { [$0] } ?? []
    for key in settings.keys ?? [] {
      if case .file(let path) = key.value { paths.append(Located(path, at: key.position)) }
    }
    for path in paths where !path.value.hasPrefix("/") && !path.value.hasPrefix("~/") {
      throw ConfigurationProblem(
        path.position, "'\(path.value)' is a relative path", "start it with / or ~/")
    }
  }

  private static func quirks(
    _ settings: ProfileSettings, _ builtIn: Quirks?
  ) throws(ConfigurationProblem) -> Quirks {
    var quirks = builtIn ?? Quirks()
    for quirk in settings.quirks {
      let value = quirk.text.value
      switch quirk.name {
      case "max_tokens_field": quirks.maxTokensField = value
      case "system_role": quirks.systemRole = value
      case "stream_options": quirks.sendsStreamOptions = value == "true"
      case "seed_field": quirks.seedField = value
      case "needs_key": quirks.needsKey = value == "true"
      case "key_header":
        guard HeaderField.isName(value) else {
          throw ConfigurationProblem(quirk.text.position, "'\(value)' is not a valid header name")
        }
        quirks.keyHeader = value
      case "reasoning":
        guard let style = Quirks.ReasoningStyle(rawValue: value) else {
          let known = Quirks.ReasoningStyle.allCases.map(\.rawValue).joined(separator: " or ")
          throw ConfigurationProblem(quirk.text.position, "'\(value)' is not allowed", "use \(known)")
        }
        quirks.reasoning = style
      default: break
      }
    }
    return quirks
  }
}
