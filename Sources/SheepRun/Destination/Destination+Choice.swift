package import SheepCatalog
package import SheepClient
package import SheepCore
package import SheepOptions
package import SheepStore

extension Destination {
  /// The model, the profile and the address that a call is to go to, each with its origin, before a
  /// key is looked for.
  ///
  /// A model is named by `--model`, by `--task`, by the profile's settings, by the configuration's
  /// default, and at last by the program's own list of profiles.
  package struct Choice {
    /// The options that were chosen from.
    package let options: ConnectionOptions
    /// The model to ask, with aliases and tasks resolved; `nil` when nothing names one.
    package let model: String?
    package let modelOrigin: SettingOrigin
    /// The alias that the model was named by, with its place; `nil`: it was named itself.
    package let alias: NamedText?
    /// The profile's name.
    package let profile: String
    package let profileOrigin: SettingOrigin
    /// Whether the profile was named, be it by a default, and not merely left to the program.
    package let namesProfile: Bool
    /// The profile as it stands in this run. A failure is kept, not thrown, because a command with
    /// several destinations reports each by itself.
    let entry: Result<ProfileBook.Entry, Failure>
    let run: Run

    /// Chooses.
    ///
    /// The gateway inside this process knows nothing of the user's own defaults.
    /// - Throws: `usage` for an unknown task and for a wrong configuration.
    package init(_ options: ConnectionOptions, in run: Run) throws(Failure) {
      self.options = options
      self.run = run
      let settings = run.settings
      let usesDefaults = !options.demo
      let configuration = try settings.configuration()
      let named = try ModelNames.named(
        options, run.given.origin(of: "model") ?? .commandLine, configuration)
      var profile = named?.target.profile
      var profileOrigin = named?.origin ?? .builtIn
      if profile == nil, let name = options.profile {
        profile = name
        profileOrigin = run.given.origin(of: "profile") ?? .commandLine
      }
      let byDefault =
        named == nil && profile == nil && usesDefaults ? try ModelNames.defaultModel(configuration) : nil
      if profile == nil, usesDefaults {
        if let target = byDefault?.target.profile, let origin = byDefault?.origin {
          (profile, profileOrigin) = (target, origin)
        } else if let name = configuration?.defaultProfile {
          (profile, profileOrigin) = (name.value, .configuration(configuration?.path ?? "", name.position))
        }
      }
      let name = profile ?? Profile.defaultName
      var found: ProfileBook.Entry?
      do throws(Failure) {
        let entry = try ProfileBook(configuration).profile(named: name)
        found = entry
        self.entry = .success(entry)
      } catch {
        self.entry = .failure(error)
      }
      self.profile = name
      namesProfile = profile != nil
      self.profileOrigin = namesProfile ? profileOrigin : .builtIn
      alias = (named ?? byDefault)?.alias
      if let named {
        (model, modelOrigin) = (named.target.model, named.origin)
      } else if let own = found?.settings?.defaultModel {
        (model, modelOrigin) = (own.value, .profile(configuration?.path ?? "", own.position))
      } else if let byDefault {
        (model, modelOrigin) = (byDefault.target.model, byDefault.origin)
      } else {
        (model, modelOrigin) = (found?.profile.defaultModel, .builtIn)
      }
    }

    /// Whether it is the gateway inside this process.
    package var isDemo: Bool { options.demo }

    /// The model to ask.
    /// - Throws: `usage` when nothing names one, or the profile is unknown.
    package func requiredModel() throws(Failure) -> String {
      if case .failure(let problem) = entry { throw problem }
      // An address of the user's own need not know what the profile's gateway knows.
      let isGuess = options.baseURL != nil && !isDemo && modelOrigin == .builtIn
      if let model, !isGuess || options.task != nil { return model }
      throw Failure(.usage, "--model", "no model given", advice: "add -m MODEL")
    }

    /// Whose price list and list of models apply; `nil`: nobody's.
    ///
    /// The gateway inside this process serves the default profile's models and names their prices, so
    /// that a receipt reads as it would there.
    package func listProfile(at target: Target) -> String? {
      isDemo ? Profile.defaultName : target.profile
    }

    /// What a model costs at an endpoint.
    /// - Throws: `usage` for a price file that cannot be read.
    package func quote(for model: String, at target: Target) throws(Failure) -> Quote {
      try PriceBook.read(options, run.environment).quote(profile: listProfile(at: target), model: model)
    }
  }
}
