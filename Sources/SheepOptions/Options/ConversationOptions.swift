package import SheepCore

/// Which conversation a prompt belongs to, and in which role it is put.
package struct ConversationOptions: Equatable, Sendable {
  /// The session that is gone on with; `nil`: none by name.
  package var session: StoredName?
  /// Whether the session that was used last is gone on with.
  package var continues = false
  /// The copy in which it is gone on with.
  package var fork: StoredName?
  package var role: String?
  /// Values of the role's variables, in the order given.
  package var variables: [BodyField] = []

  /// Nothing given.
  package init() {}

  /// Whether a session is asked for.
  package var usesSession: Bool { session != nil || continues }

  /// The rows of the group, in the order of help.
  package static var options: [OptionSpec<Self>] {
    [
      .value(
        OptionInfo(
          long: "session", short: "S", knownAs: ["conversation", "thread"], valueName: "NAME",
          group: .conversation, summary: "Go on with a conversation, or begin one.",
          detail: """
            What was said in the session goes along, and the question and its answer are kept \
            there, also one that was broken off. Its model and system prompt hold until others are \
            given. Without this option nothing is kept. docs/sessions.md has the files.
            """,
          hint: .session, conflicts: ["continue"], examples: ["sheep chat -S work 'And in Korean?'"],
          seeAlso: ["no-log"]), \.session, SessionName.parse),
      .flag(
        OptionInfo(
          long: "continue", short: "c", knownAs: ["resume", "last"], group: .conversation,
          summary: "Go on with the session used last.", conflicts: ["session"],
          hasEnvironmentDefault: false), \.continues),
      .value(
        OptionInfo(
          long: "fork", knownAs: ["branch", "copy"], valueName: "NAME", group: .conversation,
          summary: "Go on in a copy of the session.",
          detail: """
            Copies what `--session` or `--continue` names, also while another process has it, and \
            leaves that one as it is.
            """,
          examples: ["sheep chat -S work --fork other 'What if not?'"], hasEnvironmentDefault: false), \.fork,
        SessionName.parse),
      .value(
        OptionInfo(
          long: "role", short: "r", knownAs: ["persona", "template", "pattern"], valueName: "NAME",
          group: .conversation, summary: "Ask in a role: a prompt kept under a name.",
          detail: """
            A role brings a system prompt or a template around the prompt, and may choose a model \
            and options; the command line counts more. Some are built in, others are Markdown files \
            in `roles` beside the configuration. `sheep chat --list-roles` shows them, \
            docs/roles.md how to write one.
            """,
          hint: .role, examples: ["sheep chat -r translate --var language=Korean 'Good morning'"]),
        \.role, PlainText.nonEmpty),
      .append(
        OptionInfo(
          long: "var", knownAs: ["variable"], valueName: "NAME=VALUE", group: .conversation,
          summary: "Fill in a variable of the role.", seeAlso: ["role"], hasEnvironmentDefault: false),
        \.variables, BodyField.parse),
    ]
  }
}

/// Reads names of sessions.
package enum SessionName {
  /// A name that can become part of a path.
  package static func parse(_ text: String) throws(ValueProblem) -> StoredName {
    guard let name = StoredName(text) else {
      throw ValueProblem("\(Quoted.text(text)) is not a session's name", StoredName.rule)
    }
    return name
  }
}

/// The form of an exported conversation.
package enum ExportForm: String, WordChoice {
  case md, json
}
