/// Where the open line stands: in which quotes and lists.
struct BlockNesting: Sendable {
  private struct Item: Sendable {
    /// The columns of blanks before the marker in the source.
    var indent: Int
    /// The columns from the margin to the content on the screen.
    var contentWidth: Int
    var isBullet: Bool
  }

  private static let bullets = ["•", "◦", "▪"]
  private static let deepest = 8

  /// The quotes around the open line.
  private(set) var quoteDepth = 0
  private var items: [Item] = []
  private var lastQuoteDepth = 0
  private var afterBlank = false
  /// How many of the items the open line is in.
  private var depth = 0

  /// Begins a line: nothing is known of it.
  mutating func beginLine() {
    lastQuoteDepth = quoteDepth
    quoteDepth = 0
    depth = 0
  }

  mutating func enterQuote() {
    if quoteDepth < Self.deepest { quoteDepth += 1 }
    if quoteDepth > lastQuoteDepth { items = [] }
  }

  mutating func sawBlankLine() { afterBlank = true }

  /// Ends all lists, as a heading does.
  mutating func leaveLists() {
    items = []
    depth = 0
  }

  /// Places a line that begins no item by its blanks: inside the innermost item
  /// that they reach. Right below an item, the first blank is enough.
  mutating func place(indent: Int, inItem: Bool) {
    defer { afterBlank = false }
    if inItem { return }
    depth = items.lastIndex { indent > $0.indent }.map { $0 + 1 } ?? 0
    if indent == 0, afterBlank { items = [] }
  }

  /// Begins a list item; the margin of its first row, marker included.
  mutating func enterItem(_ head: LineHead) -> LineWrapper.Margin {
    afterBlank = false
    while let last = items.last, head.indent < last.indent + 2 {
      items.removeLast()
    }
    if items.count >= Self.deepest { items.removeLast() }
    depth = items.count
    var first = margin
    let start = first.width
    var isBullet = true
    switch head.kind {
    case .ordered(let marker):
      first.append(marker + " ", .dim)
      isBullet = false
    case .bullet(let isDone?): first.append(isDone ? "☑ " : "☐ ", isDone ? .green : .dim)
    default:
      let level = items.count { $0.isBullet }
      first.append(Self.bullets[min(level, Self.bullets.count - 1)] + " ", .dim)
    }
    let outer = depth > 0 ? items[depth - 1].contentWidth : 0
    let contentWidth = outer + first.width - start
    items.append(Item(indent: head.indent, contentWidth: contentWidth, isBullet: isBullet))
    depth = items.count
    return first
  }

  /// The margin of the open line: quote bars, then the indentation of its item.
  var margin: LineWrapper.Margin {
    var margin = LineWrapper.Margin()
    for _ in 0..<quoteDepth { margin.append("│ ", .dim) }
    if depth > 0 { margin.append(String(repeating: " ", count: items[depth - 1].contentWidth)) }
    return margin
  }
}
