import SheepClient
package import SheepCore
package import SheepOptions

/// Where a call goes, as the options and the configuration say it: model, profile and address.
package final class Place {
  private let options: ConnectionOptions
  private let settings: Settings
  private let demo: DemoGateway?
  private let isDemo: Bool
  /// The model and the profile, and where each was said.
  package let named: ModelChoice

  /// - Throws: `usage` for an unknown task and for a wrong configuration.
  package init(
    _ options: ConnectionOptions, settings: Settings, demo: DemoGateway?, isDemo: Bool
  ) throws(Failure) {
    self.options = options
    self.settings = settings
    self.demo = demo
    self.isDemo = isDemo
    named = try ModelChoice(options, settings: settings, usesDefaults: !isDemo)
  }

  /// The model to ask: the one given, else the profile's default.
  /// - Throws: `usage` when neither exists, or the profile is unknown.
  package func model() throws(Failure) -> String {
    if let problem = named.problem { throw problem }
    // An address of the user's own need not know what the profile's gateway knows.
    let isGuess = options.baseURL != nil && !isDemo && named.modelOrigin == .builtIn
    if let model = named.model, !isGuess || options.task != nil { return model }
    throw Failure(.usage, "--model", "no model is named", advice: "add -m MODEL")
  }

  /// Whose price list counts; `nil`: that of the target's own profile.
  ///
  /// The local gateway serves the default profile's models and names their prices, so that a
  /// receipt reads as it would there.
  package var priceProfile: String? { isDemo ? Profile.defaultName : nil }

  /// How the profile is called when the conversation goes on another time; `nil`: the default
  /// one, an address without a profile, or the gateway inside this process.
  package var recordedProfile: String? { isDemo || options.baseURL != nil ? nil : named.profile }

  /// The same for the resolver.
  package var choice: ConnectionChoice {
    var choice = ConnectionChoice()
    choice.profile = named.namesProfile ? named.profile : nil
    choice.baseURL = demo?.baseURL ?? (isDemo ? "http://127.0.0.1:4010/v1" : options.baseURL)
    choice.dialect = options.api?.rawValue
    choice.isDemo = isDemo
    choice.keyFile = options.keyFile
    choice.keyVariable = options.keyEnvironmentName
    choice.keyCommand = options.keyCommand
    for header in options.headers { choice.headers.append(header.name, header.value) }
    choice.settings.proxy = options.proxy
    choice.settings.certificateFile = options.caFile
    if let limit = options.connectTimeout, limit > .zero { choice.settings.connectTimeout = limit }
    return choice
  }
}
