/// The texts of `-h` and `--help`, for a terminal of 80 columns.
package enum Help {
  /// The widest line.
  private static let width = 79

  /// Help about the named command, or about the program when nil or unknown.
  package static func text(command name: String?, isFull: Bool) -> String {
    if let name, let command = CommandTable.command(named: name) {
      let info = command.describe()
      return isFull ? full(info) : short(info)
    }
    return isFull ? programText : programSummary
  }

  // MARK: The program

  /// The source that holds the program's own help: made from the table it costs two million
  /// instructions, four times the rest of a start.
  static func source() -> String {
    """
    // Generated from the option table by `make generate`; do not edit.

    extension Help {
      /// `sheep -h`.
      static var programSummary: String {
        #\"""
    \(quoted(shortProgram()))
        \"""#
      }

      /// `sheep --help`.
      static var programText: String {
        #\"""
    \(quoted(fullProgram()))
        \"""#
      }
    }

    """
  }

  /// The text's lines, indented like the literal that they stand in.
  private static func quoted(_ text: String) -> String {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    " + String(Substring($0)) }
      .joined(separator: "\n")
  }

  private static func shortProgram() -> String {
    """
    Usage: sheep COMMAND [OPTIONS] [--] [OPERANDS]

    \(CommandTable.summary)

    Commands
    \(commandLines())
    Options
    \(optionLines(GeneralOptions.all))
    Try it without a key:  sheep chat --demo 'Write a haiku'
    More about a command:  sheep help chat

    """
  }

  private static func fullProgram() -> String {
    """
    Usage: sheep COMMAND [OPTIONS] [--] [OPERANDS]

    \(Markup(CommandTable.detail).terminal(width: width, indent: 0))
    Commands
    \(commandLines())
    Options
    \(optionLines(GeneralOptions.all))
    Options may follow operands, letters may be grouped (-qu), and a value may be
    written as --name VALUE, --name=VALUE, -n VALUE or -nVALUE. After -- everything
    is an operand. --no-NAME turns a switch off again. 'sheep COMMAND -h' lists a
    command's options.

    Environment
    \(definitions(CommandTable.variables.map { ($0.name, $0.meaning) }, column: 6))
    Exit codes
    \(exitCodes())
    """
  }

  private static func commandLines() -> String {
    let infos = CommandTable.all.map { $0.outline() }
    let column = (infos.map(\.name.utf8.count).max() ?? 0) + 4
    return infos.map { pad("  " + $0.name, column) + $0.summary + "\n" }.joined()
  }

  private static func exitCodes() -> String {
    ExitStatus.allCases.map { status in
      let text = Markup(status.meaning).terminal(width: width, indent: 7)
      return pad("  \(status.rawValue)", 7) + text.dropFirst(7)
    }.joined()
  }

  // MARK: A command

  private static func short(_ info: CommandInfo) -> String {
    let column = (info.options.map(nameColumn).map(\.utf8.count).max() ?? 0) + 2
    var text = "Usage: \(info.usage)\n\n\(info.summary)\n"
    for group in OptionGroup.allCases {
      let options = info.options.filter { $0.group == group }
      if options.isEmpty { continue }
      text += "\n\(group.rawValue)\n"
      text += options.map { pad(nameColumn($0), column) + $0.summary + "\n" }.joined()
    }
    return text + "\nThe full text of each option:  sheep \(info.name) --help\n"
  }

  private static func full(_ info: CommandInfo) -> String {
    var text = "Usage: \(info.usage)\n\n\(info.summary)\n"
    if !info.detail.isEmpty { text += "\n" + Markup(info.detail).terminal(width: width, indent: 0) }
    if !info.operands.isEmpty {
      text += "\nOperands\n" + definitions(info.operands.map { ($0.usage, $0.summary) }, column: 6)
    }
    for group in OptionGroup.allCases {
      let options = info.options.filter { $0.group == group }
      if options.isEmpty { continue }
      text += "\n\(group.rawValue)\n" + options.map(option).joined(separator: "\n")
    }
    if !info.examples.isEmpty {
      text += "\nExamples\n"
      text += info.examples.map { "  \($0.line)\n      \($0.purpose)\n" }.joined()
    }
    return text + "\nExit codes and environment variables:  sheep --help\n"
  }

  private static func option(_ info: OptionInfo) -> String {
    var text = nameColumn(info) + "\n" + Markup(info.fullText).terminal(width: width, indent: 10)
    if !info.examples.isEmpty {
      text += info.examples.map { "\n            \($0)\n" }.joined()
    }
    return text
  }

  // MARK: Lines

  private static func nameColumn(_ info: OptionInfo) -> String {
    (info.short == nil ? "      " : "  ") + info.form
  }

  private static func optionLines(_ infos: [OptionInfo]) -> String {
    let column = (infos.map(nameColumn).map(\.utf8.count).max() ?? 0) + 2
    return infos.map { pad(nameColumn($0), column) + $0.summary + "\n" }.joined()
  }

  private static func definitions(_ rows: [(String, String)], column: Int) -> String {
    rows.map { "  \($0)\n" + Markup($1).terminal(width: width, indent: column) }.joined()
  }

  private static func pad(_ text: String, _ column: Int) -> String {
    text + String(repeating: " ", count: max(1, column - text.utf8.count))
  }
}
