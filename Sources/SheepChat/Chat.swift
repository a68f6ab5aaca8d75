import SheepCatalog
import SheepClient
import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

/// The conversation at a terminal: reads a line, does what it says, and reads the next.
///
/// All of it happens on one loop. What a line asks for is done between two reads, outside the
/// editor's callbacks, so that it may serve the loop itself until its answer has come.
final class Chat {
  let program: Run
  var environment: Environment { program.environment }
  let options: CallOptions
  var loop: any EventLoop { program.loop }
  let editor: any LineEditor
  let screen: ChatScreen
  let sessions: any ChatSessions
  let models: ChatModels
  /// The program's commands that the chat runs.
  package let commands: InnerCommands
  var signals: (any SignalSource)? { program.signals }
  var settings: ChatSettings
  var model: Destination
  /// The conversation, and what writes it down.
  private(set) var recorder: ConversationRecorder
  /// The role that questions are put in; `nil`: none.
  var role: RoleInUse?
  /// What goes along with the next question.
  var attachments = ChatAttachments()
  /// The last answer as it came, for `/json` and `/explain`; `nil` before the first.
  var last: CallResult?
  /// The last call of which something came, for `/cost`; `nil` before the first.
  var lastBegun: CallResult?
  /// How the chat ends; `nil` while it goes on.
  var termination: Termination?
  /// Whether Ctrl-C was pressed at an empty prompt just now: the next one leaves.
  private var isArmed = false
  /// A chat with these parts; `model` is the one that is asked first.
  init(
    program: Run, options: CallOptions, editor: any LineEditor,
    screen: ChatScreen, sessions: any ChatSessions, models: ChatModels, model: Destination,
    log: any ConversationLog, commands: InnerCommands
  ) {
    self.program = program
    self.options = options
    self.editor = editor
    self.screen = screen
    self.sessions = sessions
    self.models = models
    self.model = model
    recorder = ConversationRecorder(log)
    self.commands = commands
    settings = ChatSettings(options)
    role = program.settings.role
    keep(log)
  }

  /// Goes on until the person leaves.
  func run() -> Termination {
    watchSignals()
    editor.completer = { [unowned self] in
      ChatCompletion(chat: self).answer($0) ?? CompletionAnswer(word: "", candidates: [])
    }
    editor.pasteNote = { [unowned self] in pasteNote($0) }
    greet()
    var text = ""
    while termination == nil { text = serve(read(text)) }
    if let signals { loop.unwatch(descriptor: signals.descriptor) }
    editor.close()
    sessions.close(log)
    return termination ?? .exit(.done)
  }

  /// Reads one line, with `text` in the edit line.
  private func read(_ text: String) -> LineEvent {
    var event: LineEvent?
    editor.read(prompt: model.label + " ▸ ", ink: [.bold, .cyan], text: text) { event = $0 }
    loop.run { event != nil || self.termination != nil }
    return event ?? .ended
  }

  /// Does what a read has brought; returns what is to stand in the edit line next.
  private func serve(_ event: LineEvent) -> String {
    if termination != nil { return "" }
    switch event {
    case .submitted(let text):
      isArmed = false
      return take(text)
    case .interrupted(let wasEmpty):
      if wasEmpty, isArmed {
        termination = .signal(2)
      } else if wasEmpty {
        screen.note("press Ctrl-C again, or Ctrl-D, to quit")
      }
      isArmed = wasEmpty
      return ""
    case .ended:
      leave()
      return ""
    }
  }

  private func take(_ text: String) -> String {
    if text.trimmed.isEmpty { return "" }
    do throws(Failure) {
      switch ChatLine(text) {
      case .leave: leave()
      case .question(let question):
        try Self.refuseKeys(in: question)
        editor.remember(text)
        return try ask(question, typed: text)
      case .command(let name, let argument):
        try Self.refuseKeys(in: argument)
        editor.remember(text)
        guard let command = SlashCommand.named(name) else { throw SlashCommand.unknown(name) }
        let invocation = SlashCommand.Invocation(argument: argument, isForced: name.hasSuffix("!"))
        switch try command.run(self, invocation) {
        case .prompt(let next): return next
        case .leave: leave()
        }
      }
      return ""
    } catch {
      screen.fail(error)
      return text
    }
  }

  /// Ends the chat, and says how to come back to it.
  private func leave() {
    termination = .exit(.done)
    guard let name = log.name, !log.conversation.exchanges.isEmpty else { return }
    if recorder.isFailing {
      screen.note("the end of this chat could not be saved")
      return
    }
    screen.note("saved as \(name); resume it with: sheep chat -c")
  }

  /// A word that looks like a key is neither sent nor remembered.
  private static func refuseKeys(in text: String) throws(Failure) {
    let words = text.split { $0 == " " || $0 == "\t" || $0 == "\n" }
    guard let key = words.map(String.init).first(where: KeyShape.matches) else { return }
    throw Failure(
      .usage, "the word ending in \(String(key.suffix(4)))", "looks like an API key; nothing was sent",
      advice: KeyShape.keyAdvice)
  }

