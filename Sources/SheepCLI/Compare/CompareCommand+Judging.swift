import SheepCompare
import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

/// What `--judge` and `--expect` add to a comparison.
extension CompareCommand {
  /// Who judges; `nil` without `--judge`.
  /// - Throws: `usage` for a rubric that cannot be read, and where there is nothing to judge.
  func judging(
    _ targets: [Destination], baseline: Int?
  ) throws(Failure) -> JudgePlan? {
    guard let judge = try Destination.judge(options, after: targets.first, in: program) else {
      guard options.rubric == nil else {
        throw Failure(.usage, "--rubric", "there is no judge", advice: "add one with --judge")
      }
      return nil
    }
    guard targets.count > 1 else {
      throw Failure(
        .usage, "--judge", "there is only one target, so nothing to judge it against",
        advice: "add another one with --model")
    }
    return JudgePlan(judge: judge, rubric: try rubric(), reference: baseline ?? 0)
  }

  private func rubric() throws(Failure) -> String {
    switch options.rubric {
    case nil: return JudgePrompt.usualRubric
    case .text(let text): return text
    case .file(let path):
      let bytes = try program.environment.contents(of: path)
      return try PromptText.decode(bytes, subject: path)
    }
  }

  /// Expectations made ready; `subject` names where they stand.
  func checks(_ expectations: [Expectation], subject: String) throws(Failure) -> [ExpectationCheck] {
    var checks: [ExpectationCheck] = []
    for expectation in expectations {
      checks.append(try ExpectationCheck(expectation, subject: subject, program.environment))
    }
    return checks
  }

  /// A saved comparison is shown as it was judged: nobody is asked.
  func refuseJudging() throws(Failure) {
    for (name, isGiven) in [
      ("--judge", options.judge != nil), ("--rubric", options.rubric != nil),
      ("--expect", !options.expectations.isEmpty), ("--until", options.until != nil),
    ] where isGiven {
      throw Failure(
        .usage, name, "has no effect with --load, which sends nothing",
        advice: "use it when you run the comparison")
    }
  }

  /// Asks the judge, and shows how far it is.
  func judge(
    _ plan: ComparePlan, _ judging: JudgePlan, after run: CompareRun, files: CompareFiles
  ) -> JudgeRun {
    let session = JudgeRun(
      plan, judging, budget: run.budget, document: run.document, in: program
    ) { request in
      CallPolicyBuilder.policy(options.call, request: request, environment: program.environment)
    }
    let terminal = program.errorTerminal
    let isLive = CompareProgress.isLive(terminal)
    var judged = 0
    func show() {
      let text = "judging \(judged)/\(session.planned) by \(Messages.filtered(judging.judge.label))"
      program.environment.standardError.write("\r\u{1b}[K" + terminal.style.dim(text))
    }
    for judgement in session.document.judging?.judgements ?? [] { files.append(judgement) }
    if isLive, session.planned > 0 { show() }
    let perRound = max(1, session.planned / max(1, run.document.rounds))
    session.onJudgement = { judgement in
      judged += 1
      files.append(judgement)
      if judged % perRound == 0 { files.export(session.document) }
      if isLive { show() }
    }
    session.run()
    if isLive, session.planned > 0 { program.environment.standardError.write("\r\u{1b}[K") }
    if !isLive, session.planned > 0 {
      program.messages.note("judged: \(judged)/\(session.planned) calls by \(judging.judge.label)")
    }
    files.export(session.document)
    return session
  }

  /// The target that answers are judged and shown against: the baseline or else the first.
  func reference(_ document: CompareDocument) -> Int { document.baseline ?? 0 }

  /// The exits that the answers themselves ask for: 1 when one is not what was expected, and a
  /// judge's own when it failed at everything.
  static func qualityCodes(_ document: CompareDocument) -> Set<ExitStatus> {
    var codes: Set<ExitStatus> = []
    if document.records.contains(where: { $0.isOK && $0.hasPassed == false }) {
      codes.insert(.conditionFalse)
    }
    let judgements = document.judging?.judgements ?? []
    if !judgements.contains(where: { $0.choice != nil }) {
      for failure in judgements.compactMap(\.failure) where failure.kind != .interrupted {
        codes.insert(ExitStatus(Failure(failure.kind, "", "")))
      }
    }
    return codes
  }
}
