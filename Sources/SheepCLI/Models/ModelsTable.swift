import SheepCatalog
import SheepCore
import SheepRun
import SheepTerminal

/// The table of `sheep models`, for people and for a pipe.
struct ModelsTable {
  let rows: [ModelsRow]
  let day: Day
  /// Whether the profile needs a column of its own.
  let showsProfile: Bool

  /// A column, from left to right.
  private enum Part: CaseIterable {
    case id, profile, context, maxOutput, input, cached, output, bar, retires
  }

  /// What goes first where the terminal is too narrow.
  private static let expendable: [Part] = [.bar, .maxOutput, .cached, .context, .retires, .profile]
  /// An id is not cut below this while something expendable is left.
  private static let idWidth = 24
  private static let barWidth = 10
  /// Nearer than this many days a retirement is shown in red; twice as far in yellow.
  private static let soon = 30

  /// The table as text.
  ///
  /// - Parameter width: the terminal's columns; `nil` for a pipe, which gets every column in
  ///   full and no bars, so that its columns never move.
  func render(width: Int?, style: Style) -> String {
    var columns: [(part: Part, cells: [String])] = []
    for part in Part.allCases {
      if part == .profile, !showsProfile { continue }
      if width == nil ? part == .bar : isEmpty(part) { continue }
      columns.append((part, cells(part)))
    }
    if let width {
      for part in Self.expendable where natural(columns) > width { columns.removeAll { $0.part == part } }
      shortenPaths(in: &columns, to: width)
    }
    var table = Table(columns.map { Self.column($0.part) })
    for index in rows.indices {
      table.add(columns.map { $0.cells[index] }, inks: columns.map { ink($0.part, rows[index]) })
    }
    return table.render(width: width, style: style)
  }

  /// Cuts the beginning of ids that are paths, whose end tells them apart, to what is left of
  /// the row.
  private func shortenPaths(in columns: inout [(part: Part, cells: [String])], to width: Int) {
    let others = columns.dropFirst().reduce(2 * (columns.count - 1)) { sum, column in
      sum + column.cells.reduce(TextWidth.of(Self.header(column.part))) { max($0, TextWidth.of($1)) }
    }
    let room = max(12, width - others)
    columns[0].cells = columns[0].cells.map { id in
      guard id.utf8.contains(UInt8(ascii: "/")), id.utf8.allSatisfy({ $0 < 0x80 }), id.utf8.count > room
      else { return id }
      return "…" + id.suffix(room - 1)
    }
  }

  private func natural(_ columns: [(part: Part, cells: [String])]) -> Int {
    columns.reduce(2 * max(0, columns.count - 1)) { sum, column in
      let widest = column.cells.reduce(TextWidth.of(Self.header(column.part))) { max($0, TextWidth.of($1)) }
      return sum + (column.part == .id ? min(widest, Self.idWidth) : widest)
    }
  }

  private static func header(_ part: Part) -> String {
    switch part {
    case .id: "model"
    case .profile: "profile"
    case .context: "context"
    case .maxOutput: "max out"
    case .input: "in $/M"
    case .cached: "cached $/M"
    case .output: "out $/M"
    case .bar: ""
    case .retires: "retires"
    }
  }

  private static func column(_ part: Part) -> Table.Column {
    switch part {
    case .id, .profile: Table.Column(header(part))
    case .bar: Table.Column(header(part), canShrink: false, ink: .cyan)
    case .retires: Table.Column(header(part), canShrink: false)
    default: Table.Column(header(part), .right)
    }
  }

  /// Whether no row has anything to say in a column.
  private func isEmpty(_ part: Part) -> Bool {
    switch part {
    case .maxOutput: rows.allSatisfy { $0.maxOutput == nil }
    case .cached: rows.allSatisfy { $0.prices?.base.cacheRead == nil }
    case .retires: rows.allSatisfy { $0.retires == nil }
    case .context: rows.allSatisfy { $0.context == nil }
    case .bar: rows.count < 2 || dearest == nil
    default: false
    }
  }

  private func cells(_ part: Part) -> [String] {
    switch part {
    case .id: return rows.map { Messages.filtered($0.id) }
    case .profile: return rows.map { $0.profile ?? "-" }
    case .context: return rows.map { $0.context.map(Figures.grouped) ?? "-" }
    case .maxOutput: return rows.map { $0.maxOutput.map(Figures.grouped) ?? "-" }
    case .input: return prices { $0.base.input }
    case .cached: return prices(missing: "-") { $0.base.cacheRead }
    case .output: return prices { $0.base.output }
    case .bar:
      let dearest = dearest
      return rows.map {
        FigureText.bar($0.prices?.base.output?.perToken, of: dearest, width: Self.barWidth)
      }
    case .retires: return rows.map { $0.retires?.text ?? "-" }
    }
  }

  private func prices(missing: String = "unknown", _ price: (Prices) -> TokenPrice?) -> [String] {
    FigureText.aligned(
      rows.map { row in
        guard let prices = row.prices else { return missing }
        return price(prices).map { $0 == .free ? "free" : Self.text($0) } ?? missing
      })
  }

  /// USD per million tokens with two places at least.
  static func text(_ price: TokenPrice) -> String {
    let text = price.dollarsPerMillion
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return text + ".00" }
    return text.utf8.distance(from: point, to: text.utf8.endIndex) == 2 ? text + "0" : text
  }

  private var dearest: Money? { rows.compactMap { $0.prices?.base.output?.perToken }.max() }

  private func ink(_ part: Part, _ row: ModelsRow) -> Ink? {
    switch part {
    case .input: row.prices?.base.input == nil ? .dim : nil
    case .output: row.prices?.base.output == nil ? .dim : nil
    case .retires:
      row.retires.flatMap { date in
        let days = date.days(since: day)
        return days < Self.soon ? .red : days < 2 * Self.soon ? .yellow : nil
      }
    default: nil
    }
  }
}
