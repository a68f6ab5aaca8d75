/// What the judgements come to.
package struct JudgeAnalysis: Sendable {
  /// One target against the reference.
  package struct Score: Sendable {
    /// Pairs of answers of which both orders gave this choice.
    package var won = 0
    package var lost = 0
    /// Pairs that were judged equal, or one way in one order and another in the other.
    package var tied = 0
    /// Pairs of the tied that are the same to the byte, for which nobody was asked.
    package var identical = 0
    /// Pairs of which a judgement is missing.
    package var unjudged = 0
    /// Wins among wins and losses; `nil` without any.
    package var winRate: Double? {
      won + lost > 0 ? Double(won) / Double(won + lost) : nil
    }
    /// Its 95 % interval; `nil` without wins and losses.
    package var interval: WilsonInterval? { WilsonInterval(successes: won, of: won + lost) }
    /// The p value of "no preference", corrected for the number of targets.
    package fileprivate(set) var pValue = 1.0
    package fileprivate(set) var word = Word.undecided
  }

  /// What can be said.
  package enum Word: String, Sendable {
    case preferred
    case rejected = "not preferred"
    /// A coin could have given as uneven a split.
    case tied = "~"
    /// Fewer wins and losses than any test needs.
    case undecided = "-"
  }

  /// How a pair of answers came out.
  package enum Result: String, Sendable {
    case won, lost, tie
  }

  /// By target; `nil` for the reference and for what was never judged.
  package let scores: [Score?]
  /// Pairs asked in both orders, and those of them on which both agree.
  package let asked: Int
  package let agreed: Int
  /// Two rounds of the same prompt and target, and how many of such pairs came out alike;
  /// 0 with one round.
  package let roundPairs: Int
  package let sameAcrossRounds: Int
  /// Choices that were no tie, and those of them for the answer shown first: half, for a judge
  /// without a leaning.
  package let choices: Int
  package let firstChosen: Int
  /// Judgements that failed, by what they say.
  package let failures: [(message: String, count: Int)]
  private let results: [Place: Result]

  private struct Place: Hashable {
    var round: Int
    var prompt: Int
    var target: Int
  }

  /// Analyses a judging; `nil` where there was none.
  package init?(_ document: CompareDocument) {
    guard let judgements = document.judging?.judgements else { return nil }
    var pairs: [Place: [Judgement]] = [:]
    for judgement in judgements {
      let place = Place(round: judgement.round, prompt: judgement.prompt, target: judgement.target)
      pairs[place, default: []].append(judgement)
    }
    var scores: [Score?] = document.entries.map { _ in nil }
    var results: [Place: Result] = [:]
    var (asked, agreed) = (0, 0)
    for (place, pair) in pairs where scores.indices.contains(place.target) {
      var score = scores[place.target] ?? Score()
      defer { scores[place.target] = score }
      let choices = pair.compactMap(\.choice)
      guard pair.count == 2, choices.count == 2 else {
        score.unjudged += 1
        continue
      }
      if pair[0].wasAsked {
        asked += 1
        if choices[0] == choices[1] { agreed += 1 }
      } else {
        score.identical += 1
      }
      switch (choices[0], choices[1]) {
      case (.target, .target):
        score.won += 1
        results[place] = .won
      case (.reference, .reference):
        score.lost += 1
        results[place] = .lost
      default:
        score.tied += 1
        results[place] = .tie
      }
    }
    self.scores = Self.tested(scores)
    self.asked = asked
    self.agreed = agreed
    self.results = results
    (roundPairs, sameAcrossRounds) = Self.rounds(results)
    let decisive = judgements.filter { $0.wasAsked && $0.choice != nil && $0.choice != .tie }
    choices = decisive.count
    firstChosen = decisive.count { ($0.choice == .target) == $0.targetIsFirst }
    failures = CompareFigures.tally(judgements.compactMap { $0.failure?.message }).map { ($0.0, $0.1) }
  }

  /// How a target's answer fared; `nil` when it was not judged.
  package func result(_ record: CompareRecord) -> Result? {
    results[Place(round: record.round, prompt: record.prompt, target: record.target)]
  }

  /// The share of pairs on which both orders agree; `nil` when none was asked in both.
  package var agreement: Double? { asked > 0 ? Double(agreed) / Double(asked) : nil }
  /// The share of pairs of rounds that came out alike; `nil` with one round.
  package var stability: Double? {
    roundPairs > 0 ? Double(sameAcrossRounds) / Double(roundPairs) : nil
  }
  /// The share of choices for the answer shown first; `nil` without choices.
  package var firstShare: Double? { choices > 0 ? Double(firstChosen) / Double(choices) : nil }

  private static func tested(_ scores: [Score?]) -> [Score?] {
    var scores = scores
    // Targets with too few choices are not tested, and so cost the others nothing.
    let tested = scores.indices.filter { index in
      scores[index].map { $0.won + $0.lost >= SignTest.least } ?? false
    }
    let decisions = Holm.decide(
      tested.map { index in
        scores[index].map { SignTest.pValue(wins: $0.won, losses: $0.lost) } ?? 1
      })
    for (index, decision) in zip(tested, decisions) {
      guard var score = scores[index] else { continue }
      score.pValue = decision.adjusted
      score.word = !decision.isRejected ? .tied : score.won > score.lost ? .preferred : .rejected
      scores[index] = score
    }
    return scores
  }

  private static func rounds(_ results: [Place: Result]) -> (pairs: Int, same: Int) {
    var counts: [Place: [Result: Int]] = [:]
    for (place, result) in results {
      counts[Place(round: 0, prompt: place.prompt, target: place.target), default: [:]][result, default: 0] +=
        1
    }
    func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }
    var (all, same) = (0, 0)
    for tally in counts.values {
      all += pairs(tally.values.reduce(0, +))
      same += tally.values.reduce(0) { $0 + pairs($1) }
    }
    return (all, same)
  }
}
