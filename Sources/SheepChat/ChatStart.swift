import SheepCore
package import SheepOptions
package import SheepRun
import SheepStore

/// Sets the conversation at a terminal up, as the command line asks for it.
package struct ChatStart {
  private let options: ChatOptions
  private let program: Run
  private var environment: Environment { program.environment }
  private let commands: InnerCommands

  /// The chat that the options ask for; `nil` where an answer is asked for, or nobody sits at a
  /// terminal.
  package init?(_ options: ChatOptions, _ program: Run, commands: InnerCommands) {
    let call = options.call
    let environment = program.environment
    guard call.prompt.isEmpty, environment.standardInput.kind == .terminal, !call.input.noStandardInput,
      !call.input.files.contains("-"), call.output.format == .text, !call.output.extract,
      call.sampling.schema == nil, environment.makeLineEditor != nil,
      !(environment.settings.role?.filled.asksByItself ?? false)
    else { return nil }
    self.options = options
    self.program = program
    self.commands = commands
  }

  /// Runs it to its end.
  package func run() -> Termination {
    let screen = ChatScreen(environment, options.call.output)
    let program = Run(
      environment, color: options.call.output.color, given: program.given, messages: screen.messages)
    do throws(Failure) {
      if options.call.connection.demo { try program.startDemo() }
      defer { program.stopDemo() }
      return try chat(program, screen).run()
    } catch {
      screen.fail(error)
      return .exit(ExitStatus(error))
    }
  }

  private func chat(_ program: Run, _ screen: ChatScreen) throws(Failure) -> Chat {
    var call = options.call
    let (log, sessions) = try conversation(screen)
    call.connection.follow(log.conversation)
    let models = try ChatModels(call.connection, in: program, needsKey: !call.input.dryRun)
    let model = models.first
    if call.connection.explain { Explanation(program).show([model]) }
    let builder = RequestBuilder(environment: environment)
    let parts = try builder.attachments(call.input.files)
    let system = try builder.system(call)
    guard let editor = environment.makeLineEditor?(program.loop, !call.output.noLog) else {
      throw Failure(
        .usage, "chat", "standard input is not a terminal",
        advice: "give a prompt after 'sheep chat', or pipe text into it")
    }
    let chat = Chat(
      program: program, options: call, editor: editor, screen: screen, sessions: sessions,
      models: models, model: model, log: log, commands: commands)
    if options.conversation.fork != nil {
      do throws(Failure) { try (log as? SessionLog)?.makeCopy() } catch { screen.fail(error) }
    }
    for (part, name) in zip(parts, call.input.files) { chat.attachments.add(part, name: name) }
    if let system, system != log.conversation.system { chat.append(.system(system)) }
    return chat
  }

  /// The conversation that is gone on with, or a new one, and where conversations are kept.
  private func conversation(
    _ screen: ChatScreen
  ) throws(Failure) -> (log: any ConversationLog, sessions: any ChatSessions) {
    let keeps = !options.call.output.noLog
    let opened = try Sessions.open(options.conversation, environment, screen.messages, keeps: keeps)
    guard keeps else { return (opened ?? UnsavedConversation(), UnsavedSessions()) }
    do throws(Failure) {
      let sessions = FolderSessions(folder: try Sessions.folder(environment))
      if let opened { return (opened, sessions) }
      return (try sessions.begin(), sessions)
    } catch {
      screen.note("this chat is not saved: \(error.sentence)")
      return (opened ?? UnsavedConversation(), UnsavedSessions())
    }
  }
}
