import SheepCatalog
import SheepCore
import SheepRun
import SheepTerminal

/// How the amount of one model comes about.
struct CostExplanation {
  let row: CostRow
  let versus: CostRow?
  let rate: RequestRate?
  let fee: Money?
  let day: Day

  /// The explanation as text.
  func render(width: Int?, style: Style) -> String {
    style.bold(title) + "\n" + freely + breakdown(width, style) + amounts(width, style) + sources(style)
  }

  private var title: String {
    var title = Messages.filtered(row.label)
    if let entry = row.quote.entry, entry.id != row.name { title += ", which is \(entry.id)" }
    return title
  }

  private var freely: String { row.cost.headline.isFree ? "free\n" : "" }

  private func breakdown(_ width: Int?, _ style: Style) -> String {
    let cost = row.cost.headline
    guard !cost.parts.isEmpty else { return "" }
    var table = Table([
      Table.Column(row.range.isExact ? "kind" : row.range.likely == nil ? "at most" : "likely"),
      Table.Column("tokens", .right), Table.Column("$/M", .right), Table.Column("amount", .right),
    ])
    let prices = FigureText.aligned(cost.parts.map { $0.price.map(ModelsTable.text) ?? "-" } + ["-"])
    let amounts = FigureText.column(cost.parts.map(\.amount) + [cost.total]).map { $0 ?? "unknown" }
    for (index, part) in cost.parts.enumerated() {
      let count = part.kind == .request ? "-" : tokens(part.count)
      table.add([part.kind.label, count, prices[index], amounts[index]])
    }
    let count = cost.parts.filter { $0.kind != .request }.reduce(0) { sum, part in
      let (total, overflow) = sum.addingReportingOverflow(part.count)
      return overflow ? .max : total
    }
    table.add(["total", tokens(count), "", mark + (amounts.last ?? "")], inks: [.bold, .bold, nil, .bold])
    return table.render(width: width, style: style)
  }

  /// What stands before an estimate; the ends of a range are no estimates.
  private var mark: String {
    row.cost.headline.isEstimate && row.range.likely != nil && row.amount != nil ? "~" : ""
  }

  private func tokens(_ count: Int) -> String {
    mark + Figures.grouped(count)
  }

  /// The range, the forecast and what is saved.
  private func amounts(_ width: Int?, _ style: Style) -> String {
    var lines: [(String, String)] = []
    if !row.range.isExact, row.quote.prices != nil {
      let ends = FigureText.column([row.cost.least.total, row.cost.likely?.total, row.cost.most?.total])
      lines.append(("at least", ends[0] ?? "unknown"))
      if let likely = ends[1] { lines.append(("likely", "~" + likely)) }
      lines.append(("at most", ends[2] ?? "unknown: the model's maximum answer length is not known"))
    }
    if let rate {
      let fee = fee.map { ", \($0.display) fee included" } ?? ""
      let each = "\(Figures.grouped(rate.count)) requests a \(rate.period.rawValue)\(fee)"
      lines.append(("a month", (row.month?.display ?? "unknown") + "  (" + each + ")"))
      lines.append(("a year", row.year?.display ?? "unknown"))
    }
    if let versus { lines += saving(versus) }
    guard !lines.isEmpty else { return "" }
    let longest = lines.map { TextWidth.of($0.0) }.max() ?? 0
    var text = ""
    for (name, value) in lines { text += name.padded(to: longest + 2) + value + "\n" }
    return text
  }

  private func saving(_ versus: CostRow) -> [(String, String)] {
    let name = "versus \(Messages.filtered(versus.profile == nil ? versus.name : versus.label))"
    let theirs = rate == nil ? versus.amount : versus.month
    let unit = rate == nil ? "" : " a month"
    var lines = [(name, (theirs?.display ?? "unknown") + unit)]
    guard let saving = row.saving, let saved = rate == nil ? saving.request : saving.month else {
      return lines + [("saved", "unknown")]
    }
    var share = ""
    if let before = saving.permilleBeforeFee, let after = saving.permille {
      share = "  (" + FigureText.percent(permille: after)
      if fee != nil {
        share = "  (\(FigureText.percent(permille: before)) before the fee, "
        share += FigureText.percent(permille: after) + " after it"
      }
      share += ")"
    }
    lines.append(("saved", saved.display + unit + share))
    if let year = saving.year { lines.append(("", year.display + " a year")) }
    return lines
  }

  /// Where the price comes from, how old it is, and what was assumed.
  private func sources(_ style: Style) -> String {
    var lines: [String] = []
    let quote = row.quote
    switch quote.source {
    case .catalogue, .reported:
      let age = CostText.age(quote.checked, on: day).map { ", " + $0 } ?? ""
      lines.append("price: \(quote.entry?.source ?? "built-in list")\(age)")
    case .user:
      let age = CostText.age(quote.checked, on: day).map { ", " + $0 } ?? ""
      lines.append("price: your own\(age)")
    case .unknown:
      let usage = row.range.least
      lines.append(
        "price unknown (for \(Figures.grouped(usage.inputTotal ?? 0)) in / "
          + "\(Figures.grouped(usage.outputTotal ?? 0)) out)")
    }
    var text = ""
    for line in lines { text += Messages.filtered(line) + "\n" }
    if quote.source == .catalogue, let entry = quote.entry, entry.isStale(on: day) {
      text +=
        style.yellow("the price was last checked more than \(CatalogueEntry.daysUntilStale) days ago") + "\n"
    }
    for note in row.cost.headline.notes + [quote.entry?.note].compactMap({ $0 }) {
      text += style.dim("note: " + Messages.filtered(note)) + "\n"
    }
    return text
  }
}
