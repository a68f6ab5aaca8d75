import SheepCatalog
import SheepClient
import SheepCompare
import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal

extension SlashCommand {
  /// The last question, asked of others.
  static var compared: [SlashCommand] {
    [
      SlashCommand(
        name: "compare", group: .answer, form: "MODEL[,MODEL…]",
        summary: "Ask other models the last question; show answers side by side.", argument: .models,
        run: compare)
    ]
  }

  private static func compare(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let names = invocation.argument.split { $0 == "," || $0 == " " }.map(String.init)
    guard !names.isEmpty else { throw misuse("compare", "needs a model") }
    guard let exchange = chat.log.conversation.exchanges.last else {
      throw Failure(.usage, "/compare", "nothing has been asked yet")
    }
    var models: [Destination] = []
    for name in names {
      let model = try chat.models.named(name, beside: chat.model)
      if models.contains(where: { $0.label == model.label }) {
        throw misuse("compare", "\(model.label) is given twice")
      }
      models.append(model)
    }
    var before = chat.log.conversation
    before.apply(.undo(count: 1))
    let messages = before.messages + [Message(role: .user, parts: exchange.question.parts)]
    try ChatComparison(chat: chat, models: models).run(messages, beside: exchange)
    return .prompt()
  }
}

/// One question to several models at once, their answers beside each other.
struct ChatComparison {
  let chat: Chat
  let models: [Destination]

  /// Asks them all, shows what came, and keeps it as further answers to the question.
  func run(_ messages: [Message], beside exchange: Exchange) throws(Failure) {
    var lanes: [CallLane] = []
    var limits: [CallPolicy.CostLimit?] = []
    for model in models {
      let request = try chat.request(messages, to: model)
      limits.append(try chat.budget.limit(for: request, to: model))
      lanes.append(CallLane(request, to: model, on: chat.loop))
    }
    chat.noteBudget()
    ask(lanes, limits)
    show(lanes, exchange)
    keep(lanes, exchange)
    for lane in lanes { if let failure = lane.outcome?.failure { chat.screen.fail(failure) } }
    chat.screen.part()
  }

  private func ask(_ lanes: [CallLane], _ limits: [CallPolicy.CostLimit?]) {
    let waiting = WaitingLine(chat.program)
    waiting.begin()
    for (lane, limit) in zip(lanes, limits) {
      var policy = CallPolicyBuilder.policy(
        chat.options, request: lane.request, environment: chat.environment)
      policy.keepsText = true
      policy.maximumCost = limit
      let label = lane.destination.label
      lane.onRetry = { [messages = chat.program.messages] in
        messages.retry(after: $0, because: $1, subject: label)
      }
      lane.begin(policy)
    }
    chat.wait(until: { lanes.allSatisfy { $0.outcome != nil } }) {
      for lane in lanes {
        lane.cancel(because: Failure(.interrupted, lane.destination.label, "was stopped"))
      }
    }
    waiting.end()
    chat.screen.messages.beforeWriting = nil
  }

  private func show(_ lanes: [CallLane], _ exchange: Exchange) {
    var entries: [AnswerColumns.Entry] = []
    if let reply = exchange.reply {
      entries.append(AnswerColumns.Entry(heading: Messages.filtered(reply.model), text: reply.text))
    }
    for lane in lanes {
      let text = lane.outcome?.answer.text ?? ""
      entries.append(
        AnswerColumns.Entry(
          heading: Messages.filtered(lane.destination.label), text: text.isEmpty ? "(no answer)" : text))
    }
    let terminal = chat.program.outputTerminal
    let columns = AnswerColumns(
      entries: entries, width: terminal.width, style: terminal.style, rendersMarkdown: !chat.settings.isRaw)
    chat.environment.standardOutput.write(columns.render())
    for lane in lanes {
      guard let result = lane.result, result.answer.hasBegun else { continue }
      chat.screen.receipt(
        Receipt.parts(requested: lane.destination.label, answer: result.answer, cost: result.cost))
    }
  }

  private func keep(_ lanes: [CallLane], _ exchange: Exchange) {
    let time = chat.environment.unixTime()
    for lane in lanes {
      guard let result = lane.result, result.answer.hasBegun else { continue }
      if let reply = Reply(result, profile: lane.destination.recordedProfile, time: time) {
        chat.append(.reply(reply))
      }
    }
    if exchange.reply != nil { chat.append(.choose(exchange.chosen)) }
    chat.screen.receipt(["session " + ChatTotals.text(chat.log.conversation)])
    let count = chat.log.conversation.exchanges.last?.replies.count ?? 0
    if count > 1 { chat.screen.note("/choose N continues from another of the \(count) answers") }
  }
}
