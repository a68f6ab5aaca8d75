package import SheepCatalog
package import SheepClient
package import SheepCore
package import SheepOptions

/// `--max-cost`: refused before sending when it could be passed, watched while tokens arrive.
package enum CostCap {
  /// The limit to watch during the call; `nil` when the user set none.
  ///
  /// - Throws: `limit` when the price is unknown, so that nothing could be promised, or when
  ///   the prompt, or the longest answer that `--max-tokens` allows, would cost more.
  package static func check(
    _ cap: DecimalText?, request: Request, quote: Quote
  ) throws(Failure) -> CallPolicy.CostLimit? {
    guard let cap, let amount = Money(dollars: cap.text) else { return nil }
    let input = TokenEstimate(of: request)
    let forecast = CostForecast(input: input, maximumTokens: request.maxTokens, at: quote)
    guard let running = CostForecast.running(inputTokens: input.high, at: quote),
      let atLeast = forecast.atLeast
    else {
      throw Failure(
        .limit, "--max-cost", "the price of \(request.model) is unknown, so it cannot be enforced",
        advice: "set the price with --price in=USD,out=USD, or omit --max-cost")
    }
    if atLeast > amount {
      throw Failure(
        .limit, "--max-cost", "the prompt alone costs about \(atLeast.display), more than \(amount.display)",
        advice: "shorten it or raise the limit; nothing was sent")
    }
    if request.maxTokens != nil, let atMost = forecast.atMost, atMost > amount {
      throw Failure(
        .limit, "--max-cost", "the answer may cost up to \(atMost.display), more than \(amount.display)",
        advice: "lower --max-tokens or raise the limit; nothing was sent")
    }
    return CallPolicy.CostLimit(amount: amount, costSoFar: running)
  }
}
