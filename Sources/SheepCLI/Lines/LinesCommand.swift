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
  private let program: Run

  init(_ options: ChatOptions, _ program: Run) {
    self.options = options.call
    conversation = options.conversation
    allowsFiles = options.allowsFiles
    self.program = program
  }

  /// Answers all lines.
  func perform() throws(Failure) -> Termination {
    let log = try Sessions.open(
      conversation, program.environment, program.messages, keeps: !options.output.noLog)
    let recorder = ConversationRecorder(log ?? UnsavedConversation())
    options.connection.follow(recorder.log.conversation)
    let schema = try SchemaSource.read(options.sampling.schema, program.environment)
    if options.connection.demo { try program.startDemo() }
    let caller = LineCaller(
      program, recorder: recorder, schema: schema,
      system: try RequestBuilder(environment: program.environment).system(options))
    // What is wrong with the settings is wrong with every message: it is said once.
    try caller.find(options)
    let termination = serve(caller)
    guard let problem = recorder.problem else { return termination }
    program.messages.error(problem)
    return termination == .exit(.done) ? .exit(ExitStatus(problem)) : termination
  }

  /// Answers line after line until there are no more.
  private func serve(_ caller: LineCaller) -> Termination {
    let lines = InputLines(program)
    var failures: [ExitStatus] = []
    var turn = 0
    while true {
      switch lines.next() {
      case .end: return .exit(ExitStatus(common: failures))
      case .signal(let number): return .signal(number)
      case .failed(let failure):
        return program.end(failure)
      case .line(let bytes):
        guard let (id, line) = MessageLine.read(bytes[...]) else { continue }
        turn += 1
        let result = answer(line, caller)
        if let failure = result.failure { failures.append(ExitStatus(failure)) }
        do throws(Failure) { try write(result, turn: turn, id: id) } catch {
          return result.signal.map { .signal($0) } ?? program.end(error)
        }
        if let signal = result.signal { return .signal(signal) }
      }
    }
  }

  private func answer(_ line: Result<MessageLine, Failure>, _ caller: LineCaller) -> LineResult {
    do throws(Failure) {
      let line = try line.get()
      if !line.files.isEmpty, !allowsFiles {
        throw Failure(
          .usage, "message", "attaches files, which is not allowed here", advice: "add --allow-files")
      }
      return try caller.take(line, &options)
    } catch {
      return LineResult(failure: error)
    }
  }

  private func write(_ result: LineResult, turn: Int, id: JSON?) throws(Failure) {
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
    try program.write(.object(object), style: program.jsonLineStyle)
  }
}

/// What became of a line.
struct LineResult {
  var command: MessageLine.Command?
  var call: CallResult?
  var failure: Failure?
  /// The signal that ended the call; `nil`: none.
  var signal: Int32?
}
