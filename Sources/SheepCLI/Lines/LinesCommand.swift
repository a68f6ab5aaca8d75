import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

/// `sheep chat --jsonl` without a prompt: a conversation with a program. Each line of standard
/// input is a message, and each is answered with one line on standard output, at once.
final class LinesCommand {
  private var options: CallOptions
  private let conversation: ConversationOptions
  private let allowsFiles: Bool
  private let environment: Environment
  private let messages: Messages
  private let output: BufferedOutput
  private let style: JSONStyle

  init(_ options: ChatOptions, _ environment: Environment, _ messages: Messages) {
    self.options = options.call
    conversation = options.conversation
    allowsFiles = options.allowsFiles
    self.environment = environment
    self.messages = messages
    output = BufferedOutput(to: environment.standardOutput)
    style = JSONStyle(indented: false, terminalSafe: environment.standardOutput.isTerminal)
  }

  /// Runs the command.
  func run() -> Termination {
    do throws(Failure) { return try talk() } catch {
      messages.error(error)
      return .exit(ExitStatus(error))
    }
  }

  private func talk() throws(Failure) -> Termination {
    let log = try Sessions.open(conversation, environment, messages, keeps: !options.output.noLog)
    let recorder = ConversationRecorder(log ?? UnsavedConversation())
    options.connection.follow(recorder.log.conversation)
    let schema = try SchemaSource.read(options.sampling.schema, environment)
    let demo = options.connection.demo ? try DemoGateway.start(environment) : nil
    defer { demo?.stop() }
    let caller = LineCaller(
      environment: environment, messages: messages, recorder: recorder, schema: schema, demo: demo,
      system: try RequestBuilder(environment: environment).system(options))
    // What is wrong with the settings is wrong with every message: it is said once.
    try caller.prepare(options)
    if demo != nil { messages.note("demo: answers are generated locally; nothing is charged") }
    let termination = serve(caller)
    guard let problem = recorder.problem else { return termination }
    messages.error(problem)
    return termination == .exit(.done) ? .exit(ExitStatus(problem)) : termination
  }

  /// Answers line after line until there are no more.
  private func serve(_ caller: LineCaller) -> Termination {
    let lines = InputLines(environment.standardInput, loop: caller.loop, signals: caller.signals)
    var failures: [ExitStatus] = []
    var turn = 0
    while true {
      switch lines.next() {
      case .end: return .exit(Self.status(failures))
      case .signal(let number): return .signal(number)
      case .failed(let failure):
        messages.error(failure)
        return .exit(ExitStatus(failure))
      case .line(let bytes):
        guard let (id, line) = MessageLine.read(bytes[...]) else { continue }
        turn += 1
        let result = answer(line, caller)
        write(result, turn: turn, id: id)
        if let failure = result.failure { failures.append(ExitStatus(failure)) }
        if let signal = result.signal { return .signal(signal) }
        if output.state == .closed { return .exit(.done) }
        if case .failed = output.state {
          let failure = CallRunner.failure(output.state)
          messages.error(failure)
          return .exit(ExitStatus(failure))
        }
      }
    }
  }

  /// 0 when all was answered, the common code when all failures agree, else 1.
  private static func status(_ failures: [ExitStatus]) -> ExitStatus {
    guard let first = failures.first else { return .done }
    return failures.allSatisfy { $0 == first } ? first : .conditionFalse
  }

  private func answer(_ line: Result<MessageLine, Failure>, _ caller: LineCaller) -> LineResult {
    do throws(Failure) {
      let line = try line.get()
      if !line.files.isEmpty, !allowsFiles {
        throw Failure(
          .usage, "message", "names files, which this conversation may not read", advice: "add --allow-files")
      }
      return try caller.take(line, &options)
    } catch {
      return LineResult(failure: error)
    }
  }

  private func write(_ result: borrowing LineResult, turn: Int, id: JSON?) {
    var object = JSONObject()
    object["type"] = .string(result.failure != nil ? "error" : result.call == nil ? "done" : "answer")
    object["turn"] = .number(JSONNumber(turn))
    object["id"] = id ?? .null
    if let command = result.command { object["command"] = .string(command.rawValue) }
    if let failure = result.failure { object["error"] = Messages.json(failure)["error"] }
    if let call = result.call {
      let report = AnswerReport.object(
        requestedModel: call.requestedModel, profile: call.profile, api: call.api, answer: call.answer,
        cost: call.cost, includesText: true)
      if result.failure == nil {
        for member in report.members { object[member.name] = member.value }
      } else if call.answer.hasBegun {
        object["answer"] = .object(report)
      }
    }
    output.append {
      JSON.object(object).write(to: &$0, style: self.style)
      $0.append(0x0a)
    }
    output.flush()
  }
}

/// What became of a line.
struct LineResult: ~Copyable {
  var command: MessageLine.Command?
  var call: CallResult?
  var failure: Failure?
  /// The signal that ended the call; `nil`: none.
  var signal: Int32?
}
