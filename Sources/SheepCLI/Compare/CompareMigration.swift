import SheepCatalog
import SheepClient
import SheepCore
import SheepTerminal

/// What it would mean to move from the baseline to another target: `--requests`.
struct CompareMigration {
  private let document: CompareDocument
  private let analysis: CompareAnalysis
  private let rate: RequestRate
  private let baseline: Int

  /// `nil` when there is nothing to compare with.
  init?(_ document: CompareDocument, _ analysis: CompareAnalysis, rate: RequestRate) {
    guard let baseline = analysis.baseline, document.entries.count > 1 else { return nil }
    self.document = document
    self.analysis = analysis
    self.rate = rate
    self.baseline = baseline
  }

  /// One table for each target but the baseline.
  func render(width: Int?, style: Style) -> String {
    document.entries.indices.filter { $0 != baseline }.map { table($0, width, style) }
      .joined(separator: "\n")
  }

  private func table(_ index: Int, _ width: Int?, _ style: Style) -> String {
    let old = analysis.figures[baseline]
    let new = analysis.figures[index]
    var table = Table([
      Table.Column("from \(Messages.filtered(old.label))", canShrink: false),
      Table.Column("now", .right), Table.Column("new", .right),
      Table.Column("change [95%]", .right),
    ])
    table.add(["  to \(Messages.filtered(new.label))"])
    for row in rows(old, new, index) { table.add(row) }
    return table.render(width: width, style: style)
  }

  private func rows(_ old: CompareFigures, _ new: CompareFigures, _ index: Int) -> [[String]] {
    func latency(
      _ name: String, _ path: KeyPath<CompareFigures, Sample>, _ metric: CompareAnalysis.Metric
    )
      -> [[String]]
    {
      let (before, after) = (old[keyPath: path], new[keyPath: path])
      return [
        [
          "mean " + name, CompareText.seconds(before.mean), CompareText.seconds(after.mean),
          change(analysis.verdicts[metric]?[index]),
        ],
        [
          "P95 " + name, CompareText.seconds(before.percentile95), CompareText.seconds(after.percentile95),
          before.percentile95 == nil || after.percentile95 == nil
            ? "needs \(Sample.countForPercentile95) calls" : "",
        ],
      ]
    }
    return latency("first token", \.firstToken, .firstToken) + latency("latency", \.endToEnd, .endToEnd) + [
      ["availability", share(old.succeeded, old), share(new.succeeded, new), points(old, new)],
      [
        "error rate", share(old.attempted - old.succeeded, old), share(new.attempted - new.succeeded, new),
        "",
      ],
      ["cost per call", money(old.meanCost), money(new.meanCost), costChange(index)],
      [
        "cost per month", money(old.meanCost.flatMap(rate.perMonth)),
        money(new.meanCost.flatMap(rate.perMonth)), difference(old, new),
      ],
    ]
  }

  /// `+23% [+12%, +35%]`, of the paired ratio.
  private func change(_ verdict: Verdict?) -> String {
    guard let verdict, let ratio = verdict.ratio, verdict.word != .undecided else { return "-" }
    return Self.percent(ratio) + " [\(Self.percent(verdict.low)), \(Self.percent(verdict.high))]"
  }

  private static func percent(_ ratio: Double) -> String {
    guard ratio.isFinite else { return "inf" }
    let text = CompareText.percent(ratio - 1)
    return ratio >= 1 ? "+" + text : text
  }

  private func share(_ count: Int, _ figures: CompareFigures) -> String {
    guard figures.attempted > 0 else { return "-" }
    return CompareText.number(100 * Double(count) / Double(figures.attempted), decimals: 1) + "%"
  }

  /// The difference of two shares in points, with Newcombe's interval (1998, method 10), which
  /// is made of the two Wilson intervals.
  private func points(_ old: CompareFigures, _ new: CompareFigures) -> String {
    guard let before = WilsonInterval(successes: old.succeeded, of: old.attempted),
      let after = WilsonInterval(successes: new.succeeded, of: new.attempted)
    else { return "-" }
    let first = Double(old.succeeded) / Double(old.attempted)
    let second = Double(new.succeeded) / Double(new.attempted)
    func length(_ left: Double, _ right: Double) -> Double { (left * left + right * right).squareRoot() }
    let change = second - first
    let low = change - length(second - after.low, before.high - first)
    let high = change + length(after.high - second, first - before.low)
    func text(_ value: Double) -> String {
      let number = CompareText.number(100 * value, decimals: 1)
      return value >= 0 ? "+" + number : number
    }
    return text(change) + " points [\(text(low)), \(text(high))]"
  }

  private func money(_ amount: Money?) -> String { amount?.display ?? "unknown" }

  private func difference(_ old: CompareFigures, _ new: CompareFigures) -> String {
    guard let before = old.meanCost.flatMap(rate.perMonth), let after = new.meanCost.flatMap(rate.perMonth)
    else { return "-" }
    let change = Money(attodollars: after.attodollars - before.attodollars)
    return (change > .zero ? "+" : "") + change.display
  }

  /// The change of the cost per call with its interval. A ratio of amounts is no amount: it may
  /// be a floating-point number.
  private func costChange(_ index: Int) -> String {
    func costs(_ target: Int) -> [Int: Double] {
      var costs: [Int: Double] = [:]
      for record in document.records where record.target == target && record.isOK {
        guard let cost = record.cost, cost > .zero else { continue }
        costs[record.round << 20 | record.prompt] = Double(cost.attodollars)
      }
      return costs
    }
    let (before, after) = (costs(baseline), costs(index))
    let units = before.keys.filter { after[$0] != nil }.sorted()
    guard !units.isEmpty else { return "-" }
    let paired = PairedRatio(units.map { after[$0] ?? 0 }, to: units.map { before[$0] ?? 0 })
    guard let ratio = paired.ratio else { return "-" }
    guard paired.completePairs >= Verdict.leastPairs else { return Self.percent(ratio) }
    let interval = paired.interval(level: 0.05)
    return Self.percent(ratio)
      + " [\(Self.percent(interval.lowerBound)), \(Self.percent(interval.upperBound))]"
  }
}