  /// What is said of a large paste: its lines, its tokens and what they cost to send.
  private func pasteNote(_ text: String) -> String? {
    // A line end at the text's end begins no line of its own.
    let lines = text.utf8.reduce(text.utf8.last == UInt8(ascii: "\n") ? 0 : 1) {
      $1 == UInt8(ascii: "\n") ? $0 + 1 : $0
    }
    guard lines > 20 || text.utf8.count > 2000 else { return nil }
    let estimate = TokenEstimate(of: text)
    let cost = Cost(of: Usage(input: estimate.tokens, output: 0), reported: nil, at: model.quote).total
    let size = "\(Figures.grouped(lines)) lines, ~\(Figures.grouped(estimate.tokens)) tokens"
    return "[pasted \(size)\(cost.map { ", ~" + $0.display } ?? "")]"
  }

  // MARK: - Signals

  /// Watches for signals at the prompt; done again after each call, which watches by itself.
  func watchSignals() {
    guard let signals else { return }
    loop.watch(descriptor: signals.descriptor) { [unowned self] in
      guard let number = signals.next() else { return }
      noteSignal(number)
      if number == 2 { editor.interrupt() }
    }
  }

  /// Takes note of the signal that ended a call.
  func noteSignal(_ number: Int32?) {
    guard let number else { return }
    if number == 2 { signals?.rearm(number) } else { termination = .signal(number) }
  }

  /// Serves the loop until `done`; Ctrl-C calls `cancel`, after which `done` must come true.
  func wait(until done: () -> Bool, cancel: @escaping () -> Void) {
    noteSignal(program.serve(until: done) { _ in cancel() })
    watchSignals()
  }

  // MARK: - Records

  /// Takes a record in. What cannot be kept is said once and changes nothing else: the
  /// conversation goes on in memory.
  func append(_ record: ConversationRecord) { recorder.record(record) }

  var log: any ConversationLog { recorder.log }

  /// Keeps what follows in another conversation.
  func keep(_ log: any ConversationLog) {
    recorder = ConversationRecorder(log)
    recorder.onProblem = { [screen] in screen.fail($0) }
  }

  /// Says in the log which model is asked, where that has another one.
  func record(_ model: Destination) {
    recorder.record(system: nil, model: model.name, profile: model.recordedProfile)
  }

  // MARK: - What is said

  /// The banner: who will be paid, and how to find out the rest.
  private func greet() {
    if !screen.messages.isQuiet { nameModel() }
    let exchanges = log.conversation.exchanges
    if let name = log.name, !exchanges.isEmpty {
      screen.note("session \(name): " + ChatTotals.text(log.conversation) + "; /history shows it")
    }
    noteBreak()
    if log.conversation.system != nil { screen.note("with a system prompt; /system shows it") }
    if settings.isDry { screen.note("dry: requests are shown, not sent") }
  }

  /// Says that the last answer is not whole, where a session is gone on with.
  func noteBreak() {
    guard log.conversation.exchanges.last?.reply?.isBrokenOff == true else { return }
    screen.note("its last answer was cut; /continue resumes it, /retry asks again")
  }

  /// Names the model that is billed from here on.
  func nameModel() {
    let style = screen.style
    let place = model.target.profile ?? model.target.name
    let head = "model " + Messages.filtered(model.name)
    let facts = model.isDemo ? ["demo"] : [place] + model.facts
    for (index, row) in screen.rows([head] + facts + ["/help"]).enumerated() {
      guard index == 0, row.hasPrefix(head) else {
        screen.show(style.dim(row) + "\n")
        continue
      }
      screen.show(
        style.dim("model ") + style.bold(String(head.dropFirst(6)))
          + style.dim(String(row.dropFirst(head.count))) + "\n")
    }
  }
}

/// The sums of a session, in words.
enum ChatTotals {
  /// `3 turns, 1,204 tokens, $0.0123`
  static func text(_ conversation: Conversation) -> String {
    let total = conversation.total
    let count = conversation.exchanges.count
    let turns = Figures.count(count, "turn")
    return turns + ", " + tokens(total) + ", " + money(total)
  }

  /// What is known of the tokens; a lower bound where something is unknown.
  private static func tokens(_ total: ConversationTotal) -> String {
    if total.replies > 0, total.uncounted == total.replies { return "tokens unknown" }
    let (sum, overflow) = total.inputTokens.addingReportingOverflow(total.outputTokens)
    return (total.uncounted > 0 ? "over " : "") + (total.isEstimate ? "~" : "")
      + Figures.grouped(overflow ? .max : sum) + " tokens"
  }

  /// What is known of the money; a lower bound where something is unknown.
  static func money(_ total: ConversationTotal) -> String {
    if total.replies > 0, total.unpriced == total.replies { return "price unknown" }
    let mark = total.isEstimate ? "~" : ""
    return (total.unpriced > 0 ? "over " : "") + mark + total.cost.display
  }
}
