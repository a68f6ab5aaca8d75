import SheepCore
import SheepOptions
import SheepRun
import SheepStore
import SheepTerminal

extension SlashCommand {
  /// Where the conversation is kept.
  static var sessions: [SlashCommand] {
    [
      SlashCommand(
        name: "new", group: .conversation, form: "[NAME]", summary: "Start a new session.", run: new),
      SlashCommand(
        name: "clear", group: .conversation,
        summary: "Clear the conversation; its cost still counts.",
        run: clear),
      SlashCommand(
        name: "session", group: .conversation, form: "[NAME]",
        summary: "Switch to another session, or start it.",
        argument: .sessions, run: session),
      SlashCommand(
        name: "sessions", group: .conversation, form: "[N]", summary: "List saved sessions, or the last N.",
        run: list),
      SlashCommand(
        name: "save", aliases: ["rename", "title"], group: .conversation, form: "NAME",
        summary: "Name this session; it is saved anyway.", run: save),
      SlashCommand(
        name: "export", group: .conversation, form: "md|json [FILE]",
        summary: "Print the session as Markdown or JSON, or write it to a file; /export! overwrites.",
        argument: .words(ExportForm.words), canForce: true, run: export),
      SlashCommand(
        name: "fork", group: .conversation, form: "NAME",
        summary: "Continue in a copy of this session.", run: fork),
    ]
  }

  private static func new(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    if !invocation.argument.isEmpty, chat.sessions.names.contains(invocation.argument) {
      throw Failure(
        .usage, "/new", "session \(Quoted.text(invocation.argument)) already exists",
        advice: "switch to it with /session, or use another name")
    }
    let log =
      invocation.argument.isEmpty ? try chat.sessions.begin() : try chat.sessions.open(invocation.argument)
    let system = chat.log.conversation.system
    chat.go(to: log)
    if let system { chat.append(.system(system)) }
    chat.screen.note("new session" + (system == nil ? "" : " with the same system prompt"))
    return .prompt()
  }

  private static func clear(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    chat.append(.clear)
    chat.screen.note(
      "conversation cleared"
        + (chat.log.conversation.system == nil ? "" : "; system prompt kept"))
    return .prompt()
  }

  private static func session(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    if invocation.argument.isEmpty {
      chat.screen.say(chat.sessionText)
      return .prompt()
    }
    if invocation.argument == chat.log.name {
      chat.screen.note("already in session \(invocation.argument)")
      return .prompt()
    }
    let isNew = !chat.sessions.names.contains(invocation.argument)
    chat.go(to: try chat.sessions.open(invocation.argument))
    if isNew { chat.screen.note("new session \(invocation.argument)") } else { chat.showSession() }
    return .prompt()
  }

  private static func list(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let count = invocation.argument.isEmpty ? 20 : Int(invocation.argument) ?? 0
    guard count > 0 else { throw misuse("sessions", "\(Quoted.text(invocation.argument)) is not a number") }
    let rows = try chat.sessions.list()
    if rows.isEmpty {
      chat.screen.note("no saved sessions yet")
      return .prompt()
    }
    var table = Table([
      Table.Column("", canShrink: false), Table.Column("session", ink: .cyan), Table.Column("turns", .right),
      Table.Column("cost", .right), Table.Column("used", canShrink: false, ink: .dim),
      Table.Column("starts with"),
    ])
    let now = chat.environment.unixTime()
    for row in rows.prefix(count) {
      table.add([
        row.name == chat.log.name ? "▸" : "", Messages.filtered(row.name), String(row.turns),
        row.total.replies == 0 ? "" : ChatTotals.money(row.total), Chat.ago(now - row.lastUsed),
        Chat.opening(row.title),
      ])
    }
    chat.screen.show(table)
    if rows.count > count {
      chat.screen.note("\(rows.count - count) more; /sessions \(rows.count) shows all")
    }
    return .prompt()
  }

  private static func save(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    guard !invocation.argument.isEmpty else { throw misuse("save", "needs a name") }
    try chat.sessions.rename(chat.log, to: invocation.argument)
    chat.screen.note("this session is now \(chat.log.name ?? invocation.argument)")
    return .prompt()
  }

  private static func export(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let (word, path) = invocation.argument.firstWord
    guard let form = ExportForm(rawValue: word) else {
      throw misuse("export", "\(Quoted.text(word)) is not a format")
    }
    let export = SessionExport(name: chat.log.name ?? "chat", conversation: chat.log.conversation)
    let isShown = path.isEmpty && chat.environment.standardOutput.isTerminal
    let style = JSONStyle(indented: true, terminalSafe: isShown)
    let text = form == .md ? export.markdown : JSON.object(export.json).serialized(style) + "\n"
    if path.isEmpty {
      try chat.write(isShown && form == .md ? Chat.cleaned(text).text : text)
    } else {
      guard let names = CommandWords.split(path), names.count == 1 else {
        throw misuse("export", "takes one file")
      }
      try chat.save(text, to: names[0], command: "export", mayReplace: invocation.isForced)
    }
    return .prompt()
  }

  private static func fork(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    guard !invocation.argument.isEmpty else { throw misuse("fork", "needs a name") }
    let before = chat.log.name
    chat.go(to: try chat.sessions.fork(chat.log, as: invocation.argument))
    chat.screen.note(
      "this session is now \(invocation.argument)" + (before.map { "; \($0) is unchanged" } ?? ""))
    return .prompt()
  }
}

extension Chat {
  /// Goes on with another conversation, and with its model where it has one.
  func go(to log: any ConversationLog) {
    sessions.close(self.log)
    keep(log)
    settings.hasWarned = false
    for note in (log as? SessionLog)?.notes ?? [] { screen.note("session \(log.name ?? ""): \(note)") }
    takeModel()
  }

  /// Asks the conversation's own model from here on, if that can be asked.
  func takeModel() {
    let conversation = log.conversation
    guard let name = conversation.model, name != model.name || conversation.profile != model.recordedProfile
    else {
      return
    }
    do throws(Failure) {
      model = try models.model(name, profile: conversation.profile, beside: model)
      nameModel()
    } catch {
      screen.fail(error)
      screen.note("using \(model.label) instead")
    }
  }

  /// Which session this is and what it took: `session talk · 3 turns, 1,204 tokens, $0.0123`.
  var sessionText: String {
    (log.name.map { "session " + $0 } ?? "this chat is not saved") + " · " + ChatTotals.text(log.conversation)
  }

  /// Says which session this is and what it took.
  func showSession() {
    screen.note(sessionText + "; /history shows it")
    noteBreak()
  }

  /// A span of time since, in words: `3 min ago`.
  static func ago(_ seconds: Int) -> String {
    switch seconds {
    case ..<60: "now"
    case ..<3600: "\(seconds / 60) min ago"
    case ..<86_400: "\(seconds / 3600) h ago"
    default: "\(seconds / 86_400) d ago"
    }
  }
}
