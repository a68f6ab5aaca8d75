import SheepOptions

/// The man page, `docs/sheep.1`, in the `man` macros.
package enum ManPage {
  /// The whole page.
  package static func text() -> String {
    let commands = CommandTable.all.map { $0.describe() }
    let parts = [
      head(), commandSection(commands), optionSection(commands), exitSection(), variableSection(),
      section("FILES") + Markup(CommandTable.files).roff(nested: false), exampleSection(commands),
    ]
    return parts.joined()
  }

  private static func head() -> String {
    """
    .\\" Written by "make generate" from the table of options; do not edit.
    .TH SHEEP 1 "" "sheep" "User Commands"
    .SH NAME
    sheep \\- \(lowered(CommandTable.summary))
    .SH SYNOPSIS
    .B sheep
    .I COMMAND
    .RI [ OPTIONS ]
    .RB [ \\-\\- ]
    .RI [ OPERANDS ]
    .br
    .B sheep help
    .RI [ COMMAND ]
    .br
    .B sheep \\-\\-version
    .SH DESCRIPTION
    \(Markup(CommandTable.detail).roff(nested: false))
    """
  }

  private static func commandSection(_ commands: [CommandInfo]) -> String {
    var text = section("COMMANDS")
    for command in commands {
      text +=
        ".SS \(command.usages.map(bold).joined(separator: "\n.br\n"))\n"
        + Roff.line(Roff.escaped(command.summary, isCode: false))
      if !command.detail.isEmpty { text += ".PP\n" + Markup(command.fullDetail).roff(nested: false) }
    }
    return text
  }

  private static func optionSection(_ commands: [CommandInfo]) -> String {
    var text = section("OPTIONS")
    text += Markup(
      """
      Write values as `--name VALUE`, `--name=VALUE`, `-n VALUE` or `-nVALUE`. One-letter switches \
      can be grouped, and `--no-NAME` turns a switch off. Options can follow operands; after `--` \
      everything is an operand. Option names cannot be abbreviated.
      """
    ).roff(nested: false)
    for part in OptionIndex(commands, program: GeneralOptions.all).sections {
      text += ".SS \(part.group.rawValue)\n"
      if !part.commands.isEmpty, part.commands.count < commands.count {
        text += Markup("For " + series(part.commands) + ".").roff(nested: false)
      }
      for entry in part.entries {
        text += ".TP\n" + form(entry.info) + "\n" + Markup(entry.info.fullText).roff(nested: true)
        if entry.commands.isEmpty {
          text += ".IP\n" + Markup("Only before a command.").roff(nested: true)
        } else if entry.commands != part.commands {
          text += ".IP\n" + Markup("Also for " + others(entry, part) + ".").roff(nested: true)
        }
        for variant in entry.variants {
          text += ".IP\n"
          text += Markup("With `sheep \(variant.command)`: \(variant.info.fullText)").roff(nested: true)
        }
        for example in entry.info.examples {
          text += ".IP\n.EX\n" + Roff.line(Roff.escaped(example, isCode: true)) + ".EE\n"
        }
      }
    }
    return text
  }

  private static func exitSection() -> String {
    let rows = ExitStatus.allCases.map { status in
      ".TP\n.B \(status.rawValue)\n" + Markup(status.meaning + ".").roff(nested: true)
    }
    let note = """
      With several targets it is the code that all failures share, otherwise 1. When standard \
      output is closed early, as by `head`, the transfer stops and the code is 0.
      """
    return section("EXIT STATUS") + "Exit codes are the same for every command.\n" + rows.joined() + ".PP\n"
      + Markup(note).roff(nested: false)
  }

  private static func variableSection() -> String {
    section("ENVIRONMENT")
      + CommandTable.variables.map { variable in
        ".TP\n.B \"\(Roff.escaped(variable.name, isCode: true))\"\n"
          + Markup(variable.meaning).roff(nested: true)
      }.joined()
  }

  private static func exampleSection(_ commands: [CommandInfo]) -> String {
    section("EXAMPLES")
      + commands.flatMap(\.examples).map { example in
        ".PP\n" + Roff.line(Roff.escaped(example.purpose, isCode: false)) + ".IP\n.EX\n"
          + Roff.line(Roff.escaped(example.line, isCode: true)) + ".EE\n"
      }.joined()
  }

  private static func others(_ entry: OptionIndex.Entry, _ part: OptionIndex.Section) -> String {
    series(entry.commands.filter { !part.commands.contains($0) })
  }

  /// `-m, --model MODEL[@PROFILE]` with names bold and the value in italics.
  private static func form(_ info: OptionInfo) -> String {
    let names = (info.short.map { ["-" + $0] } ?? []) + ["--" + info.long]
    let bold = names.map { "\\fB" + Roff.escaped($0, isCode: true) + "\\fR" }.joined(
      separator: ", ")
    return bold + (info.valueName.map { " \\fI" + Roff.escaped($0, isCode: true) + "\\fR" } ?? "")
  }

  private static func bold(_ usage: String) -> String { "\"\(Roff.escaped(usage, isCode: true))\"" }

  private static func section(_ name: String) -> String { ".SH \(name)\n" }

  private static func series(_ commands: [String]) -> String {
    commands.map { "`sheep \($0)`" }.joined(separator: " and ")
  }

  /// The sentence as the NAME section wants it: small first letter, no full stop.
  private static func lowered(_ sentence: String) -> String {
    String(sentence.prefix(1)).lowercased() + sentence.dropFirst().dropLast()
  }
}
