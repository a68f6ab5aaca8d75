import SheepCatalog
import SheepClient
package import SheepCore
package import SheepOptions
package import SheepRun
import SheepWire

/// `sheep embed`: texts in, vectors out.
final class EmbedCommand {
  private let options: EmbedOptions
  private let run: Run
  private var output: EmbedOutput

  private var usage: Usage?
  private var costs = CostSum()
  private var model: String?
  private var attempts = 0
  private var lastAnswer: Answer?
  private var quote = Quote.unknown
  private var ending: Failure??

  init(_ options: EmbedOptions, _ run: Run) {
    self.options = options
    self.run = run
    let form: EmbedOutput.Form =
      options.output.json ? .json : options.csv ? .csv : options.output.raw ? .raw : .lines
    output = EmbedOutput(form, to: run.output)
  }

  /// Does what the options ask for.
  func perform() throws(Failure) -> Termination {
    if options.output.raw, !options.input.dryRun, run.environment.standardOutput.isTerminal {
      throw Failure(
        .usage, "--raw", "writes binary data, and standard output is a terminal",
        advice: "redirect it, as in: sheep embed --raw ... > vectors.f32")
    }
    if options.output.raw, options.output.json || options.csv {
      throw Failure(
        .usage, "--raw", "cannot be combined with --json or --csv", advice: "use one of them")
    }
    let texts = try EmbedInput(environment: run.environment).texts(options)
    if options.connection.demo, !options.input.dryRun { try run.startDemo() }
    let choice = try Destination.Choice(options.connection, in: run)
    let target = try choice.target(needsKey: !options.input.dryRun)
    guard let form = target.dialect.embeddings else {
      throw Failure(
        .usage, target.name, "has no embeddings", advice: "use another profile, such as -P openai")
    }
    let job = job(texts, form, named: options.connection.model == nil ? nil : choice.model)
    if options.connection.explain {
      Explanation(run).show([(choice, options.connection.model == nil ? nil : job.model, target)])
    }
    quote = try choice.quote(for: job.model, at: target)
    try checkCost(texts)
    if options.input.dryRun { return try dryRun(job, form, target) }
    return try send(job, form, target)
  }

  private func job(
    _ texts: [String], _ form: EmbeddingBatch.Form, named model: String?
  ) -> EmbeddingRun.Job {
    var job = EmbeddingRun.Job(
      texts: texts, model: model ?? form.defaultModel, dimensions: options.dimensions)
    job.extraFields = options.sampling.bodyFields.map { field in
      JSONObject.Member(
        name: field.key, value: (try? JSON.parse(text: field.value)) ?? .string(field.value))
    }
    return job
  }

  // MARK: - Money

  /// What these texts cost, by an estimate of their tokens.
  private func forecast(_ texts: [String]) -> (tokens: Int, cost: Cost) {
    let estimate = texts.reduce(TokenEstimate.nothing) { $0.adding(TokenEstimate(of: $1)) }
    let usage = Usage(input: estimate.high, output: 0, source: .estimated)
    return (estimate.tokens, Cost(of: usage, reported: nil, at: quote))
  }

  private func checkCost(_ texts: [String]) throws(Failure) {
    guard let cap = options.connection.maxCost, let amount = Money(dollars: cap.text) else { return }
    guard let most = forecast(texts).cost.total else {
      throw Failure(
        .limit, "--max-cost", "the price of the model is unknown, so --max-cost cannot be enforced",
        advice: "set it with --price in=USD,out=USD, or omit --max-cost")
    }
    if most > amount {
      throw Failure(
        .limit, "--max-cost", "these texts cost up to \(most.display), more than \(amount.display)",
        advice: "embed fewer texts or raise the limit; nothing was sent")
    }
  }

  // MARK: - Sending

  private func dryRun(
    _ job: EmbeddingRun.Job, _ form: EmbeddingBatch.Form, _ target: Target
  ) throws(Failure) -> Termination {
    let requests = try EmbeddingRun.requests(job, form: form, to: target)
    for request in requests {
      run.output.append { $0 += (request.body ?? []) + [UInt8(ascii: "\n")] }
    }
    try run.flush()
    let (tokens, cost) = forecast(job.texts)
    let calls = Figures.count(requests.count, "call")
    let price = cost.total == nil ? "price unknown" : cost.display
    run.messages.note("nothing was sent; \(job.texts.count) texts in \(calls), ~\(tokens) tokens, \(price)")
    return .exit(.done)
  }

