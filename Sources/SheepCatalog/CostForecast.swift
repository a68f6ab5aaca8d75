package import SheepCore

/// What a request may cost, reckoned before it is sent.
package struct CostForecast: Equatable, Sendable {
  /// The prompt's tokens.
  package var input: TokenEstimate
  /// The most tokens that the answer can have: asked for, or else the model's limit; `nil` when
  /// neither is known.
  package var maximumOutput: Int?
  /// The prompt at the low end of its estimate, without any answer; `nil` when there is no
  /// price.
  package var atLeast: Money?
  /// The prompt at the high end of its estimate with the longest answer, all of it at the
  /// dearer of the output and reasoning prices; `nil` when a price or the bound is unknown.
  package var atMost: Money?

  /// The forecast for one request.
  ///
  /// - Parameters:
  ///   - input: the estimate of the prompt.
  ///   - maximumTokens: what the request allows for the answer, reasoning included; `nil` when
  ///     it leaves that to the model.
  ///   - quote: the prices and limits.
  package init(input: TokenEstimate, maximumTokens: Int?, at quote: Quote) {
    self.input = input
    maximumOutput = maximumTokens ?? quote.entry?.maxOutput ?? quote.entry?.context
    guard let prices = quote.prices else { return }
    atLeast = Self.amount(prices, input: input.low, output: 0, reasoning: 0)
    guard let maximumOutput else { return }
    let visible = Self.amount(prices, input: input.high, output: maximumOutput, reasoning: 0)
    let reasoning = Self.amount(prices, input: input.high, output: 0, reasoning: maximumOutput)
    atMost = visible.flatMap { visible in reasoning.map { max(visible, $0) } }
  }

  private static func amount(_ prices: Prices, input: Int, output: Int, reasoning: Int) -> Money? {
    Cost(of: Usage(input: input, output: output, reasoning: reasoning), at: prices, service: nil).total
  }

  /// What the call costs while its answer grows: a function of the answer's tokens so far.
  ///
  /// For `--max-cost`; it is asked for each piece that arrives, so the prompt's part is reckoned
  /// once. `nil` when there is no price for the prompt or the answer.
  ///
  /// - Parameters:
  ///   - inputTokens: the prompt's tokens, estimated or counted.
  ///   - quote: the prices.
  package static func running(
    inputTokens: Int, at quote: Quote
  ) -> (@Sendable (_ outputTokens: Int) -> Money?)? {
    guard let prices = quote.prices else { return nil }
    let rates = prices.rates(at: inputTokens)
    guard let price = rates.output,
      let prompt = amount(prices, input: inputTokens, output: 0, reasoning: 0)
    else { return nil }
    let dearest = max(price, rates.reasoning ?? price)
    return { outputTokens in dearest.cost(of: outputTokens).flatMap { prompt.adding($0) } }
  }
}
