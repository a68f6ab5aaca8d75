package import SheepCore

/// Which conversation a prompt belongs to, and in which role it is put.
package struct ConversationOptions: Equatable, Sendable {
  /// The session to resume; `nil`: none by name.
  package var session: StoredName?
  /// Whether the most recent session is resumed.
  package var continues = false
  /// The copy to continue in.
  package var fork: StoredName?
  package var role: String?
  /// Values of the role's variables, in the order given.
  package var variables: [BodyField] = []

  package init() {}

  /// Whether a session is asked for.
  package var usesSession: Bool { session != nil || continues }

  /// The rows of the group, in the order of help.
  package static var options: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "session", short: "S", knownAs: ["conversation", "thread"], valueName: "NAME",
          group: .conversation, summary: "Resume a session, or start a new one.",
          detail: """
            The session's messages are sent with the prompt, and the new question and answer are \
            saved to it, even if the answer is interrupted. Its model and system prompt stay until \
            you give others. A single prompt is saved only with this option or `--continue`; a \
            conversation at a terminal is always saved. The files are described in docs/sessions.md.
            """,
          hint: .session, conflicts: ["continue"], examples: ["sheep chat -S work 'And in Korean?'"],
          seeAlso: ["no-log"]), \.session, SessionName.parse),
      .flag(
        OptionInfo(
          long: "continue", short: "c", knownAs: ["resume", "last"], group: .conversation,
          summary: "Resume the most recent session.", conflicts: ["session"],
          hasEnvironmentDefault: false), \.continues),
      .value(
        OptionInfo(
          long: "fork", knownAs: ["branch", "copy"], valueName: "NAME", group: .conversation,
          summary: "Continue in a copy of the session.",
          detail: """
            Copies the session that `--session` or `--continue` selects, even while another \
            process uses it. The original is not changed.
            """,
          examples: ["sheep chat -S work --fork other 'What if not?'"], hasEnvironmentDefault: false), \.fork,
        SessionName.parse),
      .value(
        OptionInfo(
          long: "role", short: "r", knownAs: ["persona", "template", "pattern"], valueName: "NAME",
          group: .conversation, summary: "Use a role: a saved prompt with settings.",
          detail: """
            A role is a system prompt or a template around the prompt, and may set the model and \
            options; the command line takes precedence. Some roles are built in; your own are \
            Markdown files in the `roles` folder next to the configuration. `sheep chat \
            --list-roles` lists them; docs/roles.md explains how to write one.
            """,
          hint: .role, examples: ["sheep chat -r translate --var language=Korean 'Good morning'"]),
        \.role, PlainText.nonEmpty),
      .append(
        OptionInfo(
          long: "var", knownAs: ["variable"], valueName: "NAME=VALUE", group: .conversation,
          summary: "Set a variable of the role.", seeAlso: ["role"], hasEnvironmentDefault: false),
        \.variables, BodyField.parse),
    ]
  }
}

/// Reads names of sessions.
package enum SessionName {
  /// A name that can become part of a path.
  package static func parse(_ text: String) throws(ValueProblem) -> StoredName {
    guard let name = StoredName(text) else {
      throw ValueProblem("\(Quoted.text(text)) is not a valid session name", StoredName.rule)
    }
    return name
  }
}

/// The form of an exported conversation.
package enum ExportForm: String, WordChoice {
  case md, json
}
