import SheepCore

/// The report of `--export x.html`: one file that needs no script and no network.
struct HTMLReport {
  private let source: ReportSource

  init(_ source: ReportSource) {
    self.source = source
  }

  /// The parts in their order; those that have nothing to show are left out. A new part is a
  /// type with a `section` and a line here.
  private var sections: [ReportSection] {
    [
      ReportTable(source).section,
      ParetoChart(source).section,
      StripChart(source).section,
      ReportMigration(source).section,
      ReportQuality(source).section,
      ReportAnswers(source).section,
      ReportMethod(source).section,
    ].compactMap { $0 }
  }

  /// The whole page.
  func render() -> String {
    let headline = ReportHeadline(source)
    return HTMLMarkup.page(
      head: [
        .void("meta", [.init("charset", "utf-8")]),
        .void("meta", [.init("name", "viewport"), .init("content", "width=device-width, initial-scale=1")]),
        // Nothing in the page may run or be fetched, even if a text found a way in.
        .void(
          "meta",
          [
            .init("http-equiv", "Content-Security-Policy"),
            .init("content", "default-src 'none'; style-src 'unsafe-inline'"),
          ]),
        .void("meta", [.init("name", "color-scheme"), .init("content", "light dark")]),
        .void("meta", [.init("name", "generator"), .init("content", "sheep " + Version.current)]),
        .element("title", text: headline.title + " · sheep compare"),
        .element("style", [], [ReportStyle.sheet]),
      ],
      body: [
        .element(
          "main", [],
          [header(headline)] + sections.map(Self.part) + [
            .element("footer", text: "Written by sheep \(Version.current).")
          ])
      ])
  }

  private func header(_ headline: ReportHeadline) -> HTMLMarkup {
    .element(
      "header", [],
      [
        .element("p", [.style("kicker")], text: headline.kicker),
        .element("h1", [], [source.sentence(headline.title)]),
        .element(
          "dl", [.style("facts")],
          headline.facts.map { fact in
            .element(
              "div", [], [.element("dt", text: fact.name), .element("dd", [], [source.sentence(fact.text)])])
          }),
      ])
  }

  private static func part(_ section: ReportSection) -> HTMLMarkup {
    .element(
      "section", [.init("id", section.name)],
      [
        .element("h2", text: section.title),
        section.lead.isEmpty ? .empty : .element("p", [.style("lead")], text: section.lead),
        section.content,
      ])
  }
}
