import SheepChat
import SheepCore
import SheepOptions
import SheepRun
import SheepStore
import SheepTerminal

/// `sheep chat`: one answer, a conversation line by line, or a look at what is kept.
final class ChatCommand {
  private let options: ChatOptions
  private let environment: Environment
  private let messages: Messages

  init(_ options: ChatOptions, _ environment: Environment) {
    self.options = options
    self.environment = environment
    let output = options.call.output
    messages = Messages(
      to: environment.standardError, isQuiet: output.quiet,
      errorsAsJSON: output.format == .json || output.format == .jsonLines)
  }

  /// Runs the command.
  func run() -> Termination {
    do throws(Failure) {
      if options.lists { return try list() }
      if options.listsRoles { return try listRoles() }
      if let form = options.export { return try export(form) }
    } catch {
      messages.error(error)
      return .exit(ExitStatus(error))
    }
    if isConversation { return LinesCommand(options, environment, messages).run() }
    if let start = ChatStart(options, environment, commands: Self.innerCommands) { return start.run() }
    return AskCommand(.chat, options.call, options.conversation, environment).run()
  }

  private static var innerCommands: InnerCommands {
    InnerCommands(
      ping: { PingCommand($0, $1).run() }, models: { ModelsCommand($0, $1).run() })
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
    let list = SessionList(try Sessions.folder(environment).list())
    return show(list.json, list.table)
  }

  private func listRoles() throws(Failure) -> Termination {
    try refusePrompt("--list-roles")
    let list = RoleList(environment.settings.roles)
    return show(list.json, list.table)
  }

  private func export(_ form: ExportForm) throws(Failure) -> Termination {
    try refusePrompt("--export")
    let (name, conversation) = try Sessions.read(options.conversation, environment, messages)
    let export = SessionExport(name: name.text, conversation: conversation)
    let isTerminal = environment.standardOutput.isTerminal
    switch form {
    case .md:
      let text = export.markdown
      return Program.show(isTerminal ? PlainFilter.text(text) : text, environment)
    case .json:
      let style = JSONStyle(indented: true, terminalSafe: isTerminal)
      return Program.show(JSON.object(export.json).serialized(style) + "\n", environment)
    }
  }

  private func refusePrompt(_ option: String) throws(Failure) {
    if options.call.prompt.isEmpty { return }
    throw Failure(.usage, option, "takes no prompt", advice: "leave one of the two out")
  }

  /// Shows rows as the output options say: a table, an array, or an object a line.
  private func show(_ rows: [JSON], _ table: (_ width: Int?, _ style: Style) -> String) -> Termination {
    let output = environment.standardOutput
    let isTerminal = output.isTerminal
    switch options.call.output.format {
    case .json:
      let style = JSONStyle(indented: isTerminal, terminalSafe: isTerminal)
      return Program.show(JSON.array(rows).serialized(style) + "\n", environment)
    case .jsonLines:
      let style = JSONStyle(indented: false, terminalSafe: isTerminal)
      return Program.show(rows.map { $0.serialized(style) + "\n" }.joined(), environment)
    default:
      let terminal = Presentation.terminal(output, environment, color: options.call.output.color)
      return Program.show(table(isTerminal ? terminal.width : nil, terminal.style), environment)
    }
  }
}
