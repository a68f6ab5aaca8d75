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
    var usage: String {
      switch self {
      case .get: "get KEY"
      case .set: "set KEY VALUE"
      default: rawValue
      }
    }
  }

  package var operands: [String] = []
  /// What is done; `show` until `checked` has read the words.
  package private(set) var action = Action.show

  /// Nothing given.
  package init() {}

  package static var options: [OptionSpec<Self>] { [] }

  /// The same with its words understood: `operands` are what follows the action.
  package func checked() throws(UsageError) -> ConfigOptions {
    let all = Action.allCases.map(\.usage).joined(separator: ", ")
    guard let word = operands.first else {
      throw UsageError(subject: "config", problem: "it is not said what to do", wayOut: "write one of " + all)
    }
    guard let action = Action(rawValue: word) else {
      let near = Suggestion.nearest(to: word, among: Action.words)
      throw UsageError(
        subject: Quoted.text(word), problem: "no such action",
        wayOut: near.map { "did you mean 'sheep config \($0)'?" } ?? "write one of " + all)
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
    case 0: "no further word"
    case 1: "one further word"
    default: "\(words) further words"
    }
  }

  /// What help says.
  static let info = CommandInfo(
    name: "config", summary: "Show, check and change the configuration.",
    detail: """
      The configuration is one TOML file for each user, `config.toml` in `$XDG_CONFIG_HOME/sheep` \
      or `~/.config/sheep`. It holds profiles, a default profile and model, aliases, tasks, prices \
      and defaults of options; never a key, only where a key is kept.

      `path` prints where the file is. `show` prints what holds, and where each setting comes from. \
      `init` writes a file with everything commented out. `edit` opens it in your editor and checks \
      it afterwards. `check` names every mistake with line and column. `get KEY` prints one \
      setting; `set KEY VALUE` changes one and leaves the rest of the file as it is.
      """,
    operands: [
      OperandInfo(
        name: "ACTION", count: .any,
        summary: "path, show, init, edit, check, get KEY or set KEY VALUE.")
    ],
    examples: [
      Example(line: "sheep config init", purpose: "Begin with a file that explains itself."),
      Example(line: "sheep config set default_model gpt-4o-mini", purpose: "Choose the usual model."),
      Example(
        line: "sheep config set aliases.mini gpt-4o-mini@openai", purpose: "Give a model a short name."),
      Example(line: "sheep config show", purpose: "See what holds, and why."),
    ])
}
