/// What the user asked the program to do: the command line, understood and checked.
package indirect enum Invocation: Equatable, Sendable {
  /// Print help about a command, or about the program when nil; `isFull` is `--help`,
  /// else `-h`.
  case help(command: String?, isFull: Bool)
  case version
  /// Answer a shell's completion; the words after `__complete`.
  case complete([String])
  case chat(ChatOptions)
  case stream(StreamOptions)
  case models(ModelsOptions)
  case cost(CostOptions)
  case ping(PingOptions)
  case validateKey(ValidateKeyOptions)
  case compare(CompareOptions)
  case embed(EmbedOptions)
  case mock(MockOptions)
  case config(ConfigOptions)

  /// What is said about a conversation; `nil` for a command that has none.
  package var conversation: ConversationOptions? {
    switch self {
    case .chat(let options): options.conversation
    case .stream(let options): options.conversation
    default: nil
    }
  }

  /// Reads the words after the program's name. `variables` and `configured` are asked only for the
  /// defaults of a command's options; help and version need neither them nor the table.
  package static func parse(
    _ arguments: [String], _ variables: Variables, _ configured: Variables = { _ in nil }
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
      return try command.parse(rest, variables, configured)
    }
    throw UnknownCommand.error(first, rest)
  }
}

/// The parsed form of `sheep help`.
package struct HelpOptions: CommandValues {
  package var operands: [String] = []

  /// Nothing given.
  package init() {}

  package static var options: [OptionSpec<Self>] { [] }

  /// Help about the named command; about the program when none is named.
  package func invocation() throws(UsageError) -> Invocation {
    guard let name = operands.first else { return .help(command: nil, isFull: true) }
    guard operands.count == 1 else {
      throw UsageError(
        subject: "help", problem: "takes one command",
        wayOut: "write 'sheep help \(CommandTable.names[0])'")
    }
    guard CommandTable.command(named: name) != nil else {
      throw UnknownCommand.error(name, [])
    }
    return .help(command: name, isFull: true)
  }
}

/// Words an error about a first word that is no command.
package enum UnknownCommand {
  /// The error about `word`, with `rest` after it.
  package static func error(_ word: String, _ rest: ArraySlice<String>) -> UsageError {
    if word.hasPrefix("-"), word.utf8.count > 1 { return beforeCommand(word) }
    let subject = Quoted.text(word)
    if KeyShape.matches(word) {
      return UsageError(
        subject: subject, problem: "looks like an API key, so nothing was sent",
        wayOut: KeyShape.keyAdvice)
    }
    let problem = "no such command"
    if let near = nearest(word) {
      return UsageError(subject: subject, problem: problem, wayOut: "did you mean 'sheep \(near)'?")
    }
    if word.utf8.contains(UInt8(ascii: " ")) || !rest.isEmpty {
      return UsageError(
        subject: subject, problem: problem, wayOut: "to ask a model, write 'sheep chat' before it")
    }
    return UsageError(
      subject: subject, problem: problem,
      wayOut: "the commands are \(CommandTable.names.joined(separator: ", "))")
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
          subject: isShort ? "-" + letter : "--" + name, problem: "stands before the command",
          wayOut: "write 'sheep \(command.name) \(info.spelled)\(info.takesValue ? " ..." : "")'")
      }
    }
    return UnknownOption(command: "", options: GeneralOptions.all)
      .error(isShort ? letter : name, isShort: isShort)
  }
}
