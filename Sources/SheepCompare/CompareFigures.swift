package import SheepCore

/// The figures of one target. Times in milliseconds, rates in tokens per second, of attempts
/// that gave a whole answer and are comparable; what failed is counted beside them.
package struct CompareFigures: Sendable {
  package let label: String
  /// Attempts that were made and not interrupted.
  package let attempted: Int
  package let succeeded: Int
  package let firstToken: Sample
  package let firstVisible: Sample
  package let firstTokenTotal: Sample
  package let endToEnd: Sample
  package let total: Sample
  package let perToken: Sample
  package let decodeRate: Sample
  package let endToEndRate: Sample
  package let longestStall: Sample
  package let connecting: Sample
  /// How much of the time to the first token can at most be the program's own.
  package let ownDelay: Sample
  package let inputTokens: Sample
  package let cachedTokens: Sample
  package let outputTokens: Sample
  package let reasoningTokens: Sample
  package let tokensAreEstimated: Bool
  /// The mean exact cost of a whole answer, rounded to 10⁻¹⁸ USD; `nil` unknown.
  package let meanCost: Money?
  /// The same for a thousand calls.
  package let costOfThousand: Money?
  package let costSources: [String]
  package let finishReasons: [(reason: String, count: Int)]
  /// How often each flag was raised.
  package let flags: [CompareRecord.Flag: Int]
  /// The failures, by what they say.
  package let failures: [(message: String, count: Int)]
  /// The headline times in round order, for sparklines; `nil` where there is none.
  package let series: [Double?]
  /// How often the answers were what was expected.
  package let quality: CompareQuality

  /// The figures of the target at `index`.
  package init(_ document: CompareDocument, target index: Int) {
    label = document.entries[index].label
    let own = document.records.filter { $0.target == index && $0.isCounted }
    let good = own.filter(\.isOK)
    let used = good.filter(\.isComparable)
    attempted = own.count
    succeeded = good.count
    func times(_ path: KeyPath<CompareRecord.Times, Duration?>) -> Sample {
      Sample(used.compactMap { $0.times[keyPath: path]?.milliseconds })
    }
    func counts(_ path: KeyPath<CompareRecord, Int?>) -> Sample {
      Sample(good.compactMap { $0[keyPath: path].map(Double.init) })
    }
    firstToken = times(\.firstToken)
    firstVisible = times(\.firstVisible)
    firstTokenTotal = times(\.firstTokenTotal)
    endToEnd = times(\.endToEnd)
    total = times(\.total)
    perToken = times(\.perToken)
    longestStall = times(\.longestStall)
    connecting = times(\.connecting)
    ownDelay = times(\.ownDelay)
    decodeRate = Sample(used.compactMap(\.decodeRate))
    endToEndRate = Sample(used.compactMap(\.endToEndRate))
    inputTokens = counts(\.inputTokens)
    cachedTokens = counts(\.cachedTokens)
    outputTokens = counts(\.outputTokens)
    reasoningTokens = counts(\.reasoningTokens)
    tokensAreEstimated = good.contains(where: \.tokensAreEstimated)
    let costs = good.compactMap(\.cost)
    meanCost = costs.count == good.count ? Self.mean(costs, of: 1) : nil
    costOfThousand = costs.count == good.count ? Self.mean(costs, of: 1000) : nil
    costSources = Self.tally(good.map(\.costSource.rawValue)).map(\.0)
    finishReasons = Self.tally(good.compactMap { $0.finishReason?.rawValue })
    failures = Self.tally(own.compactMap { $0.failure?.message })
    var flags: [CompareRecord.Flag: Int] = [:]
    for flag in own.flatMap(\.flags) { flags[flag, default: 0] += 1 }
    self.flags = flags
    let path = document.isCold ? \CompareRecord.Times.firstTokenTotal : \CompareRecord.Times.firstToken
    quality = CompareQuality(own)
    series = own.map { $0.isComparable ? $0.times[keyPath: path]?.milliseconds : nil }
  }

  /// Above this share of the time to the first token the program says that it disturbs what it
  /// measures.
  package static let disturbingShare = 0.01

  /// The program's own share of the time to the first token, at most; `nil` when unknown.
  package var ownShare: Double? {
    guard let own = ownDelay.median, let whole = firstToken.median, whole > 0 else { return nil }
    return own / whole
  }

  /// The mean of exact amounts, times `factor`; `nil` without any.
  private static func mean(_ amounts: [Money], of factor: Int) -> Money? {
    guard !amounts.isEmpty else { return nil }
    var sum: Money? = .zero
    for amount in amounts { sum = sum?.adding(amount) }
    return sum?.multiplied(by: factor)?.divided(by: amounts.count)
  }

  /// Each text with how often it occurs, the most frequent first.
  static func tally(_ texts: [String]) -> [(String, Int)] {
    var counts: [(String, Int)] = []
    for text in texts {
      if let index = counts.firstIndex(where: { $0.0 == text }) {
        counts[index].1 += 1
      } else {
        counts.append((text, 1))
      }
    }
    return counts.enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
      .map(\.element)
  }
}
