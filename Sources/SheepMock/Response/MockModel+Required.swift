extension MockModel {
  /// The model that a request means.
  /// - Throws: when it is not served here.
  static func required(_ name: String) throws(ChatProblem) -> MockModel {
    guard let model = named(name) else { throw unknown(name) }
    return model
  }

  /// The answer to a request for a model that is not served here.
  static func unknown(_ name: String) -> ChatProblem {
    ChatProblem(
      body: MockErrorBody(
        status: 404, message: "The model '\(name)' does not exist or you do not have access to it.",
        code: "model_not_found", param: "model"))
  }
}
