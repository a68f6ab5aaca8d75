package import SheepCore

/// The line after an answer: who answered, how fast, how much, for how much money.
package enum Receipt {
  /// The parts of the line, for example `gpt-4.1 · first token 0.41 s · total 1.92 s · 88 tok/s · 12 in + 212 out · $0.001792`.
  package static func parts(requested: String, answer: Answer, cost: Cost) -> [String] {
    var parts: [String] = [model(requested: requested, served: answer.servedModel)]
    if let first = answer.timing.timeToFirstToken { parts.append("first token " + DurationText.of(first)) }
    if let total = answer.timing.total { parts.append("total " + DurationText.of(total)) }
    if let speed = speed(answer) { parts.append("\(speed) tok/s") }
    parts.append(tokens(answer.usage))
    parts.append(cost.display)
    if answer.attempts > 1 { parts.append("\(answer.attempts) attempts") }
    return parts
  }

  private static func model(requested: String, served: String?) -> String {
    guard let served, !served.isEmpty, served != requested else { return requested }
    return "\(served) for \(requested)"
  }

  /// Tokens per second after the first one, rounded; `nil` when it cannot be known.
  package static func speed(_ answer: Answer) -> String? {
    let perToken = answer.timing.timePerOutputToken(
      usage: answer.usage, streamedReasoning: answer.streamedReasoning)
    guard let nanoseconds = perToken?.nanoseconds, nanoseconds > 0 else { return nil }
    let mark = answer.usage?.source == .estimated ? "~" : ""
    let tenths = 10_000_000_000 / nanoseconds
    return mark + (tenths < 100 ? Figures.fixed(tenths, decimals: 1) : String((tenths + 5) / 10))
  }

  private static func tokens(_ usage: Usage?) -> String {
    guard let usage, let input = usage.inputTotal, let output = usage.outputTotal else {
      return "tokens unknown"
    }
    let mark = usage.source == .estimated ? "~" : ""
    var text = "\(mark)\(input) in"
    if let cached = usage.cacheRead, cached > 0 { text += " (\(cached) cached)" }
    text += " + \(mark)\(output) out"
    if let reasoning = usage.reasoning, reasoning > 0 { text += " (\(reasoning) reasoning)" }
    return text
  }
}
