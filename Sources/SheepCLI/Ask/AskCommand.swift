import SheepCatalog
import SheepClient
package import SheepCore
package import SheepOptions
package import SheepRun
import SheepTerminal

/// What `chat` and `stream` have in common: one prompt in, one answer out.
struct AskCommand {
  private let kind: Presentation.Kind
  private var options: CallOptions
  private let conversation: ConversationOptions
  private let program: Run
  private var environment: Environment { program.environment }
  private var messages: Messages { program.messages }

  init(
    _ kind: Presentation.Kind, _ options: CallOptions, _ conversation: ConversationOptions, _ program: Run
  ) {
    self.kind = kind
    self.options = options
    self.conversation = conversation
    self.program = program
  }

  /// Asks, and shows the answer.
  mutating func perform() throws(Failure) -> Termination {
    let schema = try SchemaSource.read(options.sampling.schema, environment)
    let keeps = !options.output.noLog && !options.input.dryRun
    let recorder = try Sessions.open(conversation, environment, messages, keeps: keeps)
      .map(ConversationRecorder.init)
    if let talk = recorder?.log.conversation { options.connection.follow(talk) }
    if options.connection.demo, !options.input.dryRun { try program.startDemo() }
    let builder = RequestBuilder(environment: environment)
    let question = try builder.question(options, kind == .chat ? .chat : .stream)
    let system = try builder.system(options)
    let destination = try Destination.find(
      options.connection, in: program, needsKey: !options.input.dryRun)
    var talk = recorder?.log.conversation ?? Conversation()
    if let system { talk.apply(.system(system)) }
    var request = try builder.request(
      options, model: destination.model, schema: schema?.json,
      messages: talk.messages + [Message(role: .user, parts: question.parts)])
    if options.connection.explain { Explanation(program).show([destination]) }
    request.modelLimit = destination.quote.entry?.maxOutput
    let limit = try CostCap.check(options.connection.maxCost, request: request, quote: destination.quote)
    if options.input.dryRun {
      try DryRun(request, to: destination).show(program, options.output)
      return .exit(.done)
    }
    recorder?.record(system: system, model: destination.model, profile: destination.recordedProfile)
    recorder?.record(.question(question))
    let termination = run(request, destination, limit, schema, recorder)
    guard let problem = recorder?.problem else { return termination }
    messages.error(problem)
    return termination == .exit(.done) ? .exit(ExitStatus(problem)) : termination
  }

  private func run(
    _ request: Request, _ destination: Destination, _ limit: CallPolicy.CostLimit?, _ schema: SchemaSource?,
    _ recorder: ConversationRecorder?
  ) -> Termination {
    var presenter = Presentation(kind, options.output, program, needsWhole: schema != nil).presenter()
    if let recorder { presenter = RecordingPresenter(presenter, recorder) }
    let runner = CallRunner(program, output: program.output, presenter: presenter)
    let waiting = WaitingLine(program)
    runner.onFirstDelta = { waiting.end() }
    if let recorder { runner.onWait = { recorder.keepPieces() } }
    waiting.begin()
    var policy = CallPolicyBuilder.policy(options, request: request, environment: environment)
    policy.keepsText = presenter.keepsText
    policy.maximumCost = limit
    let (result, signal) = runner.run(request, to: destination, options: policy)
    recorder?.end(result, profile: destination.recordedProfile, time: environment.unixTime())
    return conclude(result, signal, presenter, schema)
  }

  /// Shows the end of the answer, the notes, the receipt and the error, and finds the exit.
  private func conclude(
    _ result: CallResult, _ signal: Int32?, _ presenter: any AnswerPresenter, _ schema: SchemaSource?
  ) -> Termination {
    var result = result
    presenter.end(result)
    let clearsLine = messages.beforeWriting
    messages.beforeWriting = {
      clearsLine?()
      endLine()
      messages.beforeWriting = clearsLine
    }
    if program.output.state != .written { result.failure = program.output.state.failure }
    if result.failure?.isClosedOutput ?? false { return .exit(.done) }
    for notice in result.answer.notices { messages.note(notice) }
    noteCalls(result.answer.toolCalls)
    result.failure =
      result.failure ?? Requirements.failure(of: result, options: options.output, schema: schema)
    if result.failure == nil, result.answer.finishReason == .length {
      messages.note(
        "\(result.requestedModel): the answer was cut at the length limit; raise it with --max-tokens")
    }
    if showsReceipt, result.answer.attempts > 0, result.answer.hasBegun || result.failure == nil {
      messages.receipt(
        Receipt.parts(requested: result.requestedModel, answer: result.answer, cost: result.cost))
    }
    if let signal {
      if result.answer.hasBegun {
        messages.note("stopped; the partial answer was delivered")
      }
      return .signal(signal)
    }
    guard var failure = result.failure else { return .exit(.done) }
    if failure.kind == .model {
      let isDemo = options.connection.demo
      var place = isDemo ? " --demo" : ""
      if let profile = result.profile, !isDemo, profile != Profile.defaultName { place = " -P \(profile)" }
      if let address = options.connection.baseURL { place += " --base-url \(Messages.filtered(address))" }
      failure.advice = NearModels.advice(
        model: result.requestedModel, profile: isDemo ? Profile.defaultName : result.profile, place: place)
    }
    messages.error(failure)
    return .exit(ExitStatus(failure))
  }

  /// Begins a line of its own on standard error where the answer, which ends without one, went to
  /// the same place. The answer itself stays as it is, to the byte.
  private func endLine() {
    guard program.output.endsInsideLine, environment.standardOutput.isSame(as: environment.standardError)
    else {
      return
    }
    environment.standardError.write("\n")
  }

  /// Says that there is more than the text, where the text is all that is shown.
  private func noteCalls(_ calls: [ToolCall]) {
    guard !calls.isEmpty, options.output.format == .text || options.output.format == .serverSentEvents else {
      return
    }
    let names = calls.map { $0.name.isEmpty ? "an unnamed tool" : $0.name }.joined(separator: ", ")
    messages.note("the model calls \(names); the arguments are in tool_calls of --json")
  }

  private var showsReceipt: Bool {
    !options.output.quiet && (options.output.usage || environment.standardError.isTerminal)
  }
}

extension StreamOptions: CommandBody {
  package var withoutConfiguration: String? {
    call.connection.demo ? "the configuration was not read" : nil
  }

  package var output: OutputOptions { call.output }

  package func carryOut(_ run: Run) throws(Failure) -> Termination {
    var command = AskCommand(.stream, call, conversation, run)
    return try command.perform()
  }
}
