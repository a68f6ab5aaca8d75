import SheepCore

/// What is shown and said of a comparison: figures, verdicts, the resolution, the front.
package struct CompareAnalysis: Sendable {
  /// What verdicts are given on.
  package enum Metric: String, CaseIterable, Sendable {
    case firstToken = "ttft"
    case firstTokenTotal = "ttft_total"
    case endToEnd = "e2e"
    case perToken = "tpot"

    var path: KeyPath<CompareRecord.Times, Duration?> {
      switch self {
      case .firstToken: \.firstToken
      case .firstTokenTotal: \.firstTokenTotal
      case .endToEnd: \.endToEnd
      case .perToken: \.perToken
      }
    }

    /// The measured values of a target.
    func sample(_ figures: CompareFigures) -> Sample {
      switch self {
      case .firstToken: figures.firstToken
      case .firstTokenTotal: figures.firstTokenTotal
      case .endToEnd: figures.endToEnd
      case .perToken: figures.perToken
      }
    }
  }

  package let figures: [CompareFigures]
  /// The index of the target that the others are compared with; `nil` when none answered.
  package let baseline: Int?
  /// The headline: with `--cold` the time from the start.
  package let headline: Metric
  /// By metric and target; `nil` for the baseline.
  package let verdicts: [Metric: [Verdict?]]
  /// The targets that no other one beats in time and money; `nil` when there is too little to
  /// say so.
  package let front: Set<Int>?
  /// The share below which a difference cannot be seen; `nil` without verdicts.
  package let resolution: Double?
  /// How many more rounds a verdict needs; 0 when there are enough.
  package let missingRounds: Int
  /// What a judge's answers come to; `nil` when none was asked.
  package let judging: JudgeAnalysis?

  /// Analyses what was measured so far.
  package init(_ document: CompareDocument) {
    let figures = document.entries.indices.map { CompareFigures(document, target: $0) }
    let headline: Metric = document.isCold ? .firstTokenTotal : .firstToken
    let values = Values(document)
    let baseline = document.baseline ?? Self.leader(figures, headline)
    var verdicts: [Metric: [Verdict?]] = [:]
    for metric in Metric.allCases {
      guard let baseline else { continue }
      verdicts[metric] = Self.verdicts(document, figures, values.all(metric), metric, baseline)
    }
    let peers = Self.peers(document, of: baseline)
    let pairs = peers.compactMap { verdicts[headline]?[$0]?.completePairs }
    let comparisons = max(0, peers.count - 1)
    let enough = (pairs.max() ?? 0) >= Verdict.leastPairs
    missingRounds = Self.missing(pairs, comparisons, prompts: document.prompts)
    resolution = enough ? Self.resolution(verdicts[headline] ?? []) : nil
    front = enough ? Self.front(figures, values.all(headline), runs: document.entries.map(\.run)) : nil
    judging = JudgeAnalysis(document)
    self.figures = figures
    self.headline = headline
    self.baseline = baseline
    self.verdicts = verdicts
  }

  /// The decimals at which the smallest cost of a thousand calls shows three digits, from
  /// 2 to 6: with the same for all, the amounts stand below each other.
  var costDecimals: Int {
    let least = figures.compactMap(\.costOfThousand).filter { $0 > .zero }.min()
    guard var amount = least?.attodollars else { return 2 }
    var decimals = 2
    while amount < 1_000_000_000_000_000_000, decimals < 6 {
      amount *= 10
      decimals += 1
    }
    return decimals
  }

  /// The targets that were measured in the same rounds as the baseline, itself included.
  private static func peers(_ document: CompareDocument, of baseline: Int?) -> [Int] {
    document.entries.indices.filter {
      baseline == nil || document.entries[$0].run == document.entries[baseline ?? 0].run
    }
  }

  /// Paired verdicts within the baseline's run. Of the targets of other runs the ratio of the
  /// medians is told without any: blocks of calls at different times differ by the provider's
  /// drift alone in a quarter to a half of all cases, whatever test is used.
  private static func verdicts(
    _ document: CompareDocument, _ figures: [CompareFigures], _ values: [[Double?]], _ metric: Metric,
    _ baseline: Int
  ) -> [Verdict?] {
    let peers = peers(document, of: baseline)
    let paired = Verdict.all(peers.map { values[$0] }, baseline: peers.firstIndex(of: baseline) ?? 0)
    var verdicts: [Verdict?] = document.entries.indices.map { index in
      let ratio = metric.sample(figures[index]).median.flatMap { own in
        metric.sample(figures[baseline]).median.flatMap { $0 > 0 ? own / $0 : nil }
      }
      return Verdict(unpairedRatio: ratio)
    }
    for (position, index) in peers.enumerated() { verdicts[index] = paired[position] }
    return verdicts
  }

  /// The target with the most successes, of those the fastest.
  private static func leader(_ figures: [CompareFigures], _ metric: Metric) -> Int? {
    func median(_ index: Int) -> Double {
      let own = figures[index]
      return (metric == .firstToken ? own.firstToken : own.firstTokenTotal).median ?? .infinity
    }
    let answered = figures.indices.filter { figures[$0].succeeded > 0 }
    return answered.min {
      (-figures[$0].succeeded, median($0), $0) < (-figures[$1].succeeded, median($1), $1)
    }
  }

  private static func missing(_ pairs: [Int], _ comparisons: Int, prompts: Int) -> Int {
    guard comparisons > 0 else { return 0 }
    let needed = Resolution.leastRounds(comparisons: comparisons) - (pairs.min() ?? 0)
    return max(0, (needed + prompts - 1) / max(1, prompts))
  }

  /// The typical half-width of the intervals that were found.
  private static func resolution(_ verdicts: [Verdict?]) -> Double? {
    let widths = verdicts.compactMap { verdict -> Double? in
      guard let verdict, verdict.low > 0, verdict.high.isFinite else { return nil }
      return (verdict.high / verdict.low).squareRoot() - 1
    }
    return Sample(widths).median
  }

  private static func front(
    _ figures: [CompareFigures], _ values: [[Double?]], runs: [Int]
  ) -> Set<Int> {
    // An exact difference of less than the least effect is a tie in money as in time.
    func money(_ target: Int, _ other: Int) -> ParetoFront.Relation {
      guard let own = figures[target].costOfThousand?.attodollars,
        let theirs = figures[other].costOfThousand?.attodollars
      else { return .unknown }
      if own / 105 > theirs / 100 { return .worse }
      return own / 100 < theirs / 105 ? .better : .tied
    }
    var relations: [[ParetoFront.Relation]] = []
    for target in figures.indices {
      relations.append(
        figures.indices.map { other in
          guard runs[target] == runs[other],
            let verdict = Verdict.all([values[other], values[target]], baseline: 0)[1]
          else {
            return .unknown
          }
          switch verdict.word {
          case .slower: return .worse
          case .faster: return .better
          case .tied, .negligible: return .tied
          case .undecided, .unpaired: return .unknown
          }
        })
    }
    // Without a price nobody can say that nothing is cheaper.
    return ParetoFront.members(count: figures.count, axes: [money, { relations[$0][$1] }])
      .filter { figures[$0].costOfThousand != nil }
  }

  /// The measured values by target, in the same order of rounds and prompts.
  private struct Values {
    private var table: [[Int: CompareRecord]]
    private var units: [Int]

    init(_ document: CompareDocument) {
      table = document.entries.map { _ in [:] }
      for record in document.records where record.isCounted {
        guard table.indices.contains(record.target) else { continue }
        table[record.target][Self.unit(record)] = record
      }
      units = Set(document.records.map(Self.unit)).sorted()
    }

    private static func unit(_ record: CompareRecord) -> Int { record.round << 20 | record.prompt }

    /// `nil` where the target failed, 0 where there is nothing to compare.
    func all(_ metric: Metric) -> [[Double?]] {
      table.map { records in
        units.map { unit in
          guard let record = records[unit] else { return 0 }
          if record.failure != nil { return nil }
          guard record.isComparable else { return 0 }
          return record.times[keyPath: metric.path]?.milliseconds ?? 0
        }
      }
    }
  }
}
