package import SheepCore
package import SheepOptions
package import SheepRun
import SheepStore

/// `sheep config`: the configuration file, its mistakes and its meaning.
struct ConfigCommand {
  private let options: ConfigOptions
  private let run: Run
  private var settings: Settings { run.settings }

  init(_ options: ConfigOptions, _ run: Run) {
    self.options = options
    self.run = run
  }

  /// Does what the options ask for.
  func perform() throws(Failure) -> Termination {
    let path = try path()
    switch options.action {
    case .path: return try show(path + "\n")
    case .show: return try show()
    case .initialize: return try initialize(path)
    case .edit: return try edit(path)
    case .check: return try check(path, saysSo: true)
    case .get: return try get(options.operands[0])
    case .set: return try set(options.operands[0], options.operands[1], path)
    }
  }

  private func show(_ text: String) throws(Failure) -> Termination {
    try run.write(text)
    return .exit(.done)
  }

  private func path() throws(Failure) -> String {
    if let path = settings.paths.configuration { return path }
    throw Failure(
      .usage, "HOME", "is not set, so there is no place for a configuration", advice: Paths.missing)
  }

  // MARK: - Showing

  private func show() throws(Failure) -> Termination {
    let effective = EffectiveSettings(try settings.configuration(), variable: run.environment.variable)
    let lines = effective.all.map { setting in
      (text: ConfigurationEditor.text(of: setting.path) + " = " + setting.value, origin: setting.origin.text)
    }
    let width = min(60, lines.map(\.text.unicodeScalars.count).max() ?? 0)
    let text = lines.map { line in
      let gap = max(0, width - line.text.unicodeScalars.count)
      return line.text + String(repeating: " ", count: gap) + "  # " + line.origin + "\n"
    }.joined()
    // Names and values come from a file: on a terminal they may not steer it.
    guard run.environment.standardOutput.isTerminal else { return try show(text) }
    let visible = text.split(separator: "\n").map { Messages.filtered(String($0)) + "\n" }.joined()
    return try show(visible)
  }

  private func get(_ key: String) throws(Failure) -> Termination {
    let path = try keyPath(key)
    let effective = EffectiveSettings(try settings.configuration(), variable: run.environment.variable)
    guard let setting = effective.setting(path) else {
      run.messages.note("\(Quoted.text(key)) is not set")
      return .exit(.conditionFalse)
    }
    return try show(Self.bare(setting.value) + "\n")
  }

  /// A text without its quotes, for scripts; anything else as it is.
  private static func bare(_ value: String) -> String {
    guard let table = try? TOMLParser.parse(Array("v = \(value)".utf8)),
      case .string(let text)? = table.entry("v")?.node.value
    else { return value }
    return text
  }

  private func keyPath(_ key: String) throws(Failure) -> [String] {
    guard let path = ConfigurationEditor.path(key) else {
      throw Failure(
        .usage, Quoted.text(key), "is not a setting",
        advice: "use one such as default_model or profiles.work.base_url; put names with dots in \"quotes\"")
    }
    return path
  }

  // MARK: - Changing

  private func initialize(_ path: String) throws(Failure) -> Termination {
    try write(Array(ConfigurationTemplate.text.utf8), path, mayReplace: false)
    run.messages.note("created \(path); all lines are commented out")
    return .exit(.done)
  }

  private func write(_ bytes: [UInt8], _ path: String, mayReplace: Bool) throws(Failure) {
    do throws(FileProblem) { try run.environment.files.write(path, bytes, mayReplace) } catch {
      let advice = error.kind == .exists ? "edit it with 'sheep config edit'" : error.advice
      throw Failure(error.kind == .system ? .output : .usage, path, error.problem, advice: advice)
    }
  }

  private func edit(_ path: String) throws(Failure) -> Termination {
    let editor = [run.environment.variable("VISUAL"), run.environment.variable("EDITOR")]
      .compactMap { $0 }.first { !$0.isEmpty }
    guard let editor else {
      throw Failure(.usage, "EDITOR", "is not set", advice: "export EDITOR=nano, or edit \(path) yourself")
    }
    guard let words = CommandWords.split(editor), !words.isEmpty else {
      throw Failure(.usage, "EDITOR", "is not a command: a quote is not closed", advice: "correct it")
    }
    if try Settings.bytes(path, run.environment.files) == nil {
      try write(Array(ConfigurationTemplate.text.utf8), path, mayReplace: false)
    }
    let status: Int32
    do throws(CommandError) { status = try run.environment.runInteractively(words + [path]) } catch {
      throw Failure(.usage, words[0], error.problem, advice: "set VISUAL or EDITOR to an editor")
    }
    guard status == 0 else {
      throw Failure(
        .usage, words[0], "exited with status \(status)", advice: "check the file with 'sheep config check'")
    }
    return try check(path, saysSo: false)
  }

