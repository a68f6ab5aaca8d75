import SheepCatalog
import SheepClient
import SheepCore
import SheepOptions
import SheepRun
import SheepStore

/// Puts the messages of a conversation with a program, on one loop and its connections.
final class LineCaller {
  private let program: Run
  private var environment: Environment { program.environment }
  private var messages: Messages { program.messages }
  private let recorder: ConversationRecorder
  private let schema: SchemaSource?
  private let demo: DemoGateway?
  /// The system prompt from here on that is not written down yet; `nil`: none is.
  private var system: String??
  private var prepared: Prepared?

  /// A model's place, found once and kept until another is named.
  private final class Prepared {
    let connection: ConnectionOptions
    let model: String
    let profile: String?
    let target: Target
    let quote: Quote

    init(_ connection: ConnectionOptions, _ model: String, at place: Place, _ target: Target, _ quote: Quote)
    {
      self.connection = connection
      self.model = model
      profile = place.recordedProfile
      self.target = target
      self.quote = quote
    }
  }

  init(
    _ program: Run, recorder: ConversationRecorder, schema: SchemaSource?, demo: DemoGateway?, system: String?
  ) {
    self.program = program
    self.recorder = recorder
    self.schema = schema
    self.demo = demo
    self.system = system.map { .some($0) }
  }

  /// Finds the model and the gateway that the options name.
  @discardableResult
  func prepare(_ options: CallOptions) throws(Failure) -> (model: String, target: Target) {
    let found = try prepared(options)
    return (found.model, found.target)
  }

  private func prepared(_ options: CallOptions) throws(Failure) -> Prepared {
    let connection = options.connection
    if let prepared, prepared.connection == connection { return prepared }
    let place = try Place(connection, settings: environment.settings, demo: demo, isDemo: connection.demo)
    let model = try place.model()
    let target = try TargetResolver(environment: environment).resolve(place.choice, needsKey: true)
    let quote = try PriceBook.read(connection, environment).quote(
      profile: place.priceProfile ?? target.profile, model: model)
    let found = Prepared(connection, model, at: place, target, quote)
    prepared = found
    return found
  }

  /// Does what a line asks for. Its model holds from here on.
  func take(_ line: MessageLine, _ options: inout CallOptions) throws(Failure) -> LineResult {
    if let model = line.model {
      var changed = options
      changed.connection.model = model
      changed.connection.task = nil
      try prepare(changed)
      options = changed
    }
    if let text = line.system { system = .some(text) }
    switch line.command {
    case .clear:
      recorder.record(.clear)
      return LineResult(command: .clear)
    case .undo:
      guard !recorder.log.conversation.exchanges.isEmpty else { throw Self.nothing("take back") }
      recorder.record(.undo(count: 1))
      return LineResult(command: .undo)
    case .retry:
      guard let last = recorder.log.conversation.exchanges.last else { throw Self.nothing("ask again") }
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
    let found = try prepared(options)
    var conversation = conversation
    if let text = system { conversation.apply(.system(text)) }
    var request = try RequestBuilder(environment: environment).request(
      options, model: found.model, schema: schema?.json,
      messages: conversation.messages + [Message(role: .user, parts: question.parts)])
    request.modelLimit = found.quote.entry?.maxOutput
    let limit = try CostCap.check(options.connection.maxCost, request: request, quote: found.quote)
    if let text = system, text != recorder.log.conversation.system { recorder.record(.system(text)) }
    system = nil
    recorder.record(system: nil, model: found.model, profile: found.profile)
    if isNew { recorder.record(.question(question)) }
    return send(request, found, limit, options)
  }

  private func send(
    _ request: Request, _ found: Prepared, _ limit: CallPolicy.CostLimit?, _ options: CallOptions
  ) -> LineResult {
    // Nothing is shown before the end; the line is written by whoever asked.
    let sink = BufferedOutput(to: environment.standardOutput)
    let runner = CallRunner(
      program, output: sink, presenter: RecordingPresenter(SilentPresenter(), recorder))
    runner.onWait = { [recorder] in recorder.keepPieces() }
    var policy = CallPolicyBuilder.policy(options, request: request, environment: environment)
    policy.maximumCost = limit
    let (call, signal) = runner.run(request, to: found.target, options: policy) { answer in
      Cost(of: answer.usage, reported: answer.reportedCost, at: found.quote)
    }
    recorder.end(call, profile: found.profile, time: environment.unixTime())
    for notice in call.answer.notices { messages.note(notice) }
    let failure = call.failure ?? Requirements.failure(of: call, options: options.output, schema: schema)
    if showsReceipt(options.output), call.answer.attempts > 0, call.answer.hasBegun || failure == nil {
      messages.receipt(Receipt.line(requested: call.requestedModel, answer: call.answer, cost: call.cost))
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
