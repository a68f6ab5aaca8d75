/// Reads one command's words into its values: the command line first, then for what was not given
/// the environment's defaults, then the configuration's.
package struct OptionParser<Values: CommandValues> {
  /// What reading led to.
  package enum Outcome {
    case values(Values)
    case help(isFull: Bool)
  }

  private let command: String
  private let takesOperands: Bool
  private let specs: [OptionSpec<Values>]
  private let infos: [OptionInfo]

  /// A parser for `command`.
  package init(command: String, takesOperands: Bool) {
    self.command = command
    self.takesOperands = takesOperands
    specs = Values.options
    var infos: [OptionInfo] = []
    infos.reserveCapacity(specs.count + 1)
    for spec in specs { infos.append(spec.info) }
    infos.append(GeneralOptions.help)
    self.infos = infos
  }

  /// Reads `words`; nothing is executed, and no file is opened but by `configured`, which gives
  /// the configuration's default of an option by its variable's name.
  package func parse(
    _ words: ArraySlice<String>, _ variables: Variables, _ configured: Variables = { _ in nil }
  ) throws(UsageError) -> Outcome {
    let lexed = try Lexer.lex(words, options: infos, command: command)
    if let isFull = lexed.fullHelp { return .help(isFull: isFull) }
    if !takesOperands, let extra = lexed.operands.first {
      throw UsageError(
        subject: Quoted.text(extra), problem: "'sheep \(command)' takes options only",
        wayOut: "see 'sheep \(command) -h'")
    }
    try KeyShape.refuse(in: lexed.operands)
    var values = Values()
    values.operands = lexed.operands
    var active = Given()
    for option in lexed.options {
      let spec = specs[option.index]
      if spec.info.repetition == .once, active.contains(option.index) {
        throw UsageError(
          subject: spec.info.spelled, problem: "was given twice", wayOut: "give it once")
      }
      try apply(spec, option.value, option.isOn, as: spec.info.spelled, &values)
      active.note(option.index, isOn: option.isOn, subject: spec.info.spelled)
    }
    try checkConflicts(active)
    let defaults = defaults(variables, configured, for: active)
    try apply(defaults.environment, after: &active, &values)
    try apply(defaults.configuration, after: &active, &values)
    return .values(values)
  }

  /// The default of one option: its row, and the variable's name and text.
  private typealias Default = (index: Int, name: String, text: String)

  /// What the environment and, where it says nothing, the configuration give for options that the
  /// command line left alone.
  private func defaults(
    _ variables: Variables, _ configured: Variables, for given: Given
  ) -> (environment: [Default], configuration: [Default]) {
    var defaults: (environment: [Default], configuration: [Default]) = ([], [])
    for (index, spec) in specs.enumerated() where !given.contains(index) {
      guard let name = spec.info.environmentName else { continue }
      if let text = variables(name), !text.isEmpty {
        defaults.environment.append((index, name, text))
      } else if let text = configured(name), !text.isEmpty {
        defaults.configuration.append((index, name, text))
      }
    }
    return defaults
  }

  /// Sets defaults of one source, except those that cannot go with what a stronger one has set.
  private func apply(
    _ defaults: [Default], after active: inout Given, _ values: inout Values
  ) throws(UsageError) {
    let stronger = active
    for (index, name, text) in defaults where stronger.active.allSatisfy({ !conflict(index, $0.key) }) {
      let spec = specs[index]
      let isOn = spec.info.takesValue ? true : try Self.truth(text, name)
      try apply(spec, spec.info.takesValue ? text : "", isOn, as: name, &values)
      active.note(index, isOn: isOn, subject: name)
    }
    try checkConflicts(active)
  }

  private func apply(
    _ spec: OptionSpec<Values>, _ text: String, _ isOn: Bool, as subject: String,
    _ values: inout Values
  ) throws(UsageError) {
    do {
      try spec.apply(text, isOn, &values)
    } catch {
      throw UsageError(subject: subject, problem: error.problem, wayOut: error.wayOut)
    }
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
    infos[left].conflicts.contains(infos[right].long)
      || infos[right].conflicts.contains(infos[left].long)
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

/// The options given so far, by row, with what to call each in a message. There are few of
/// them: lists are searched faster than sets are made.
private struct Given {
  /// Those that have an effect: a switch turned off has none that could conflict.
  private(set) var active: [(key: Int, value: String)] = []
  private var seen: [Int] = []

  func contains(_ index: Int) -> Bool { seen.contains(index) }

  mutating func note(_ index: Int, isOn: Bool, subject: String) {
    if !seen.contains(index) { seen.append(index) }
    active.removeAll { $0.key == index }
    if isOn { active.append((index, subject)) }
  }
}
