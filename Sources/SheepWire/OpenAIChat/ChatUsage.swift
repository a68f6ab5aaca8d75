import SheepCore

/// The arithmetic that makes disjoint buckets of what chat-completions servers report.
///
/// See docs/dialects/openai.md for the spellings and who uses them.
enum ChatUsage {
  /// The record of a `usage` object; `nil` when it holds no count at all.
  static func record(_ json: JSON) -> Usage? {
    guard json.object != nil else { return nil }
    var reader = UsageReader(json)
    let prompt = reader.count("prompt_tokens") ?? reader.count("input_tokens")
    let completion = reader.count("completion_tokens") ?? reader.count("output_tokens")
    let total = reader.count("total_tokens")
    let hit = reader.count("prompt_cache_hit_tokens")
    let miss = reader.count("prompt_cache_miss_tokens")
    let cached =
      reader.count("prompt_tokens_details", "cached_tokens") ?? hit ?? reader.count("cached_tokens")
    let written =
      reader.count("prompt_tokens_details", "cache_write_tokens")
      ?? reader.count("prompt_tokens_details", "cache_creation_tokens")
    let reasoning =
      reader.count("completion_tokens_details", "reasoning_tokens") ?? reader.count("reasoning_tokens")
    guard prompt ?? completion ?? total ?? hit ?? miss != nil else { return nil }

    var usage = Usage(cacheRead: cached, cacheWrite: written, reasoning: reasoning)
    if let prompt {
      usage.input = reader.less(prompt, cached, written)
    } else {
      usage.input = miss
    }
    usage.output = output(completion, reasoning: reasoning, prompt: prompt, total: total, &reader)
    usage.source = reader.source
    return usage.unlessEmpty
  }

  /// The visible output. Some servers count reasoning inside the completion, others (xAI,
  /// Gemini behind this dialect) beside it: only the total tells.
  private static func output(
    _ completion: Int?, reasoning: Int?, prompt: Int?, total: Int?, _ reader: inout UsageReader
  ) -> Int? {
    guard let completion else { return nil }
    if let prompt, let total {
      let inside = UsageReader.sum([prompt, completion])
      if inside != total {
        if let reasoning, UsageReader.sum([inside, reasoning]) == total { return completion }
        reader.isContradictory = true
      }
    } else if let reasoning, reasoning > completion {
      return completion
    }
    return reader.less(completion, reasoning)
  }

  /// The record of llama.cpp's `timings`, the only report of its streams without
  /// `include_usage`; `nil` when it holds no count.
  static func record(timings json: JSON) -> Usage? {
    var reader = UsageReader(json)
    let prompt = reader.count("prompt_n")
    let output = reader.count("predicted_n")
    guard prompt ?? output != nil else { return nil }
    return Usage(
      input: prompt, cacheRead: reader.count("cache_n"), output: output,
      source: reader.source)
  }

  /// What the provider says the call costs, in US dollars: `cost` or `cost_usd` as a number, or
  /// the `total_cost` of a `cost` object; `nil` for anything else and for negative amounts.
  static func cost(_ json: JSON?) -> Money? {
    guard let json else { return nil }
    let number = json.object == nil ? json.number : json["total_cost"]?.number
    guard let number, let money = Money(dollars: number.text), money >= .zero else { return nil }
    return money
  }
}
