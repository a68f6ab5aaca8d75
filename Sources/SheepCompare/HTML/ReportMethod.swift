import SheepCore

/// How it was measured, so that a reader can judge it and somebody else can repeat it.
struct ReportMethod {
  private let source: ReportSource
  private var document: CompareDocument { source.document }

  init(_ source: ReportSource) {
    self.source = source
  }

  /// The part of the report.
  var section: ReportSection? {
    ReportSection(
      name: "method", title: "Method",
      content: .element(
        "dl", [.style("method")],
        (how + definitions + origin).flatMap { row in
          [.element("dt", text: row.name), HTMLMarkup.element("dd", text: row.text)]
        }))
  }

  private typealias Row = (name: String, text: String)

  private var how: [Row] {
    var rows: [Row] = []
    let calls = document.records.count { $0.isCounted }
    var rounds = "\(document.rounds), each with one call per model"
    if document.prompts > 1 { rounds += " for each of \(document.prompts) prompts" }
    rounds += "; \(Figures.count(calls, "call")) counted."
    if let stopped = document.stopped { rounds += " Ended early: \(stopped)." }
    rows.append(("Rounds", rounds))
    rows.append(("Order", order))
    rows.append(
      (
        "Warm-up",
        document.warmup.count > 0
          ? "\(document.warmup.count) calls before the first round, not counted."
          : "None."
      ))
    rows.append(
      (
        "Connections",
        document.isCold
          ? "New for every call; the time to first token includes it."
          : "Kept open and reused; connecting is not part of the times."
      ))
    rows.append(("Prompt caches", cache))
    return rows
  }

  private var order: String {
    if !document.isInterleaved {
      return "The files were measured at different times and are not interleaved. Models of one "
        + "file are compared only with each other; there is no verdict across files, because a change of a "
        + "provider's load between the two times would look like a difference between models."
    }
    let turns = document.isParallel ? "All models of a round at once" : "One call at a time"
    guard document.rounds * document.prompts > 1, document.entries.count > 1 else { return turns + "." }
    return turns
      + ", every round in a new random order (seed \(document.seed)), so that fluctuations of a "
      + "provider affect all models alike."
  }

  private var cache: String {
    switch document.cache {
    case .bust:
      "Every call started with its own random line, so that no provider could answer from its cache."
    case .warm: "Filled by one call beforehand; calls without a cache hit are not compared."
    case .off: "Not changed."
    }
  }

  private var definitions: [Row] {
    [
      (
        "First token",
        document.isCold
          ? "From the start of the call, connecting included, to the first non-empty piece of the answer, "
            + "reasoning included."
          : "From sending the request to the first non-empty piece of the answer, reasoning included."
      ),
      ("Whole answer", "From sending the request to the last piece."),
      (
        "Tokens per second",
        "Tokens after the first, divided by the time from the first piece to the last. Tokens are those the "
          + "provider bills; pieces are never counted as tokens."
      ),
      ("Cost", "Exact, from the billed tokens; the mean of the successful calls, times 1,000."),
      (
        "Verdicts",
        "Calls of the same round are compared in pairs: the Hodges-Lehmann estimate of the ratio with the "
          + "exact interval of the signed-rank test, Holm-corrected for the number of models, jointly "
          + "at 95%. A failure counts as infinitely slow. Below \(Verdict.leastPairs) complete pairs, or a few more with several models, there is "
          + "no verdict; differences below \(CompareText.percent(Verdict.leastEffect)) are not reported."
      ),
      ("Answered", "Where calls failed, the small print is the 95% Wilson interval of the rate."),
    ]
  }

  private var origin: [Row] {
    var rows: [Row] = []
    let runs =
      document.runs.isEmpty
      ? [
        CompareDocument.Run(
          name: "", created: document.created, rounds: document.rounds, prompts: document.prompts,
          seed: document.seed, version: document.version)
      ] : document.runs
    for run in runs {
      var text = run.created > 0 ? Self.time(run.created) + ", " : ""
      text += "with sheep \(run.version)"
      if !run.name.isEmpty { text += ", \(run.rounds) rounds, seed \(run.seed)" }
      rows.append((run.name.isEmpty ? "Measured" : "Measured: \(run.name)", text + "."))
    }
    let sources = Set(source.analysis.figures.flatMap(\.costSources)).sorted().joined(separator: ", ")
    rows.append(
      (
        "Prices",
        (sources.isEmpty ? "" : "From: \(sources). ") + "Price list of \(document.pricesUpdated)."
      ))
    rows.append(("Spent", document.spent.display + (document.warmup.count > 0 ? ", warm-up included." : ".")))
    return rows
  }

  /// `2026-11-21 09:30 UTC`.
  private static func time(_ seconds: Int) -> String {
    let minutes = (seconds % 86_400) / 60
    func padded(_ value: Int) -> String { (value < 10 ? "0" : "") + "\(value)" }
    return Day(unixSeconds: seconds).text + " \(padded(minutes / 60)):\(padded(minutes % 60)) UTC"
  }
}
