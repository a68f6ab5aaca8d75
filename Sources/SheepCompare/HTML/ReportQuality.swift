import SheepTerminal

/// What the answers were worth: what was expected of them, and what a judge said.
struct ReportQuality {
  private let source: ReportSource

  init(_ source: ReportSource) {
    self.source = source
  }

  /// The part of the report; `nil` where nothing was expected and nobody judged.
  var section: ReportSection? {
    let entries = source.document.entries.indices
    let columns = CompareTable(
      source.document, source.analysis, width: nil, style: Style(isOn: false)
    ).qualityColumns.filter { column in entries.contains { !["-", ""].contains(column.cell($0)) } }
    guard !columns.isEmpty else { return nil }
    let head = columns.map {
      HTMLMarkup.element("th", [.style("number")], text: ReportTable.sentence($0.header))
    }
    let rows = entries.map { index in
      HTMLMarkup.element(
        "tr", [],
        [
          .element("td", [.style("order")], text: "\(index + 1)"),
          .element(
            "td", [.style("model")],
            [
              .element("span", [.style("place")], text: "\(index + 1)  "),
              .element("span", [.style("strong")], text: source.label(index)),
            ]),
        ]
          + columns.map { column in
            let cell = column.cell(index)
            return .element(
              "td", [.style("number"), .init("data-name", ReportTable.sentence(column.header))],
              text: cell == "-" ? "–" : cell)
          })
    }
    return ReportSection(
      name: "quality", title: "Quality", lead: lead,
      content: .element(
        "table", [.style("figures")],
        [
          .element(
            "thead", [],
            [
              .element(
                "tr", [],
                [.element("th", [.style("order")]), .element("th", [.style("model")], text: "Model")] + head)
            ]),
          .element("tbody", [], rows),
        ]))
  }

  private var lead: String {
    guard let judging = source.document.judging else {
      return "An answer is solved if it met all expectations; a failed call is not solved."
    }
    return
      "Judged by \(judging.judge.label), blind and in both orders; a choice that changed with the order is a tie."
  }
}
