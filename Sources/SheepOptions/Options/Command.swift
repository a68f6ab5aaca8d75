/// Looks up an environment variable; nil when it is not set.
package typealias Variables = (String) -> String?

/// The parsed form of one command: its options' values and its operands.
package protocol CommandValues: Sendable {
  /// The values when nothing is given.
  init()
  /// The words that are not options, in the order given.
  var operands: [String] { get set }
  /// The command's options, in the order of help.
  static var options: [OptionSpec<Self>] { get }
}

/// What a command takes besides options.
package struct OperandInfo: Sendable, Equatable {
  /// How many words it stands for.
  package enum Count: Sendable, Equatable { case optional, any }

  /// What it is called in help, in capitals.
  package let name: String
  package let count: Count
  /// One line, ending in a full stop.
  package let summary: String

  /// How the operand is written in a usage line.
  package var usage: String {
    switch count {
    case .optional: "[\(name)]"
    case .any: "[\(name)...]"
    }
  }
}

/// One of the things a command does, chosen by its first operand.
package struct ActionInfo: Sendable, Equatable {
  /// How it is written: `set KEY VALUE`.
  package let usage: String
  /// One line, ending in a full stop.
  package let summary: String
}

/// A command line worth showing.
package struct Example: Sendable, Equatable {
  package let line: String
  /// What it does: a sentence.
  package let purpose: String
}

/// What the generators say about one command. Data only.
package struct CommandInfo: Sendable, Equatable {
  package var name: String
  /// One line, at most 60 characters, ending in a full stop.
  package var summary: String
  /// More, in the markup of `Markup`.
  package var detail = ""
  package var operands: [OperandInfo] = []
  /// What the first operand can be, where it chooses what the command does.
  package var actions: [ActionInfo] = []
  /// Usage lines that tell more than the one made from the operands; empty: that one.
  package var synopsis: [String] = []
  package var options: [OptionInfo] = []
  package var examples: [Example] = []

  /// The usage line: `sheep chat [OPTIONS] [--] [PROMPT...]`.
  package var usage: String {
    (["sheep", name, "[OPTIONS]"] + (operands.isEmpty ? [] : ["[--]"]) + operands.map(\.usage))
      .joined(separator: " ")
  }

  /// The usage lines, one form of the command each.
  package var usages: [String] { synopsis.isEmpty ? [usage] : synopsis }

  /// The detail with the actions as a list, in the markup of `Markup`.
  package var fullDetail: String {
    guard !actions.isEmpty else { return detail }
    return detail + "\n\n" + actions.map { "- `\($0.usage)`: \($0.summary)" }.joined(separator: "\n")
  }
}

/// One command with the type of its values erased, so that all can stand in one table.
package struct Command: Sendable {
  package let name: String
  /// Describes the command; built when it is asked for, because most runs never need it.
  package let describe: @Sendable () -> CommandInfo
  /// Reads the words after the command's name.
  package let parse: @Sendable (ArraySlice<String>, any OptionDefaults) throws(UsageError) -> Invocation

  /// A command whose options come from `Values`; `info` needs no options of its own.
  ///
  /// - Parameter checked: looks at all values together, and may ask for help instead.
  package init<Values: CommandValues>(
    _ values: Values.Type, _ info: @escaping @Sendable () -> CommandInfo, name: String,
    checked: @escaping @Sendable (Values) throws(UsageError) -> Checked<Values> = { .values($0) }
  ) {
    self.name = name
    describe = {
      var info = info()
      info.options = Values.options.map(\.info) + [GeneralOptions.help]
      return info
    }
    parse = { words, defaults throws(UsageError) in
      let options = Values.options
      let infos = options.map(\.info)
      let parser = OptionParser(command: name, takesOperands: !info().operands.isEmpty, options: infos)
      switch try parser.parse(words, defaults) {
      case .help(let isFull): return .help(command: name, isFull: isFull)
      case .settings(let settings, let operands):
        var values = Values()
        values.operands = operands
        for setting in settings {
          do throws(ValueProblem) {
            try options[setting.row].apply(setting.text, setting.isOn, &values)
          } catch {
            throw UsageError(subject: setting.subject, problem: error.problem, wayOut: error.wayOut)
          }
        }
        switch try checked(values) {
        case .help(let command): return .help(command: command, isFull: true)
        case .values(let values):
          return .command(
            ParsedCommand(
              name: name, values: values, given: GivenOptions(settings, infos), options: infos))
        }
      }
    }
  }
}

/// What a look at all values of a command led to.
package enum Checked<Values: CommandValues>: Sendable {
  case values(Values)
  /// Help is asked for; about the program when `nil`.
  case help(String?)
}

/// The options that belong to the program more than to a command.
package enum GeneralOptions {
  /// Understood by every command.
  package static let help = OptionInfo(
    long: "help", short: "h", group: .general, summary: "Show help.",
    detail: "`-h` prints one line per option; `--help` prints the full text.",
    hasEnvironmentDefault: false)

  /// Understood before a command.
  package static let version = OptionInfo(
    long: "version", short: "V", group: .general, summary: "Print the version.",
    detail: "Also prints the versions of the libraries in use and the date of the price list.",
    hasEnvironmentDefault: false)

  /// What `sheep` itself takes, without a command.
  package static let all = [help, version]
}
