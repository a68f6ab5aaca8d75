package import SheepCore

/// How one call is to be made, beside what is asked.
package struct CallPolicy: Sendable {
  package var retry = RetryPolicy()
  package var limits = TimeLimits()
  /// The longest the whole call may take, all attempts and waits included.
  package var totalTime: Duration = .seconds(1800)
  /// Whether the user set `totalTime`: passing a limit of one's own has its own exit code.
  package var totalTimeIsUsers = false
  /// Whether the answer's text is kept in memory for the end of the call.
  package var keepsText = true
  /// The most bytes of text that are kept, reasoning and tool calls included: a longer answer is
  /// broken off. What is only passed on has no such limit.
  package var keptLimit = 64 << 20
  /// What the call may cost: the observer is asked while tokens arrive. `nil`: no limit.
  package var maximumCost: CostLimit?
  /// The time of day in seconds since 1970, for servers that ask to wait until a date; `nil`:
  /// only the response's own `Date` field tells.
  package var unixTime: (@Sendable () -> Int)?
  /// Evenly distributed numbers, 0 ..< 1, for the jitter of waits.
  package var random: @Sendable () -> Double = { Double.random(in: 0..<1) }

  /// A limit on money that is watched while tokens arrive.
  package struct CostLimit: Sendable {
    /// The limit.
    package var amount: Money
    /// The price of the call so far for an estimated number of output tokens; `nil` unknown.
    package var costSoFar: @Sendable (_ outputTokens: Int) -> Money?

    /// A limit of `amount`, reckoned by `costSoFar`.
    package init(amount: Money, costSoFar: @escaping @Sendable (_ outputTokens: Int) -> Money?) {
      self.amount = amount
      self.costSoFar = costSoFar
    }
  }

  /// The defaults of docs/retries.md.
  package init() {}
}
