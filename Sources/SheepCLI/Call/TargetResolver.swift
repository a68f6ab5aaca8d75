package import SheepClient
package import SheepCore
import SheepWire

/// What the user said about where a request goes; everything unset is `nil`.
package struct ConnectionChoice: Sendable {
  package var profile: String?
  package var baseURL: String?
  /// The name of the dialect; one of `Dialects.all`.
  package var dialect: String?
  package var keyFile: String?
  package var keyVariable: String?
  package var keyCommand: String?
  package var headers = HTTPHeaders()
  package var settings = TransportSettings()
  /// Whether the address is that of the gateway inside this process.
  package var isDemo = false

  /// Nothing said: the default profile.
  package init() {}
}

/// Finds the endpoint and the key that belong together.
///
/// The key comes from exactly one place, in this order: `--key-file`, `--key-cmd`,
/// `--key-env`, then for a given address `SHEEP_API_KEY`, and for a profile's own address the
/// profile's variable. A profile's key is never sent to another origin.
package struct TargetResolver {
  private let environment: Environment

  /// Resolves against the variables, files and commands of `environment`.
  package init(environment: Environment) {
    self.environment = environment
  }

  /// The endpoint for a choice.
  ///
  /// - Parameter needsKey: false where nothing will be sent (`--dry-run`).
  /// - Throws: `usage` for an unknown profile, a bad address or an unreadable key;
  ///   `authentication` when a key is needed and there is none.
  package func resolve(_ choice: ConnectionChoice, needsKey: Bool) throws(Failure) -> Target {
    try resolveWithKey(choice, needsKey: needsKey).target
  }

  /// The same, and the key as it was found.
  func resolveWithKey(
    _ choice: ConnectionChoice, needsKey: Bool
  ) throws(Failure) -> (target: Target, key: KeyFinder.Found?) {
    if choice.isDemo { return (try demo(choice), nil) }
    let profile = try profile(choice)
    let address = choice.baseURL ?? profile.baseURL
    let base = try BaseURL(address)
    let home = try BaseURL(profile.baseURL)
    // A profile's own key, prices and quirks go with its own origin only.
    let isHome = base.origin == home.origin
    let found = try KeyFinder(environment: environment).find(choice, profile, isHome: isHome)
    if found == nil, needsKey, !base.isLoopback { throw Self.missingKey(profile, base, isHome: isHome) }
    let target = try target(choice, profile, base, isHome: isHome, key: found)
    return (target, found)
  }

  /// The endpoint at `base` with a key that was found for it.
  func target(
    _ choice: ConnectionChoice, _ profile: Profile, _ base: BaseURL, isHome: Bool, key: KeyFinder.Found?
  ) throws(Failure) -> Target {
    let isProfile = isHome || choice.profile != nil
    return try Target(
      profile: isHome ? profile.name : choice.isDemo ? "demo" : nil,
      dialect: dialect(choice) ?? (isProfile ? profile.dialect : OpenAIChat()), baseURL: base,
      quirks: isHome ? profile.quirks : Quirks(),
      key: key.map { key throws(Failure) in try Self.bound(key, base) },
      headers: choice.headers, settings: choice.settings)
  }

  /// The gateway inside this process: no key, and nothing of any profile.
  private func demo(_ choice: ConnectionChoice) throws(Failure) -> Target {
    try Target(
      profile: "demo", dialect: dialect(choice) ?? OpenAIChat(), baseURL: BaseURL(choice.baseURL ?? ""),
      key: nil, headers: choice.headers, settings: choice.settings)
  }

  /// The dialect that the user names; `nil` when none is named.
  private func dialect(_ choice: ConnectionChoice) throws(Failure) -> (any Dialect)? {
    guard let name = choice.dialect else { return nil }
    if let dialect = Dialects.named(name) { return dialect }
    let known = Dialects.all.map(\.name).joined(separator: ", ")
    throw Failure(.usage, "--api", "'\(name)' is not known", advice: "the dialects are \(known)")
  }

  /// The profile that a choice names, or the default one.
  func profile(_ choice: ConnectionChoice) throws(Failure) -> Profile {
    let name = choice.profile ?? Profile.defaultName
    if let profile = Profile.named(name) { return profile }
    let known = Profile.builtIn.map(\.name).joined(separator: ", ")
    throw Failure(.usage, "profile '\(name)'", "is not known", advice: "the built-in ones are \(known)")
  }

  /// Checks that a key can be sent and binds it to the address it was given for.
  private static func bound(_ found: KeyFinder.Found, _ base: BaseURL) throws(Failure) -> Target.BoundKey {
    if let problem = Secret.problem(in: found.text) {
      throw Failure(.usage, found.source, "the key \(problem)", advice: "set it again without it")
    }
    return Target.BoundKey(Secret(found.text), origin: base.origin)
  }

  static func missingKey(_ profile: Profile, _ base: BaseURL, isHome: Bool) -> Failure {
    let variable = isHome ? profile.keyVariable ?? "SHEEP_API_KEY" : "SHEEP_API_KEY"
    return Failure(
      .authentication, isHome ? profile.name : base.origin, "no key: \(variable) is not set",
      advice: "export \(variable)=YOUR_KEY, or add --demo to try it without a key")
  }
}
