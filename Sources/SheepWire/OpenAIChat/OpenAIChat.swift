package import SheepCore

/// OpenAI's chat completions, which most gateways and local servers speak.
///
/// Wire facts, spellings and oddities: docs/dialects/openai.md.
package struct OpenAIChat: Dialect {
  /// The dialect; it has no state.
  package init() {}

  package var name: String { "openai" }

  package var credential: (header: String, prefix: String) { ("Authorization", "Bearer ") }

  package func encode(
    _ request: Request, to base: BaseURL, quirks: Quirks
  ) throws(Failure) -> HTTPRequest {
    let body = try OpenAIChatBody.json(request, quirks: quirks)
    let streams = body["stream"]?.bool ?? false
    let headers = HTTPHeaders([
      .init("Content-Type", "application/json"),
      .init("Accept", streams ? "text/event-stream" : "application/json"),
      .init("User-Agent", "sheep/" + Version.current),
    ])
    var bytes: [UInt8] = []
    body.write(to: &bytes)
    return HTTPRequest(
      method: "POST", url: base.appending("chat/completions"), headers: headers, body: bytes)
  }

  package func makeDecoder(for head: HTTPHead, streamed: Bool) -> any AnswerDecoder {
    Self.decoder(mediaType: head.mediaType)
  }

  /// A decoder for a body of this media type; `nil` when the server gave none. Without
  /// `remembersEvents` every event is read in full, which tests compare the fast path with.
  package static func decoder(
    mediaType: String?, remembersEvents: Bool = true
  ) -> any AnswerDecoder {
    BodyDecoder(ChatAnswer(), mediaType: mediaType, remembersEvents: remembersEvents)
  }

  package func failure(head: HTTPHead, body: [UInt8], request: FailedRequest) -> Failure {
    ServerFailure.of(head: head, body: body, request: request)
  }
}
