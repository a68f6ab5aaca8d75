/// Reads one command's words into settings: the command line first, then for what was not given
/// the environment's defaults, then the configuration's.
///
/// It knows options by their rows only: as code of every command's own values it would stand in the
/// program a dozen times.
package struct OptionParser {
  /// One option to be set.
  package struct Setting: Equatable, Sendable {
    /// Which row of the table it is.
    package let row: Int
    /// The value's text; empty for a switch.
    package let text: String
    /// False when a switch is to be off.
    package let isOn: Bool
    /// What to call it in an error: the option or the variable.
    package let subject: String
  }

  /// What reading led to.
  package enum Outcome: Equatable, Sendable {
    /// What to set, in this order, so that the last of a row counts; and the words that are no options.
    case settings([Setting], operands: [String])
    case help(isFull: Bool)
  }

  private let command: String
  private let takesOperands: Bool
  private let options: [OptionInfo]

  /// A parser for `command`, which has these options in this order, and help.
  package init(command: String, takesOperands: Bool, options: [OptionInfo]) {
    self.command = command
    self.takesOperands = takesOperands
    self.options = options + [GeneralOptions.help]
  }

  /// Reads `words`; no value is looked at, and no file is opened but by `configured`, which gives
  /// the configuration's default of an option by its variable's name.
  package func parse(
    _ words: ArraySlice<String>, _ variables: Variables, _ configured: Variables = { _ in nil }
  ) throws(UsageError) -> Outcome {
    let lexed = try Lexer.lex(words, options: options, command: command)
    if let isFull = lexed.fullHelp { return .help(isFull: isFull) }
    if !takesOperands, let extra = lexed.operands.first {
      throw UsageError(
        subject: Quoted.text(extra), problem: "'sheep \(command)' takes options only",
        wayOut: "see 'sheep \(command) -h'")
    }
    try KeyShape.refuse(in: lexed.operands)
    var given = Given()
    for option in lexed.options {
      let info = options[option.index]
      if info.repetition == .once, given.contains(option.index) {
        throw UsageError(subject: info.spelled, problem: "was given twice", wayOut: "give it once")
      }
      given.note(
        Setting(row: option.index, text: option.value, isOn: option.isOn, subject: info.spelled))
    }
    try checkConflicts(given)
    let defaults = defaults(variables, configured, for: given)
    try add(defaults.environment, to: &given)
    try add(defaults.configuration, to: &given)
    return .settings(given.settings, operands: lexed.operands)
  }

  /// The default of one option: its row, and the variable's name and text.
  private typealias Default = (index: Int, name: String, text: String)

  /// What the environment and, where it says nothing, the configuration give for options that the
  /// command line left alone.
  private func defaults(
    _ variables: Variables, _ configured: Variables, for given: Given
  ) -> (environment: [Default], configuration: [Default]) {
    var defaults: (environment: [Default], configuration: [Default]) = ([], [])
    for (index, info) in options.enumerated() where !given.contains(index) {
      guard let name = info.environmentName else { continue }
      if let text = variables(name), !text.isEmpty {
        defaults.environment.append((index, name, text))
      } else if let text = configured(name), !text.isEmpty {
        defaults.configuration.append((index, name, text))
      }
    }
    return defaults
  }

  /// Adds defaults of one source, except those that cannot go with what a stronger one has set.
  private func add(_ defaults: [Default], to given: inout Given) throws(UsageError) {
    let stronger = given
    for (index, name, text) in defaults where stronger.active.allSatisfy({ !conflict(index, $0.key) }) {
      let takesValue = options[index].takesValue
      let isOn = takesValue ? true : try Self.truth(text, name)
      given.note(Setting(row: index, text: takesValue ? text : "", isOn: isOn, subject: name))
    }
    try checkConflicts(given)
  }

  private func checkConflicts(_ given: Given) throws(UsageError) {
    let active = given.active.sorted { $0.key < $1.key }
    for (position, first) in active.enumerated() {
      for second in active[(position + 1)...] where conflict(first.key, second.key) {
        throw UsageError(
          subject: second.value, problem: "cannot be used together with \(first.value)",
          wayOut: "choose one")
      }
    }
  }

  private func conflict(_ left: Int, _ right: Int) -> Bool {
    options[left].conflicts.contains(options[right].long)
      || options[right].conflicts.contains(options[left].long)
  }

  /// The usual words for on and off.
  private static func truth(_ text: String, _ variable: String) throws(UsageError) -> Bool {
    switch text.lowercased() {
    case "1", "true", "yes", "on": return true
    case "0", "false", "no", "off": return false
    default:
      throw UsageError(
        subject: variable, problem: "\(Quoted.text(text)) is neither on nor off",
        wayOut: "set it to 1 or 0, or remove it")
    }
  }
}

/// The options given so far, with what to call each in a message. There are few of them: lists are
/// searched faster than sets are made.
private struct Given {
  private(set) var settings: [OptionParser.Setting] = []
  /// Those rows that have an effect: a switch turned off has none that could conflict.
  private(set) var active: [(key: Int, value: String)] = []

  func contains(_ row: Int) -> Bool { settings.contains { $0.row == row } }

  mutating func note(_ setting: OptionParser.Setting) {
    settings.append(setting)
    active.removeAll { $0.key == setting.row }
    if setting.isOn { active.append((setting.row, setting.subject)) }
  }
}
