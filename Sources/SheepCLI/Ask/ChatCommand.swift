import SheepChat
package import SheepCore
package import SheepOptions
package import SheepRun
import SheepStore
import SheepTerminal

/// `sheep chat`: one answer, a conversation line by line, or a look at what is kept.
struct ChatCommand {
  private let options: ChatOptions
  private let program: Run

  init(_ options: ChatOptions, _ program: Run) {
    self.options = options
    self.program = program
  }

  /// Does what the options ask for.
  func perform() throws(Failure) -> Termination {
    if options.lists { return try list() }
    if options.listsRoles { return try listRoles() }
    if let form = options.export { return try export(form) }
    if isConversation { return try LinesCommand(options, program).perform() }
    let commands = InnerCommands(ping: { $0.termination(in: $1) }, models: { $0.termination(in: $1) })
    if let start = ChatStart(options, program, commands: commands) { return start.run() }
    var command = AskCommand(.chat, options.call, options.conversation, program)
    return try command.perform()
  }

  /// Whether standard input is a conversation, a message on each line.
  private var isConversation: Bool {
    let call = options.call
    return call.output.format == .jsonLines && call.prompt.isEmpty && call.input.files.isEmpty
      && !call.input.noStandardInput && !call.input.dryRun
  }

  // MARK: - What is kept

  private func list() throws(Failure) -> Termination {
    try refusePrompt("--list")
    let list = SessionList(try Sessions.folder(program.environment).list())
    return try show(list.json, list.table)
  }

  private func listRoles() throws(Failure) -> Termination {
    try refusePrompt("--list-roles")
    let list = RoleList(program.settings.roles)
    return try show(list.json, list.table)
  }

  private func export(_ form: ExportForm) throws(Failure) -> Termination {
    try refusePrompt("--export")
    let (name, conversation) = try Sessions.read(options.conversation, program.environment, program.messages)
    let export = SessionExport(name: name.text, conversation: conversation)
    let isTerminal = program.environment.standardOutput.isTerminal
    switch form {
    case .md: try program.write(isTerminal ? PlainFilter.text(export.markdown) : export.markdown)
    case .json:
      try program.write(.object(export.json), style: JSONStyle(indented: true, terminalSafe: isTerminal))
    }
    return .exit(.done)
  }

  private func refusePrompt(_ option: String) throws(Failure) {
    if options.call.prompt.isEmpty { return }
    throw Failure(.usage, option, "takes no prompt", advice: "omit one of them")
  }

  /// Shows rows as the output options say: a table, an array, or an object a line.
  private func show(
    _ rows: [JSON], _ table: (_ width: Int?, _ style: Style) -> String
  ) throws(Failure) -> Termination {
    switch options.call.output.format {
    case .json: try program.write(.array(rows))
    case .jsonLines:
      let style = program.jsonLineStyle
      try program.write(rows.map { $0.serialized(style) + "\n" }.joined())
    default: try program.write(table: table)
    }
    return .exit(.done)
  }
}

extension ChatOptions: CommandBody {
  package var withoutConfiguration: String? {
    call.connection.demo ? "the configuration was not read" : nil
  }

  package var output: OutputOptions { call.output }

  package func carryOut(_ run: Run) throws(Failure) -> Termination { try ChatCommand(self, run).perform() }
}
