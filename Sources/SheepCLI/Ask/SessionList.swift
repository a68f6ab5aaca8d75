import SheepCore
import SheepRun
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
      "turns", sessions.map { $0.turns.map { Figures.grouped($0) } ?? "unreadable" }, .right, rank: 4)
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
