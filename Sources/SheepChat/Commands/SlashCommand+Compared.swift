import SheepCatalog
import SheepClient
import SheepCompare
import SheepCore
import SheepOptions
import SheepRun
import SheepTerminal
import SheepWire

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
    var lanes: [ChatLane] = []
    for model in models {
      let request = try chat.request(messages, to: model)
      let limit = try chat.budget.limit(for: request, to: model)
      lanes.append(ChatLane(model, request, limit))
    }
    chat.noteBudget()
    ask(lanes)
    show(lanes, exchange)
    keep(lanes, exchange)
    for lane in lanes { if let failure = lane.outcome?.failure { chat.screen.fail(failure) } }
    chat.screen.part()
  }

  private func ask(_ lanes: [ChatLane]) {
    let waiting = WaitingLine(chat.program)
    waiting.begin()
    for lane in lanes {
      var policy = CallPolicyBuilder.policy(
        chat.options, request: lane.request, environment: chat.environment)
      policy.keepsText = true
      policy.maximumCost = lane.limit
      lane.begin(policy, on: chat.loop, messages: chat.screen.messages)
    }
    chat.wait(until: { lanes.allSatisfy { $0.outcome != nil } }) {
      for lane in lanes { lane.stop() }
    }
    waiting.end()
    chat.screen.messages.beforeWriting = nil
  }

  private func show(_ lanes: [ChatLane], _ exchange: Exchange) {
    var entries: [AnswerColumns.Entry] = []
    if let reply = exchange.reply {
      entries.append(AnswerColumns.Entry(heading: Messages.filtered(reply.model), text: reply.text))
    }
    for lane in lanes {
      let text = lane.outcome?.answer.text ?? ""
      entries.append(
        AnswerColumns.Entry(
          heading: Messages.filtered(lane.model.label), text: text.isEmpty ? "(no answer)" : text))
    }
    let terminal = chat.program.outputTerminal
    let columns = AnswerColumns(
      entries: entries, width: terminal.width, style: terminal.style, rendersMarkdown: !chat.settings.isRaw)
    chat.environment.standardOutput.write(columns.render())
    for lane in lanes {
      guard let outcome = lane.outcome, outcome.answer.hasBegun else { continue }
      chat.screen.receipt(
        Receipt.parts(
          requested: lane.model.label, answer: outcome.answer, cost: lane.model.cost(of: outcome.answer)))
    }
  }

  private func keep(_ lanes: [ChatLane], _ exchange: Exchange) {
    let time = chat.environment.unixTime()
    for lane in lanes {
      guard let outcome = lane.outcome, outcome.answer.hasBegun else { continue }
      let result = CallResult(
        requestedModel: lane.model.name, profile: lane.model.target.profile,
        api: lane.model.target.dialect.name,
        answer: outcome.answer, cost: lane.model.cost(of: outcome.answer), failure: outcome.failure)
      if let reply = Reply(result, profile: lane.model.recordedProfile, time: time) {
        chat.append(.reply(reply))
      }
    }
    if exchange.reply != nil { chat.append(.choose(exchange.chosen)) }
    chat.screen.receipt(["session " + ChatTotals.text(chat.log.conversation)])
    let count = chat.log.conversation.exchanges.last?.replies.count ?? 0
    if count > 1 { chat.screen.note("/choose N continues from another of the \(count) answers") }
  }
}

/// One of the calls of a comparison.
final class ChatLane: CallObserver {
  let model: Destination
  let request: Request
  let limit: CallPolicy.CostLimit?
  /// How it ended; `nil` while it goes on.
  private(set) var outcome: Outcome?
  private var call: Call?
  private var messages: Messages?

  init(_ model: Destination, _ request: Request, _ limit: CallPolicy.CostLimit?) {
    self.model = model
    self.request = request
    self.limit = limit
  }

  func begin(_ policy: CallPolicy, on loop: any EventLoop, messages: Messages) {
    self.messages = messages
    let call = Call(request, to: model.target, options: policy, loop: loop, observer: self)
    self.call = call
    call.begin()
  }

  func stop() {
    call?.cancel(because: Failure(.interrupted, model.label, "was stopped"))
  }

  func call(_ call: Call, didReceive event: Event, at instant: Instant) {}

  func call(_ call: Call, willRetryAfter wait: Duration, because failure: Failure) {
    messages?.retry(after: wait, because: failure, subject: model.label)
  }

  func call(_ call: Call, didEnd outcome: Outcome) {
    self.outcome = outcome
    self.call = nil
  }
}
