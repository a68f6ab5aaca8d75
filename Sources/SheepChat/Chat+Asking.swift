import SheepCatalog
import SheepClient
import SheepCore
import SheepOptions
import SheepRun
import SheepStore
import SheepTerminal

/// How a question becomes an answer.
extension Chat {
  /// What becomes of the answer.
  enum Purpose {
    /// It answers a new question.
    case question(Question)
    /// It is another answer to the last question.
    case another
    /// It goes on where the last answer stopped.
    case continuation
  }

  /// Asks a question with what was attached to it.
  ///
  /// - Parameter typed: what comes back into the edit line when there is no answer.
  /// - Returns: what is to stand in the edit line next.
  func ask(_ text: String, typed: String) throws(Failure) -> String {
    let words = role?.filled.prompt(for: text) ?? text
    let question = attachments.question(words, time: environment.unixTime())
    let message = Message(role: .user, parts: question.parts)
    let kept = attachments
    guard
      try converse(log.conversation.messages + [message], purpose: .question(question), with: model)
    else {
      attachments = kept
      return typed
    }
    return ""
  }

  /// Sends the messages to a model and shows what comes.
  ///
  /// - Returns: whether there is an answer, or a part of one. In a dry chat there is none, and the
  ///   attachments stay for the next line.
  func converse(
    _ messages: [Message], purpose: Purpose, with model: Destination
  ) throws(Failure) -> Bool {
    let request = try request(messages, to: model)
    let limit = try budget.limit(for: request, to: model)
    noteBudget()
    if settings.isDry {
      try showDry(request, model)
      return true
    }
    begin(purpose, model)
    let presenter = ChatPresenter(chat: self, output: BufferedOutput(to: environment.standardOutput))
    let (result, signal) = run(request, model, limit, presenter)
    presenter.end(result)
    noteSignal(signal)
    if presenter.isClosed { termination = .exit(.done) }
    if presenter.hasFailed { termination = .exit(.localIO) }
    last = result
    if result.answer.hasBegun { lastBegun = result }
    let hasText = conclude(result, purpose: purpose, model: model, wasStopped: signal == 2)
    // The model of `/retry -m` holds once, also for who opens the session again.
    record(self.model)
    return hasText
  }

  /// The request for one answer under the present settings.
  func request(_ messages: [Message], to model: Destination) throws(Failure) -> Request {
    var now = options
    now.sampling = settings.sampling
    now.output.noStream = !settings.streams
    var request = try RequestBuilder(environment: environment).request(
      now, model: model.name, schema: nil, messages: messages)
    request.modelLimit = model.quote.entry?.maxOutput
    return request
  }

  /// What an answer may cost as things stand.
  var budget: ChatBudget {
    ChatBudget(
      spent: log.conversation.total.cost, amount: settings.budget, cap: options.connection.maxCost)
  }

  /// Says once that most of the budget is spent.
  func noteBudget() {
    guard !settings.hasWarned, let amount = settings.budget, budget.isMostlySpent else { return }
    settings.hasWarned = true
    screen.note("budget: \(budget.spent.display) of \(amount.display) is spent")
  }

  private func begin(_ purpose: Purpose, _ model: Destination) {
    if case .question(let question) = purpose {
      record(model)
      append(.question(question))
      attachments.removeAll()
    } else {
      record(model)
      if case .continuation = purpose { append(.continuing) }
    }
  }

  private func run(
    _ request: Request, _ model: Destination, _ limit: CallPolicy.CostLimit?, _ presenter: ChatPresenter
  ) -> (result: CallResult, signal: Int32?) {
    let runner = CallRunner(program, output: presenter.output, presenter: presenter)
    let waiting = WaitingLine(program)
    runner.onFirstDelta = { waiting.end() }
    runner.onWait = { presenter.pause() }
    editor.resumed = { presenter.showRowAgain() }
    defer { editor.resumed = nil }
    waiting.begin()
    var policy = CallPolicyBuilder.policy(options, request: request, environment: environment)
    policy.keepsText = true
    policy.maximumCost = limit
    let end = runner.run(request, to: model, options: policy)
    screen.messages.beforeWriting = nil
    watchSignals()
    return end
  }

  /// Keeps the answer, says what it took, and what went wrong.
  private func conclude(
    _ result: CallResult, purpose: Purpose, model: Destination, wasStopped: Bool
  ) -> Bool {
    let reply = Reply(result, profile: model.recordedProfile, time: environment.unixTime())
    let hasText = reply?.hasWords ?? false
    for notice in result.answer.notices { screen.note(notice) }
    if let reply { keep(reply, purpose, hasText) }
    if wasStopped {
      showStop(result)
    } else if reply != nil {
      showReceipt(result)
    }
    if let failure = result.failure, !wasStopped { screen.fail(described(failure, model)) }
    if result.failure == nil, !hasText { screen.note("the answer is empty") }
    if hasText, let reply { offer(reply, purpose) }
    screen.part()
    // What was asked stands in the edit line again; it must not be answered twice.
    if case .question = purpose, !hasText { append(.undo(count: 1)) }
    return hasText
  }

  private func keep(_ reply: Reply, _ purpose: Purpose, _ hasText: Bool) {
    switch purpose {
    case .question: append(.reply(reply))
    case .another:
      let before = log.conversation.exchanges.last?.chosen
      append(.reply(reply))
      // An answer without a word does not take the place of one with words.
      if !hasText, let before, before < (log.conversation.exchanges.last?.replies.count ?? 0) - 1 {
        append(.choose(before))
      }
    case .continuation: append(.continuation(reply))
    }
  }

  private func showStop(_ result: CallResult) {
    guard result.answer.hasBegun else {
      screen.note("[stopped before the answer began]")
      return
    }
    let count = result.answer.usage?.outputTotal ?? 0
    let tokens = Figures.count(count, "token")
    let cost = result.cost.total == nil ? "price unknown" : result.cost.display
    screen.receipt(["[stopped after \(tokens), \(cost)]", total])
  }

  private func showReceipt(_ result: CallResult) {
    let parts = Receipt.parts(requested: result.requestedModel, answer: result.answer, cost: result.cost)
    screen.receipt(parts + [total])
  }

  /// The running total: `session 3 turns, 1,204 tokens, $0.0123`.
  private var total: String { "session " + ChatTotals.text(log.conversation) }

  /// Says what can be done about an answer that is not whole, and where an earlier one is.
  private func offer(_ reply: Reply, _ purpose: Purpose) {
    if reply.canContinue {
      let what = reply.finishReason == .length ? "the answer was cut at the length limit; " : ""
      screen.note(what + "/continue resumes it, /retry asks again, /undo removes it")
    }
    guard case .another = purpose, let exchange = log.conversation.exchanges.last,
      exchange.replies.count > 1
    else { return }
    screen.note(
      "answer \(exchange.chosen + 1) of \(exchange.replies.count) to this question; "
        + "/choose \(exchange.chosen) switches back to the previous one")
  }

  private func described(_ failure: Failure, _ model: Destination) -> Failure {
    guard failure.kind == .model else { return failure }
    var failure = failure
    let others = models.listed(beside: model).filter { $0 != model.name }
    let near = NearModels.nearest(to: model.name, among: others)
    failure.advice =
      near.isEmpty
      ? "choose another with /model" : "choose another with /model: \(near.joined(separator: ", "))"
    return failure
  }

  private func showDry(_ request: Request, _ model: Destination) throws(Failure) {
    try DryRun(request, to: model).show(program, options.output)
  }
}
