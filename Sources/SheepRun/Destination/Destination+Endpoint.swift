package import SheepClient
package import SheepCore
import SheepOptions
import SheepStore
package import SheepWire

/// Finds the endpoint and the keys that belong together.
///
/// A key comes from exactly one place, in this order: `--key-file`, `--key-cmd`, `--key-env`, then for
/// an address of the user's own `SHEEP_API_KEY`, and for a profile's own address the profile's places,
/// which may be several.
///
/// Secrets never travel: a profile's keys, headers and proxy are used for the profile's own origin
/// only, and the keys and headers of the options for the one origin that they were given for.
extension Destination.Choice {
  /// An address, and whether it is the profile's own.
  package struct Site {
    package let base: BaseURL
    /// Whether the address is the profile's own, so that its keys, headers, proxy, prices and
    /// quirks go with it.
    package let isHome: Bool
    let entry: ProfileBook.Entry

    /// The profile's name, where the address is its own.
    package var profile: String? { isHome ? entry.profile.name : nil }

    /// Whether a call without a key may be tried: always where one would be refused.
    package var isKeyless: Bool {
      base.isLoopback || !base.mayCarryKey || isHome && !entry.profile.quirks.needsKey
    }
  }

  /// The address.
  /// - Throws: `usage` for an unknown profile and a bad address.
  package func site() throws(Failure) -> Site {
    let entry = try entry.get()
    let home = entry.profile.baseURL
    guard let address = givenAddress ?? (home.isEmpty ? nil : home) else {
      throw Failure(
        .usage, "profile \(Quoted.text(entry.profile.name))", "has no default address",
        advice: "set one with 'sheep config set profiles.\(entry.profile.name).base_url https://...'")
    }
    let base = try BaseURL(address)
    let isHome = if home.isEmpty { false } else { try base.origin == BaseURL(home).origin }
    return Site(base: base, isHome: isHome, entry: entry)
  }

  /// What people call the place before it is found: the profile or the address.
  package var name: String { namesProfile ? profile : givenAddress ?? Profile.defaultName }

  /// The address, where it is not the profile's.
  package var givenAddress: String? {
    isDemo ? run.demo?.baseURL ?? "http://127.0.0.1:4010/v1" : options.baseURL
  }

  /// The endpoint.
  ///
  /// - Parameter needsKey: false where nothing will be sent.
  /// - Throws: `usage` for an unknown profile, a bad address or an unreadable key;
  ///   `authentication` when a key is needed and there is none.
  package func target(needsKey: Bool) throws(Failure) -> Target {
    if isDemo {
      return try Target(
        profile: "demo", dialect: dialect ?? OpenAIChat(), baseURL: BaseURL(givenAddress ?? ""), key: nil,
        headers: givenHeaders, settings: givenSettings)
    }
    let site = try site()
    let keys = try keys(at: site)
    if keys.isEmpty, needsKey, !site.isKeyless { throw missingKey(at: site) }
    return try target(at: site, keys)
  }

  /// The keys for an address, as they were found.
  /// - Throws: `usage` when a place that was named cannot be read.
  package func keys(at site: Site) throws(Failure) -> [KeyFinder.Found] {
    let finder = KeyFinder(environment: run.environment)
    if isOwner(site.base), let key = try finder.given(options) { return [key] }
    return try finder.keys(isAddressGiven: givenAddress != nil, site.isHome ? site.entry : nil)
  }

  /// Whether the options' keys and headers were given for this address: the one place where a secret
  /// of the options is let through.
  private func isOwner(_ base: BaseURL) -> Bool {
    options.secretOrigin.map { $0 == base.origin } ?? true
  }

  /// The endpoint at an address with these keys.
  package func target(at site: Site, _ keys: [KeyFinder.Found]) throws(Failure) -> Target {
    let profile = site.entry.profile
    let given = isOwner(site.base) ? givenHeaders : HTTPHeaders()
    return try Target(
      profile: site.isHome ? profile.name : isDemo ? "demo" : nil,
      dialect: dialect ?? (site.isHome || namesProfile ? profile.dialect : OpenAIChat()), baseURL: site.base,
      quirks: site.isHome ? profile.quirks : Quirks(),
      keys: keys.map { found throws(Failure) in try Self.bound(found, site.base) },
      headers: site.isHome ? try headers(given, over: site.entry.settings) : given,
      settings: site.isHome ? settings(over: site.entry.settings) : givenSettings)
  }

  /// The error that no key was found.
  package func missingKey(at site: Site) -> Failure {
    let names = site.isHome ? site.entry.missingNames : ["SHEEP_API_KEY"]
    guard let variable = names.first else {
      return Failure(
        .authentication, site.entry.profile.name, "no key: the configuration does not say where to find one",
        advice: "set it with 'sheep config set profiles.\(site.entry.profile.name).key_env NAME'")
    }
    let problem =
      names.count > 1 ? "none of \(names.joined(separator: ", ")) is set" : "\(variable) is not set"
    return Failure(
      .authentication, site.profile ?? site.base.origin, "no key: " + problem,
      advice: "export \(variable)=YOUR_KEY, or add --demo to try it without a key")
  }

  /// Checks that a key can be sent and binds it to the address it was given for.
  private static func bound(_ found: KeyFinder.Found, _ base: BaseURL) throws(Failure) -> Target.BoundKey {
    if let problem = Secret.problem(in: found.text) {
      throw Failure(.usage, found.source, "the key \(problem)", advice: "set it again without that")
    }
    return Target.BoundKey(Secret(found.text), origin: base.origin, source: found.source)
  }

  // MARK: - What the options say

  /// The dialect that the user names; `nil` when none is named.
  private var dialect: (any Dialect)? { options.api?.dialect }

  private var givenHeaders: HTTPHeaders {
    var headers = HTTPHeaders()
    for header in options.headers { headers.append(header.name, header.value) }
    return headers
  }

  private var givenSettings: TransportSettings {
    var settings = TransportSettings()
    settings.proxy = options.proxy
    settings.certificateFile = options.caFile
    settings.usesFreshConnection = options.usesFreshConnection
    if let limit = options.connectTimeout, limit > .zero { settings.connectTimeout = limit }
    return settings
  }

  /// The user's headers over the profile's.
  private func headers(
    _ given: HTTPHeaders, over profile: ProfileSettings?
  ) throws(Failure) -> HTTPHeaders {
    var headers = HTTPHeaders()
    for header in profile?.headers ?? [] {
      do throws(ValueProblem) {
        let field = try HeaderField.parse(header.name + ": " + header.text.value)
        headers.set(field.name, field.value)
      } catch {
        let path = run.settings.paths.configuration ?? ""
        throw Failure(.usage, "\(path):\(header.text.position)", error.problem, advice: error.wayOut)
      }
    }
    for field in given.fields { headers.set(field.name, field.value) }
    return headers
  }

  /// The connection's settings: the profile takes precedence over the configuration's defaults of
  /// options, and gives way to variables and the command line.
  private func settings(over profile: ProfileSettings?) -> TransportSettings {
    func isOpen(_ value: String?, _ option: String) -> Bool {
      if value == nil { return true }
      if case .configuration = run.given.origin(of: option) { return true }
      return false
    }
    var settings = givenSettings
    if let proxy = profile?.proxy?.value, isOpen(settings.proxy, "proxy") { settings.proxy = proxy }
    if let file = profile?.certificateFile?.value, isOpen(settings.certificateFile, "ca-file") {
      settings.certificateFile = run.environment.expanded(file)
    }
    return settings
  }
}
