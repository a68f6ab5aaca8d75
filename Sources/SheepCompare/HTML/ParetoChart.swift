import SheepCore
import SheepTerminal

/// Money against time: one point per target, those on the front marked and joined.
struct ParetoChart {
  private let source: ReportSource
  private let points: [Point]

  private struct Point {
    let index: Int
    let cost: Double
    let time: Double
    let isMember: Bool
  }

  /// The sizes in which it is drawn, each near the width at which it is shown, so that its text is
  /// never scaled to less than 11 pixels; the style sheet decides which of them is seen.
  private struct Size {
    let width: Double
    /// With four targets or fewer it is lower: there is less to tell apart.
    let height: Double
    let lowHeight: Double
    let ticks: Int
    /// With more targets than this, those that are not on the front are numbered.
    let mostNames: Int
    let longestName: Int
    let look: String

    static let wide = Size(
      width: 1040, height: 480, lowHeight: 330, ticks: 8, mostNames: 16, longestName: 34, look: "chart wide")
    /// For the printed page, whose text is 688 pixels wide on A4 and 710 on Letter, and for screens
    /// that are hardly wider.
    static let middle = Size(
      width: 700, height: 460, lowHeight: 320, ticks: 6, mostNames: 10, longestName: 28, look: "chart middle")
    static let narrow = Size(
      width: 360, height: 400, lowHeight: 320, ticks: 4, mostNames: 5, longestName: 22, look: "chart narrow")
  }

  private static let margins = (left: 64.0, right: 16.0, top: 30.0, bottom: 54.0)

  init(_ source: ReportSource) {
    self.source = source
    points = source.document.entries.indices.compactMap { index in
      guard let cost = source.drawnCost(index), let time = source.headline(index).median else { return nil }
      return Point(index: index, cost: cost, time: time, isMember: source.isOnFront(index))
    }
  }

  /// The part of the report; `nil` with fewer than two points.
  var section: ReportSection? {
    guard points.count > 1 else { return nil }
    return ReportSection(
      name: "front", title: "Cost and time", lead: lead,
      content: HTMLMarkup([
        .element("figure", [], [drawn(.wide), drawn(.middle), drawn(.narrow), key]),
        missing,
      ]))
  }

  private var lead: String {
    let time = source.document.isCold ? "first token, connecting included" : "first token"
    let place =
      "Each point is a model: the cost of 1,000 calls, and the \(source.isSeries ? "median time" : "time") to the \(time). Lower left is better."
    guard source.analysis.front != nil else {
      return place + " There are too few rounds to tell which of them beats another."
    }
    return place
      + " A model is on the front unless another one is at least as good on both axes and clearly better on one."
  }

  private var key: HTMLMarkup {
    var items: [HTMLMarkup] = []
    func item(_ mark: HTMLMarkup, _ words: String) -> HTMLMarkup {
      .element(
        "li", [],
        [
          .element("svg", [.init("viewBox", "-7 -7 14 14"), .init("aria-hidden", "true")], [mark]),
          .element("span", text: words),
        ])
    }
    if points.contains(where: \.isMember) { items.append(item(Self.mark(0, 0, true), "on the front")) }
    if points.contains(where: { !$0.isMember }) {
      let words = source.analysis.front == nil ? "a model" : "beaten by another model"
      items.append(item(Self.mark(0, 0, false), words))
    }
    if points.count > Size.narrow.mostNames {
      // Only beside the charts that have numbers.
      let isWide = points.count > Size.wide.mostNames
      let look = isWide ? "" : points.count > Size.middle.mostNames ? "middle narrow" : "narrow"
      items.append(
        .element("li", [.style(look)], [.element("span", text: "Numbers refer to the table.")]))
    }
    return .element("ul", [.style("key")], items)
  }

