import SheepCore
import SheepTerminal

/// The figures of all targets: what matters as a table with room, everything in one that opens.
struct ReportTable {
  private let source: ReportSource

  /// A column: its name, where its cells stand, and what is in them.
  private struct Column {
    let name: String
    var look = "number"
    /// Whether it is shown at all.
    var isNeeded = true
    let cell: (Int) -> HTMLMarkup
  }

  init(_ source: ReportSource) {
    self.source = source
  }

  /// The part of the report.
  var section: ReportSection? {
    let columns = columns.filter(\.isNeeded)
    let head = HTMLMarkup.element(
      "thead", [],
      [.element("tr", [], columns.map { .element("th", [.style($0.look)], [source.sentence($0.name)]) })])
    let rows = source.document.entries.indices.map { index in
      HTMLMarkup.element(
        "tr", [],
        columns.map { column in
          let name = column.look == "number" ? [HTMLMarkup.Attribute("data-name", column.name)] : []
          return .element("td", [.style(column.look)] + name, [column.cell(index)])
        })
    }
    let table = HTMLMarkup.element("table", [.style("figures")], [head, .element("tbody", [], rows)])
    let notes = CompareNotes(source.document, source.analysis).lines
    return ReportSection(
      name: "figures", title: "Figures",
      lead: lead,
      content: HTMLMarkup([
        table,
        .element("ul", [.style("notes")], notes.map { .element("li", text: Self.sentence($0)) }),
        allFigures,
      ]))
  }

  private var lead: String {
    let kind =
      source.isSeries ? "Medians of the successful calls, with the range in small print" : "One call each"
    return kind + ". "
      + (source.document.isCold
        ? "Every call opened a new connection, which is part of the time."
        : "The time to connect is not part of the times.")
  }

  private var columns: [Column] {
    let analysis = source.analysis
    return [
      Column(name: "", look: "order") { .text("\($0 + 1)") },
      Column(name: "Model", look: "model") { model($0) },
      Column(name: "Answered") { answered($0) },
      Column(name: "First token") { firstToken($0) },
      Column(name: verdictName, isNeeded: source.hasVerdicts) { verdict($0) },
      Column(name: "Whole answer") { .text(CompareText.seconds(analysis.figures[$0].endToEnd.median)) },
      Column(name: "Tokens per second") { speed($0) },
      Column(name: "Tokens out") { output($0) },
      Column(name: "USD for 1,000 calls") { cost($0) },
    ]
  }

  private var verdictName: String {
    source.analysis.baseline.map { "Against \(source.label($0))" } ?? "Verdict"
  }

  private func model(_ index: Int) -> HTMLMarkup {
    let entry = source.document.entries[index]
    let mark = source.isOnFront(index) ? [HTMLMarkup.Attribute.style("strong front")] : [.style("strong")]
    var content = [
      HTMLMarkup.element("span", [.style("place")], text: "\(index + 1)  "),
      .element("span", mark, text: entry.label),
    ]
    content.append(.element("span", [.style("small")], text: place(entry)))
    return HTMLMarkup(content)
  }

  private func place(_ entry: CompareDocument.Entry) -> String {
    var text = entry.profile.map { "\($0), \(entry.host)" } ?? entry.host
    if source.document.runs.indices.contains(entry.run), !source.document.isInterleaved {
      text += ", " + source.document.runs[entry.run].name
    }
    return text
  }

  private func answered(_ index: Int) -> HTMLMarkup {
    let own = source.analysis.figures[index]
    let text = "\(own.succeeded) of \(own.attempted)"
    guard own.succeeded < own.attempted,
      let interval = WilsonInterval(successes: own.succeeded, of: own.attempted)
    else { return .text(text) }
    let range = CompareText.percent(interval.low) + " to " + CompareText.percent(interval.high)
    return HTMLMarkup([
      .element("span", [.style("bad")], text: text),
      source.isSeries ? .element("span", [.style("small")], text: range) : .empty,
    ])
  }

  private func firstToken(_ index: Int) -> HTMLMarkup {
    let sample = source.headline(index)
    guard let median = sample.median else { return .text("–") }
    var parts = [HTMLMarkup.element("span", [.style("strong")], text: CompareText.seconds(median))]
    if sample.count > 1 {
      let range = CompareText.seconds(sample.minimum) + " – " + CompareText.seconds(sample.maximum)
      parts.append(.element("span", [.style("small")], text: range))
    }
    return HTMLMarkup(parts)
  }

  private func verdict(_ index: Int) -> HTMLMarkup {
    guard let verdict = source.verdict(index) else {
      return .element("span", [.style("soft")], text: index == source.analysis.baseline ? "baseline" : "–")
    }
    let words: String
    var look = "soft"
    switch verdict.word {
    case .faster, .slower:
      words = CompareText.verdict(verdict, showsInterval: false)
      look = verdict.word == .faster ? "accent" : "strong"
    case .tied: words = "no difference seen"
    case .negligible: words = "under \(CompareText.percent(Verdict.leastEffect))"
    case .undecided: words = "too few answers"
    case .unpaired: words = CompareText.verdict(verdict, showsInterval: false)
    }
    var parts = [HTMLMarkup.element("span", [.style(look)], text: words)]
    if let interval = CompareText.interval(verdict) {
      parts.append(.element("span", [.style("small")], text: interval))
    }
    return HTMLMarkup(parts)
  }

  private func speed(_ index: Int) -> HTMLMarkup {
    let own = source.analysis.figures[index]
    let text = CompareText.rate(own.decodeRate.median)
    if text == "-" { return .text("–") }
    return .text(text + (own.flags[.hiddenReasoning] == nil ? "" : " r"))
  }

  private func output(_ index: Int) -> HTMLMarkup {
    let own = source.analysis.figures[index]
    guard let median = own.outputTokens.median else { return .text("–") }
    return .text((own.tokensAreEstimated ? "~" : "") + Figures.rounded(median, decimals: 0))
  }

  private func cost(_ index: Int) -> HTMLMarkup {
    let own = source.analysis.figures[index]
    guard let amount = own.costOfThousand else { return .text(own.succeeded == 0 ? "–" : "unknown") }
    return .text(
      (own.tokensAreEstimated ? "~" : "")
        + CompareText.dollars(amount, decimals: source.analysis.costDecimals))
  }

  // MARK: Everything

  /// The table of the terminal with all its columns, folded away.
  private var allFigures: HTMLMarkup {
    let (headers, rows) = CompareTable(
      source.document, source.analysis, width: nil, style: Style(isOn: false)
    ).cells
    func cells(_ texts: [String], _ name: StaticString) -> [HTMLMarkup] {
      texts.enumerated().map { .element(name, $0.offset == 0 ? [] : [.style("number")], text: $0.element) }
    }
    let table = HTMLMarkup.element(
      "table", [],
      [.element("thead", [], [.element("tr", [], cells(headers, "th"))])]
        + [.element("tbody", [], rows.map { .element("tr", [], cells($0, "td")) })])
    return .element(
      "details", [],
      [.element("summary", text: "All figures"), .element("div", [.style("scroll")], [table])])
  }

  /// A note as a sentence.
  static func sentence(_ note: String) -> String {
    // In a report the mark of the front is the one of its chart.
    if note.hasPrefix("* ") { return "◆ " + note.dropFirst(2) }
    guard let first = note.first, first.isLowercase, !note.hasPrefix("r:") else { return note }
    return first.uppercased() + note.dropFirst()
  }
}
