import SheepCatalog
import SheepClient
import SheepCompare
package import SheepCore
package import SheepOptions
package import SheepRun
import SheepTerminal

/// `sheep compare`: one prompt or many, to several targets.
struct CompareCommand {
  let options: CompareOptions
  let program: Run

  init(_ options: CompareOptions, _ program: Run) {
    self.options = options
    self.program = program
  }

  /// Does what the options ask for.
  func perform() throws(Failure) -> Termination {
    if options.loads { return try load() }
    let prompts = try prompts()
    let isDry = options.call.input.dryRun
    if options.call.connection.demo, !isDry { try program.startDemo() }
    let targets = try Destination.compared(options, in: program)
    if options.call.connection.explain { Explanation(program).show(targets) }
    let baseline = try baseline(targets)
    let judging = try judging(targets, baseline: baseline)
    let plan = ComparePlan(options, targets: targets, prompts: prompts, seed: seed)
    guard plan.units.count <= 4000, plan.calls <= 100_000 else {
      throw Failure(
        .usage, "--rounds", "\(plan.calls) calls are too many for a comparison",
        advice: "use fewer rounds or prompts")
    }
    let budget = try CompareBudget(plan, judging: judging, limit: options.call.connection.maxCost)
    if plan.calls > 1 || budget.limit != nil || isDry { program.messages.note(budget.sentence) }
    if isDry { return .exit(.done) }
    noteResolution(plan)
    var document = CompareDocument(entries: targets.map(\.entry))
    document.rounds = plan.rounds
    document.prompts = prompts.count
    document.until = options.until
    document.seed = plan.seed
    document.isParallel = plan.isParallel
    document.isCold = options.cold
    document.cache = plan.cache
    document.baseline = baseline
    document.created = program.environment.unixTime()
    document.pricesUpdated = Catalogue.updated.text
    document.questions = prompts.map(\.request.question)
    return try measure(plan, judging, budget, document)
  }

  private func measure(
    _ plan: ComparePlan, _ judging: JudgePlan?, _ budget: CompareBudget, _ document: CompareDocument
  ) throws(Failure) -> Termination {
    let isWatched = CompareProgress.isLive(program.errorTerminal)
    let run = CompareRun(
      plan, budget: budget, document: document, in: program, isWatched: isWatched
    ) { request in policy(request) }
    let progress = CompareProgress(run, plan, in: program)
    progress.begin()
    let files = CompareFiles(
      options, program, entries: document.entries, includesText: showsAnswers(document))
    let noteRecord = run.onRecord
    run.onRecord = { record in
      noteRecord?(record)
      files.append(record)
    }
    let noteRound = run.onRound
    run.onRound = { round in
      noteRound?(round)
      files.export(run.document)
    }
    run.run()
    progress.end()
    files.export(run.document)
    guard let judging, run.signal == nil, run.stop == nil else {
      return try conclude(run.document, signal: run.signal, stop: files.failure ?? run.stop)
    }
    let judged = judge(plan, judging, after: run, files: files)
    return try conclude(judged.document, signal: judged.signal, stop: files.failure ?? judged.stop)
  }

  /// Shows saved comparisons.
  private func load() throws(Failure) -> Termination {
    try refuseJudging()
    var documents: [(name: String, document: CompareDocument)] = []
    for path in options.call.prompt {
      let bytes = try program.environment.contents(of: path)
      documents.append((path, try CompareJSON.read(bytes, name: path)))
    }
    guard var document = CompareMerge.merged(documents) else {
      throw Failure(.usage, "--load", "needs a file", advice: "use a file written by --export x.json")
    }
    if let name = options.baseline {
      document.baseline = try baseline(name, among: document.entries)
    }
    let files = CompareFiles(
      options, program, entries: document.entries, includesText: showsAnswers(document))
    files.export(document)
    return try conclude(document, signal: nil, stop: files.failure)
  }

  private func showsAnswers(_ document: CompareDocument) -> Bool {
    options.answers ?? (document.rounds * document.prompts == 1)
  }

  /// Shows what was measured, and finds the exit.
  private func conclude(
    _ document: CompareDocument, signal: Int32?, stop: Failure?
  ) throws(Failure) -> Termination {
    let analysis = CompareAnalysis(document)
    show(document, analysis)
    try program.flush()
    for figures in analysis.figures {
      for failure in figures.failures {
        let count = figures.attempted > 1 ? " (\(failure.count) of \(figures.attempted))" : ""
        program.messages.line("sheep: \(figures.label)\(count): \(failure.message)")
      }
    }
    for failure in analysis.judging?.failures ?? [] {
      program.messages.line("sheep: judge (\(failure.count)): \(failure.message)")
    }
    if let stop { program.messages.error(stop) }
    if let signal { return .signal(signal) }
    return .exit(Self.status(document, stop))
  }

