import SheepCore
import SheepStore
import SheepTerminal

/// The sessions for `chat --list`.
struct SessionList {
  private let sessions: [SessionSummary]

  init(_ sessions: [SessionSummary]) {
    self.sessions = sessions
  }

  /// An object for each.
  var json: [JSON] { sessions.map(Self.json) }

  private static func json(_ session: SessionSummary) -> JSON {
    func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
    func number(_ value: Int?) -> JSON { value.map { .number(JSONNumber($0)) } ?? .null }
    return [
      "name": .string(session.name.text), "title": text(session.title), "model": text(session.model),
      "profile": text(session.profile), "turns": number(session.turns),
      "input_tokens": number(session.total?.inputTokens),
      "output_tokens": number(session.total?.outputTokens),
      "cost_usd": session.total?.cost.json ?? .null, "unpriced_replies": number(session.total?.unpriced),
      "began": number(session.began), "last_used": number(session.lastUsed), "bytes": number(session.bytes),
    ]
  }

  /// A row for each.
  func table(width: Int?, style: Style) -> String {
    if sessions.isEmpty { return "" }
    let costs = FigureText.column(sessions.map(Self.knownCost))
    let money = zip(sessions, costs).map { session, cost in
      guard let total = session.total, total.replies > 0 else { return "" }
      return Self.lowerBoundMark(total) + (cost ?? "unknown")
    }
    var table = ListTable()
    table.add("session", sessions.map(\.name.text))
    table.add("title", sessions.map { Messages.filtered($0.title ?? "") }, canShrink: true)
    table.add("model", sessions.map { Messages.filtered($0.model ?? "") }, rank: 2)
    table.add(
      "turns", sessions.map { $0.turns.map { FigureText.grouped($0) } ?? "unreadable" }, .right, rank: 4)
    table.add("cost", money, .right, rank: 3)
    table.add("last used", sessions.map { LocalTime.text($0.lastUsed) }, rank: 5)
    table.add("size", sessions.map { Self.size($0.bytes) }, .right, rank: 1)
    return table.render(width: width, style: style)
  }

  /// What it cost; `nil` when nothing of it is known.
  private static func knownCost(_ session: SessionSummary) -> Money? {
    guard let total = session.total, total.unpriced < total.replies else { return nil }
    return total.cost
  }

  private static func lowerBoundMark(_ total: ConversationTotal) -> String {
    total.unpriced > 0 && total.unpriced < total.replies ? ">" : ""
  }

  private static func size(_ bytes: Int) -> String {
    bytes < 10 << 10 ? "\(bytes) B" : bytes < 10 << 20 ? "\(bytes >> 10) KiB" : "\(bytes >> 20) MiB"
  }
}

/// The roles for `chat --list-roles`.
struct RoleList {
  private let rows: [(name: String, role: Role?, problem: String?)]

  /// The roles of a book; one whose file has a mistake is listed with that.
  init(_ book: RoleBook) {
    rows = book.names.map { name in
      do throws(Failure) { return (name, try book.role(named: name), nil) } catch {
        return (name, nil, error.sentence)
      }
    }
  }

  /// An object for each.
  var json: [JSON] {
    rows.map { name, role, problem in
      let variables = (role?.variables ?? []).map { variable -> JSON in
        ["name": .string(variable.name), "default": variable.preset.map { .string($0) } ?? .null]
      }
      return [
        "name": .string(name), "description": role?.description.map { .string($0) } ?? .null,
        "model": role?.model.map { .string($0) } ?? .null, "variables": .array(variables),
        "path": role?.path.map { .string($0) } ?? .null, "problem": problem.map { .string($0) } ?? .null,
      ]
    }
  }

  /// A row for each.
  func table(width: Int?, style: Style) -> String {
    var table = ListTable()
    table.add("role", rows.map(\.name))
    table.add(
      "what it is for", rows.map { Messages.filtered($0.problem ?? $0.role?.description ?? "") },
      canShrink: true)
    let variables = rows.map { ($0.role?.variables ?? []).map { $0.preset == nil ? $0.name + "!" : $0.name } }
    table.add("variables", variables.map { $0.joined(separator: " ") }, rank: 3)
    table.add("model", rows.map { Messages.filtered($0.role?.model ?? "") }, rank: 2)
    table.add("from", rows.map { $0.role != nil && $0.role?.path == nil ? "built in" : "file" }, rank: 1)
    return table.render(width: width, style: style)
  }
}

/// A table with one column that is cut where the terminal is narrow, but first others go.
private struct ListTable {
  private var columns: [(column: Table.Column, cells: [String], rank: Int)] = []

  /// What the column that can be cut keeps, in columns of the terminal.
  private static let least = 24

  /// - Parameter rank: which go first: those with the lowest; 0 stays.
  mutating func add(
    _ header: String, _ cells: [String], _ alignment: Alignment = .left, canShrink: Bool = false,
    rank: Int = 0
  ) {
    columns.append((Table.Column(header, alignment, canShrink: canShrink), cells, rank))
  }

  func render(width: Int?, style: Style) -> String {
    var shown = columns
    if let width {
      shown.removeAll { $0.rank > 0 && $0.cells.allSatisfy(\.isEmpty) }
      while Self.needed(shown) > width,
        let next = shown.filter({ $0.rank > 0 }).min(by: { $0.rank < $1.rank })
      {
        shown.removeAll { $0.rank == next.rank }
      }
    }
    var table = Table(shown.map(\.column))
    for row in shown.first?.cells.indices ?? 0..<0 { table.add(shown.map { $0.cells[row] }) }
    return table.render(width: width, style: style)
  }

  private static func needed(_ columns: [(column: Table.Column, cells: [String], rank: Int)]) -> Int {
    columns.reduce(2 * (columns.count - 1)) { sum, column in
      let widest = column.cells.reduce(TextWidth.of(column.column.header)) { max($0, TextWidth.of($1)) }
      return sum + (column.column.canShrink ? min(widest, least) : widest)
    }
  }
}
