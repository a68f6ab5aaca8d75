import SheepCore

/// The parsed form of `sheep config`.
package struct ConfigOptions: CommandValues, Equatable {
  /// What is done with the configuration.
  package enum Action: String, WordChoice {
    case path, show, initialize = "init", edit, check, get, set

    /// How many words follow.
    var operands: ClosedRange<Int> {
      switch self {
      case .get: 1...1
      case .set: 2...2
      default: 0...0
      }
    }

    /// How it is written.
    package var usage: String {
      switch self {
      case .get: "get KEY"
      case .set: "set KEY VALUE"
      default: rawValue
      }
    }

    /// One line of help.
    var summary: String {
      switch self {
      case .path: "Print the path of the file."
      case .show: "Print the settings in effect and where each comes from."
      case .initialize: "Create a file in which everything is commented out."
      case .edit: "Open the file in your editor and check it afterwards."
      case .check: "Report every mistake with its line and column."
      case .get: "Print one setting."
      case .set: "Change one setting and leave the rest of the file alone."
      }
    }
  }

  package var operands: [String] = []
  /// What is done; `show` until `checked` has read the words.
  package private(set) var action = Action.show

  package init() {}

  package static var options: [OptionSpec<Self>] { [] }

  /// The same with its words understood: `operands` are what follows the action.
  package func checked() throws(UsageError) -> ConfigOptions {
    let all = Action.allCases.map(\.usage).joined(separator: ", ")
    guard let word = operands.first else {
      throw UsageError(subject: "config", problem: "needs an action", wayOut: "use " + all)
    }
    guard let action = Action(rawValue: word) else {
      let near = Suggestion.nearest(to: word, among: Action.words)
      throw UsageError(
        subject: Quoted.text(word), problem: "is not an action",
        wayOut: near.map { "did you mean 'sheep config \($0)'?" } ?? "use " + all)
    }
    guard action.operands.contains(operands.count - 1) else {
      throw UsageError(
        subject: "config \(action.rawValue)", problem: "takes \(Self.count(action.operands.lowerBound))",
        wayOut: "write 'sheep config \(action.usage)'")
    }
    var result = self
    result.action = action
    result.operands = Array(operands.dropFirst())
    return result
  }

  private static func count(_ words: Int) -> String {
    switch words {
    case 0: "no argument"
    case 1: "one argument"
    default: "\(words) arguments"
    }
  }

  /// What help says.
  static let info = CommandInfo(
    name: "config", summary: "Show, check and change the configuration.",
    detail: """
      The configuration is one TOML file per user, `config.toml` in `$XDG_CONFIG_HOME/sheep` or \
      `~/.config/sheep`. It holds profiles, a default profile and model, aliases, tasks, prices \
      and defaults for options. It never holds a key, only where to find one.
      """,
    operands: [
      OperandInfo(
        name: "ACTION", count: .any,
        summary: "What to do: one of the actions below.")
    ],
    actions: Action.allCases.map { ActionInfo(usage: $0.usage, summary: $0.summary) },
    examples: [
      Example(line: "sheep config init", purpose: "Create a commented configuration file."),
      Example(line: "sheep config set default_model gpt-4o-mini", purpose: "Set the default model."),
      Example(
        line: "sheep config set aliases.mini gpt-4o-mini@openai", purpose: "Give a model a short name."),
      Example(line: "sheep config show", purpose: "See the settings in effect and their sources."),
    ])
}
