import SheepCore
package import SheepTerminal

/// The table of a comparison, as wide as the terminal allows: the columns that matter least go
/// first.
package struct CompareTable {
  let document: CompareDocument
  let analysis: CompareAnalysis
  private let style: Style
  private let width: Int?

  /// A column: what it is called, how long it stays, and its cells.
  struct Column {
    let header: String
    /// The higher, the sooner it goes; 0 always stays.
    let rank: Int
    var alignment = Alignment.right
    var ink: Ink = []
    let cell: (Int) -> String
  }

  private static let gap = 2
  private static let barWidth = 12

  /// A table for a terminal of so many columns; `nil`: with all columns that say something.
  package init(_ document: CompareDocument, _ analysis: CompareAnalysis, width: Int?, style: Style) {
    self.document = document
    self.analysis = analysis
    self.width = width
    self.style = style
  }

  /// The lines above, the table, and the lines below it.
  package func render() -> String {
    let columns = columns
    var table = Table(
      columns.map { Table.Column($0.header, $0.alignment, canShrink: $0.rank == 0, ink: $0.ink) })
    for index in document.entries.indices {
      table.add(columns.map { EscapeFilter.visible($0.cell(index)) })
    }
    return wrapped(header) + table.render(width: width, style: style)
      + notes.map { wrapped($0) }.joined()
  }

  /// Headers and cells, of all columns that say something.
  var cells: (headers: [String], rows: [[String]]) {
    let columns = columns
    return (columns.map(\.header), document.entries.indices.map { row in columns.map { $0.cell(row) } })
  }

  /// How it was measured.
  var headline: String { header }

  /// Whether there is more than one attempt per target.
  private var isSeries: Bool { document.rounds * document.prompts > 1 }

  /// The columns that fit; where money would have to go, the range of the times goes first.
  private var columns: [Column] {
    guard isSeries else { return fitting(singleColumns) }
    let all = fitting(seriesColumns(isTight: false))
    let hasMoney = all.contains { $0.header == Self.moneyHeader }
    return hasMoney ? all : fitting(seriesColumns(isTight: true))
  }

  private static let moneyHeader = "$/1k calls"
  /// A name may be cut down to so many columns before others have to go.
  private static let shortestName = 26
  /// A baseline's name that is longer is not repeated in the header of its column.
  private static let longestBaseline = 16

  private func fitting(_ all: [Column]) -> [Column] {
    // A column without a single value says nothing.
    var columns = all.filter { column in
      column.rank == 0
        || document.entries.indices.contains {
          let cell = column.cell($0)
          return cell != "-" && !cell.isEmpty
        }
    }
    guard let width else { return columns.filter { $0.header != "" || $0.rank == 0 } }
    func total() -> Int {
      columns.reduce(-Self.gap) { sum, column in
        let cells = document.entries.indices.map { TextWidth.of(column.cell($0)) }
        let widest = max(TextWidth.of(column.header), cells.max() ?? 0)
        let canShrink = column.rank == 0 && column.alignment == .left && column.header == "model"
        return sum + Self.gap + (canShrink ? min(widest, Self.shortestName) : widest)
      }
    }
    while total() > width, let last = columns.indices.max(by: { columns[$0].rank < columns[$1].rank }),
      columns[last].rank > 0
    {
      columns.remove(at: last)
    }
    return columns
  }

  private func wrapped(_ text: String) -> String {
    guard let width else { return style.dim(text) + "\n" }
    return WordWrap.rows(text, width: width).map { style.dim($0) + "\n" }.joined()
  }

  // MARK: Columns

  private func figures(_ index: Int) -> CompareFigures { analysis.figures[index] }

  private var modelColumn: Column {
    Column(header: "model", rank: 0, alignment: .left, ink: .cyan) { figures($0).label }
  }

  private func headlineSample(_ index: Int) -> Sample {
    document.isCold ? figures(index).firstTokenTotal : figures(index).firstToken
  }

  private var singleColumns: [Column] {
    [
      modelColumn,
      Column(header: document.isCold ? "TTFT total" : "first token", rank: 0) {
        // Never asked, because of a cap or a signal, is no failure.
        if figures($0).attempted == 0 { return "not measured" }
        return figures($0).succeeded == 0 ? "failed" : CompareText.seconds(headlineSample($0).median)
      },
      Column(header: "", rank: 5, alignment: .left, ink: .green) {
        CompareText.bar(headlineSample($0).median, of: largestHeadline, width: Self.barWidth)
      },
      Column(header: "visible", rank: 7) { visible($0, CompareText.seconds) },
      Column(header: "TTFT total", rank: 13) {
        document.isCold ? "-" : CompareText.seconds(figures($0).firstTokenTotal.median)
      },
      Column(header: "total", rank: 1) { CompareText.seconds(figures($0).total.median) },
      Column(header: "tok/s", rank: 2) { speed($0) },
      Column(header: "e2e tok/s", rank: 10) { CompareText.rate(figures($0).endToEndRate.median) },
      Column(header: "TPOT ms", rank: 13) { CompareText.milliseconds(figures($0).perToken.median) },
      Column(header: "in", rank: 4) { tokens($0, \.inputTokens) },
      Column(header: "cached", rank: 6) { some(figures($0).cachedTokens.median) },
      Column(header: "out", rank: 3) { tokens($0, \.outputTokens) },
      Column(header: "reasoning", rank: 5) { some(figures($0).reasoningTokens.median) },
      Column(header: "cost", rank: 0, ink: .green) { cost($0, figures($0).meanCost) },
      Column(header: "price", rank: 8, alignment: .left) {
        figures($0).costSources.joined(separator: "+")
      },
      Column(header: "stall", rank: 11) { CompareText.seconds(figures($0).longestStall.median) },
      Column(header: "connect", rank: 12) { CompareText.seconds(figures($0).connecting.median) },
      Column(header: "finish", rank: 8, alignment: .left) { finish($0) },
    ] + qualityColumns
  }

  /// - Parameter isTight: whether the times stand without their range.
  private func seriesColumns(isTight: Bool) -> [Column] {
    let unit = document.isCold ? "TTFT total ms" : "TTFT ms"
    var columns = [
      modelColumn,
      Column(header: "ok", rank: 0) { "\(figures($0).succeeded)/\(figures($0).attempted)" },
      Column(header: "ok 95%", rank: 12) { wilson($0) },
      Column(header: isTight ? unit : unit + " (min-max)", rank: 0) {
        isTight ? CompareText.milliseconds(headlineSample($0).median) : range(headlineSample($0))
      },
      Column(header: unit + " p95", rank: 9) {
        headlineSample($0).percentile95.map(CompareText.milliseconds) ?? "-"
      },
      Column(header: "by round", rank: 4, alignment: .left, ink: .green) {
        CompareText.sparkline(figures($0).series, range: seriesRange, width: 20)
      },
    ]
    columns.append(verdictColumn(analysis.headline, rank: 0, "vs " + baselineName))
    columns += [
      Column(header: "E2E s", rank: 5) { e2e($0) },
      verdictColumn(.endToEnd, rank: 6, "E2E vs"),
      Column(header: "tok/s", rank: 2) { speed($0) },
      Column(header: "e2e tok/s", rank: 10) { CompareText.rate(figures($0).endToEndRate.median) },
      Column(header: "TPOT ms", rank: 11) { CompareText.milliseconds(figures($0).perToken.median) },
      Column(header: "visible ms", rank: 11) { visible($0, CompareText.milliseconds) },
      Column(header: "TTFT total ms", rank: 14) {
        document.isCold ? "-" : CompareText.milliseconds(figures($0).firstTokenTotal.median)
      },
      Column(header: "in", rank: 8) { tokens($0, \.inputTokens) },
      Column(header: "cached", rank: 9) { some(figures($0).cachedTokens.median) },
      Column(header: "out", rank: 3) { tokens($0, \.outputTokens) },
      Column(header: "reasoning", rank: 9) { some(figures($0).reasoningTokens.median) },
      Column(header: Self.moneyHeader, rank: 1, ink: .green) { index in
        costOfThousand(index) + paretoMark(index)
      },
      Column(header: "price", rank: 13, alignment: .left) {
        figures($0).costSources.joined(separator: "+")
      },
      Column(header: "stall ms", rank: 12) { CompareText.milliseconds(figures($0).longestStall.maximum) },
      Column(header: "connect ms", rank: 13) { CompareText.milliseconds(figures($0).connecting.median) },
      Column(header: "finish", rank: 14, alignment: .left) { finish($0) },
    ]
    columns += qualityColumns
    return columns
  }

  private func verdictColumn(_ metric: CompareAnalysis.Metric, rank: Int, _ header: String) -> Column {
    Column(header: header, rank: rank, alignment: .left) { index in
      guard let verdicts = analysis.verdicts[metric], document.entries.count > 1 else { return "" }
      return CompareText.verdict(verdicts[index], showsInterval: (width ?? 200) >= 110 && rank == 0)
    }
  }

  // MARK: Cells

  /// What the others are compared with, where there is room for its name and it has answered.
  private var baselineName: String {
    guard let name = analysis.baseline.map({ document.entries[$0].label }),
      width == nil || TextWidth.of(name) <= Self.longestBaseline
    else { return "baseline" }
    return name
  }

  private var largestHeadline: Double {
    document.entries.indices.compactMap { headlineSample($0).median }.max() ?? 0
  }

  private var seriesRange: ClosedRange<Double> {
    let all = Sample(analysis.figures.flatMap(\.series).compactMap { $0 })
    return 0...(all.maximum ?? 0)
  }

  private func range(_ sample: Sample) -> String {
    guard let median = sample.median else { return "-" }
    guard sample.count > 1 else { return CompareText.milliseconds(median) }
    return CompareText.milliseconds(median) + " (" + CompareText.milliseconds(sample.minimum) + "-"
      + CompareText.milliseconds(sample.maximum) + ")"
  }

  private func e2e(_ index: Int) -> String {
    let text = CompareText.seconds(figures(index).endToEnd.median)
    return text.hasSuffix(" s") ? String(text.dropLast(2)) : text
  }

  /// The time to the first visible token; on a terminal a column only where reasoning came
  /// before it.
  private func visible(_ index: Int, _ text: (Double?) -> String) -> String {
    let differs =
      width == nil || analysis.figures.contains { $0.firstVisible.median != $0.firstToken.median }
    return differs ? text(figures(index).firstVisible.median) : ""
  }

  private func wilson(_ index: Int) -> String {
    let own = figures(index)
    guard let interval = WilsonInterval(successes: own.succeeded, of: own.attempted) else { return "-" }
    return CompareText.percent(interval.low) + "-" + CompareText.percent(interval.high)
  }

  private func speed(_ index: Int) -> String {
    let own = figures(index)
    let text = CompareText.rate(own.decodeRate.median)
    return text == "-" ? text : text + (own.flags[.hiddenReasoning] == nil ? "" : "r")
  }

  private func tokens(_ index: Int, _ path: KeyPath<CompareFigures, Sample>) -> String {
    guard let median = figures(index)[keyPath: path].median else { return "-" }
    return (figures(index).tokensAreEstimated ? "~" : "") + Figures.rounded(median, decimals: 0)
  }

  /// A number that is worth a column only where it is not 0.
  private func some(_ value: Double?) -> String {
    guard let value, value > 0 else { return "-" }
    return Figures.rounded(value, decimals: 0)
  }

  private func cost(_ index: Int, _ amount: Money?) -> String {
    let own = figures(index)
    guard let amount else { return own.succeeded == 0 ? "-" : "unknown" }
    return (own.tokensAreEstimated ? "~" : "") + amount.display
  }

  private func costOfThousand(_ index: Int) -> String {
    let own = figures(index)
    guard let amount = own.costOfThousand else { return own.succeeded == 0 ? "-" : "unknown" }
    return (own.tokensAreEstimated ? "~" : "")
      + CompareText.dollars(amount, decimals: analysis.costDecimals)
  }

  private func paretoMark(_ index: Int) -> String {
    guard let front = analysis.front else { return "" }
    return front.contains(index) && figures(index).succeeded > 0 ? " *" : "  "
  }

  private func finish(_ index: Int) -> String {
    let own = figures(index).finishReasons
    guard own.count > 1 else { return own.first?.reason ?? "-" }
    return own.map { "\($0.count) \($0.reason)" }.joined(separator: ", ")
  }

  // MARK: Lines around the table

  private var header: String {
    var parts: [String] = []
    if document.rounds > 1 { parts.append("\(document.rounds) rounds") }
    if document.prompts > 1 { parts.append("\(document.prompts) prompts") }
    if isSeries, document.entries.count > 1 {
      parts.append(document.isInterleaved ? "interleaved" : "not interleaved")
    }
    parts.append(document.isParallel ? "all targets at once" : "one call at a time")
    parts.append(document.isCold ? "cold connections" : isSeries ? "warm connections" : "")
    if document.cache != .off { parts.append("cache " + document.cache.rawValue) }
    if isSeries, document.isInterleaved { parts.append("seed \(document.seed)") }
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private var notes: [String] {
    CompareNotes(document, analysis).lines
  }
}
