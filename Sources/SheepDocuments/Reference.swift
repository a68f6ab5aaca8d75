import SheepOptions

/// The reference page, `docs/reference.md`.
package enum Reference {
  /// The whole page.
  package static func text() -> String {
    let commands = CommandTable.all.map { $0.describe() }
    return head() + commands.map(section).joined() + optionSection(commands) + tables()
  }

  private static func head() -> String {
    """
    <!-- Written by "make generate" from the table of options; do not edit. -->

    # Reference

    \(Markup(CommandTable.detail).markdown)
    - `sheep COMMAND [OPTIONS] [--] [OPERANDS]`
    - `sheep help [COMMAND]`, or `sheep COMMAND --help`: the full text; `sheep COMMAND -h`: one line per option
    - `sheep --version`

    Write values as `--name VALUE`, `--name=VALUE`, `-n VALUE` or `-nVALUE`. One-letter switches can be grouped,
    and `--no-NAME` turns a switch off. Options can follow operands; after `--` everything is an operand. Option
    names cannot be abbreviated.

    ## Commands


    """
  }

  private static func section(_ command: CommandInfo) -> String {
    var text = "### sheep \(command.name)\n\n\(Markup.escaped(command.summary))\n\n"
    text += "```\n\(command.usages.joined(separator: "\n"))\n```\n\n"
    if !command.detail.isEmpty { text += Markup(command.fullDetail).markdown + "\n" }
    let longs = command.options.map { "[`--\($0.long)`](#\(anchor($0)))" }
    text += "Options: " + longs.joined(separator: ", ") + ".\n\n"
    for example in command.examples {
      text += "\(Markup.escaped(example.purpose))\n\n```sh\n\(example.line)\n```\n\n"
    }
    return text
  }

  private static func optionSection(_ commands: [CommandInfo]) -> String {
    var text = "## Options\n\n"
    for part in OptionIndex(commands, program: GeneralOptions.all).sections {
      text += "### \(part.group.rawValue)\n\n"
      for entry in part.entries { text += option(entry) }
    }
    return text
  }

  private static func option(_ entry: OptionIndex.Entry) -> String {
    let info = entry.info
    var text = "<a id=\"\(anchor(info))\"></a>\n\n#### `\(info.form)`\n\n"
    text += Markup(info.fullText).markdown + "\n"
    for example in info.examples { text += "```sh\n\(example)\n```\n\n" }
    for variant in entry.variants {
      text += Markup("With `sheep \(variant.command)`: \(variant.info.fullText)").markdown + "\n"
    }
    let commands =
      entry.commands.isEmpty
      ? "only before a command" : entry.commands.map { "`\($0)`" }.joined(separator: ", ")
    let variable = info.environmentName.map { " Default from `\($0)`." } ?? ""
    return text + "Commands: \(commands).\(variable) Since \(info.since).\n\n"
  }

  private static func tables() -> String {
    var text =
      "## Exit codes\n\nThe same for every command.\n\n| code | name | meaning |\n|---|---|---|\n"
    for status in ExitStatus.allCases {
      text += "| \(status.rawValue) | `\(status.name)` | \(oneLine(status.meaning)) |\n"
    }
    text += "\n## Environment\n\n| variable | meaning |\n|---|---|\n"
    for variable in CommandTable.variables {
      text += "| `\(variable.name)` | \(oneLine(variable.meaning)) |\n"
    }
    return text + "\n## Files\n\n" + Markup(CommandTable.files).markdown
  }

  private static func oneLine(_ markup: String) -> String {
    String(Markup(markup).markdown.dropLast())
  }

  private static func anchor(_ info: OptionInfo) -> String { "option-" + info.long }
}
