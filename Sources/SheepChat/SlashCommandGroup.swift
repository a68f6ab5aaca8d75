/// The commands of the chat under one heading, as documents show them.
package struct SlashCommandGroup: Sendable {
  /// One command.
  package struct Entry: Sendable {
    /// How it is written: `/model [MODEL[@PROFILE]]`.
    package let usage: String
    /// Other names, without a slash.
    package let aliases: [String]
    /// One sentence.
    package let summary: String
  }

  package let heading: String
  package let commands: [Entry]

  /// All of them, in the order of `/help`.
  package static var all: [SlashCommandGroup] {
    let commands = SlashCommand.all
    return SlashCommand.Group.allCases.map { group in
      SlashCommandGroup(
        heading: group.rawValue,
        commands: commands.filter { $0.group == group }.map { command in
          Entry(usage: command.usage, aliases: command.aliases, summary: command.summary)
        })
    }
  }
}
