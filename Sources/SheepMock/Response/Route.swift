import SheepCore
import SheepListener

/// A place that the gateway serves, and how it answers there.
struct Route: Sendable {
  /// What is answered.
  enum Reply: Sendable {
    /// What a model says, in this dialect, streamed where that is asked for.
    case answer(any MockDialect)
    /// One document, made of the request and the gateway's seed.
    case document(@Sendable (MockExchange, _ seed: UInt64) throws(ChatProblem) -> [UInt8])
  }

  /// Whose form errors and headers have.
  let dialect: any MockDialect.Type
  /// The methods that it takes.
  let methods: [String]
  /// The model that the path names to be asked; `nil` where the body does.
  let model: String?
  let reply: Reply

  /// An endpoint that a model answers.
  static func asks<Dialect: MockDialect>(_ dialect: Dialect, model: String? = nil) -> Route {
    Route(dialect: Dialect.self, methods: ["POST", "OPTIONS"], model: model, reply: .answer(dialect))
  }

  /// An endpoint that takes a body and answers with a document.
  static func posts(
    _ dialect: any MockDialect.Type, model: String? = nil,
    _ document: @escaping @Sendable (MockExchange, _ seed: UInt64) throws(ChatProblem) -> [UInt8]
  ) -> Route {
    Route(dialect: dialect, methods: ["POST", "OPTIONS"], model: model, reply: .document(document))
  }

  /// A document that is there to be read.
  static func gets(
    _ dialect: any MockDialect.Type, _ document: @escaping @Sendable () throws(ChatProblem) -> JSON
  ) -> Route {
    Route(
      dialect: dialect, methods: ["GET", "HEAD", "OPTIONS"], model: nil,
      reply: .document { (_, _) throws(ChatProblem) in Array(try document().serialized().utf8) })
  }

  /// The route of a request: under any prefix, with or without `/v1`.
  ///
  /// The first dialect is asked last, because its list of models takes what the others leave.
  static func of(_ head: RequestHead) -> Route? {
    let steps = head.path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    for name in DialectName.allCases.reversed() {
      if let route = name.mock.route(head, steps) { return route }
    }
    return nil
  }

  /// What stands behind the last `models` of a path: a model's name, which may have slashes in it;
  /// `nil` without one.
  static func modelName(_ steps: [String]) -> String? {
    guard let place = steps.lastIndex(of: "models"), place + 1 < steps.count else { return nil }
    return steps[(place + 1)...].joined(separator: "/")
  }
}
