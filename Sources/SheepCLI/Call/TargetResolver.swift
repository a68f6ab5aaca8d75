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
    if choice.isDemo { return try demo(choice) }
    let profile = try profile(choice)
    let address = choice.baseURL ?? profile.baseURL
    let base = try BaseURL(address)
    let home = try BaseURL(profile.baseURL)
    // A profile's own key, prices and quirks go with its own origin only.
    let isHome = base.origin == home.origin
    let key = try key(choice, profile: profile, base: base, isHome: isHome)
    if key == nil, needsKey, !base.isLoopback { throw Self.missingKey(profile, base, isHome: isHome) }
    let isProfile = isHome || choice.profile != nil
    let dialect = try dialect(choice) ?? (isProfile ? profile.dialect : OpenAIChat())
    return try Target(
      profile: isProfile ? profile.name : nil, dialect: dialect, baseURL: base,
      quirks: isHome ? profile.quirks : Quirks(), key: key, headers: choice.headers, settings: choice.settings
    )
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

  private func profile(_ choice: ConnectionChoice) throws(Failure) -> Profile {
    let name = choice.profile ?? Profile.defaultName
    if let profile = Profile.named(name) { return profile }
    let known = Profile.builtIn.map(\.name).joined(separator: ", ")
    throw Failure(.usage, "profile '\(name)'", "is not known", advice: "the built-in ones are \(known)")
  }

  private func key(
    _ choice: ConnectionChoice, profile: Profile, base: BaseURL, isHome: Bool
  ) throws(Failure) -> Target.BoundKey? {
    if let path = choice.keyFile { return try bound(readKeyFile(path), "--key-file \(path)", base) }
    if let command = choice.keyCommand { return try bound(runKeyCommand(command), "--key-cmd", base) }
    if let name = choice.keyVariable {
      guard let value = environment.variable(name), !value.isEmpty else {
        throw Failure(.usage, "--key-env", "the variable \(name) is not set", advice: "export it first")
      }
      return try bound(value, name, base)
    }
    if choice.baseURL != nil, let value = environment.variable("SHEEP_API_KEY"), !value.isEmpty {
      return try bound(value, "SHEEP_API_KEY", base)
    }
    for name in isHome ? profile.keyVariables : [] {
      if let value = environment.variable(name), !value.isEmpty { return try bound(value, name, base) }
    }
    return nil
  }

  /// Checks a key's shape and binds it to the address it was given for.
  private func bound(_ text: String, _ source: String, _ base: BaseURL) throws(Failure) -> Target.BoundKey {
    if let problem = Secret.problem(in: text) {
      throw Failure(.usage, source, "the key \(problem)", advice: "set it again without it")
    }
    return Target.BoundKey(Secret(text), origin: base.origin)
  }

  private func readKeyFile(_ path: String) throws(Failure) -> String {
    if let problem = environment.keyFileProblem(path) {
      throw Failure(.usage, path, problem, advice: "chmod 600 \(path), and own it")
    }
    do throws(SystemError) {
      return Self.firstLine(try environment.readFile(path))
    } catch {
      throw Failure(.usage, path, error.text, advice: "give a file that holds only the key")
    }
  }

  private func runKeyCommand(_ command: String) throws(Failure) -> String {
    guard let words = CommandWords.split(command), !words.isEmpty else {
      throw Failure(
        .usage, "--key-cmd", "is no command: empty, or a quote is not closed",
        advice: "give one such as 'pass show holysheep'")
    }
    do throws(CommandError) {
      return Self.firstLine(try environment.runCommand(words, .seconds(30)))
    } catch {
      throw Failure(.usage, "--key-cmd", "\(words[0]) \(error.problem)", advice: "run it by hand to see why")
    }
  }

  private static func firstLine(_ bytes: [UInt8]) -> String {
    var line = bytes.prefix { $0 != 0x0a }
    if line.last == 0x0d { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }

  private static func missingKey(_ profile: Profile, _ base: BaseURL, isHome: Bool) -> Failure {
    let variable = isHome ? profile.keyVariable ?? "SHEEP_API_KEY" : "SHEEP_API_KEY"
    return Failure(
      .authentication, isHome ? profile.name : base.origin, "no key: \(variable) is not set",
      advice: "export \(variable)=YOUR_KEY, or add --demo to try it without a key")
  }
}
