package import SheepClient
package import SheepCore
import SheepOptions
import SheepStore
package import SheepWire

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
/// profile's places, which may be several. A profile's keys, headers and proxy are never used
/// for another origin.
package final class TargetResolver {
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
    try resolveWithKeys(choice, needsKey: needsKey).target
  }

  /// The same, and the keys as they were found.
  package func resolveWithKeys(
    _ choice: ConnectionChoice, needsKey: Bool
  ) throws(Failure) -> (target: Target, keys: [KeyFinder.Found]) {
    if choice.isDemo { return (try demo(choice), []) }
    let spot = try spot(choice)
    let keys = try keys(choice, spot)
    if keys.isEmpty, needsKey, !spot.isKeyless { throw Self.missingKey(spot) }
    return (try target(choice, spot, keys), keys)
  }

  /// A profile and an address, and whether they belong together.
  package final class Spot {
    package let entry: ProfileBook.Entry
    package let base: BaseURL
    /// Whether the address is the profile's own, so that its keys, headers, proxy, prices and
    /// quirks go with it.
    package let isHome: Bool

    fileprivate init(entry: ProfileBook.Entry, base: BaseURL, isHome: Bool) {
      self.entry = entry
      self.base = base
      self.isHome = isHome
    }

    /// Whether a call without a key may be tried: always where one would be refused.
    package var isKeyless: Bool {
      base.isLoopback || !base.mayCarryKey || isHome && !entry.profile.quirks.needsKey
    }
  }

  /// The profile and the address of a choice.
  /// - Throws: `usage` for an unknown profile and a bad address.
  package func spot(_ choice: ConnectionChoice) throws(Failure) -> Spot {
    let book = try environment.settings.profiles()
    let entry = try book.profile(named: choice.profile ?? book.defaultName)
    let home = entry.profile.baseURL
    guard let address = choice.baseURL ?? (home.isEmpty ? nil : home) else {
      throw Failure(
        .usage, "profile \(Quoted.text(entry.profile.name))", "has no address that is the same for everyone",
        advice: "sheep config set profiles.\(entry.profile.name).base_url https://...")
    }
    let base = try BaseURL(address)
    let isHome = if home.isEmpty { false } else { try base.origin == BaseURL(home).origin }
    return Spot(entry: entry, base: base, isHome: isHome)
  }

  /// The keys for a spot, as they were found.
  package func keys(_ choice: ConnectionChoice, _ spot: Spot) throws(Failure) -> [KeyFinder.Found] {
    try KeyFinder(environment: environment).find(choice, spot.isHome ? spot.entry : nil)
  }

  /// The endpoint at a spot with these keys.
  package func target(
    _ choice: ConnectionChoice, _ spot: Spot, _ keys: [KeyFinder.Found]
  ) throws(Failure) -> Target {
    let profile = spot.entry.profile
    let isProfile = spot.isHome || choice.profile != nil
    return try Target(
      profile: spot.isHome ? profile.name : choice.isDemo ? "demo" : nil,
      dialect: dialect(choice) ?? (isProfile ? profile.dialect : OpenAIChat()), baseURL: spot.base,
      quirks: spot.isHome ? profile.quirks : Quirks(),
      keys: keys.map { found throws(Failure) in try Self.bound(found, spot.base) },
      headers: spot.isHome ? try headers(choice, spot.entry.settings) : choice.headers,
      settings: spot.isHome ? connection(choice, spot.entry.settings) : choice.settings)
  }

  /// The user's headers over the profile's.
  private func headers(
    _ choice: ConnectionChoice, _ settings: ProfileSettings?
  ) throws(Failure) -> HTTPHeaders {
    var headers = HTTPHeaders()
    for header in settings?.headers ?? [] {
      do throws(ValueProblem) {
        let field = try HeaderField.parse(header.name + ": " + header.text.value)
        headers.set(field.name, field.value)
      } catch {
        let path = environment.settings.paths.configuration ?? ""
        throw Failure(.usage, "\(path):\(header.text.position)", error.problem, advice: error.wayOut)
      }
    }
    for field in choice.headers.fields { headers.set(field.name, field.value) }
    return headers
  }

  /// The connection's settings: the profile counts more than the configuration's defaults of
  /// options, and less than variables and the command line.
  private func connection(_ choice: ConnectionChoice, _ profile: ProfileSettings?) -> TransportSettings {
    func isOpen(_ value: String?, _ option: String) -> Bool {
      if value == nil { return true }
      if case .configuration = environment.settings.origin(ofOption: option) { return true }
      return false
    }
    var settings = choice.settings
    if let proxy = profile?.proxy?.value, isOpen(settings.proxy, "proxy") { settings.proxy = proxy }
    if let file = profile?.certificateFile?.value, isOpen(settings.certificateFile, "ca-file") {
      settings.certificateFile = environment.expanded(file)
    }
    return settings
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

  /// Checks that a key can be sent and binds it to the address it was given for.
  private static func bound(_ found: KeyFinder.Found, _ base: BaseURL) throws(Failure) -> Target.BoundKey {
    if let problem = Secret.problem(in: found.text) {
      throw Failure(.usage, found.source, "the key \(problem)", advice: "set it again without it")
    }
    return Target.BoundKey(Secret(found.text), origin: base.origin, source: found.source)
  }

  package static func missingKey(_ spot: Spot) -> Failure {
    let names = spot.isHome ? spot.entry.missingNames : ["SHEEP_API_KEY"]
    guard let variable = names.first else {
      return Failure(
        .authentication, spot.entry.profile.name, "no key: the configuration names no place for one",
        advice: "sheep config set profiles.\(spot.entry.profile.name).key_env NAME")
    }
    let problem =
      names.count > 1 ? "none of \(names.joined(separator: ", ")) is set" : "\(variable) is not set"
    return Failure(
      .authentication, spot.isHome ? spot.entry.profile.name : spot.base.origin, "no key: " + problem,
      advice: "export \(variable)=YOUR_KEY, or add --demo to try it without a key")
  }
}

extension Environment {
  /// A path of the configuration, where `~/` is the home folder.
  package func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = variable("HOME") else { return path }
    return home + path.dropFirst()
  }
}
