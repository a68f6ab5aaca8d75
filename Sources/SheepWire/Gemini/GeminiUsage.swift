import SheepCore

/// The arithmetic that makes disjoint buckets of `usageMetadata`.
enum GeminiUsage {
  /// The record of a report; `nil` when it holds no count at all.
  ///
  /// The prompt includes what was cached and excludes what tools added; the candidates exclude
  /// the thoughts; the total is the sum of all four. A count of 0 is often left out: what the
  /// total leaves for it is taken.
  static func record(_ json: JSON) -> Usage? {
    guard json.object != nil else { return nil }
    var reader = UsageReader(json)
    let prompt = reader.count("promptTokenCount")
    let cached = reader.count("cachedContentTokenCount")
    let tools = reader.count("toolUsePromptTokenCount")
    let candidates = reader.count("candidatesTokenCount") ?? reader.count("responseTokenCount")
    let thoughts = reader.count("thoughtsTokenCount")
    let total = reader.count("totalTokenCount")
    guard prompt ?? candidates ?? thoughts ?? total != nil else { return nil }

    var usage = Usage(cacheRead: cached, reasoning: thoughts)
    if let prompt { usage.input = UsageReader.sum([reader.less(prompt, cached), tools]) }
    if let candidates {
      usage.output = candidates
      let sum = UsageReader.sum([prompt, tools, candidates, thoughts])
      if prompt != nil, let total, total != sum { reader.isContradictory = true }
    } else if let total, prompt != nil {
      usage.output = reader.less(total, prompt, tools, thoughts)
    }
    usage.source = reader.source
    return usage.unlessEmpty
  }
}