  private func check(_ path: String, saysSo: Bool) throws(Failure) -> Termination {
    guard let bytes = try Settings.bytes(path, run.environment.files) else {
      run.messages.note(
        "\(path) does not exist; create it with 'sheep config init'")
      return .exit(.done)
    }
    let problems = Self.problems(bytes, path)
    for problem in problems { run.messages.error(Settings.failure(problem, path)) }
    if !problems.isEmpty { return .exit(.usage) }
    return saysSo ? try show("\(path): no mistakes\n") : .exit(.done)
  }

  private static func problems(_ bytes: [UInt8], _ path: String) -> [ConfigurationProblem] {
    let (configuration, problems) = ConfigurationReader.read(bytes, path: path, rules: .standard)
    var all = problems
    for problem in ConfigurationCheck.problems(configuration) where !all.contains(problem) {
      all.append(problem)
    }
    let none = TextPosition(line: 0, column: 0)
    return all.sorted { ($0.position ?? none) < ($1.position ?? none) }
  }

  private func set(_ key: String, _ value: String, _ path: String) throws(Failure) -> Termination {
    let keyPath = try keyPath(key)
    let literal = try literal(value, keyPath, key)
    let before = try Settings.bytes(path, run.environment.files) ?? []
    let after: [UInt8]
    do throws(ConfigurationProblem) {
      after = try ConfigurationEditor.set(keyPath, to: literal, in: before)
    } catch { throw Settings.failure(error, path) }
    // What is new may not be wrong; what was wrong before is not this command's business.
    let known = Set(Self.problems(before, path).map(\.problem))
    let new = Self.problems(after, path).first { !known.contains($0.problem) }
    // Prices come in pairs, and one has to be the first.
    if let new, keyPath.first != "prices" || keyPath.count != 3 {
      throw Failure(
        .usage, key, new.problem, advice: (new.advice.map { $0 + "; " } ?? "") + "nothing was changed")
    }
    try write(after, path, mayReplace: true)
    if let new { run.messages.note("\(key): \(new.problem)" + (new.advice.map { "; " + $0 } ?? "")) }
    return .exit(.done)
  }

  /// The value as the setting's kind wants it.
  private func literal(
    _ value: String, _ path: [String], _ key: String
  ) throws(Failure) -> ConfigurationEditor.Literal {
    switch ConfigurationSchema.kind(of: path) {
    case .text: return .text(value)
    case .boolean:
      guard value == "true" || value == "false" else {
        throw Failure(
          .usage, key, "\(Quoted.text(value)) is neither true nor false", advice: "use one of them")
      }
      return .boolean(value == "true")
    case .amount: return DecimalText(value) == nil ? .text(value) : .number(value)
    case .scalar:
      if value == "true" || value == "false" { return .boolean(value == "true") }
      return Self.isNumber(value) ? .number(value) : .text(value)
    case nil: throw unknown(path, key)
    case .keys, .table, .named:
      throw Failure(.usage, key, "is more than one value", advice: "write it with 'sheep config edit'")
    }
  }

  /// Whether TOML would read the text as this very number again.
  private static func isNumber(_ text: String) -> Bool {
    guard let table = try? TOMLParser.parse(Array("v = \(text)".utf8)), table.entries.count == 1 else {
      return false
    }
    switch table.entry("v")?.node.value {
    case .integer(let number): return String(number) == text
    case .fraction(let number): return number == text
    default: return false
    }
  }

  private func unknown(_ path: [String], _ key: String) -> Failure {
    let shown = Quoted.text(key)
    if let last = path.last, ConfigurationSchema.isSecret(last) {
      return Failure(
        .usage, shown, "keys do not belong in the configuration",
        advice: "say where the key is with key_env, key_file or key_cmd")
    }
    let names = ConfigurationSchema.names(beside: path)
    let near = Suggestion.nearest(to: path.last ?? "", among: names)
    return Failure(
      .usage, shown, "is not a setting",
      advice: near.map { "did you mean \($0)?" }
        ?? (names.isEmpty ? nil : "use " + names.joined(separator: ", ")))
  }
}

extension ConfigOptions: CommandBody {
  package var withoutConfiguration: String? { "the configuration was not read" }

  package var output: OutputOptions { OutputOptions() }

  package func carryOut(_ run: Run) throws(Failure) -> Termination { try ConfigCommand(self, run).perform() }
}
