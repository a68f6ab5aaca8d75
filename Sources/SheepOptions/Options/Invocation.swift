import SheepCore

/// What the user asked the program to do: the command line, understood and checked.
package enum Invocation: Sendable {
  /// Print help about a command, or about the program when nil; `isFull` is `--help`,
  /// else `-h`.
  case help(command: String?, isFull: Bool)
  case version
  /// Answer a shell's completion; the words after `__complete`.
  case complete([String])
  /// Carry out a command with these options.
  case command(ParsedCommand)

  /// Reads the words after the program's name. `defaults` are asked only for a command's options; help
  /// and version need neither them nor the table.
  package static func parse(
    _ arguments: [String], _ defaults: some OptionDefaults
  ) throws(UsageError) -> Invocation {
    guard let first = arguments.first else { return .help(command: nil, isFull: false) }
    let rest = arguments.dropFirst()
    switch first {
    case "-V", "--version": return .version
    case "-h": return .help(command: nil, isFull: false)
    case "--help":
      return .help(command: rest.first.flatMap(CommandTable.command)?.name, isFull: true)
    case "__complete": return .complete(Array(rest))
    default: break
    }
    if let command = CommandTable.command(named: first) {
      return try command.parse(rest, defaults)
    }
    throw UnknownCommand.error(first, rest)
  }
}

/// A command with the options that were understood.
package struct ParsedCommand: Sendable {
  /// The command's name.
  package let name: String
  package let values: any CommandValues
  /// What was set, and where.
  package let given: GivenOptions
  /// What the command takes.
  package let options: [OptionInfo]
}

/// The parsed form of `sheep help`.
package struct HelpOptions: CommandValues {
  package var operands: [String] = []

  package init() {}

  package static var options: [OptionSpec<Self>] { [] }

  /// The command that help is asked about; the program when `nil`.
  package func command() throws(UsageError) -> String? {
    guard let name = operands.first else { return nil }
    guard operands.count == 1 else {
      throw UsageError(
        subject: "help", problem: "takes one command",
        wayOut: "write 'sheep help \(CommandTable.names[0])'")
    }
    guard CommandTable.command(named: name) != nil else {
      throw UnknownCommand.error(name, [])
    }
    return name
  }
}

/// Words an error about a first word that is not a command.
package enum UnknownCommand {
  /// The error about `word`, with `rest` after it.
  package static func error(_ word: String, _ rest: ArraySlice<String>) -> UsageError {
    if word.hasPrefix("-"), word.utf8.count > 1 { return beforeCommand(word) }
    let subject = Quoted.text(word)
    if KeyShape.matches(word) {
      return UsageError(
        subject: subject, problem: "looks like an API key; nothing was sent",
        wayOut: KeyShape.keyAdvice)
    }
    let problem = "is not a command"
    if let near = nearest(word) {
      return UsageError(subject: subject, problem: problem, wayOut: "did you mean 'sheep \(near)'?")
    }
    if word.utf8.contains(UInt8(ascii: " ")) || !rest.isEmpty {
      return UsageError(
        subject: subject, problem: problem, wayOut: "to ask a model, put 'sheep chat' before it")
    }
    return UsageError(
      subject: subject, problem: problem,
      wayOut: "commands: \(CommandTable.names.joined(separator: ", "))")
  }

  /// The command that `word` may have meant, by habit or by spelling.
  private static func nearest(_ word: String) -> String? {
    let wanted = word.lowercased()
    if let habit = CommandTable.habits.first(where: { $0.word == wanted }),
      CommandTable.names.contains(habit.command)
    {
      return habit.command
    }
    return Suggestion.nearest(to: word, among: CommandTable.names)
  }

  /// An option where a command should stand.
  private static func beforeCommand(_ word: String) -> UsageError {
    let name = String(word.drop { $0 == "-" }.prefix { $0 != "=" })
    if let near = CommandTable.habits.first(where: { $0.word == name }),
      CommandTable.names.contains(near.command)
    {
      return UsageError(
        subject: "--" + name, problem: "unknown option",
        wayOut: "did you mean 'sheep \(near.command)'?")
    }
    let isShort = !word.hasPrefix("--")
    let letter = String(name.prefix(1))
    for command in CommandTable.all {
      let info = command.describe().options.first {
        isShort
          ? $0.short == letter || $0.aliases.contains(letter)
          : $0.long == name || $0.negation == name || $0.aliases.contains(name)
      }
      if let info {
        return UsageError(
          subject: isShort ? "-" + letter : "--" + name, problem: "must follow the command",
          wayOut: "write 'sheep \(command.name) \(info.spelled)\(info.takesValue ? " ..." : "")'")
      }
    }
    return UnknownOption(command: "", options: GeneralOptions.all)
      .error(isShort ? letter : name, isShort: isShort)
  }
}
