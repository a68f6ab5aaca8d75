import SheepCore

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
    /// What to call it in an error: the option, the variable, or the place in a file.
    package let subject: String
    package let origin: SettingOrigin
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

  /// Reads `words`. No value is looked at but the role's, which `defaults` are told of before they are
  /// asked.
  package func parse(
    _ words: ArraySlice<String>, _ defaults: any OptionDefaults
  ) throws(UsageError) -> Outcome {
    let lexed = try Lexer.lex(words, options: options, command: command)
    if let isFull = lexed.fullHelp { return .help(isFull: isFull) }
    if !takesOperands, let extra = lexed.operands.first {
      throw UsageError(
        subject: Quoted.text(extra), problem: "'sheep \(command)' takes only options",
        wayOut: "see 'sheep \(command) -h'")
    }
    try KeyShape.refuse(in: lexed.operands)
    var given = Given()
    for option in lexed.options {
      let info = options[option.index]
      if info.repetition == .once, given.contains(option.index) {
        throw UsageError(subject: info.spelled, problem: "is given twice", wayOut: "give it once")
      }
      given.note(
        Setting(
          row: option.index, text: option.value, isOn: option.isOn, subject: info.spelled,
          origin: .commandLine))
    }
    try checkConflicts(given)
    try takeRole(given, defaults)
    let (stated, configured) = self.defaults(defaults, for: given)
    try add(stated, to: &given)
    try add(configured, to: &given)
    return .settings(given.settings, operands: lexed.operands)
  }

  /// Puts the run in the role that the options or their defaults name.
  private func takeRole(_ given: Given, _ defaults: any OptionDefaults) throws(UsageError) {
    guard let role = options.firstIndex(where: { $0.long == "role" }),
      let variable = options.firstIndex(where: { $0.long == "var" })
    else { return }
    func texts(_ row: Int) -> [String] {
      let own = given.settings.filter { $0.row == row }.map(\.text)
      guard own.isEmpty, let name = options[row].environmentName else { return own }
      return (defaults.stated(name) ?? defaults.configured(name)).map { [$0.text] } ?? []
    }
    let names = texts(role)
    // A wrong value is told of when all values are read.
    let variables = texts(variable).compactMap { try? BodyField.parse($0) }
    if names.last?.isEmpty ?? false { return }
    try defaults.take(role: names.last, variables: variables)
  }

  /// The default of one option: its row, its variable's name, and what it is.
  private typealias Default = (index: Int, name: String, value: OptionDefault)

  /// What role and environment and, where they say nothing, the configuration give for options that the
  /// command line left alone.
  private func defaults(
    _ defaults: any OptionDefaults, for given: Given
  ) -> (stated: [Default], configured: [Default]) {
    var found: (stated: [Default], configured: [Default]) = ([], [])
    for (index, info) in options.enumerated() where !given.contains(index) {
      guard let name = info.environmentName else { continue }
      if let value = defaults.stated(name) {
        found.stated.append((index, name, value))
      } else if let value = defaults.configured(name) {
        found.configured.append((index, name, value))
      }
    }
    return found
  }

  /// Adds defaults of one source, except those that cannot go with what a stronger one has set.
  private func add(_ defaults: [Default], to given: inout Given) throws(UsageError) {
    let stronger = given
    for (index, name, value) in defaults where stronger.active.allSatisfy({ !conflict(index, $0.key) }) {
      let takesValue = options[index].takesValue
      let subject = value.place ?? name
      let isOn = takesValue ? true : try Self.truth(value.text, subject)
      given.note(
        Setting(
          row: index, text: takesValue ? value.text : "", isOn: isOn, subject: subject,
          origin: value.origin),
        name: name)
    }
    try checkConflicts(given)
  }

  private func checkConflicts(_ given: Given) throws(UsageError) {
    let active = given.active.sorted { $0.key < $1.key }
    for (position, first) in active.enumerated() {
      for second in active[(position + 1)...] where conflict(first.key, second.key) {
        throw UsageError(
          subject: second.subject, problem: "cannot be combined with \(first.name)",
          wayOut: "use one of them")
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
        wayOut: "set it to 1 or 0, or unset it")
    }
  }
}

/// The options given so far, with what to call each in a message. There are few of them: lists are
/// searched faster than sets are made.
private struct Given {
  private(set) var settings: [OptionParser.Setting] = []
  /// Those rows that have an effect: a switch turned off has none that could conflict.
  private(set) var active: [(key: Int, name: String, subject: String)] = []

  func contains(_ row: Int) -> Bool { settings.contains { $0.row == row } }

  mutating func note(_ setting: OptionParser.Setting, name: String? = nil) {
    settings.append(setting)
    active.removeAll { $0.key == setting.row }
    if setting.isOn { active.append((setting.row, name ?? setting.subject, setting.subject)) }
  }
}
