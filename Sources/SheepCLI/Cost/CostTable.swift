import SheepCatalog
import SheepCore
import SheepRun
import SheepTerminal

/// The rows of `sheep cost` side by side.
struct CostTable {
  let rows: [CostRow]
  let versus: CostRow?
  let input: CostInput
  let hasForecast: Bool
  /// The profile that is not written after a model's name.
  let plainProfile: String

  /// A column, from left to right.
  private enum Part: CaseIterable {
    case model, input, output, least, total, most, month, year, saved, share, bar
  }

  /// What goes first where the terminal is too narrow.
  private static let expendable: [Part] = [.bar, .input, .output, .year, .least, .share, .total, .saved]
  /// A name is not cut below this while something expendable is left.
  private static let nameWidth = 16
  private static let barWidth = 10

  /// The table as text; `width` as for `ModelsTable`.
  func render(width: Int?, style: Style) -> String {
    let shown = rows + (versus.map { [$0] } ?? [])
    var columns = Part.allCases.filter { applies($0, isTerminal: width != nil) }
      .map { (part: $0, cells: cells($0, shown)) }
    if let width {
      for part in Self.expendable where natural(columns) > width && columns.count > 2 {
        if part == .total, !columns.contains(where: { $0.part == .month || $0.part == .most }) { continue }
        columns.removeAll { $0.part == part }
      }
    }
    var table = Table(
      columns.map { column in
        let header = header(column.part)
        return switch column.part {
        case .model: Table.Column(header)
        case .bar: Table.Column(header, canShrink: false, ink: .cyan)
        default: Table.Column(header, .right)
        }
      })
    for index in shown.indices {
      let isVersus = index == rows.count
      let inks: [Ink?] = columns.map { column in
        if column.part == .bar { return nil }
        if isVersus { return .dim }
        if shown[index].amount == nil, column.part != .model { return .dim }
        return index == 0 && column.part == .model && rows.count > 1 ? .green : nil
      }
      table.add(columns.map { $0.cells[index] }, inks: inks)
    }
    return table.render(width: width, style: style)
  }

  private func natural(_ columns: [(part: Part, cells: [String])]) -> Int {
    columns.reduce(2 * max(0, columns.count - 1)) { sum, column in
      let widest = column.cells.reduce(TextWidth.of(header(column.part))) { max($0, TextWidth.of($1)) }
      return sum + (column.part == .model ? min(widest, Self.nameWidth) : widest)
    }
  }

  /// Whether both ends of the amount are one.
  private var isExact: Bool { rows.allSatisfy { $0.range.isExact } }

  private func applies(_ part: Part, isTerminal: Bool) -> Bool {
    switch part {
    case .model: true
    case .input, .output: isExact && !hasForecast
    case .least, .most: !isExact
    case .total: rows.contains { $0.range.likely != nil }
    case .month, .year: hasForecast
    case .saved, .share: versus != nil
    case .bar: isTerminal && rows.count + (versus == nil ? 0 : 1) > 1
    }
  }

  private func header(_ part: Part) -> String {
    switch part {
    case .model: "model"
    case .input: "input"
    case .output: "output"
    case .least: "at least"
    case .total: isExact ? (hasForecast ? "a request" : "total") : "likely"
    case .most: "at most"
    case .month: "a month"
    case .year: "a year"
    case .saved: hasForecast ? "saved a month" : "saved"
    case .share: "saved %"
    case .bar: ""
    }
  }

  private func cells(_ part: Part, _ rows: [CostRow]) -> [String] {
    switch part {
    case .model:
      return rows.enumerated().map { ($0.offset == self.rows.count ? "versus " : "") + label($0.element) }
    case .input: return amounts(rows) { $0.cost.headline.input }
    case .output: return amounts(rows) { $0.cost.headline.output }
    case .least: return amounts(rows, isLikely: false) { $0.cost.least.total }
    case .total: return amounts(rows, freeIsFree: true) { $0.cost.likely?.total }
    case .most: return amounts(rows, freeIsFree: true, isLikely: false) { $0.cost.most?.total }
    case .month: return amounts(rows) { $0.month }
    case .year: return amounts(rows) { $0.year }
    case .saved:
      return amounts(rows, missing: "-") { hasForecast ? $0.saving?.month : $0.saving?.request }
    case .share:
      return rows.map { row in row.saving?.permille.map { FigureText.percent(permille: $0) } ?? "-" }
    case .bar:
      let largest = rows.compactMap { amount($0) }.max()
      return rows.map { FigureText.bar(amount($0), of: largest, width: Self.barWidth) }
    }
  }

  /// A row's name with the profile where it is not the one that everybody expects.
  private func label(_ row: CostRow) -> String {
    Messages.filtered(row.profile == plainProfile ? row.name : row.label)
  }

  private func amount(_ row: CostRow) -> Money? { hasForecast ? row.month : row.amount }

  private func amounts(
    _ rows: [CostRow], missing: String = "unknown", freeIsFree: Bool = false, isLikely: Bool = true,
    _ amount: (CostRow) -> Money?
  ) -> [String] {
    zip(rows, FigureText.column(rows.map(amount))).map { row, text in
      guard let text else { return missing }
      if freeIsFree, row.cost.headline.isFree, amount(row) == .zero { return "free" }
      return (row.cost.headline.isEstimate && isLikely ? "~" : "") + text
    }
  }
}

/// Words that table and explanation share.
enum CostText {
  /// The estimated tokens of each piece of text, and of all together.
  static func pieces(_ input: CostInput, width: Int?, style: Style) -> String {
    var table = Table([
      Table.Column("text"), Table.Column("tokens", .right), Table.Column("at least", .right),
      Table.Column("at most", .right),
    ])
    func add(_ name: String, _ estimate: TokenEstimate, _ inks: [Ink?] = []) {
      table.add(
        [
          name, "~" + Figures.grouped(estimate.tokens), Figures.grouped(estimate.low),
          Figures.grouped(estimate.high),
        ], inks: inks)
    }
    for piece in input.pieces { add(Messages.filtered(piece.name), piece.estimate) }
    // The sum has what a chat message's frame adds, which is no piece's own.
    add("prompt", input.prompt, [.bold, .bold, .bold, .bold])
    return table.render(width: width, style: style)
  }

  /// How old a price is: `checked 2026-11-21, today`.
  static func age(_ checked: Day?, on day: Day) -> String? {
    guard let checked else { return nil }
    let days = day.days(since: checked)
    let age =
      switch days {
      case ..<0: "in the future"
      case 0: "today"
      case 1: "yesterday"
      default: "\(days) days ago"
      }
    return "checked " + checked.text + ", " + age
  }
}