  private var missing: HTMLMarkup {
    let names = source.document.entries.indices.filter { index in !points.contains { $0.index == index } }
    guard !names.isEmpty else { return .empty }
    return .element(
      "ul", [.style("notes")],
      [
        .element(
          "li",
          text:
            "Not shown, for lack of a price or an answer: \(names.map(source.label).joined(separator: ", "))"
        )
      ])
  }

  // MARK: Drawing

  private func drawn(_ size: Size) -> HTMLMarkup {
    let margins = Self.margins
    let height = points.count > 4 ? size.height : size.lowHeight
    let plot = LabelPlacement.Box(
      left: margins.left, top: margins.top, width: size.width - margins.left - margins.right,
      height: height - margins.top - margins.bottom)
    let across = ChartScale(points.map(\.cost), ticks: size.ticks)
    let up = ChartScale(points.map(\.time), ticks: 6)
    func place(_ point: Point) -> (x: Double, y: Double) {
      (
        plot.left + across.position(point.cost) * plot.width,
        plot.bottom - up.position(point.time) * plot.height
      )
    }
    let places = points.map(place)
    var parts = axes(plot, across, up, size)
    let corners = staircase(places)
    parts += labels(places, plot, size, corners)
    if corners.count > 1 { parts.append(Self.path(corners)) }
    // Members last, so that none hides below another point.
    for isMember in [false, true] {
      for (point, place) in zip(points, places) where point.isMember == isMember {
        parts.append(Self.mark(place.x, place.y, isMember, title: title(point)))
      }
    }
    let words =
      "\(points.count) models by cost and time; on the front: "
      + points.filter(\.isMember).map { source.label($0.index) }.joined(separator: ", ")
    return .element(
      "svg",
      [
        .style(size.look), .init("viewBox", "0 0 \(Self.text(size.width)) \(Self.text(height))"),
        .init("role", "img"), .init("aria-label", words),
      ], parts)
  }

  private func axes(
    _ plot: LabelPlacement.Box, _ across: ChartScale, _ up: ChartScale, _ size: Size
  ) -> [HTMLMarkup] {
    var parts: [HTMLMarkup] = []
    for tick in across.ticks {
      let x = plot.left + tick.position * plot.width
      parts.append(Self.line(x, plot.top, x, plot.bottom, "grid"))
      parts.append(Self.label(x, plot.bottom + 22, "middle", "tick", dollars(tick.value, across)))
    }
    for tick in up.ticks {
      let y = plot.bottom - tick.position * plot.height
      parts.append(Self.line(plot.left, y, plot.right, y, "grid"))
      parts.append(
        Self.label(plot.left - 8, y + 4, "end", "tick", Self.trimmed(tick.value / 1000, decimals: 4) + " s"))
    }
    parts.append(Self.line(plot.left, plot.bottom, plot.right, plot.bottom, "frame"))
    parts.append(Self.line(plot.left, plot.top, plot.left, plot.bottom, "frame"))
    let scale = across.isLogarithmic ? " (log scale)" : ""
    parts.append(
      Self.label(plot.right, plot.bottom + 46, "end", "axis", "USD for 1,000 calls\(scale)"))
    let time = source.isSeries ? "First token, median" : "First token"
    parts.append(Self.label(0, 14, "start", "axis", time))
    return parts
  }

  /// The line that joins the members of the front of which none is dearer and slower at once.
  private func staircase(_ places: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    let members = zip(points, places).filter(\.0.isMember).map(\.1).sorted { ($0.x, -$0.y) < ($1.x, -$1.y) }
    var corners: [(x: Double, y: Double)] = []
    for place in members where corners.last.map({ place.y > $0.y }) ?? true {
      if let last = corners.last { corners.append((place.x, last.y)) }
      corners.append(place)
    }
    return corners
  }

  private static func path(_ corners: [(x: Double, y: Double)]) -> HTMLMarkup {
    let path = corners.enumerated().map { index, corner in
      (index == 0 ? "M" : "L") + text(corner.x) + " " + text(corner.y)
    }.joined()
    return .void("path", [.style("staircase"), .init("d", path)])
  }