  private func show(_ document: CompareDocument, _ analysis: CompareAnalysis) {
    let output = program.output
    let style = program.outputTerminal.style
    let width = program.tableWidth
    if options.call.output.json {
      let json = CompareJSON.document(document, analysis, includesText: showsAnswers(document))
      output.append(json.serialized(program.jsonStyle) + "\n")
      return
    }
    output.append(CompareTable(document, analysis, width: width, style: style).render())
    if let rate = options.requests, let table = CompareMigration(document, analysis, rate: rate) {
      output.append("\n" + table.render(width: width, style: style))
    }
    if options.diffs {
      output.append(
        AnswerDifferences(document, reference: reference(document), width: width, style: style)
          .render())
    }
    guard showsAnswers(document) else { return }
    for prompt in 1...max(1, document.prompts) {
      let records = document.records.filter { $0.round == 1 && $0.prompt == prompt }
      let entries = document.entries.indices.compactMap { index -> AnswerColumns.Entry? in
        guard let record = records.first(where: { $0.target == index }), record.isCounted,
          var text = record.text
        else { return nil }
        if text.isEmpty {
          guard record.isOK else { return nil }
          text = "*no visible text (ended: \(record.finishReason?.rawValue ?? "unknown"))*"
        }
        return AnswerColumns.Entry(heading: heading(document, index, prompt), text: text)
      }
      guard !entries.isEmpty else { continue }
      output.append("\n")
      output.append(
        AnswerColumns(
          entries: entries, width: width, style: style,
          rendersMarkdown: options.call.output.rendering != .never
        ).render())
    }
  }

  private func heading(_ document: CompareDocument, _ index: Int, _ prompt: Int) -> String {
    let label = Messages.filtered(document.entries[index].label)
    return document.prompts > 1 ? "\(label), prompt \(prompt)" : label
  }

  /// The common code if all failures agree, else 1.
  private static func status(_ document: CompareDocument, _ stop: Failure?) -> ExitStatus {
    let calls = document.records.filter(\.isCounted).compactMap {
      $0.failure.map { Failure($0.kind, "", "") }
    }
    let failures = calls + (stop.map { [$0] } ?? [])
    return ExitStatus(common: failures.map { ExitStatus($0) } + qualityCodes(document))
  }

  // MARK: Preparations

  private func prompts() throws(Failure) -> [ComparePlan.Prompt] {
    var environment = program.environment
    environment.standardInput = RememberedInput(environment.standardInput)
    let builder = RequestBuilder(environment: environment)
    let checks = try checks(options.expectations, subject: "--expect")
    guard let path = options.prompts else {
      let request = try builder.build(options.call, model: "", schema: nil, promptAdvice: .compare)
      return [ComparePlan.Prompt(request: unseeded(request), checks: checks)]
    }
    let bytes = try program.environment.contents(of: path)
    let words = options.call.prompt.joined(separator: " ")
    var prompts: [ComparePlan.Prompt] = []
    for prompt in try ComparePrompts.parse(bytes, name: path) {
      var call = options.call
      call.input.noStandardInput = true
      let joined =
        words.isEmpty
        ? prompt.text
        : CompareWords.marksInput(words)
          ? PromptText.join(prompt: words, input: prompt.text) ?? prompt.text
          : words + "\n\n" + prompt.text
      call.prompt = [joined]
      let request = try builder.build(call, model: "", schema: nil, promptAdvice: .compare)
      let own = try self.checks(prompt.expectations, subject: prompt.place)
      prompts.append(ComparePlan.Prompt(request: unseeded(request), checks: checks + own))
    }
    return prompts
  }

  /// The seed orders the rounds; sent along it would make every round's answer the same.
  private func unseeded(_ request: Request) -> Request {
    var request = request
    request.seed = nil
    return request
  }

  private var seed: UInt64 {
    if let given = options.call.sampling.seed { return UInt64(bitPattern: Int64(given)) }
    return UInt64(program.environment.random() * 1_000_000)
  }

  private func baseline(_ targets: [Destination]) throws(Failure) -> Int? {
    guard let name = options.baseline else { return nil }
    return try baseline(name, among: targets.map(\.entry))
  }

  private func baseline(
    _ name: String, among entries: [CompareDocument.Entry]
  ) throws(Failure) -> Int {
    if let index = entries.firstIndex(where: { $0.label == name }) { return index }
    let matching = entries.indices.filter { entries[$0].model == name || entries[$0].profile == name }
    if matching.count == 1 { return matching[0] }
    throw Failure(
      .usage, "--baseline", "'\(name)' is not one of the targets",
      advice: "use one of " + entries.map(\.label).joined(separator: ", "))
  }

  private func policy(_ request: Request) -> CallPolicy {
    var call = options.call
    call.connection.maxRetries = call.connection.maxRetries ?? 0
    return CallPolicyBuilder.policy(call, request: request, environment: program.environment)
  }

  /// Before any money is spent: which differences this will be able to show.
  private func noteResolution(_ plan: ComparePlan) {
    guard plan.rounds > 1, plan.targets.count > 1 else { return }
    let needed = Resolution.leastRounds(comparisons: plan.targets.count - 1)
    guard plan.units.count >= needed, let expected = Resolution.expected(rounds: plan.units.count) else {
      program.messages.note(
        "\(plan.units.count) rounds are too few for a verdict on \(plan.targets.count) targets; "
          + "at least \(needed) are needed")
      return
    }
    program.messages.note("expected to detect differences of about \(CompareText.percent(expected)) and more")
  }
}

/// Reading of prompts.
enum CompareWords {
  /// Whether a prompt marks with `{}` where its input goes.
  static func marksInput(_ text: String) -> Bool { text.mentions("{}") }
}

extension Request {
  /// What was asked, without pictures and without the system's part.
  fileprivate var question: String {
    (messages.last { $0.role == .user }?.parts ?? []).compactMap { part in
      if case .text(let text) = part { text } else { nil }
    }.joined(separator: "\n")
  }
}

extension CompareOptions: CommandBody {
  package var withoutConfiguration: String? {
    call.connection.demo ? "the configuration was not read" : nil
  }

  package var output: OutputOptions { call.output }

  package func carryOut(_ run: Run) throws(Failure) -> Termination {
    try CompareCommand(self, run).perform()
  }
}
