import SheepCore

/// What a comparison comes to, in words: the title and the few facts below it. Never more is
/// said than the verdicts carry: what is tied is not ranked, and without verdicts nothing is.
struct ReportHeadline {
  /// A statement with its name.
  struct Fact: Equatable {
    let name: String
    let text: String
  }

  private let source: ReportSource
  private var document: CompareDocument { source.document }
  private var analysis: CompareAnalysis { source.analysis }

  init(_ source: ReportSource) {
    self.source = source
  }

  /// What was compared, when, and how often.
  var kicker: String {
    let count = document.entries.count
    var parts = [Figures.count(count, "model") + (count == 1 ? " measured" : " compared")]
    if document.created > 0 { parts[0] += " on " + Day(unixSeconds: document.created).text }
    parts.append(Figures.count(document.rounds, "round"))
    if document.prompts > 1 { parts.append("\(document.prompts) prompts") }
    if document.runs.count > 1 { parts.append("\(document.runs.count) runs") }
    if document.stopped != nil { parts.append("ended early") }
    return parts.joined(separator: " · ")
  }

  /// The conclusion in one sentence.
  var title: String {
    let count = document.entries.count
    guard let baseline = analysis.baseline, analysis.figures.contains(where: { $0.succeeded > 0 }) else {
      return count == 1 ? "\(source.label(0)) did not answer" : "None of the \(count) models answered"
    }
    if count == 1 {
      return "\(source.label(0)): first token after \(CompareText.seconds(source.headline(0).median))"
    }
    guard source.hasVerdicts else { return unproven }
    if count == 2, let verdict = source.verdict(1 - baseline) { return pair(baseline, verdict) }
    return joined(document.baseline == nil ? lead(baseline) : against(baseline), baseline)
  }

  /// Speed, money, reliability, and what could not have been seen.
  var facts: [Fact] {
    [
      speed.map { Fact(name: "Speed", text: $0) }, money.map { Fact(name: "Cost", text: $0) },
      Fact(name: "Reliability", text: reliability),
      resolution.map { Fact(name: "Resolution", text: $0) },
    ].compactMap { $0 }
  }

  // MARK: Title

  private var unproven: String {
    let what =
      !document.isInterleaved
      ? "Runs from different times side by side, without a verdict on speed"
      : source.isSeries
        ? "Too few rounds to tell which model is faster"
        : "A first look at \(document.entries.count) models, without a verdict on speed"
    return what + cheapestClause(nil)
  }

  /// A clause on the cheapest, where one is.
  /// - Parameter last: the target that was named last.
  private func cheapestClause(_ last: Int?) -> String {
    guard let only = cheapest.first, cheapest.count == 1 else { return "" }
    if only == last { return ", which is the cheapest\(condition)" }
    return "; \(source.label(only)) is the cheapest\(condition)"
  }

  private func pair(_ baseline: Int, _ verdict: Verdict) -> String {
    let other = 1 - baseline
    guard verdict.word == .faster || verdict.word == .slower, let ratio = verdict.ratio else {
      let names = [0, 1].map(source.label).joined(separator: " and ")
      let text =
        verdict.word == .undecided
        ? "Too few answers to tell whether \(source.label(0)) or \(source.label(1)) is faster"
        : verdict.word == .unpaired
          ? unprovenPair : "No relevant difference in speed between \(names)"
      return text + savingClause(other, baseline)
    }
    // The one that was not asked for as the baseline is the news; else the winner is.
    let subject = document.baseline == nil && verdict.word == .slower ? baseline : other
    let rival = 1 - subject
    let isFaster = (verdict.word == .faster) == (subject == other)
    let times = ratio >= 1 ? ratio : 1 / ratio
    let factor = times.isFinite ? CompareText.factor(times) + "x " : ""
    var text = "\(source.label(subject)) is \(factor)\(isFaster ? "faster" : "slower")"
    guard let share = saving(of: subject, over: rival) else { return text + " than \(source.label(rival))" }
    if share >= Verdict.leastEffect / (1 + Verdict.leastEffect) {
      text += " \(isFaster ? "and" : "but") \(CompareText.percent(share)) cheaper than \(source.label(rival))"
    } else if share <= -Verdict.leastEffect {
      text += " than \(source.label(rival)) and costs \(CompareText.percent(-share)) more"
    } else {
      text += " than \(source.label(rival)) at the same cost"
    }
    return text
  }

