import SheepCatalog
import SheepClient
import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal
import SheepWire

extension SlashCommand {
  /// What shows how things stand.
  static var looking: [SlashCommand] {
    [
      SlashCommand(
        name: "info", group: .other, summary: "Show the settings of this chat.", run: info),
      SlashCommand(
        name: "ping", group: .other, summary: "Check the connection layer by layer.", run: ping),
      SlashCommand(
        name: "explain", group: .other, summary: "Show where each connection setting comes from.",
        run: explain),
    ]
  }

  private static func info(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let model = chat.model
    let conversation = chat.log.conversation
    var table = Table([Table.Column("", canShrink: false, ink: .cyan), Table.Column("")])
    func add(_ name: String, _ value: String) { table.add([name, Messages.filtered(value)]) }
    add("model", ([model.name] + model.facts).joined(separator: " · "))
    add("profile", model.target.profile ?? "none")
    add("address", model.target.baseURL.text + " (\(model.target.dialect.name))")
    add("key", model.target.maskedKey ?? "none")
    add("session", chat.log.name ?? "not saved")
    add("so far", ChatTotals.text(conversation))
    let context = TokenEstimate(of: conversation.messages).tokens
    let window = model.quote.entry?.context.map { " of \(Figures.grouped($0))" } ?? ""
    add("context", "~\(Figures.grouped(context))\(window) tokens")
    if let budget = chat.settings.budget { add("budget", budget.display) }
    add("system", conversation.system.map { Chat.opening($0) } ?? "none")
    for setting in ChatSetting.all {
      if let value = setting.value(chat.settings.sampling) { add(setting.name, value) }
    }
    for field in chat.settings.sampling.bodyFields { add(field.key, field.value) }
    let switches = [
      chat.settings.streams ? "stream" : "no stream", chat.settings.isRaw ? "raw" : "Markdown",
      "reasoning " + chat.settings.reasoning.rawValue, chat.settings.isDry ? "dry" : "",
    ]
    add("shown", switches.filter { !$0.isEmpty }.joined(separator: ", "))
    chat.screen.show(table)
    if !chat.attachments.isEmpty { chat.showAttachments() }
    return .prompt()
  }

  private static func ping(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    var options = PingOptions()
    options.connection = chat.model.options
    options.output.color = chat.options.output.color
    _ = chat.commands.ping(options, chat.inner)
    chat.watchSignals()
    return .prompt()
  }

  private static func explain(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    Explanation(chat.program).show([chat.model])
    return .prompt()
  }
}
