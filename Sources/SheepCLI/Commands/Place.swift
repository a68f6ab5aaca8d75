import SheepClient
import SheepCore

/// Where a call goes, as the options say it: model, profile and address.
struct Place {
  private let options: ConnectionOptions
  private let demo: DemoGateway?
  private let isDemo: Bool

  init(_ options: ConnectionOptions, demo: DemoGateway?, isDemo: Bool) {
    self.options = options
    self.demo = demo
    self.isDemo = isDemo
  }

  /// The profile in effect; one written after the model counts more.
  private var profile: String? { options.model?.profile ?? options.profile }

  /// The model to ask: the one given, else the profile's default.
  /// - Throws: `usage` when neither exists.
  func model() throws(Failure) -> String {
    if let model = options.model?.model { return model }
    if options.baseURL == nil || isDemo, let profile = Profile.named(profile ?? Profile.defaultName),
      let model = profile.defaultModel
    {
      return model
    }
    throw Failure(.usage, "--model", "no model is named", advice: "add -m MODEL")
  }

  /// Whose price list counts; `nil`: that of the target's own profile.
  ///
  /// The local gateway serves the default profile's models and names their prices, so that a
  /// receipt reads as it would there.
  var priceProfile: String? { isDemo ? Profile.defaultName : nil }

  /// The same for the resolver.
  var choice: ConnectionChoice {
    var choice = ConnectionChoice()
    choice.profile = profile
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
