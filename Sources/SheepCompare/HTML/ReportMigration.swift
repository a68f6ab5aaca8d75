import SheepCore

/// What a move from the baseline to another target means: shown where a baseline was asked for
/// and there are two targets, or where it is known how many requests there are.
struct ReportMigration {
  private let source: ReportSource

  init(_ source: ReportSource) {
    self.source = source
  }

  /// The part of the report; `nil` where nobody asked for it.
  var section: ReportSection? {
    let document = source.document
    guard source.rate != nil || (document.baseline != nil && document.entries.count == 2),
      let migration = CompareMigration(document, source.analysis, rate: source.rate)
    else { return nil }
    let from = source.label(migration.baseline)
    let tables = migration.targets.map { table(migration, to: $0, from: from) }
    return ReportSection(
      name: "move", title: "Moving from \(from)", lead: lead,
      content: .element("div", [.style("moves")], tables))
  }

  private var lead: String {
    var text = "The 95% interval of the change is in brackets."
    if let rate = source.rate {
      text = "There are \(Figures.grouped(rate.count)) requests a \(rate.period.rawValue). " + text
    }
    return text
  }

  private func table(_ migration: CompareMigration, to index: Int, from: String) -> HTMLMarkup {
    let head = ["", "Now", "New", "Change"].enumerated().map {
      HTMLMarkup.element("th", $0.offset == 0 ? [] : [.style("number")], text: $0.element)
    }
    let rows = migration.rows(to: index).map { row in
      HTMLMarkup.element(
        "tr", [],
        [
          .element("td", text: ReportTable.sentence(row.name)),
          .element("td", [.style("number")], text: Self.dashed(row.now)),
          .element("td", [.style("number")], text: Self.dashed(row.new)),
          change(row.change),
        ])
    }
    return .element(
      "table", [.style("move")],
      [
        .element(
          "caption", [], [.text("To "), .element("span", [.style("strong")], text: source.label(index))]),
        .element("thead", [], [.element("tr", [], head)]),
        .element("tbody", [], rows),
      ])
  }

  private static func dashed(_ text: String) -> String { text == "-" ? "–" : text }

  /// A change, its interval in small print below.
  private func change(_ text: String) -> HTMLMarkup {
    guard let bracket = text.firstIndex(of: "[") else {
      return .element("td", [.style("number")], text: Self.dashed(text))
    }
    return .element(
      "td", [.style("number")],
      [
        .element("span", text: String(text[..<bracket].dropLast())),
        .element("span", [.style("small")], text: String(text[bracket...])),
      ])
  }
}
