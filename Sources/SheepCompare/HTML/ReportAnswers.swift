import SheepCore

/// The answers of the first round, those to one prompt beside each other.
struct ReportAnswers {
  private let source: ReportSource

  /// With more prompts than this each one is folded away until it is opened.
  private static let mostOpen = 3

  init(_ source: ReportSource) {
    self.source = source
  }

  /// The part of the report; `nil` where answers were not asked for or none was kept.
  var section: ReportSection? {
    guard source.includesText else { return nil }
    let prompts = source.document.prompts
    var groups: [HTMLMarkup] = []
    let records = Dictionary(
      grouping: source.document.records.filter { $0.round == 1 && $0.isCounted }, by: \.prompt)
    for (prompt, records) in records.sorted(by: { $0.key < $1.key }) {
      let cards = source.document.entries.indices.compactMap { index in
        records.first { $0.target == index }.flatMap(card)
      }
      guard !cards.isEmpty else { continue }
      let content = [question(prompt), .element("div", [.style("answers")], cards)]
      groups.append(
        prompts <= Self.mostOpen
          ? HTMLMarkup(content)
          : .element("details", [], [.element("summary", text: "Prompt \(prompt)")] + content))
    }
    guard !groups.isEmpty else { return nil }
    return ReportSection(
      name: "answers", title: "Answers",
      lead: source.document.rounds > 1
        ? "The answers of the first round, verbatim." : "Verbatim.",
      content: HTMLMarkup(groups))
  }

  private func question(_ prompt: Int) -> HTMLMarkup {
    guard source.document.questions.indices.contains(prompt - 1) else { return .empty }
    let text = source.document.questions[prompt - 1]
    let name = source.document.prompts > 1 ? "Prompt \(prompt)" : "Prompt"
    return .element(
      "div", [.style("question"), .init("dir", "auto")] + Self.language(text),
      [.element("span", [.style("small")], text: name), .prose(text)])
  }

  private func card(_ record: CompareRecord) -> HTMLMarkup? {
    let body: HTMLMarkup
    if let text = record.text, !text.isEmpty {
      body = .element(
        "div", [.style("body"), .init("dir", "auto")] + Self.language(text), [.prose(text)])
    } else if let failure = record.failure {
      body = .element("div", [.style("body none")], text: "Failed: \(failure.message)")
    } else if record.text != nil {
      let reason = record.finishReason?.rawValue ?? "unknown"
      body = .element("div", [.style("body none")], text: "No visible text (ended: \(reason)).")
    } else {
      return nil
    }
    return .element(
      "article", [.style("answer")],
      [
        .element("h3", text: source.label(record.target)),
        .element("span", [.style("small")], text: facts(record)), body,
      ])
  }

  private func facts(_ record: CompareRecord) -> String {
    var parts: [String] = []
    if let time = record.times.firstToken {
      parts.append("first token \(CompareText.seconds(time.milliseconds))")
    }
    if let time = record.times.total { parts.append("whole \(CompareText.seconds(time.milliseconds))") }
    if let count = record.outputTokens {
      parts.append("\(record.tokensAreEstimated ? "~" : "")\(count) tokens")
    }
    if let cost = record.cost { parts.append((record.tokensAreEstimated ? "~" : "") + cost.display) }
    if let reason = record.finishReason, reason != .stop { parts.append("ended: \(reason.rawValue)") }
    return parts.joined(separator: " · ")
  }

  /// The language by its script, so that the reader's machine takes the right letters: Chinese,
  /// Japanese and Korean share code points that each of them draws in its own way.
  private static func language(_ text: String) -> [HTMLMarkup.Attribute] {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xac00...0xd7a3, 0x1100...0x11ff, 0x3130...0x318f: return [.init("lang", "ko")]
      case 0x3040...0x30ff: return [.init("lang", "ja")]
      default: continue
      }
    }
    return []
  }
}