  private func send(
    _ job: EmbeddingRun.Job, _ form: EmbeddingBatch.Form, _ target: Target
  ) throws(Failure) -> Termination {
    let start = run.loop.now
    var call = CallOptions()
    call.connection = options.connection
    var request = Request(model: job.model, messages: [])
    request.streams = false
    let policy = CallPolicyBuilder.policy(call, request: request, environment: run.environment)
    let embedding = EmbeddingRun(
      job, form: form, to: target, policy: policy, loop: run.loop, listener: self)
    run.output.onProblem = { embedding.cancel(because: $0.failure) }
    embedding.begin()
    let signal = run.serve(until: { self.ending != nil }) { number in
      embedding.cancel(because: Failure(.interrupted, "signal \(number)", "the call was stopped"))
    }
    run.output.onProblem = nil
    let total = run.loop.now - start
    if options.output.json, ending == .some(.none) { output.write(object: facts(job, target)) }
    try run.flush()
    if showsReceipt, output.count > 0 { run.messages.receipt(receipt(job, total)) }
    if let signal { return .signal(signal) }
    if case .some(.some(var failure)) = ending {
      if output.count > 0 {
        failure.problem += ", after \(output.count) of \(job.texts.count) texts"
      }
      throw failure
    }
    return .exit(.done)
  }

  // MARK: - Facts

  private var showsReceipt: Bool {
    !options.output.quiet && (options.output.usage || run.environment.standardError.isTerminal)
  }

  private func receipt(_ job: EmbeddingRun.Job, _ total: Duration) -> [String] {
    let mark = usage?.source == .estimated ? "~" : ""
    var parts = [
      job.model, Figures.count(output.count, "text"),
      "\(output.dimensions ?? 0) dimensions", "total " + DurationText.of(total),
      usage?.inputTotal.map { "\(mark)\($0) in" } ?? "tokens unknown", costs.display,
    ]
    if attempts > costs.count { parts.append("\(attempts) attempts") }
    return parts
  }

  private func facts(_ job: EmbeddingRun.Job, _ target: Target) -> JSONObject {
    var facts = JSONObject()
    facts["schema"] = 1
    facts["model"] = model.map { .string($0) } ?? .null
    facts["requested_model"] = .string(job.model)
    facts["profile"] = target.profile.map { .string($0) } ?? .null
    facts["api"] = .string(target.dialect.name)
    facts["dimensions"] = output.dimensions.map { .number(JSONNumber($0)) } ?? .null
    facts["usage"] = [
      "input_tokens": usage?.inputTotal.map { .number(JSONNumber($0)) } ?? .null,
      "source": usage.map { .string($0.source.rawValue) } ?? .null,
    ]
    let known = costs.unpriced == 0 ? costs.known : nil
    facts["cost"] = [
      "usd": known?.json ?? .null,
      "source": .string(known == nil ? Cost.Source.unknown.rawValue : costSource.rawValue),
    ]
    facts["calls"] = .number(JSONNumber(costs.count))
    facts["attempts"] = .number(JSONNumber(attempts))
    facts["request_id"] = lastAnswer?.requestID.map { .string($0) } ?? .null
    return facts
  }

  private var costSource: Cost.Source {
    lastAnswer?.reportedCost == nil ? quote.source : .reported
  }
}

extension EmbedCommand: EmbeddingRun.Listener {
  func run(
    _ embedding: EmbeddingRun, didEmbed range: Range<Int>, _ vectors: [EmbeddingVector], _ answer: Answer
  ) {
    output.add(vectors)
    run.output.flush()
    attempts += answer.attempts
    model = answer.servedModel ?? model
    lastAnswer = answer
    costs.add(Cost(of: answer.usage, reported: answer.reportedCost, at: quote))
    guard let more = answer.usage else { return }
    let (sum, overflow) = (usage?.input ?? 0).addingReportingOverflow(more.input ?? 0)
    let isEstimate = more.source == .estimated || usage?.source == .estimated
    usage = Usage(
      input: overflow ? .max : sum, output: 0, source: isEstimate ? .estimated : .reported)
  }

  func run(_ embedding: EmbeddingRun, willRetryAfter wait: Duration, because failure: Failure) {
    run.messages.retry(after: wait, because: failure)
  }

  func run(_ embedding: EmbeddingRun, didEnd failure: Failure?) { ending = .some(failure) }
}

extension EmbedOptions: CommandBody {
  package var withoutConfiguration: String? {
    connection.demo ? "the configuration was not read" : nil
  }

  package func carryOut(_ run: Run) throws(Failure) -> Termination { try EmbedCommand(self, run).perform() }
}