  private var unprovenPair: String { "Two runs side by side, without a verdict on speed" }

  private func savingClause(_ subject: Int, _ rival: Int) -> String {
    guard let share = saving(of: subject, over: rival) else { return "" }
    let (cheap, dear) = share > 0 ? (subject, rival) : (rival, subject)
    guard let least = saving(of: cheap, over: dear), least >= 0.048 else { return "; both cost the same" }
    return "; \(source.label(cheap)) is \(CompareText.percent(least)) cheaper"
  }

  /// How much of the rival's cost a target saves; `nil` unknown.
  private func saving(of subject: Int, over rival: Int) -> Double? {
    guard let own = analysis.figures[subject].costOfThousand,
      let other = analysis.figures[rival].costOfThousand, other > .zero
    else { return nil }
    return 1 - Double(own.attodollars) / Double(other.attodollars)
  }

  /// The speed of all against the fastest.
  private func lead(_ leader: Int) -> String {
    let tied = others(leader, [.tied, .negligible])
    let count = document.entries.count
    let name = source.label(leader)
    switch tied.count {
    case 0: return "\(name) is the fastest of \(count)"
    case 1, 2:
      return "\(Self.list(([leader] + tied).map(source.label))) lead in speed and are tied"
    case count - 1: return "None of the \(count - 1) others is detectably slower than \(name)"
    default: return "\(name) leads in speed, tied with \(tied.count) others"
    }
  }

  /// The speed of all against a baseline that was asked for.
  private func against(_ baseline: Int) -> String {
    let name = source.label(baseline)
    let faster = others(baseline, [.faster])
    let slower = others(baseline, [.slower])
    let count = document.entries.count - 1
    if faster.isEmpty, slower.isEmpty { return "No detectable difference in speed from \(name)" }
    if faster.count == count { return "All \(count) others are faster than \(name)" }
    if slower.count == count { return "\(name) is faster than all \(count) others" }
    var parts: [String] = []
    if !faster.isEmpty { parts.append("\(faster.count) of \(count) are faster than \(name)") }
    if !slower.isEmpty {
      parts.append(
        faster.isEmpty ? "\(slower.count) of \(count) are slower than \(name)" : "\(slower.count) slower")
    }
    return parts.joined(separator: ", ")
  }

  /// Puts speed and money into one sentence.
  private func joined(_ speed: String, _ baseline: Int) -> String {
    guard let only = cheapest.first, cheapest.count == 1 else { return speed }
    let isSole = document.baseline == nil && others(baseline, [.tied, .negligible]).isEmpty
    if isSole, only == baseline, condition.isEmpty {
      return "\(source.label(only)) is the fastest and the cheapest of \(document.entries.count)"
    }
    // The sentences on ties and on a baseline without faster ones end with its name.
    let last = speed.hasSuffix(source.label(baseline)) ? baseline : nil
    return speed + (isSole ? ", \(source.label(only)) the cheapest\(condition)" : cheapestClause(last))
  }

  private func others(_ baseline: Int, _ words: Set<Verdict.Word>) -> [Int] {
    document.entries.indices.filter { index in
      index != baseline && source.verdict(index).map { words.contains($0.word) } ?? false
    }
  }

  /// The cheapest targets of known price: one, or several that differ by less than what matters.
  private var cheapest: [Int] {
    let costs = document.entries.indices.compactMap { index in
      analysis.figures[index].costOfThousand.map { (index, $0) }
    }
    guard costs.count > 1, let least = costs.map(\.1).min() else { return [] }
    return costs.filter { $0.1.attodollars / 105 <= least.attodollars / 100 }.map(\.0)
  }

  /// What limits the word "cheapest"; empty when all prices are known.
  private var condition: String {
    let isPartial = analysis.figures.contains { $0.succeeded > 0 && $0.costOfThousand == nil }
    return isPartial ? " of known price" : ""
  }

  // MARK: Facts

