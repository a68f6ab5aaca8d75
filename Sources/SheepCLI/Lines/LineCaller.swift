import SheepCatalog
import SheepClient
import SheepCore
import SheepOptions
import SheepRun
import SheepStore
import SheepWire

/// Puts the messages of a conversation with a program, on one loop and its connections.
final class LineCaller {
  private let program: Run
  private var environment: Environment { program.environment }
  private var messages: Messages { program.messages }
  private let recorder: ConversationRecorder
  private let schema: SchemaSource?
  /// The system prompt from here on that is not written down yet; `nil`: none is.
  private var system: String??
  /// Where the messages go, found once and kept until another model is named.
  private var destination: Destination?
  /// The options that led there.
  private var asked: ConnectionOptions?
  /// The origin of the first destination, which the key and the headers of the options belong to.
  private var secretOrigin: String?

  init(
    _ program: Run, recorder: ConversationRecorder, schema: SchemaSource?, system: String?
  ) {
    self.program = program
    self.recorder = recorder
    self.schema = schema
    self.system = system.map { .some($0) }
  }

  /// Finds where the options lead.
  @discardableResult
  func find(_ options: CallOptions) throws(Failure) -> Destination {
    if let destination, asked == options.connection { return destination }
    var connection = options.connection
    connection.secretOrigin = secretOrigin
    let found = try Destination.find(connection, in: program)
    secretOrigin = secretOrigin ?? found.target.baseURL.origin
    destination = found
    asked = options.connection
    return found
  }

  /// Does what a line asks for. Its model holds from here on.
  func take(_ line: MessageLine, _ options: inout CallOptions) throws(Failure) -> LineResult {
    if let model = line.model {
      var changed = options
      changed.connection.model = model
      changed.connection.task = nil
      try find(changed)
      options = changed
    }
    if let text = line.system { system = .some(text) }
    switch line.command {
    case .clear:
      recorder.record(.clear)
      return LineResult(command: .clear)
    case .undo:
      guard !recorder.log.conversation.exchanges.isEmpty else { throw Self.nothing("undo") }
      recorder.record(.undo(count: 1))
      return LineResult(command: .undo)
    case .retry:
      guard let last = recorder.log.conversation.exchanges.last else { throw Self.nothing("retry") }
      var before = recorder.log.conversation
      before.apply(.undo(count: 1))
      return try ask(last.question, after: before, isNew: false, options)
    case nil: break
    }
    let builder = RequestBuilder(environment: environment)
    let parts = try builder.attachments(line.files)
    guard line.text != nil || !parts.isEmpty else { return LineResult() }
    let text = environment.settings.role?.filled.prompt(for: line.text) ?? line.text
    let question = RequestBuilder.question(parts, text, files: line.files, time: environment.unixTime())
    return try ask(question, after: recorder.log.conversation, isNew: true, options)
  }

  private static func nothing(_ what: String) -> Failure {
    Failure(.usage, "message", "there is no question to \(what)", advice: "ask one first")
  }

  private func ask(
    _ question: Question, after conversation: Conversation, isNew: Bool, _ options: CallOptions
  ) throws(Failure) -> LineResult {
    let found = try find(options)
    var conversation = conversation
    if let text = system { conversation.apply(.system(text)) }
    var request = try RequestBuilder(environment: environment).request(
      options, model: found.model, schema: schema?.json,
      messages: conversation.messages + [Message(role: .user, parts: question.parts)])
    request.modelLimit = found.quote.entry?.maxOutput
    let limit = try CostCap.check(options.connection.maxCost, request: request, quote: found.quote)
    if let text = system, text != recorder.log.conversation.system { recorder.record(.system(text)) }
    system = nil
    recorder.record(system: nil, model: found.model, profile: found.recordedProfile)
    if isNew { recorder.record(.question(question)) }
    return send(request, found, limit, options)
  }

  private func send(
    _ request: Request, _ found: Destination, _ limit: CallPolicy.CostLimit?, _ options: CallOptions
  ) -> LineResult {
    // Nothing is shown before the end; the line is written by whoever asked.
    let sink = BufferedOutput(to: environment.standardOutput)
    let runner = CallRunner(
      program, output: sink, presenter: RecordingPresenter(SilentPresenter(), recorder))
    runner.onWait = { [recorder] in recorder.keepPieces() }
    var policy = CallPolicyBuilder.policy(options, request: request, environment: environment)
    policy.maximumCost = limit
    let (call, signal) = runner.run(request, to: found, options: policy)
    recorder.end(call, profile: found.recordedProfile, time: environment.unixTime())
    for notice in call.answer.notices { messages.note(notice) }
    let failure = call.failure ?? Requirements.failure(of: call, options: options.output, schema: schema)
    if showsReceipt(options.output), call.answer.attempts > 0, call.answer.hasBegun || failure == nil {
      messages.receipt(Receipt.parts(requested: call.requestedModel, answer: call.answer, cost: call.cost))
    }
    return LineResult(call: call, failure: failure, signal: signal)
  }

  private func showsReceipt(_ output: OutputOptions) -> Bool {
    !output.quiet && (output.usage || environment.standardError.isTerminal)
  }
}

/// Shows nothing: the answer is reported when it is whole.
private final class SilentPresenter: AnswerPresenter {
  let keepsText = true

  func receive(_ event: Event, at instant: Instant, start: Instant) {}

  func end(_ result: CallResult) {}
}
