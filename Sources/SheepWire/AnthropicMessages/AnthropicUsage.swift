import SheepCore

/// The tokens of one answer, whose counts come in pieces: a later value replaces an earlier one,
/// and what is absent stays.
///
/// The counts are disjoint but for thinking, which is inside the output, and the lifetimes of
/// the cache, which are inside what was written to it.
struct AnthropicUsage {
  private static let names = [
    "input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "cache_creation",
    "output_tokens", "output_tokens_details",
  ]

  private var counts = JSONObject()

  /// Takes a `usage` object.
  /// - Parameter isFinal: whether its output is that of the whole answer so far; the one that
  ///   begins a stream counts a token or so and says nothing.
  mutating func take(_ report: JSON, isFinal: Bool) {
    guard report.object != nil else { return }
    let total = report["cache_creation_input_tokens"]
    if let total, total != counts["cache_creation_input_tokens"] { counts["cache_creation"] = nil }
    for name in Self.names {
      if !isFinal, name.utf8.starts(with: "output".utf8) { continue }
      if let value = report[name] { counts[name] = value }
    }
  }

  /// The record so far; `nil` when it holds no count at all.
  var record: Usage? {
    var reader = UsageReader(.object(counts))
    var usage = Usage(
      input: reader.count("input_tokens"), cacheRead: reader.count("cache_read_input_tokens"))
    let written = reader.count("cache_creation_input_tokens")
    let minutes = reader.count("cache_creation", "ephemeral_5m_input_tokens")
    let hour = reader.count("cache_creation", "ephemeral_1h_input_tokens")
    usage.cacheWriteHour = hour
    usage.cacheWrite = minutes ?? written.map { reader.less($0, hour) }
    if let written, let minutes, UsageReader.sum([minutes, hour]) != written {
      reader.isContradictory = true
    }
    let thinking = reader.count("output_tokens_details", "thinking_tokens")
    usage.output = reader.count("output_tokens").map { reader.less($0, thinking) }
    usage.reasoning = thinking
    usage.source = usage.output == nil ? .partial : reader.source
    return usage.unlessEmpty
  }
}