  private func labels(
    _ places: [(x: Double, y: Double)], _ plot: LabelPlacement.Box, _ size: Size,
    _ staircase: [(x: Double, y: Double)]
  ) -> [HTMLMarkup] {
    var placement = LabelPlacement(bounds: plot, points: places)
    for (start, end) in zip(staircase, staircase.dropFirst()) { placement.avoid(from: start, to: end) }
    let usesNumbers = points.count > size.mostNames
    var parts: [HTMLMarkup] = []
    let order = points.indices.sorted {
      (points[$0].isMember ? 0 : 1, $0) < (points[$1].isMember ? 0 : 1, $1)
    }
    for position in order {
      let point = points[position]
      let number = "\(point.index + 1)"
      let whole = EscapeFilter.visible(source.label(point.index))
      // What is cut may look like another one: the number of the table tells them apart.
      let name =
        TextWidth.of(whole) > size.longestName
        ? "\(number) · " + whole.truncated(to: size.longestName) : whole
      let texts = usesNumbers && !point.isMember ? [number] : [name, number]
      guard let label = placement.place(texts, at: places[position]) else { continue }
      let (x, y) = places[position]
      let box = label.box
      if label.needsLeader {
        let end = (x: max(box.left, min(box.right, x)), y: max(box.top + 2, min(box.bottom - 2, y)))
        parts.append(Self.line(x, y, end.x, end.y, "leader"))
      }
      let (anchor, side) =
        switch label.alignment {
        case .left: ("start", box.left + 2)
        case .right: ("end", box.right - 2)
        case .center: ("middle", box.left + box.width / 2)
        }
      parts.append(
        Self.label(side, box.top + 13, anchor, point.isMember ? "label bold" : "label light", label.text))
    }
    return parts
  }

  private func title(_ point: Point) -> String {
    let cost = source.analysis.figures[point.index].costOfThousand?.display ?? ""
    return "\(source.label(point.index)): \(CompareText.seconds(point.time)), \(cost) for 1,000 calls"
  }

  /// An amount of an axis.
  private func dollars(_ value: Double, _ scale: ChartScale) -> String {
    value == 0 && scale.isLogarithmic ? "free" : "$" + Self.trimmed(value, decimals: value >= 1 ? 2 : 7)
  }

  /// A number without the zeros at its end.
  private static func trimmed(_ value: Double, decimals: Int) -> String {
    var text = Figures.rounded(value, decimals: decimals)
    while text.contains("."), text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  // MARK: Shapes

  /// A number of pixels.
  static func text(_ value: Double) -> String {
    let text = Figures.rounded(value, decimals: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ look: String
  ) -> HTMLMarkup {
    .void(
      "line",
      [
        .style(look), .init("x1", text(x1)), .init("y1", text(y1)), .init("x2", text(x2)),
        .init("y2", text(y2)),
      ])
  }

  private static func label(
    _ x: Double, _ y: Double, _ anchor: String, _ look: String, _ words: String
  ) -> HTMLMarkup {
    .element(
      "text",
      [.style(look), .init("x", text(x)), .init("y", text(y)), .init("text-anchor", anchor)], text: words)
  }

  /// A filled diamond for a member of the front, else a ring.
  private static func mark(_ x: Double, _ y: Double, _ isMember: Bool, title: String? = nil) -> HTMLMarkup {
    let words = title.map { [HTMLMarkup.element("title", text: $0)] } ?? []
    guard isMember else {
      return .element(
        "circle",
        [.style("mark other"), .init("cx", text(x)), .init("cy", text(y)), .init("r", "4.5")], words)
    }
    let path =
      "M\(text(x)) \(text(y - 7))L\(text(x + 7)) \(text(y))L\(text(x)) \(text(y + 7))L\(text(x - 7)) \(text(y))Z"
    return .element("path", [.style("mark member"), .init("d", path)], words)
  }
}
