/// What every command that asks one model has in common: the four groups and the prompt.
package struct CallOptions: Equatable, Sendable {
  package var connection = ConnectionOptions()
  package var sampling = SamplingOptions()
  package var input = InputOptions()
  package var output = OutputOptions()
  /// The prompt's words in the order given; to be joined by spaces.
  package var prompt: [String] = []

  package init() {}

  /// The rows of all groups.
  package static var options: [OptionSpec<Self>] {
    ConnectionOptions.options.map { $0.lifted(\.connection) }
      + InputOptions.options.map { $0.lifted(\.input) }
      + SamplingOptions.options.map { $0.lifted(\.sampling) }
      + OutputOptions.options.map { $0.lifted(\.output) }
  }
}

/// The parsed form of `sheep chat`.
package struct ChatOptions: CommandValues, Equatable {
  package var call = CallOptions()
  package var conversation = ConversationOptions()
  /// Whether the sessions are listed instead.
  package var lists = false
  /// The form in which a session is printed instead; `nil`: none is.
  package var export: ExportForm?
  /// Whether the roles are listed instead.
  package var listsRoles = false
  /// Whether the lines of `--jsonl` may name files to be sent along.
  package var allowsFiles = false

  package init() {}

  package var operands: [String] {
    get { call.prompt }
    set { call.prompt = newValue }
  }

  package static var options: [OptionSpec<Self>] {
    CallOptions.options.map { $0.lifted(\.call) }
      + ConversationOptions.options.map { $0.lifted(\.conversation) } + ofChat
  }

  private static var ofChat: [OptionSpec<Self>] {
    [
      .flag(
        OptionInfo(
          long: "list", knownAs: ["sessions", "list-sessions"], group: .conversation,
          summary: "List sessions, most recently used first.", conflicts: ["export", "list-roles"],
          examples: ["sheep chat --list --json | jq -r '.[].name'"], hasEnvironmentDefault: false), \.lists),
      .value(
        OptionInfo(
          long: "export", valueName: "FORM", group: .conversation,
          summary: "Print a session as Markdown or JSON.",
          detail: "Choose it with `--session` or `--continue`. Nothing is sent.",
          hint: .choice(ExportForm.words), conflicts: ["list", "list-roles"],
          examples: ["sheep chat -S work --export md > work.md"], hasEnvironmentDefault: false), \.export,
        ExportForm.parse),
      .flag(
        OptionInfo(
          long: "list-roles", knownAs: ["roles"], group: .conversation, summary: "List roles.",
          conflicts: ["list", "export"], hasEnvironmentDefault: false), \.listsRoles),
      .flag(
        OptionInfo(
          long: "allow-files", group: .conversation,
          summary: "Let input lines attach files.",
          detail: """
            Whoever writes the lines can then make `sheep` read any file that you can read and \
            send it to the model.
            """, seeAlso: ["jsonl"], hasEnvironmentDefault: false), \.allowsFiles),
    ]
  }
}

/// The parsed form of `sheep stream`.
package struct StreamOptions: CommandValues, Equatable {
  package var call = CallOptions()
  package var conversation = ConversationOptions()

  package init() {}

  package var operands: [String] {
    get { call.prompt }
    set { call.prompt = newValue }
  }

  package static var options: [OptionSpec<Self>] {
    CallOptions.options.map { $0.lifted(\.call) }
      + ConversationOptions.options.map { $0.lifted(\.conversation) }
  }
}
