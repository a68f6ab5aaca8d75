package import SheepCore

/// What the probes of a repeated ping come to, in the manner of ping(8).
package struct PingStatistics: Equatable, Sendable {
  /// So many good probes carry a 95th percentile with a 95 % interval of its own.
  package static let enoughForPercentile = 72
  /// With fewer than this it would only repeat the longest time.
  package static let fewestForPercentile = 20

  package private(set) var sent = 0
  package private(set) var ok = 0
  /// How often a probe had to connect anew although one before it had a connection.
  package private(set) var reconnects = 0
  /// The sum of what is known of the probes' cost; `nil` when they were free or it is unknown.
  package private(set) var cost: Money?
  private var times: [Int64] = []
  private var firstTokens: [Int64] = []
  private var hadConnection = false

  /// No probes yet.
  package init() {}

  /// Counts one more.
  package mutating func add(_ sample: PingSample) {
    sent += 1
    if sample.reused == false {
      if hadConnection { reconnects += 1 }
      hadConnection = true
    }
    if let amount = sample.price?.amount { cost = (cost ?? .zero).adding(amount) }
    guard sample.failure == nil else { return }
    ok += 1
    times.append(sample.total.nanoseconds)
    if let first = sample.measures.firstToken { firstTokens.append(first.nanoseconds) }
  }

  /// Lost probes in tenths of a per cent.
  package var lossPerMille: Int { sent == 0 ? 0 : (sent - ok) * 1000 / sent }

  /// The spread of the good probes' total times; `nil` without one.
  package var total: Spread? { Spread(times) }
  /// The same of the times to the first token; `nil` where none was measured.
  package var firstToken: Spread? { Spread(firstTokens) }

  /// The mean difference between a probe's time and the one's before it; `nil` with fewer than
  /// two good ones.
  package var jitter: Duration? {
    guard times.count > 1 else { return nil }
    let sum = zip(times.dropFirst(), times).reduce(Int64(0)) { $0 &+ Int64(($1.0 &- $1.1).magnitude) }
    return .nanoseconds(sum / Int64(times.count - 1))
  }

  /// Least, middle and greatest of some times.
  package struct Spread: Equatable, Sendable {
    package var minimum: Duration
    package var median: Duration
    /// `nil` with too few to mean anything.
    package var percentile95: Duration?
    package var maximum: Duration
    package var count: Int

    /// Whether the percentile is only roughly known.
    package var isRough: Bool { count < PingStatistics.enoughForPercentile }

    init?(_ values: [Int64]) {
      let sorted = values.sorted()
      guard let first = sorted.first, let last = sorted.last else { return nil }
      func quantile(_ share: Double) -> Duration {
        let place = share * Double(sorted.count - 1)
        let low = Int(place)
        let rest = place - Double(low)
        let high = min(low + 1, sorted.count - 1)
        return .nanoseconds(sorted[low] + Int64(Double(sorted[high] - sorted[low]) * rest))
      }
      minimum = .nanoseconds(first)
      median = quantile(0.5)
      maximum = .nanoseconds(last)
      count = sorted.count
      percentile95 = sorted.count >= PingStatistics.fewestForPercentile ? quantile(0.95) : nil
    }
  }
}
