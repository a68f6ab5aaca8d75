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
    var table = Table([
      Table.Column("session", canShrink: false), Table.Column("title"), Table.Column("model"),
      Table.Column("turns", .right), Table.Column("cost", .right),
      Table.Column("last used", canShrink: false), Table.Column("size", .right),
    ])
    let costs = FigureText.column(sessions.map { Self.knownCost($0) })
    for (session, cost) in zip(sessions, costs) {
      table.add([
        session.name.text, Messages.filtered(session.title ?? ""), Messages.filtered(session.model ?? ""),
        session.turns.map { FigureText.grouped($0) } ?? "unreadable",
        Self.lowerBoundMark(session) + (cost ?? (session.total == nil ? "" : "unknown")),
        LocalTime.text(session.lastUsed), Self.size(session.bytes),
      ])
    }
    return table.render(width: width, style: style)
  }

  /// What it cost; `nil` when nothing of it is known.
  private static func knownCost(_ session: SessionSummary) -> Money? {
    guard let total = session.total, total.replies == 0 || total.unpriced < total.replies else { return nil }
    return total.cost
  }

  private static func lowerBoundMark(_ session: SessionSummary) -> String {
    guard let total = session.total, total.unpriced > 0, total.unpriced < total.replies else { return "" }
    return ">"
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
    var table = Table([
      Table.Column("role", canShrink: false), Table.Column("what it is for"), Table.Column("variables"),
      Table.Column("model"), Table.Column("from", canShrink: false),
    ])
    for (name, role, problem) in rows {
      let variables = (role?.variables ?? []).map { $0.preset == nil ? $0.name + "!" : $0.name }
      table.add([
        name, Messages.filtered(problem ?? role?.description ?? ""), variables.joined(separator: " "),
        Messages.filtered(role?.model ?? ""), role != nil && role?.path == nil ? "built in" : "file",
      ])
    }
    return table.render(width: width, style: style)
  }
}
