import SheepCore

/// The arithmetic that makes disjoint buckets of what chat-completions servers report.
///
/// See docs/dialects/openai.md for the spellings and who uses them.
enum ChatUsage {
  /// The record of a `usage` object; `nil` when it holds no count at all.
  static func record(_ json: JSON) -> Usage? {
    guard json.object != nil else { return nil }
    var reader = Reader(json: json)
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
    usage.source = reader.isContradictory ? .partial : .reported
    return usage
  }

  /// The visible output. Some servers count reasoning inside the completion, others (xAI,
  /// Gemini behind this dialect) beside it: only the total tells.
  private static func output(
    _ completion: Int?, reasoning: Int?, prompt: Int?, total: Int?, _ reader: inout Reader
  ) -> Int? {
    guard let completion else { return nil }
    if let prompt, let total {
      let inside = reader.sum(prompt, completion)
      if inside != total {
        if let reasoning, reader.sum(inside, reasoning) == total { return completion }
        reader.isContradictory = true
      }
    } else if let reasoning, reasoning > completion {
      return completion
    }
    return reader.less(completion, reasoning, nil)
  }

  /// The record of llama.cpp's `timings`, the only report of its streams without
  /// `include_usage`; `nil` when it holds no count.
  static func record(timings json: JSON) -> Usage? {
    var reader = Reader(json: json)
    let prompt = reader.count("prompt_n")
    let output = reader.count("predicted_n")
    guard prompt ?? output != nil else { return nil }
    return Usage(
      input: prompt, cacheRead: reader.count("cache_n"), output: output,
      source: reader.isContradictory ? .partial : .reported)
  }

  /// What the provider says the call costs, in US dollars: `cost` or `cost_usd` as a number, or
  /// the `total_cost` of a `cost` object; `nil` for anything else and for negative amounts.
  static func cost(_ json: JSON?) -> Money? {
    guard let json else { return nil }
    let number = json.object == nil ? json.number : json["total_cost"]?.number
    guard let number, let money = Money(dollars: number.text), money >= .zero else { return nil }
    return money
  }

  /// Reads counts, and notes whether any of them cannot be right.
  private struct Reader {
    let json: JSON
    var isContradictory = false

    mutating func count(_ name: String) -> Int? { count(json[name]) }

    mutating func count(_ object: String, _ name: String) -> Int? { count(json[object]?[name]) }

    private mutating func count(_ value: JSON?) -> Int? {
      guard let value else { return nil }
      let count = value.count
      if count == nil { isContradictory = true }
      return count
    }

    /// `whole` less its parts; 0 when they are more than the whole.
    mutating func less(_ whole: Int, _ first: Int?, _ second: Int?) -> Int {
      let parts = sum(first ?? 0, second ?? 0)
      if parts > whole {
        isContradictory = true
        return 0
      }
      return whole - parts
    }

    /// The sum, at most `Int.max`.
    func sum(_ left: Int, _ right: Int) -> Int {
      let (sum, overflow) = left.addingReportingOverflow(right)
      return overflow ? .max : sum
    }
  }
}
