import SheepCore
import SheepOptions
import SheepRun

/// A command of the chat: a row of the table that `/help`, completion and the prompt read.
struct SlashCommand {
  /// The order of `/help`.
  enum Group: String, CaseIterable {
    case asking = "Asking"
    case model = "Model and settings"
    case conversation = "Conversation"
    case answer = "The last answer"
    case other = "Everything else"
  }

  /// What the word at the cursor can become.
  enum Argument {
    case none
    case models, files, sessions, roles, commands, settings
    /// `@` and a file's name.
    case textOrFile
    case words([String])
  }

  /// The name without its slash.
  let name: String
  var aliases: [String] = []
  let group: Group
  /// How the argument is written: `[MODEL[@PROFILE]]`; empty without one.
  var form = ""
  let summary: String
  var argument = Argument.none
  /// Whether `NAME!` is taken, which does what would else be refused.
  var canForce = false
  /// Does it. A failure is shown, and the line comes back to be mended.
  let run: (Chat, Invocation) throws(Failure) -> Next

  /// What was typed.
  struct Invocation {
    /// What stands behind the name, without blanks around it; may have several lines.
    var argument: String
    /// Whether the name ended in `!`.
    var isForced = false

    /// The words of the argument.
    var words: [String] {
      argument.split { $0 == " " || $0 == "\t" || $0 == "\n" }.map(String.init)
    }
  }

  /// What comes after it.
  enum Next: Equatable {
    /// The prompt, with this text in the edit line.
    case prompt(String = "")
    /// The end of the chat.
    case leave
  }

  /// All commands, in the order of `/help`.
  static var all: [SlashCommand] {
    asking + attaching + models + settings + roles + exchanges + sessions + answers + compared + files + money
      + looking
  }

  /// The command of that name or alias; `nil` when there is none.
  static func named(_ name: String) -> SlashCommand? {
    let plain = name.hasSuffix("!") ? String(name.dropLast()) : name
    return all.first { command in
      (command.name == plain || command.aliases.contains(plain)) && (plain == name || command.canForce)
    }
  }

  /// How it is written: `/model [MODEL[@PROFILE]]`.
  var usage: String { "/" + name + (form.isEmpty ? "" : " " + form) }

  /// The failure that it was written wrongly.
  func misuse(_ problem: String) -> Failure {
    Failure(.usage, "/" + name, problem, advice: "usage: " + usage)
  }

  /// The failure of a command that was written wrongly, by its name.
  static func misuse(_ name: String, _ problem: String) -> Failure {
    named(name)?.misuse(problem) ?? Failure(.usage, "/" + name, problem)
  }

  /// The failure that there is no such command, with the one that may have been meant.
  static func unknown(_ name: String) -> Failure {
    let commands = all
    let names = commands.map(\.name) + commands.flatMap(\.aliases)
    let near = Suggestion.nearest(to: name, among: names).map { "did you mean /\($0)?" }
    return Failure(
      .usage, "/" + name, "is not a command; nothing was sent",
      advice: (near ?? "/help lists commands;") + " //\(name) sends it as text")
  }
}
