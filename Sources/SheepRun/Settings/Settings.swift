package import SheepCore
package import SheepOptions
package import SheepStore

/// What holds besides the command line: environment variables, then the configuration file.
///
/// The file is read when something first asks for it, so that help, the version and the
/// completion scripts never look for it. One per run, on its only thread.
package final class Settings {
  package let files: FileAccess
  /// Where the program's files lie.
  package private(set) lazy var paths = Paths(variable: variable)

  /// The role that this run's prompts are put in; its options count more than those of the
  /// environment. `nil`: none.
  package var role: RoleInUse?

  private let variable: Variables
  private var state = State.unread
  /// The file's defaults of options, by their variable's name; none of a file with mistakes.
  private lazy var configuredOptions: [String: NamedText] = {
    guard let options = (try? configuration())?.options, !options.isEmpty else { return [:] }
    return Dictionary(
      options.map { (OptionInfo.environmentName(of: $0.name), $0) }, uniquingKeysWith: { first, _ in first })
  }()
  private enum State {
    case unread
    case read(Configuration?)
    case failed(Failure)
  }

  package init(variable: @escaping Variables, files: FileAccess) {
    self.variable = variable
    self.files = files
  }

  /// The configuration; `nil` when there is no file.
  /// - Throws: `usage` with the file's path, line and column.
  package func configuration() throws(Failure) -> Configuration? {
    if case .unread = state { state = read() }
    switch state {
    case .read(let configuration): return configuration
    case .failed(let failure): throw failure
    case .unread: return nil
    }
  }

  private func read() -> State {
    do throws(Failure) {
      guard let path = paths.configuration, let bytes = try Self.bytes(path, files) else { return .read(nil) }
      let (configuration, problems) = ConfigurationReader.read(bytes, path: path, rules: .standard)
      guard let first = problems.first else { return .read(configuration) }
      var failure = Self.failure(first, path)
      if problems.count > 1 { failure.problem += " (and \(problems.count - 1) more)" }
      return .failed(failure)
    } catch { return .failed(error) }
  }

  /// The bytes of a file of the program's own; `nil` when there is none.
  package static func bytes(_ path: String, _ files: FileAccess) throws(Failure) -> [UInt8]? {
    do throws(FileProblem) { return try files.read(path) } catch {
      throw Failure(.usage, path, error.problem, advice: error.advice)
    }
  }

  /// A problem of the file as a failure: `PATH:LINE:COLUMN: PROBLEM; ADVICE`.
  package static func failure(_ problem: ConfigurationProblem, _ path: String) -> Failure {
    Failure(
      .usage, path + (problem.position.map { ":\($0)" } ?? ""), problem.problem, advice: problem.advice)
  }

  /// The roles of this run.
  package var roles: RoleBook {
    RoleBook(folder: paths.rolesFolder, files: files, rules: .standard)
  }

  /// The profiles of this run.
  package func profiles() throws(Failure) -> ProfileBook { ProfileBook(try configuration()) }

  /// The configuration's prices, each with the profile that it holds for (`nil`: every one).
  package func prices() throws(Failure) -> [(price: UserPrice, profile: String?)] {
    guard let configuration = try configuration() else { return [] }
    return try configuration.prices.map { table throws(Failure) in
      do throws(ConfigurationProblem) { return try table.userPrice() } catch {
        throw Self.failure(error, configuration.path)
      }
    }
  }

  /// The options of `sheep cost` with aliases resolved and the default profile named.
  package func applied(to options: CostOptions) throws(Failure) -> CostOptions {
    guard let configuration = try configuration() else { return options }
    var options = options
    options.models = try options.models.map { model throws(Failure) in
      try ModelNames.resolved(model, configuration)
    }
    if case .model(let model)? = options.versus {
      options.versus = .model(try ModelNames.resolved(model, configuration))
    }
    options.connection.profile = options.connection.profile ?? configuration.defaultProfile?.value
    return options
  }

  // MARK: - Mistakes

  /// What is wrong with the file, if it was read and something is; asked for when a command's options
  /// have taken their defaults. Only for names that the command does not take are the other commands'
  /// options looked at: describing them all is half of a start.
  package func problem(beside command: ParsedCommand) -> Failure? {
    switch state {
    case .unread, .read(nil): return nil
    case .failed(let failure): return failure
    case .read(var configuration?):
      let taken = command.options.compactMap(\.environmentName)
      configuration.options.removeAll { taken.contains(OptionInfo.environmentName(of: $0.name)) }
      return ConfigurationCheck.optionNames(configuration).first.map { Self.failure($0, configuration.path) }
    }
  }

  /// Whether an error names a place in the file.
  package func isPlace(_ subject: String) -> Bool {
    paths.configuration.map { subject.hasPrefix($0 + ":") } ?? false
  }

  /// Leaves the file aside from here on: there is a mistake in it, and what is done needs nothing of it.
  package func setAside() {
    state = .read(nil)
    configuredOptions = [:]
  }
}

extension Settings: OptionDefaults {
  package func take(role name: String?, variables: [BodyField]) throws(UsageError) {
    role = try RoleInUse.chosen(name, variables, self)
  }

  package func stated(_ name: String) -> OptionDefault? {
    if let role, let option = role.option(name) {
      return OptionDefault(option.text, .role(role.role.name), place: option.place)
    }
    guard !isOutranked(name), let value = variable(name), !value.isEmpty else { return nil }
    return OptionDefault(value, .variable(name))
  }

  package func configured(_ name: String) -> OptionDefault? {
    guard name.hasPrefix("SHEEP_"), !isOutranked(name), let option = configuredOptions[name] else {
      return nil
    }
    let path = paths.configuration ?? ""
    return OptionDefault(
      option.text.value, .configuration(path, option.text.position),
      place: "\(path):\(option.text.position): \(option.name)")
  }

  /// A role's model stands for itself: a task named elsewhere would be a second one.
  private func isOutranked(_ name: String) -> Bool {
    name == "SHEEP_TASK" && role?.option("SHEEP_MODEL") != nil
  }
}

extension ConfigurationReader.Rules {
  /// The program's own rules.
  package static let standard = ConfigurationReader.Rules(
    looksLikeKey: KeyShape.matches, nearest: { Suggestion.nearest(to: $0, among: $1) })
}

extension SettingOrigin {
  /// A table `[profiles.NAME]` at a place.
  static func profile(_ path: String, _ position: TextPosition) -> SettingOrigin {
    .profile(path: path, line: position.line)
  }

  /// A place in the configuration.
  static func configuration(_ path: String, _ position: TextPosition) -> SettingOrigin {
    .configuration(path: path, line: position.line)
  }
}