  private var speed: String? {
    guard let baseline = analysis.baseline else { return nil }
    let others = document.entries.indices.filter { $0 != baseline }
    guard source.hasVerdicts, !others.isEmpty else {
      guard let median = source.headline(baseline).median else { return nil }
      return others.isEmpty
        ? "Median first token after \(CompareText.seconds(median))."
        : "Median first token of \(source.label(baseline)) after \(CompareText.seconds(median))"
          + (source.isSeries ? "." : ".")
    }
    var parts: [String] = []
    for word in [Verdict.Word.faster, .slower] {
      let named = self.others(baseline, [word])
      guard !named.isEmpty else { continue }
      let factors = named.compactMap { source.verdict($0)?.ratio }.map { $0 >= 1 ? $0 : 1 / $0 }
        .filter(\.isFinite).sorted()
      let name = word == .faster ? "Faster" : "Slower"
      var text = "\(name) than \(source.label(baseline)): \(Self.list(named.map(source.label)))"
      if let low = factors.first, let high = factors.last {
        text += ", by " + CompareText.factor(low) + "x"
        if CompareText.factor(high) != CompareText.factor(low) {
          text += " to " + CompareText.factor(high) + "x"
        }
      }
      parts.append(text + ".")
    }
    let tied = self.others(baseline, [.tied, .negligible])
    if !tied.isEmpty {
      parts.append(
        "No relevant difference from \(source.label(baseline)): \(Self.list(tied.map(source.label))).")
    }
    let open = self.others(baseline, [.undecided])
    if !open.isEmpty { parts.append("Too few answers for a verdict: \(Self.list(open.map(source.label))).") }
    let apart = self.others(baseline, [.unpaired])
    if !apart.isEmpty { parts.append("Not interleaved, no verdict: \(Self.list(apart.map(source.label))).") }
    return parts.joined(separator: " ")
  }

  private var money: String? {
    let costs = document.entries.indices.compactMap { index in
      analysis.figures[index].costOfThousand.map { (index: index, cost: $0) }
    }
    let unknown = document.entries.indices.filter {
      analysis.figures[$0].succeeded > 0 && analysis.figures[$0].costOfThousand == nil
    }
    guard let least = costs.min(by: { $0.cost < $1.cost }), let most = costs.max(by: { $0.cost < $1.cost })
    else { return unknown.isEmpty ? nil : "No price is known." }
    var text = "\(least.cost.display) for 1,000 calls"
    if costs.count > 1 {
      text =
        least.cost == most.cost
        ? "All \(costs.count) cost \(least.cost.display) for 1,000 calls"
        : "From \(source.label(least.index)) at \(least.cost.display) to \(source.label(most.index)) "
          + "at \(most.cost.display) for 1,000 calls"
    }
    text += "."
    if !unknown.isEmpty { text += " Price unknown: \(Self.list(unknown.map(source.label)))." }
    return text
  }

  private var reliability: String {
    let attempted = analysis.figures.reduce(0) { $0 + $1.attempted }
    let failing = document.entries.indices.filter {
      analysis.figures[$0].succeeded < analysis.figures[$0].attempted
    }
    .sorted { failed($0) > failed($1) }
    if attempted == 0 { return "No call was made." }
    if failing.isEmpty { return attempted == 1 ? "The call succeeded." : "All \(attempted) calls succeeded." }
    var parts = failing.prefix(3).map { index in
      let own = analysis.figures[index]
      return "\(own.label) failed \(failed(index)) of \(own.attempted) times"
    }
    if failing.count > 3 { parts.append("\(failing.count - 3) more had failures") }
    return parts.joined(separator: "; ") + "."
  }

  private func failed(_ index: Int) -> Int {
    analysis.figures[index].attempted - analysis.figures[index].succeeded
  }

  private var resolution: String? {
    guard document.entries.count > 1 else { return nil }
    let calls = document.prompts > 1 ? "pairs" : "rounds"
    if let share = analysis.resolution {
      return
        "Differences in speed below about \(CompareText.percent(share)) cannot be detected with these \(calls)."
    }
    let missing = analysis.missingRounds
    guard missing > 0 else { return nil }
    return source.isSeries
      ? "\(Figures.count(missing, "more round")) needed for a verdict."
      : "One call each shows no reliable difference; that takes \(missing + 1) rounds."
  }

  /// `a`, `a and b`, `a, b and c`, `a, b and 5 more`.
  static func list(_ names: [String]) -> String {
    if names.count > 4 { return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more" }
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
