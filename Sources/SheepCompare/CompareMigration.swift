package import SheepCore
package import SheepTerminal

/// What it would mean to move from the baseline to another target: for a terminal with
/// `--requests`, and in a report.
package struct CompareMigration {
  private let document: CompareDocument
  private let analysis: CompareAnalysis
  private let rate: RequestRate?
  /// The index of the target that is left.
  let baseline: Int

  /// One figure before and after.
  struct Row: Equatable {
    let name: String
    let now: String
    let new: String
    /// The change, with its 95 % interval where there is one; empty where it says nothing.
    let change: String
  }

  /// `nil` when there is nothing to compare with.
  /// - Parameter rate: how many requests there are; `nil`: nothing is said of a month.
  package init?(_ document: CompareDocument, _ analysis: CompareAnalysis, rate: RequestRate?) {
    guard let baseline = analysis.baseline, document.entries.count > 1 else { return nil }
    self.document = document
    self.analysis = analysis
    self.rate = rate
    self.baseline = baseline
  }

  /// One table for each target but the baseline.
  package func render(width: Int?, style: Style) -> String {
    targets.map { table($0, width, style) }.joined(separator: "\n")
  }

  /// The targets that one could move to.
  var targets: [Int] { document.entries.indices.filter { $0 != baseline } }

  private func table(_ index: Int, _ width: Int?, _ style: Style) -> String {
    let old = analysis.figures[baseline]
    let new = analysis.figures[index]
    var table = Table([
      Table.Column("from \(EscapeFilter.visible(old.label))", canShrink: false),
      Table.Column("now", .right), Table.Column("new", .right),
      Table.Column("change [95%]", .right),
    ])
    table.add(["  to \(EscapeFilter.visible(new.label))"])
    for row in rows(to: index) { table.add([row.name, row.now, row.new, row.change]) }
    return table.render(width: width, style: style)
  }

  /// The figures of a move to the target at `index`.
  func rows(to index: Int) -> [Row] {
    let old = analysis.figures[baseline]
    let new = analysis.figures[index]
    func latency(
      _ name: String, _ path: KeyPath<CompareFigures, Sample>, _ metric: CompareAnalysis.Metric
    ) -> [Row] {
      let (before, after) = (old[keyPath: path], new[keyPath: path])
      return [
        Row(
          name: "median " + name, now: CompareText.seconds(before.median),
          new: CompareText.seconds(after.median), change: change(analysis.verdicts[metric]?[index])),
        // The interval above is that of pairs of calls; of a mean it would say too much.
        Row(
          name: "mean " + name, now: CompareText.seconds(before.mean), new: CompareText.seconds(after.mean),
          change: Self.change(before.mean, after.mean)),
        Row(
          name: "P95 " + name, now: CompareText.seconds(before.percentile95),
          new: CompareText.seconds(after.percentile95),
          change: before.percentile95 == nil || after.percentile95 == nil
            ? "needs \(Sample.countForPercentile95) calls" : ""),
      ]
    }
    var rows = latency("first token", \.firstToken, .firstToken) + latency("latency", \.endToEnd, .endToEnd)
    rows += [
      Row(
        name: "availability", now: share(old.succeeded, old), new: share(new.succeeded, new),
        change: points(old, new)),
      Row(
        name: "error rate", now: share(old.attempted - old.succeeded, old),
        new: share(new.attempted - new.succeeded, new), change: ""),
      Row(
        name: "cost per call", now: money(old.meanCost), new: money(new.meanCost),
        change: costChange(index)),
    ]
    if let rate {
      rows.append(
        Row(
          name: "cost per month", now: money(old.meanCost.flatMap(rate.perMonth)),
          new: money(new.meanCost.flatMap(rate.perMonth)), change: difference(old, new, rate)))
    }
    return rows
  }

  /// `+23% [+12%, +35%]`, of the paired ratio.
  private func change(_ verdict: Verdict?) -> String {
    guard let verdict, let ratio = verdict.ratio, verdict.word != .undecided else { return "-" }
    if verdict.word == .unpaired { return Self.percent(ratio) + ", no verdict" }
    return Self.percent(ratio) + " [\(Self.percent(verdict.low)), \(Self.percent(verdict.high))]"
  }

  private static func change(_ before: Double?, _ after: Double?) -> String {
    guard let before, let after, before > 0 else { return "-" }
    return percent(after / before)
  }

  private static func percent(_ ratio: Double) -> String {
    guard ratio.isFinite else { return "inf" }
    let text = CompareText.percent(ratio - 1)
    return ratio >= 1 ? "+" + text : text
  }

  private func share(_ count: Int, _ figures: CompareFigures) -> String {
    guard figures.attempted > 0 else { return "-" }
    return Figures.rounded(100 * Double(count) / Double(figures.attempted), decimals: 1) + "%"
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
      let number = Figures.rounded(100 * value, decimals: 1)
      return value >= 0 ? "+" + number : number
    }
    return text(change) + " points [\(text(low)), \(text(high))]"
  }

  private func money(_ amount: Money?) -> String { amount?.display ?? "unknown" }

  private func difference(
    _ old: CompareFigures, _ new: CompareFigures, _ rate: RequestRate
  ) -> String {
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
    guard document.entries[index].run == document.entries[baseline].run else { return unpairedCost(index) }
    let units = before.keys.filter { after[$0] != nil }.sorted()
    guard !units.isEmpty else { return "-" }
    let paired = PairedRatio(units.map { after[$0] ?? 0 }, to: units.map { before[$0] ?? 0 })
    guard let ratio = paired.ratio else { return "-" }
    guard paired.completePairs >= Verdict.leastPairs else { return Self.percent(ratio) }
    let interval = paired.interval(level: 0.05)
    return Self.percent(ratio)
      + " [\(Self.percent(interval.lowerBound)), \(Self.percent(interval.upperBound))]"
  }

  /// The change of the mean cost against another run, without an interval.
  private func unpairedCost(_ index: Int) -> String {
    guard let before = analysis.figures[baseline].meanCost, let after = analysis.figures[index].meanCost,
      before > .zero
    else { return "-" }
    return Self.percent(Double(after.attodollars) / Double(before.attodollars))
  }
}
