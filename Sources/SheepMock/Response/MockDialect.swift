import SheepCore
import SheepListener

/// One dialect of the gateway, in a folder of its own: what is asked is turned into a
/// chat-completions request, so that the same prompt gets the same answer whatever the dialect, and
/// the answer is written in the dialect's own words.
protocol MockDialect: Sendable {
  /// The place that a request is for; `nil` when it is none of this dialect's. `steps` are the parts
  /// of the path between its slashes, whatever prefix comes first.
  static func route(_ head: RequestHead, _ steps: [String]) -> Route?

  /// The header that carries a key, in lower case; `nil` for `Authorization` alone.
  static var keyHeader: String? { get }

  /// The header that carries the number of the request.
  static var requestIDHeader: String { get }

  /// What is wrong with a key that is not accepted; `nil` for a request without one.
  static func refusal(ofKey key: String?) -> MockErrorBody

  /// An error in the dialect's own form.
  static func document(of error: MockErrorBody) -> JSON

  /// Looks at what is not in the body before an answer is made.
  /// - Throws: what is wrong with it.
  func check(_ exchange: MockExchange) throws(ChatProblem)

  /// The request's body as a chat-completions request, `stream` included.
  /// - Throws: what is wrong with it.
  func chatBody(of body: JSON) throws(ChatProblem) -> JSON

  /// The events of a streamed answer.
  func chunks(_ answer: MockAnswer, fault: MockFault, call: ChatCall) -> any AnswerChunks

  /// An answer that is not streamed.
  func document(_ answer: MockAnswer, fault: MockFault) -> [UInt8]
}

extension MockDialect {
  static var keyHeader: String? { nil }
  static var requestIDHeader: String { "x-request-id" }

  static func refusal(ofKey key: String?) -> MockErrorBody {
    if key != nil { return MockErrorBody(status: 401) }
    return MockErrorBody(status: 401, message: "You didn't provide an API key.", code: "missing_api_key")
  }

  static func document(of error: MockErrorBody) -> JSON { error.openAI }

  func check(_ exchange: MockExchange) throws(ChatProblem) {}
}

extension DialectName {
  /// The gateway's side of the dialect: one row for each folder.
  var mock: any MockDialect.Type {
    switch self {
    case .openai: ChatDialect.self
    case .responses: ResponsesDialect.self
    case .anthropic: MessagesDialect.self
    case .gemini: GeminiDialect.self
    }
  }

  /// The headers that carry a key in some dialect.
  static let mockKeyHeaders = allCases.compactMap { $0.mock.keyHeader }
}
