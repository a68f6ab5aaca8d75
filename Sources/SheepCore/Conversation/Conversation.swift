/// A conversation as it stands: what is sent along with the next question, and what it has cost.
///
/// A pure value. It changes only by records, so that what is in memory and what a session's file
/// says can never differ.
package struct Conversation: Equatable, Sendable {
  /// The system prompt; `nil`: none.
  package private(set) var system: String?
  /// The model that was asked last or chosen since; `nil` in a new conversation.
  package private(set) var model: String?
  /// The profile of that model; `nil`: the default one.
  package private(set) var profile: String?
  package private(set) var exchanges: [Exchange] = []
  /// What all replies took together, those taken back or left behind included.
  package private(set) var total = ConversationTotal()
  /// The reply in flight as the records tell it; `nil` when none is.
  private var pieces: Pieces?

  private struct Pieces: Equatable, Sendable {
    var text = ""
    var reasoning = ""
  }
  /// Whether the reply in flight is more of the chosen one.
  private var continues = false

  /// A conversation in which nothing has happened.
  package init() {}

  /// The conversation that these records tell.
  package init(_ records: some Sequence<ConversationRecord>) {
    for record in records { apply(record) }
  }

  /// Takes a record in. What does not fit (an undo of more than there is) changes what it can.
  package mutating func apply(_ record: ConversationRecord) {
    switch record {
    case .system(let text): system = text
    case .model(let name, let profile):
      model = name
      self.profile = profile
    case .question(let question):
      settlePieces()
      exchanges.append(Exchange(question))
    case .piece(let text, let reasoning):
      pieces = pieces ?? Pieces()
      pieces?.text += text
      pieces?.reasoning += reasoning
    case .reply(let reply):
      dropPieces()
      add(reply)
    case .continuing:
      settlePieces()
      continues = true
    case .continuation(let more):
      dropPieces()
      extend(with: more)
    case .undo(let count):
      settlePieces()
      exchanges.removeLast(min(max(count, 0), exchanges.count))
    case .choose(let number):
      settlePieces()
      guard let last = exchanges.indices.last, exchanges[last].replies.indices.contains(number) else {
        return
      }
      exchanges[last].chosen = number
    case .clear:
      dropPieces()
      exchanges = []
    }
  }

  /// Makes the reply in flight, of which no end was recorded, an interrupted one. For a session
  /// whose program was killed; a conversation in memory has a `reply` for each answer.
  package mutating func settlePieces() {
    guard let record = unsettled else {
      dropPieces()
      return
    }
    apply(record)
  }

  /// The record that ends the reply in flight as an interrupted one; `nil` when none is in
  /// flight, or nothing of it can be read.
  package var unsettled: ConversationRecord? {
    guard let found = pieces, !found.text.isEmpty, let last = exchanges.last else { return nil }
    let reply = Reply(
      model: model ?? "", profile: profile, text: found.text, reasoning: found.reasoning,
      finishReason: .interrupted, time: last.question.time)
    return continues && last.reply != nil ? .continuation(reply) : .reply(reply)
  }

  private mutating func dropPieces() {
    pieces = nil
    continues = false
  }

  /// The messages that a model is sent. A question without an answer is left out: it failed, and
  /// would be put twice when it is asked again.
  ///
  /// An answer that was stopped or cut goes along as far as it came: the person saw it, and goes on
  /// from it. What the provider wanted back stays behind then, for it may be half of something,
  /// which providers refuse with every later question.
  package var messages: [Message] {
    var messages: [Message] = []
    if let system { messages.append(Message(.system, system)) }
    for exchange in exchanges {
      guard let reply = exchange.reply, reply.hasWords else { continue }
      let state = reply.isBrokenOff ? [] : reply.state
      messages.append(Message(role: .user, parts: exchange.question.parts))
      messages.append(Message(role: .assistant, parts: state.map { .state($0) } + [.text(reply.text)]))
    }
    return messages
  }

  /// The last exchange whose reply counts; `nil` when nothing was answered yet.
  package var lastAnswered: Exchange? { exchanges.last { $0.reply != nil } }

  private mutating func add(_ reply: Reply) {
    total.add(reply)
    guard let last = exchanges.indices.last else { return }
    exchanges[last].replies.append(reply)
    exchanges[last].chosen = exchanges[last].replies.count - 1
  }

  private mutating func extend(with more: Reply) {
    guard let last = exchanges.indices.last, var reply = exchanges[last].reply else {
      add(more)
      return
    }
    total.add(more)
    reply.text += more.text
    reply.reasoning += more.reasoning
    // Signed thinking belongs to the text it came with; a joined text has none.
    reply.state = []
    reply.finishReason = more.finishReason
    reply.servedModel = more.servedModel
    reply.time = more.time
    exchanges[last].replies[exchanges[last].chosen] = reply
  }
}

/// What a conversation took: tokens and exact money.
package struct ConversationTotal: Equatable, Sendable {
  /// Replies that came, broken-off ones included.
  package private(set) var replies = 0
  package private(set) var inputTokens = 0
  package private(set) var outputTokens = 0
  /// The sum of what is known.
  package private(set) var cost = Money.zero
  /// Replies whose cost is not known: with any, `cost` is a lower bound.
  package private(set) var unpriced = 0
  /// Replies whose tokens are not known: with any, the counts are lower bounds.
  package private(set) var uncounted = 0
  /// Whether any of the tokens were estimated.
  package private(set) var isEstimate = false

  /// Nothing yet.
  package init() {}

  /// Counts a reply in.
  package mutating func add(_ reply: Reply) {
    replies += 1
    if reply.usage == nil { uncounted += 1 }
    inputTokens = Self.sum(inputTokens, reply.usage?.inputTotal ?? 0)
    outputTokens = Self.sum(outputTokens, reply.usage?.outputTotal ?? 0)
    if reply.usage?.source == .estimated { isEstimate = true }
    if let amount = reply.cost, let sum = cost.adding(amount) { cost = sum } else { unpriced += 1 }
  }

  private static func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? .max : sum
  }
}
