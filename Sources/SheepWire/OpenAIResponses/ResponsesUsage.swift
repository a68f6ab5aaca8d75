import SheepCore

/// The arithmetic that makes disjoint buckets of this dialect's `usage`.
enum ResponsesUsage {
  /// The record of a report; `nil` when it holds no count at all. The cached and the written
  /// tokens are part of the input, the reasoning is part of the output.
  static func record(_ json: JSON) -> Usage? {
    guard json.object != nil else { return nil }
    var reader = UsageReader(json)
    let input = reader.count("input_tokens")
    let output = reader.count("output_tokens")
    // Gateways that translate from chat completions may keep its names.
    guard input ?? output != nil else { return ChatUsage.record(json) }
    let total = reader.count("total_tokens")
    let cached = reader.count("input_tokens_details", "cached_tokens")
    let written = reader.count("input_tokens_details", "cache_write_tokens")
    let reasoning = reader.count("output_tokens_details", "reasoning_tokens")
    var usage = Usage(cacheRead: cached, cacheWrite: written, reasoning: reasoning)
    if let input { usage.input = reader.less(input, cached, written) }
    if let output {
      // Some servers count the reasoning beside the output: only the total tells.
      let sum = UsageReader.sum([input, output])
      let isBeside =
        input != nil && total != nil && reasoning != nil && total != sum
        && total == UsageReader.sum([sum, reasoning])
      usage.output = isBeside ? output : reader.less(output, reasoning)
      if input != nil, let total, total != sum, !isBeside { reader.isContradictory = true }
    }
    usage.source = reader.source
    return usage.unlessEmpty
  }
}
