import SheepCore

/// One dialect of the gateway: what is asked is turned into a chat-completions request, so that
/// the same prompt gets the same answer whatever the dialect, and the answer is written in the
/// dialect's own words.
protocol MockDialect: Sendable {
  /// The request's body as a chat-completions request, `stream` included.
  /// - Throws: what is wrong with it.
  func chatBody(of body: JSON) throws(ChatProblem) -> JSON
  /// The events of a streamed answer.
  func chunks(_ answer: ChatAnswer, fault: MockFault, call: ChatCall) -> any AnswerChunks
  /// An answer that is not streamed.
  func document(_ answer: ChatAnswer, fault: MockFault) -> [UInt8]
}

/// Chat completions themselves.
struct ChatDialect: MockDialect {
  func chatBody(of body: JSON) -> JSON { body }

  func chunks(_ answer: ChatAnswer, fault: MockFault, call: ChatCall) -> any AnswerChunks {
    ChatChunks(answer, fault: fault, includesUsage: call.includesUsage)
  }

  func document(_ answer: ChatAnswer, fault: MockFault) -> [UInt8] {
    ChatDocument.bytes(answer, fault: fault)
  }
}
