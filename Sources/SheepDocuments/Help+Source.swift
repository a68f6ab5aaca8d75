import SheepOptions

extension Help {
  /// The source that holds the program's own help, so that no start has to make it from the table.
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
    Options can follow operands, and one-letter switches can be grouped (-qu).
    Write values as --name VALUE, --name=VALUE, -n VALUE or -nVALUE. After --
    everything is an operand. --no-NAME turns a switch off. 'sheep COMMAND -h'
    lists a command's options.

    Environment
    \(definitions(CommandTable.variables.map { ($0.name, $0.meaning) }, column: 6))
    Exit codes
    \(exitCodes())
    """
  }

  private static func commandLines() -> String {
    let infos = CommandTable.all.map { $0.describe() }
    let column = (infos.map(\.name.utf8.count).max() ?? 0) + 4
    return infos.map { pad("  " + $0.name, column) + $0.summary + "\n" }.joined()
  }

  private static func exitCodes() -> String {
    ExitStatus.allCases.map { status in
      let text = Markup(status.meaning).terminal(width: width, indent: 7)
      return pad("  \(status.rawValue)", 7) + text.dropFirst(7)
    }.joined()
  }
}
