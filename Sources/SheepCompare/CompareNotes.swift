import SheepCore

/// What must be read together with the table, a line each.
struct CompareNotes {
  let document: CompareDocument
  let analysis: CompareAnalysis

  init(_ document: CompareDocument, _ analysis: CompareAnalysis) {
    self.document = document
    self.analysis = analysis
  }

  var lines: [String] {
    [stopped, until, verdict, front, judging, missed, flags, outliers, ownShare, interleaving, spent]
      .compactMap { $0 }
  }

  private var stopped: String? {
    document.stopped.map { "ended early: \($0); the table shows what was measured up to then" }
  }

  private var verdict: String? {
    guard document.entries.count > 1 else { return nil }
    if let resolution = analysis.resolution {
      let calls = document.prompts > 1 ? "pairs" : "rounds"
      // Rounded down it would claim that everything can be seen.
      let least = CompareText.percent(max(resolution, 0.01))
      return "resolution: differences below about \(least) "
        + "cannot be detected with these \(calls)"
    }
    guard document.rounds * document.prompts > 1, analysis.missingRounds > 0 else { return nil }
    let missing = analysis.missingRounds
    return "\(Figures.count(missing, "more round")) needed for a verdict"
  }

  private var front: String? {
    guard let front = analysis.front, document.entries.count > 1, !front.isEmpty else { return nil }
    return "* no other target \(document.isInterleaved ? "here" : "of its run") is both faster and cheaper"
  }

  private var flags: String? {
    func count(_ flag: CompareRecord.Flag) -> Int {
      analysis.figures.reduce(0) { $0 + ($1.flags[flag] ?? 0) }
    }
    var parts: [String] = []
    if count(.hiddenReasoning) > 0 {
      parts.append("r: reasoning was hidden, so this is the speed of visible tokens")
    }
    for (flag, words) in [
      (CompareRecord.Flag.cachedPrompt, "with a cached prompt"), (.retried, "retried, not compared"),
      (.buffered, "buffered in between, without a speed"),
      (.wrongCache, "in the wrong cache state, not compared"),
    ] where count(flag) > 0 {
      let names = analysis.figures.filter { $0.flags[flag] != nil }.map {
        "\($0.label) (\($0.flags[flag] ?? 0))"
      }
      parts.append(words + ": " + names.joined(separator: ", "))
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private var outliers: String? {
    let names = analysis.figures.filter { $0.firstToken.outliers > 0 }.map {
      "\($0.label) (\($0.firstToken.outliers))"
    }
    return names.isEmpty ? nil : "outliers, included: " + names.joined(separator: ", ")
  }

  private var ownShare: String? {
    let shares = analysis.figures.filter { ($0.ownShare ?? 0) > CompareFigures.disturbingShare }
    guard let worst = shares.compactMap(\.ownShare).max() else { return nil }
    let places = shares.count == 1 ? shares[0].label : "\(shares.count) targets"
    return "sheep itself may have added up to \(Figures.rounded(worst * 100, decimals: 1))% of the "
      + "time to first token (\(places)); call fewer targets at once"
  }

  private var interleaving: String? {
    guard !document.isInterleaved else { return nil }
    let baseline = analysis.baseline.map { document.entries[$0].label } ?? "the baseline"
    return "no verdict: not interleaved with \(baseline), so a change of the provider between the runs "
      + "would look like a difference; the figure is the ratio of the medians"
  }

  private var spent: String? {
    guard document.rounds * document.prompts > 1 || document.warmup.count > 0 || document.judging != nil
    else { return nil }
    let judge = document.judging?.spent ?? CostSum()
    let calls = document.records.count + document.warmup.count + judge.count
    var parts = ["spent \(document.spent.display) on \(calls) calls"]
    if document.warmup.count > 0 { parts.append("\(document.warmup.count) of them for warm-up") }
    if judge.count > 0 { parts.append("\(judge.count) of them for judging, \(judge.display)") }
    return parts.joined(separator: ", ")
  }
}
