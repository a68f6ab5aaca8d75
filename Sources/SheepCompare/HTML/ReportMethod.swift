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
    var rounds = "\(document.rounds) with every model once"
    if document.prompts > 1 { rounds += " for each of \(document.prompts) prompts" }
    rounds += "; \(calls) \(calls == 1 ? "call" : "calls") counted."
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
          ? "A new one for every call; the time to the first token includes it."
          : "Kept open and used again; connecting is not part of the times."
      ))
    rows.append(("Prompt caches", cache))
    return rows
  }

  private var order: String {
    if !document.isInterleaved {
      return "The files were measured at different times and not interleaved with each other. Models of one "
        + "file are compared with each other only; across files there is no verdict, because a change of a "
        + "provider's load between the two times would look like a difference of the models."
    }
    let turns = document.isParallel ? "All models of a round at once" : "One call at a time"
    guard document.rounds * document.prompts > 1, document.entries.count > 1 else { return turns + "." }
    return turns
      + ", every round in a fresh random order (seed \(document.seed)), so that ups and downs of a "
      + "provider meet all models alike."
  }

  private var cache: String {
    switch document.cache {
    case .bust: "Every call began with a line of its own, so that no provider could answer from its cache."
    case .warm: "Filled by one call before; calls without a hit are not compared."
    case .off: "Left alone."
    }
  }

  private var definitions: [Row] {
    [
      (
        "First token",
        document.isCold
          ? "From the start of the call, connecting included, to the first piece of the answer that is not "
            + "empty, reasoning included."
          : "From the sending of the request to the first piece of the answer that is not empty, reasoning included."
      ),
      ("Whole answer", "From the sending of the request to the last piece."),
      (
        "Tokens per second",
        "Tokens after the first, divided by the time from the first piece to the last. Tokens are those that "
          + "the provider bills; pieces are never counted as tokens."
      ),
      ("Cost", "Exact, from the tokens that were billed; the mean of the calls that succeeded, times 1,000."),
      (
        "Verdicts",
        "Calls of the same round are compared in pairs: Hodges and Lehmann's estimate of the ratio with the "
          + "exact interval of the signed-rank test, corrected after Holm for the number of models, together "
          + "at 95%. A failure counts as infinitely slow. Below \(Verdict.leastPairs) complete pairs, and some more with several models, there is "
          + "no verdict; differences under \(CompareText.percent(Verdict.leastEffect)) are not called any."
      ),
      ("Answered", "Where calls failed, the small print is Wilson's 95% interval of the share."),
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
    let sources = Set(source.analysis.figures.flatMap(\.costSources)).ordered().joined(separator: ", ")
    rows.append(
      (
        "Prices",
        (sources.isEmpty ? "" : "From: \(sources). ") + "The catalogue is that of \(document.pricesUpdated)."
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
