import SheepTerminal

/// Finds room for the labels of a chart's points, so that none lies on another, on a point, or
/// outside.
struct LabelPlacement {
  /// An upright rectangle.
  struct Box: Equatable {
    var left: Double
    var top: Double
    var width: Double
    var height: Double

    var right: Double { left + width }
    var bottom: Double { top + height }

    func meets(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    func holds(_ other: Box) -> Bool {
      other.left >= left && other.right <= right && other.top >= top && other.bottom <= bottom
    }
  }

  /// Where a label came to stand.
  struct Place: Equatable {
    let text: String
    let box: Box
    /// Which side of the box the text keeps to: the one that faces its point.
    let alignment: Alignment
    /// Whether it stands so far from its point that a line must join the two.
    let needsLeader: Bool
  }

  /// The height of a line of 13 pixels.
  static let lineHeight = 17.0
  private static let markRadius = 7.0

  private let bounds: Box
  private var taken: [Box] = []
  private var marks: [Box] = []

  /// No label yet.
  /// - Parameters:
  ///   - bounds: what no label leaves.
  ///   - points: the middles of all points.
  init(bounds: Box, points: [(x: Double, y: Double)]) {
    self.bounds = bounds
    let radius = Self.markRadius
    marks = points.map { Box(left: $0.x - radius, top: $0.y - radius, width: 2 * radius, height: 2 * radius) }
  }

  /// Keeps labels off a line, which is upright or level.
  mutating func avoid(from start: (x: Double, y: Double), to end: (x: Double, y: Double)) {
    marks.append(
      Box(
        left: min(start.x, end.x) - 1, top: min(start.y, end.y) - 1, width: abs(start.x - end.x) + 2,
        height: abs(start.y - end.y) + 2))
  }

  /// Places the first of `texts` that finds room near the point; `nil` when none does.
  mutating func place(_ texts: [String], at point: (x: Double, y: Double)) -> Place? {
    for (rank, text) in texts.enumerated() {
      let isLast = rank == texts.count - 1
      let width = Self.width(of: text)
      for (index, box) in Self.candidates(point, width: width, isThorough: isLast).enumerated() {
        guard bounds.holds(box), !taken.contains(where: box.meets), !marks.contains(where: box.meets) else {
          continue
        }
        taken.append(box)
        let alignment: Alignment =
          box.left >= point.x ? .left : box.right <= point.x ? .right : .center
        return Place(text: text, box: box, alignment: alignment, needsLeader: index >= Self.near)
      }
    }
    return nil
  }

  /// How many of the candidates touch their point.
  private static let near = 8

  /// Boxes around a point, the best first: beside it, above and below, then ever farther out.
  private static func candidates(
    _ point: (x: Double, y: Double), width: Double, isThorough: Bool
  ) -> [Box] {
    func box(_ left: Double, _ top: Double) -> Box {
      Box(left: left, top: top, width: width, height: lineHeight)
    }
    let gap = markRadius + 2
    let middle = point.y - lineHeight / 2
    let (above, below) = (point.y - gap - lineHeight, point.y + gap)
    var boxes = [
      box(point.x + gap, middle), box(point.x - gap - width, middle),
      box(point.x - width / 2, above), box(point.x - width / 2, below),
      box(point.x + gap / 2, above), box(point.x + gap / 2, below),
      box(point.x - gap / 2 - width, above), box(point.x - gap / 2 - width, below),
    ]
    let directions: [(Double, Double)] = [
      (1, -0.5), (1, 0.5), (-1, -0.5), (-1, 0.5), (0.5, -1), (0.5, 1), (-0.5, -1), (-0.5, 1), (0, -1), (0, 1),
      (1, 0), (-1, 0),
    ]
    for distance in isThorough ? [20.0, 32, 46, 62, 80, 100, 124, 152, 184, 220] : [20, 32, 46] {
      for (x, y) in directions {
        let (left, top) = (point.x + x * distance, point.y + y * distance)
        boxes.append(box(x > 0 ? left : x < 0 ? left - width : left - width / 2, top - lineHeight / 2))
      }
    }
    return boxes
  }

  /// How wide a text of 13 pixels is at most, in pixels. Nobody knows which font a reader has:
  /// counted is with DejaVu Sans, the widest of those that are usual.
  static func width(of text: String) -> Double {
    text.reduce(4) { sum, character in
      let scalar = character.unicodeScalars.first ?? " "
      if TextWidth.of(character) == 2 { return sum + 13.5 }
      if "iljI.,:;'!|()[]/ ".unicodeScalars.contains(scalar) { return sum + 5.2 }
      if "mwMW@%".unicodeScalars.contains(scalar) { return sum + 13.2 }
      return sum + (character.isUppercase ? 9.8 : 8.6)
    }
  }
}
