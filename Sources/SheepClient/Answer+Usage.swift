import SheepCore

extension Answer {
  /// Fills in estimated tokens where the provider reported none, so that money can be named
  /// with a `~` instead of not at all; a report that a broken stream left behind is partial.
  mutating func estimateUsage(of request: Request) {
    guard hasBegun else { return }
    guard var usage else {
      usage = Usage(
        input: TokenEstimate(of: request).tokens, output: estimatedOutput, reasoning: reasoningEstimate,
        source: .estimated)
      return
    }
    if !isComplete, usage.source == .reported { usage.source = .partial }
    // Anthropic reports the prompt at the beginning and the answer at the end.
    if usage.outputTotal == nil {
      usage.output = estimatedOutput
      usage.reasoning = reasoningEstimate
      usage.source = .estimated
    }
    self.usage = usage
  }

  private var reasoningEstimate: Int? { estimatedReasoning > 0 ? estimatedReasoning : nil }
}
