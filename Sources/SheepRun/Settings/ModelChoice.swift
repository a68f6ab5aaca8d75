import SheepClient
package import SheepCore
package import SheepOptions
package import SheepStore

/// Which model is asked, through which profile, and why: the options joined with the
/// configuration's defaults, aliases and tasks.
package struct ModelChoice {
  /// The model's name at the gateway; `nil` when nothing names one.
  package let model: String?
  package let modelOrigin: SettingOrigin
  /// What is wrong with the profile: it is unknown, or its table is wrong. Kept, not thrown,
  /// because a command with several targets reports each by itself.
  package let problem: Failure?
  /// The alias that the model was named by, with its place; `nil`: it was named itself.
  package let alias: NamedText?
  /// The profile's name.
  package let profile: String
  package let profileOrigin: SettingOrigin
  /// Whether the profile was named, be it by a default, and not merely left to the program.
  package let namesProfile: Bool

  /// Models by kind of task, where the configuration says nothing else: two tables of three
  /// that are common, on the default gateway, from cheap to good.
  package static let builtInTasks: [(name: String, model: String)] = [
    ("simple", "deepseek-v3.2@holysheep"), ("standard", "gemini-2.5-flash@holysheep"),
    ("advanced", "gpt-4.1@holysheep"), ("fast", "gemini-2.5-flash@holysheep"),
    ("balanced", "gpt-4.1@holysheep"), ("quality", "claude-sonnet-4-5@holysheep"),
  ]

  /// Chooses.
  ///
  /// - Parameter usesDefaults: false for the gateway inside this process, which knows nothing of
  ///   the user's own defaults.
  /// - Throws: `usage` for an unknown task and for a wrong configuration.
  package init(
    _ options: ConnectionOptions, settings: Settings, usesDefaults: Bool = true
  ) throws(Failure) {
    let configuration = try settings.configuration()
    let named = try Self.named(options, settings, configuration)
    var profile = named?.target.profile
    var profileOrigin = named?.origin ?? .builtIn
    if profile == nil, let name = options.profile {
      profile = name
      profileOrigin = settings.origin(ofOption: "profile") ?? .commandLine
    }
    let byDefault =
      named == nil && profile == nil && usesDefaults ? try Self.defaultModel(configuration) : nil
    if profile == nil, usesDefaults {
      if let target = byDefault?.target.profile, let origin = byDefault?.origin {
        (profile, profileOrigin) = (target, origin)
      } else if let name = configuration?.defaultProfile {
        (profile, profileOrigin) = (name.value, .configuration(configuration?.path ?? "", name.position))
      }
    }
    let name = profile ?? Profile.defaultName
    var entry: ProfileBook.Entry?
    var problem: Failure?
    do throws(Failure) { entry = try ProfileBook(configuration).profile(named: name) } catch {
      problem = error
    }
    self.problem = problem
    self.profile = name
    namesProfile = profile != nil
    self.profileOrigin = namesProfile ? profileOrigin : .builtIn
    alias = (named ?? byDefault)?.alias
    if let named {
      (model, modelOrigin) = (named.target.model, named.origin)
    } else if let own = entry?.settings?.defaultModel {
      (model, modelOrigin) = (own.value, .profile(configuration?.path ?? "", own.position))
    } else if let byDefault {
      (model, modelOrigin) = (byDefault.target.model, byDefault.origin)
    } else {
      (model, modelOrigin) = (entry?.profile.defaultModel, .builtIn)
    }
  }

  private typealias Named = (target: ModelTarget, origin: SettingOrigin, alias: NamedText?)

  /// What `--model` or `--task` names, aliases resolved.
  private static func named(
    _ options: ConnectionOptions, _ settings: Settings, _ configuration: Configuration?
  ) throws(Failure) -> Named? {
    if let target = options.model {
      let origin = settings.origin(ofOption: "model") ?? .commandLine
      return (try resolved(target, configuration), origin, alias(target, configuration))
    }
    guard let task = options.task else { return nil }
    if let own = configuration?.tasks.first(where: { $0.name == task }) {
      let place = SettingOrigin.configuration(configuration?.path ?? "", own.text.position)
      let target = try parse(own.text, configuration)
      return (try resolved(target, configuration), place, alias(target, configuration))
    }
    guard let builtIn = builtInTasks.first(where: { $0.name == task }) else {
      let names = (configuration?.tasks ?? []).map(\.name) + builtInTasks.map(\.name)
      throw Failure(
        .usage, "--task", "\(Quoted.text(task)) is not known",
        advice: Suggestion.nearest(to: task, among: names).map { "did you mean \($0)?" }
          ?? "the known ones are " + names.joined(separator: ", "))
    }
    return (try target(builtIn.model, "--task"), .builtIn, nil)
  }

  /// The model that a name stands for: an alias's, or itself. One that names its profile is
  /// taken as it is, so that an alias can never hide a gateway's model.
  package static func resolved(
    _ target: ModelTarget, _ configuration: Configuration?
  ) throws(Failure) -> ModelTarget {
    guard let alias = alias(target, configuration) else { return target }
    return try parse(alias.text, configuration)
  }

  private static func alias(_ target: ModelTarget, _ configuration: Configuration?) -> NamedText? {
    if target.profile != nil { return nil }
    return configuration?.aliases.first { $0.name == target.model }
  }

  private static func defaultModel(_ configuration: Configuration?) throws(Failure) -> Named? {
    guard let text = configuration?.defaultModel else { return nil }
    let origin = SettingOrigin.configuration(configuration?.path ?? "", text.position)
    let target = try parse(text, configuration)
    return (try resolved(target, configuration), origin, alias(target, configuration))
  }

  private static func parse(
    _ text: Located<String>, _ configuration: Configuration?
  ) throws(Failure) -> ModelTarget {
    try target(text.value, (configuration?.path ?? "") + ":\(text.position)")
  }

  private static func target(_ text: String, _ subject: String) throws(Failure) -> ModelTarget {
    do throws(ValueProblem) { return try ModelTarget.parse(text) } catch {
      throw Failure(.usage, subject, error.problem, advice: error.wayOut)
    }
  }
}
