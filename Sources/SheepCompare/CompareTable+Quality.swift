import SheepCore
import SheepTerminal

/// What the answers are worth: the columns of `--expect` and `--judge`. Without these options
/// they are empty and so left out.
extension CompareTable {
  var qualityColumns: [Column] {
    [
      Column(header: "solved", rank: isExpecting ? 0 : 1) { solved($0) },
      Column(header: "$/solved", rank: 2, ink: .green) { costPerSolved($0) },
      Column(header: "won-tied-lost", rank: isJudged ? 0 : 3) { tally($0) },
      Column(header: "win rate 95%", rank: 1) { winRate($0) },
      Column(header: "judge", rank: 2, alignment: .left) { word($0) },
    ]
  }

  // What was asked for stays in the table however narrow it is.
  private var isExpecting: Bool { analysis.figures.contains { $0.quality.expected > 0 } }
  private var isJudged: Bool { analysis.judging?.scores.contains { $0 != nil } ?? false }

  private func quality(_ index: Int) -> CompareQuality { analysis.figures[index].quality }
  private func score(_ index: Int) -> JudgeAnalysis.Score? { analysis.judging?.scores[index] }

  private func solved(_ index: Int) -> String {
    let own = quality(index)
    return own.expected > 0 ? "\(own.solved)/\(own.expected)" : "-"
  }

  private func costPerSolved(_ index: Int) -> String {
    let own = quality(index)
    guard own.expected > 0 else { return "-" }
    guard own.solved > 0 else { return "none solved" }
    guard let amount = own.costPerSolved else { return "unknown" }
    let mark = analysis.figures[index].tokensAreEstimated ? "~" : ""
    return mark + String(amount.display.dropFirst())
  }

  private func winRate(_ index: Int) -> String {
    guard let score = score(index), let rate = score.winRate, let interval = score.interval else {
      return "-"
    }
    return CompareText.percent(rate) + " (" + CompareText.percent(interval.low) + "-"
      + CompareText.percent(interval.high) + ")"
  }

  private func word(_ index: Int) -> String {
    if let score = score(index) { return score.word.rawValue }
    let isReference = document.judging?.judgements.contains { $0.reference == index } ?? false
    return isReference ? "reference" : "-"
  }

  private func tally(_ index: Int) -> String {
    guard let score = score(index) else { return "-" }
    return "\(score.won)-\(score.tied)-\(score.lost)"
  }
}

/// What must be read together with these columns.
extension CompareNotes {
  var judging: String? {
    guard let judging = document.judging, let analysis = analysis.judging else { return nil }
    var parts: [String] = []
    if let agreement = analysis.agreement {
      parts.append(
        "both orders agree on \(analysis.agreed) of \(analysis.asked) pairs "
          + "(\(CompareText.percent(agreement))), the others are ties")
    } else {
      parts.append("no pair was judged in both orders")
    }
    if let stability = analysis.stability {
      parts.append("rounds agree in \(CompareText.percent(stability))")
    }
    if let share = analysis.firstShare {
      parts.append("the answer shown first won \(CompareText.percent(share)) of the choices")
    }
    let identical = analysis.scores.reduce(0) { $0 + ($1?.identical ?? 0) }
    if identical > 0 { parts.append("\(identical) identical, not judged") }
    let unjudged = analysis.scores.reduce(0) { $0 + ($1?.unjudged ?? 0) }
    if unjudged > 0 { parts.append("\(unjudged) not judged") }
    return "judge \(judging.judge.label): " + parts.joined(separator: "; ")
  }

  var missed: String? {
    let parts = analysis.figures.compactMap { figures -> String? in
      guard let first = figures.quality.missed.first else { return nil }
      let more = figures.quality.missed.count - 1
      return "\(figures.label) \(first.count) x \(CompareText.shortened(first.text))"
        + (more > 0 ? " and \(more) more" : "")
    }
    return parts.isEmpty ? nil : "expectations not met: " + parts.joined(separator: ", ")
  }

  var until: String? {
    guard let until = document.until, document.stopped == nil, let resolution = analysis.resolution
    else { return nil }
    let share = CompareText.percent(until)
    return resolution <= until
      ? "ended after \(document.rounds) rounds: differences of \(share) are detectable"
      : "\(document.rounds) rounds were not enough to detect differences of \(share)"
  }
}

extension CompareText {
  /// The start of a text that may be long.
  static func shortened(_ text: String) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    return line.count > 40 ? String(line.prefix(39)) + "…" : line
  }
}
