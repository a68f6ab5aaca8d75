import SheepCore
import SheepOptions
import SheepRun
import SheepStore
import SheepTerminal

extension SlashCommand {
  /// The turns of the conversation.
  static var exchanges: [SlashCommand] {
    [
      SlashCommand(
        name: "retry", aliases: ["regenerate", "r"], group: .conversation, form: "[-m MODEL]",
        summary: "Ask the last question again and keep the older answer.", argument: .models, run: retry),
      SlashCommand(
        name: "choose", group: .conversation, form: "[N]",
        summary: "Continue from another answer to the last question.", run: choose),
      SlashCommand(
        name: "continue", aliases: ["c"], group: .conversation,
        summary: "Resume an answer that was stopped or cut.", run: goOn),
      SlashCommand(
        name: "undo", aliases: ["u"], group: .conversation, form: "[N]",
        summary: "Remove the last turns.", run: undo),
      SlashCommand(
        name: "history", group: .conversation, form: "[N]",
        summary: "Show the turns so far, or the last N.", run: history),
    ]
  }

  private static func retry(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    var words = invocation.words
    if words.first == "-m" || words.first == "--model" { words.removeFirst() }
    if words.count > 1 { throw misuse("retry", "takes one model") }
    let model = try words.first.map { name throws(Failure) in
      try chat.models.named(name, beside: chat.model)
    }
    let conversation = chat.log.conversation
    guard let exchange = conversation.exchanges.last else {
      throw Failure(.usage, "/retry", "nothing has been asked yet")
    }
    var before = conversation
    before.apply(.undo(count: 1))
    let question = Message(role: .user, parts: exchange.question.parts)
    let messages = before.messages + [question]
    let hasAnswer = try chat.converse(messages, purpose: .another, with: model ?? chat.model)
    return .prompt(hasAnswer ? "" : ("/retry " + invocation.argument).trimmed)
  }

  private static func choose(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    guard let exchange = chat.log.conversation.exchanges.last, !exchange.replies.isEmpty else {
      throw Failure(.usage, "/choose", "there is no answer yet")
    }
    if !invocation.argument.isEmpty {
      guard let number = Int(invocation.argument), exchange.replies.indices.contains(number - 1) else {
        throw misuse("choose", "there are answers 1 to \(exchange.replies.count)")
      }
      chat.append(.choose(number - 1))
    }
    let chosen = chat.log.conversation.exchanges.last?.chosen
    var table = Table([
      Table.Column("", .right, canShrink: false), Table.Column("model", ink: .cyan), Table.Column("answer"),
    ])
    for (index, reply) in exchange.replies.enumerated() {
      table.add([
        (index == chosen ? "▸ " : "  ") + String(index + 1), Messages.filtered(reply.model),
        Chat.opening(reply.text),
      ])
    }
    chat.screen.show(table)
    return .prompt()
  }

  /// What a model is told that is to go on.
  static let continueWords =
    "Continue your last answer exactly where it stopped. Repeat nothing of it and add no remark."

  private static func goOn(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    guard let reply = chat.log.conversation.exchanges.last?.reply, reply.hasWords else {
      throw Failure(.usage, "/continue", "there is no answer to resume")
    }
    guard reply.canContinue else {
      throw Failure(
        .usage, "/continue", "the last answer is complete", advice: "ask a follow-up question")
    }
    let messages = chat.log.conversation.messages + [Message(.user, continueWords)]
    let hasMore = try chat.converse(messages, purpose: .continuation, with: chat.model)
    return .prompt(hasMore ? "" : "/continue")
  }

  private static func undo(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let exchanges = chat.log.conversation.exchanges
    let count = invocation.argument.isEmpty ? 1 : Int(invocation.argument) ?? 0
    guard count > 0 else {
      throw misuse("undo", "\(Quoted.text(invocation.argument)) is not a number of turns")
    }
    guard !exchanges.isEmpty else { throw Failure(.usage, "/undo", "there is nothing to undo") }
    let taken = exchanges.suffix(count)
    chat.append(.undo(count: taken.count))
    let typed = taken.first.map { chat.typed($0.question) } ?? ""
    chat.screen.note(
      (taken.count == 1 ? "removed 1 turn" : "removed \(taken.count) turns")
        + "; its cost still counts, and the question is in the "
        + (typed.isEmpty ? "history" : "edit line"))
    return .prompt(typed)
  }

  private static func history(_ chat: Chat, _ invocation: Invocation) throws(Failure) -> Next {
    let exchanges = chat.log.conversation.exchanges
    let count = invocation.argument.isEmpty ? exchanges.count : Int(invocation.argument) ?? 0
    guard count > 0 || exchanges.isEmpty else {
      throw misuse("history", "\(Quoted.text(invocation.argument)) is not a number of turns")
    }
    if exchanges.isEmpty {
      chat.screen.note("nothing has been asked yet")
      return .prompt()
    }
    let style = chat.screen.style
    let width = chat.screen.width
    var text = ""
    for (index, exchange) in exchanges.enumerated().suffix(count) {
      let number = "\(index + 1)".padded(to: String(exchanges.count).count, .right)
      let room = max(20, width - number.count - 3)
      let indent = String(repeating: " ", count: number.count + 1)
      text +=
        style.dim(number) + " " + style.bold("▸ " + Chat.opening(exchange.question.text).truncated(to: room))
        + "\n"
      for name in exchange.question.files {
        text += indent + style.dim("with " + Messages.filtered(name).truncated(to: room)) + "\n"
      }
      guard let reply = exchange.reply else {
        text += indent + style.dim("no answer") + "\n"
        continue
      }
      var mark = Messages.filtered(reply.model)
      if exchange.replies.count > 1 { mark += ", answer \(exchange.chosen + 1) of \(exchange.replies.count)" }
      if reply.finishReason == .interrupted { mark += ", stopped" }
      let opening = Chat.opening(reply.text).truncated(to: max(10, room - TextWidth.of(mark)))
      text += indent + opening + style.dim("  " + mark) + "\n"
    }
    chat.screen.show(text)
    return .prompt()
  }
}

extension Chat {
  /// A text's beginning on one line, filtered.
  static func opening(_ text: String) -> String {
    EscapeFilter.visible(String(text.prefix(400)), lineFeeds: .space)
  }
}

extension Chat {
  /// What was typed of a question, to be sent again: what the role in use would add to it is left
  /// out. Empty where files went along, whose texts are joined with it.
  func typed(_ question: Question) -> String {
    guard question.files.isEmpty, case .text(let text)? = question.parts.last else { return "" }
    return ChatLine.typed(role?.filled.input(of: text) ?? text)
  }
}
