import SheepChat
import SheepOptions

/// The commands of the chat in `docs/chat.md`.
enum SlashCommandTable {
  /// The table's lines.
  static func text() -> String {
    var table = MarkdownTable(["command", "does"])
    for group in SlashCommandGroup.all {
      table.add(["*\(group.heading)*", ""])
      for command in group.commands {
        let others =
          command.aliases.isEmpty ? "" : ", " + command.aliases.map { "`/\($0)`" }.joined(separator: ", ")
        table.add(["`\(command.usage)`" + others, Markup.escaped(command.summary)])
      }
    }
    return table.text
  }
}
