import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

extension SlashCommand {
  /// What it costs.
  static var money: [SlashCommand] {
    [
      SlashCommand(
        name: "usage", aliases: ["tokens"], group: .other,
        summary: "Show tokens and cost of this session by model.",
        run: usage),
      SlashCommand(
        name: "cost", group: .other, summary: "Show how the last answer's cost is calculated.", run: cost),
      SlashCommand(
        name: "budget", group: .other, form: "[USD|off]",
        summary: "Limit what this session may cost.", run: budget),
    ]
  }

  private static func usage(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let conversation = chat.log.conversation
    var models: [(name: String, total: ConversationTotal)] = []
    for reply in conversation.exchanges.flatMap(\.replies) {
      let name = reply.model + (reply.profile.map { "@" + $0 } ?? "")
      if let index = models.firstIndex(where: { $0.name == name }) {
        models[index].total.add(reply)
      } else {
        var total = ConversationTotal()
        total.add(reply)
        models.append((name, total))
      }
    }
    var table = Table([
      Table.Column("model", ink: .cyan), Table.Column("answers", .right), Table.Column("in", .right),
      Table.Column("out", .right), Table.Column("cost", .right),
    ])
    for (name, total) in models { table.add([Messages.filtered(name)] + cells(total)) }
    table.add(["total"] + cells(conversation.total), inks: [.bold, .bold, .bold, .bold, .bold])
    chat.screen.show(table)
    chat.screen.note("totals include retries, stopped answers and undone turns")
    if let budget = chat.settings.budget { chat.screen.note("budget \(budget.display)") }
    return .prompt()
  }

  private static func cells(_ total: ConversationTotal) -> [String] {
    let mark = total.isEstimate ? "~" : ""
    return [
      Figures.grouped(total.replies), mark + Figures.grouped(total.inputTokens),
      mark + Figures.grouped(total.outputTokens), ChatTotals.money(total),
    ]
  }

  private static func cost(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    guard let cost = chat.lastBegun?.cost else { throw Failure(.usage, "/cost", "there is no answer yet") }
    var table = Table([
      Table.Column("", canShrink: false, ink: .cyan), Table.Column("tokens", .right),
      Table.Column("$ per M", .right),
      Table.Column("amount", .right),
    ])
    for part in cost.parts {
      let kind = String(part.kind.rawValue.map { $0 == "_" ? " " : $0 })
      table.add([
        kind, Figures.grouped(part.count), part.price?.dollarsPerMillion ?? "",
        part.amount?.display ?? "unknown",
      ])
    }
    table.add(["total", "", "", cost.display], inks: [.bold, nil, nil, .bold])
    chat.screen.show(table)
    for note in cost.notes { chat.screen.note(note) }
    switch cost.source {
    case .reported: chat.screen.note("as reported by the provider")
    case .catalogue:
      chat.screen.note("from the built-in price list" + (cost.checked.map { ", checked \($0.text)" } ?? ""))
    case .user: chat.screen.note("from your own prices")
    case .unknown: chat.screen.note("the price is unknown; set it with --price")
    }
    return .prompt()
  }

  private static func budget(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    switch invocation.argument {
    case "": break
    case "off", "none": chat.settings.budget = nil
    default:
      let amount: DecimalText
      do throws(ValueProblem) { amount = try DecimalText.dollars(invocation.argument) } catch {
        throw Failure(.usage, "/budget", error.problem, advice: error.wayOut)
      }
      chat.settings.budget = Money(dollars: amount.text)
      chat.settings.hasWarned = false
    }
    let spent = ChatTotals.money(chat.log.conversation.total)
    let budget = chat.settings.budget.map { "budget \($0.display) for this session" } ?? "no budget"
    chat.screen.note("\(budget); \(spent) spent")
    return .prompt()
  }
}
