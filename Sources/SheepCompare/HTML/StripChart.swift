import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The calls of each target in the order in which they were made, each strip around its own
/// median: drift, outliers and failures can be seen at every speed.
struct StripChart {
  private let source: ReportSource
  private let rows: [[Value?]]
  private let units: [Unit]
  /// The top of every strip is so many times its median, the bottom as much below.
  private let reach: Double

  /// A prompt of a round.
  private struct Unit: Hashable, Comparable {
    let round: Int
    let prompt: Int

    init(_ record: CompareRecord) {
      round = record.round
      prompt = record.prompt
    }

    static func < (left: Unit, right: Unit) -> Bool {
      (left.round, left.prompt) < (right.round, right.prompt)
    }
  }

  /// What one call came to.
  private enum Value {
    case time(Double)
    case failed
    /// Retried or with the cache in the wrong state: shown, and not compared.
    case apart(Double)

    var time: Double? {
      switch self {
      case .time(let time), .apart(let time): time
      case .failed: nil
      }
    }

    var isFailure: Bool { time == nil }
    var isApart: Bool { if case .apart = self { true } else { false } }
  }

  /// More calls than this share a dot.
  private static let mostDots = 200
  private static let narrowestReach = 1.2
  private static let widestReach = 3.0

  init(_ source: ReportSource) {
    self.source = source
    let path =
      source.document.isCold ? \CompareRecord.Times.firstTokenTotal : \CompareRecord.Times.firstToken
    let counted = source.document.records.filter(\.isCounted)
    // Only the units that there are: a file may name rounds as high as it likes.
    let units = Set(counted.map(Unit.init)).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(units, units.indices))
    var rows: [[Value?]] = source.document.entries.map { _ in Array(repeating: nil, count: units.count) }
    for record in counted where rows.indices.contains(record.target) {
      guard let unit = places[Unit(record)] else { continue }
      let time = record.times[keyPath: path]?.milliseconds
      rows[record.target][unit] =
        record.failure != nil ? .failed : time.map { record.isComparable ? .time($0) : .apart($0) }
    }
    self.rows = rows
    self.units = units
    let ratios = rows.indices.flatMap { index -> [Double] in
      guard let median = source.headline(index).median, median > 0 else { return [] }
      return rows[index].compactMap { $0?.time }.filter { $0 > 0 }.map { exp(abs(log($0 / median))) }
    }
    // A few far outliers must not flatten all the rest; they are drawn at the edge.
    let usual = (Sample(ratios).percentile(0.95) ?? 1) * 1.1
    reach = max(Self.narrowestReach, min(Self.widestReach, usual))
  }

  /// The part of the report; `nil` with one call per target.
  var section: ReportSection? {
    guard source.isSeries, rows.contains(where: { $0.contains { $0 != nil } }) else { return nil }
    let isMany = rows.count > 12
    let strips = rows.indices.map { index in
      HTMLMarkup.element(
        "div", [.style("strip")],
        [
          .element("div", [.style("name")], text: source.label(index)),
          .element(
            "svg", [.style("plot"), .init("role", "img"), .init("aria-label", words(index))], drawn(index)),
          .element(
            "div", [.style("value")], [.text(CompareText.seconds(source.headline(index).median)), bar(index)]),
        ])
    }
    let isSingle = source.document.prompts == 1
    let ends = HTMLMarkup.element(
      "div", [.style("rounds")],
      [
        .element(
          "p", [],
          [
            .element("span", text: isSingle ? "round 1" : "first call"),
            .element("span", text: isSingle ? "round \(units.last?.round ?? 1)" : "last call"),
          ])
      ])
    return ReportSection(
      name: "rounds", title: "Round by round", lead: lead,
      content: HTMLMarkup([
        .element("div", [.style(isMany ? "strips many" : "strips")], strips + [ends]), key,
      ]))
  }

  private var lead: String {
    "Time to the first token of every call, in the order of the rounds. Each strip lies around its model's own "
      + "median (dashed): its top is \(CompareText.factor(reach)) times that, its bottom as many times less. "
      + "On the right the medians, with bars of one scale."
  }

  private func words(_ index: Int) -> String {
    let own = source.analysis.figures[index]
    return "\(own.label): \(own.succeeded) of \(own.attempted) calls, median "
      + CompareText.seconds(source.headline(index).median)
  }

  private var key: HTMLMarkup {
    func item(_ mark: HTMLMarkup, _ words: String) -> HTMLMarkup {
      .element(
        "li", [],
        [
          .element("svg", [.init("viewBox", "-7 -7 14 14"), .init("aria-hidden", "true")], [mark]),
          .element("span", text: words),
        ])
    }
    var items = [item(Self.dot("0", "0", "dot", nil), isBinned ? "median of several calls" : "a call")]
    func has(_ test: (Int, Value) -> Bool) -> Bool {
      rows.indices.contains { index in rows[index].contains { $0.map { test(index, $0) } ?? false } }
    }
    if has({ $1.isApart }) {
      items.append(item(Self.dot("0", "0", "other", nil), "not compared: retried, or wrong cache"))
    }
    if has({ $1.isFailure }) { items.append(item(Self.shape("0", "0", "cross", Self.cross, nil), "failed")) }
    if has({ index, value in value.time.map { abs(place($0, index)) > 1 } ?? false }) {
      items.append(item(Self.shape("0", "0", "over", Self.up, nil), "beyond the strip"))
    }
    return .element("ul", [.style("key")], items)
  }

  private func bar(_ index: Int) -> HTMLMarkup {
    let largest = source.document.entries.indices.compactMap { source.headline($0).median }.max() ?? 0
    guard let median = source.headline(index).median, largest > 0 else { return .empty }
    return .element(
      "svg", [.style("bar"), .init("aria-hidden", "true")],
      [
        .void(
          "rect",
          [
            .init("x", "0"), .init("y", "0"), .init("height", "100%"),
            .init("width", Self.percent(median / largest)),
          ])
      ])
  }

  // MARK: Drawing

  private var isBinned: Bool { (rows.first?.count ?? 0) > Self.mostDots }

  private func drawn(_ index: Int) -> [HTMLMarkup] {
    var parts: [HTMLMarkup] = []
    if source.headline(index).median != nil {
      parts.append(
        .void(
          "line",
          [.style("middle"), .init("x1", "0"), .init("x2", "100%"), .init("y1", "50%"), .init("y2", "50%")]))
    }
    let row = rows[index]
    if isBinned { return parts + binned(row, index) }
    for (unit, value) in row.enumerated() {
      guard let value else { continue }
      let x = Self.percent((Double(unit) + 0.5) / Double(row.count))
      guard let time = value.time else {
        parts.append(Self.shape(x, "50%", "cross", Self.cross, "\(name(unit)): failed"))
        continue
      }
      parts.append(
        mark(
          x, place(time, index), value.isApart ? "other" : "dot",
          "\(name(unit)): \(CompareText.seconds(time))"))
    }
    return parts
  }

  private func mark(_ x: String, _ place: Double, _ look: String, _ title: String) -> HTMLMarkup {
    if place > 1 { return Self.shape(x, "9%", "over", Self.up, title) }
    if place < -1 { return Self.shape(x, "91%", "over", Self.down, title) }
    return Self.dot(x, Self.height(place), look, title)
  }

  /// Many calls: of neighbours the range as a line and the median as a dot.
  private func binned(_ row: [Value?], _ index: Int) -> [HTMLMarkup] {
    var parts: [HTMLMarkup] = []
    for bin in 0..<Self.mostDots {
      let range = bin * row.count / Self.mostDots..<(bin + 1) * row.count / Self.mostDots
      let times = Sample(row[range].compactMap { $0?.time })
      let failures = row[range].count { $0?.isFailure ?? false }
      let x = Self.percent((Double(bin) + 0.5) / Double(Self.mostDots))
      if let low = times.minimum, let high = times.maximum, let median = times.median {
        func edge(_ time: Double) -> String { Self.height(max(-1, min(1, place(time, index)))) }
        parts.append(
          .void(
            "line",
            [.style("span"), .init("x1", x), .init("x2", x), .init("y1", edge(low)), .init("y2", edge(high))])
        )
        parts.append(Self.dot(x, edge(median), "dot", nil, radius: "2"))
      }
      if failures > 0 { parts.append(Self.shape(x, "50%", "cross", Self.cross, "\(failures) failed")) }
    }
    return parts
  }

  private func name(_ unit: Int) -> String {
    let unit = units[unit]
    return "round \(unit.round)" + (source.document.prompts > 1 ? ", prompt \(unit.prompt)" : "")
  }

  /// Where a time stands around its target's median: 0 there, 1 at the top, −1 at the bottom.
  private func place(_ time: Double, _ index: Int) -> Double {
    guard let median = source.headline(index).median, median > 0, time > 0 else { return 0 }
    return log(time / median) / log(reach)
  }

  /// The same in percent from above, so that one drawing fits every width.
  private static func height(_ place: Double) -> String { percent(0.5 - 0.42 * place) }

  private static func percent(_ share: Double) -> String {
    Figures.rounded(share * 100, decimals: 2) + "%"
  }

  private static let cross = "M-4 -4L4 4M4 -4L-4 4"
  private static let up = "M-4.5 4L0 -4L4.5 4Z"
  private static let down = "M-4.5 -4L0 4L4.5 -4Z"

  private static func dot(
    _ x: String, _ y: String, _ look: String, _ title: String?, radius: String = "3.5"
  ) -> HTMLMarkup {
    .element(
      "circle", [.style("mark " + look), .init("cx", x), .init("cy", y), .init("r", radius)],
      title.map { [.element("title", text: $0)] } ?? [])
  }

  /// A shape in pixels at a place in percent.
  private static func shape(
    _ x: String, _ y: String, _ look: String, _ path: String, _ title: String?
  ) -> HTMLMarkup {
    .element(
      "svg", [.init("x", x), .init("y", y), .init("overflow", "visible")],
      [
        .element(
          "path", [.style("mark " + look), .init("d", path)],
          title.map { [.element("title", text: $0)] } ?? [])
      ])
  }
}
