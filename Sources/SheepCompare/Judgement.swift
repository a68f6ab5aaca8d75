package import SheepCore

/// What a judge said of two answers that it saw in one order.
package struct Judgement: Equatable, Sendable {
  /// Whose answer is the better one.
  package enum Choice: String, Sendable {
    case target, reference, tie
  }

  /// From 1.
  package var round: Int
  /// Which of the prompts, from 1.
  package var prompt: Int
  /// The index of the target that is judged.
  package var target: Int
  /// The index of the target that it is judged against.
  package var reference: Int
  /// Whether the target's answer was shown as A, before the other.
  package var targetIsFirst: Bool
  /// `nil` when the judge failed or could not be understood.
  package var choice: Choice?
  /// Why, in the judge's words; `nil` when it gave none.
  package var reason: String?
  /// Whether the judge was asked; false for answers that are the same to the byte.
  package var wasAsked = true
  /// What kept it from a choice; `nil` when nothing did.
  package var failure: CompareRecord.Problem?
  /// Tokens; `nil` unknown.
  package var inputTokens: Int?
  package var outputTokens: Int?
  /// The exact cost; `nil` unknown.
  package var cost: Money?
  package var costSource = Cost.Source.unknown
  package var costIsEstimate = false
  package var requestID: String?

  /// A judgement that has not been made yet.
  package init(round: Int, prompt: Int, target: Int, reference: Int, targetIsFirst: Bool) {
    self.round = round
    self.prompt = prompt
    self.target = target
    self.reference = reference
    self.targetIsFirst = targetIsFirst
  }

  /// Notes how the judge's call ended.
  /// - Parameter failure: what kept its answer from being whole; `nil` when nothing did.
  package mutating func note(_ answer: Answer, failure: Failure?, cost: Cost) {
    let usage = answer.usage
    inputTokens = usage?.inputTotal
    outputTokens = usage?.outputTotal
    self.cost = cost.total
    costSource = cost.total == nil ? .unknown : cost.source
    costIsEstimate = cost.isEstimate
    requestID = answer.requestID
    if let failure {
      self.failure = CompareRecord.Problem(
        kind: failure.kind, status: failure.status, message: failure.sentence)
      return
    }
    guard let said = JudgeAnswer(answer.text ?? "") else {
      self.failure = CompareRecord.Problem(
        kind: .mismatch, status: nil, message: "the judge did not say which answer is better")
      return
    }
    reason = said.reason
    switch said.winner {
    case .first: choice = targetIsFirst ? .target : .reference
    case .second: choice = targetIsFirst ? .reference : .target
    case .tie: choice = .tie
    }
  }
}

/// The judging of a comparison as data: how it was done, and every call of the judge.
package struct CompareJudging: Equatable, Sendable {
  package var judge: CompareDocument.Entry
  /// What the judge was told to look for.
  package var rubric: String
  package var judgements: [Judgement] = []

  /// A judging with nothing judged yet.
  package init(judge: CompareDocument.Entry, rubric: String) {
    self.judge = judge
    self.rubric = rubric
  }

  /// What the judge's calls cost together.
  package var spent: CostSum {
    var sum = CostSum()
    // What failed before its first token is not billed by anyone.
    for judgement in judgements
    where judgement.wasAsked && (judgement.cost != nil || judgement.failure == nil) {
      var cost = Cost.unknown
      if let amount = judgement.cost { cost = .reported(amount) }
      cost.isEstimate = judgement.costIsEstimate
      sum.add(cost)
    }
    return sum
  }
}

extension CompareDocument {
  /// Takes over the judging of another document, whose targets stand at `offset` here, when the
  /// same judge judged by the same rubric; one kind of judging is kept, the first.
  mutating func addJudging(_ other: CompareJudging?, offset: Int) {
    guard let other else { return }
    var own = judging ?? CompareJudging(judge: other.judge, rubric: other.rubric)
    guard own.judge == other.judge, own.rubric == other.rubric else { return }
    own.judgements += other.judgements.map { judgement in
      var judgement = judgement
      judgement.target += offset
      judgement.reference += offset
      return judgement
    }
    judging = own
  }
}
