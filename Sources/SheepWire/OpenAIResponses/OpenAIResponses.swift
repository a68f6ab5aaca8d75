package import SheepCore

/// OpenAI's Responses interface.
///
/// Wire facts, spellings and oddities: docs/dialects/responses.md.
package struct OpenAIResponses: Dialect {
  /// The dialect; it has no state.
  package init() {}

  package var name: String { "responses" }

  package var credential: (header: String, prefix: String) { ("Authorization", "Bearer ") }

  package func encode(
    _ request: Request, to base: BaseURL, quirks: Quirks
  ) throws(Failure) -> HTTPRequest {
    let body = try ResponsesBody.json(request)
    let streams = body["stream"]?.bool ?? false
    return post(body, to: base.appending("responses"), streams: streams)
  }

  /// What of a request is left out because the dialect has no word for it, as clauses.
  package func omissions(in request: Request) -> [String] {
    request.seed == nil ? [] : ["the seed is left out: OpenAI's Responses interface has none"]
  }

  package func makeDecoder(for head: HTTPHead, streamed: Bool) -> any AnswerDecoder {
    Self.decoder(mediaType: head.mediaType)
  }

  /// A decoder for a body of this media type; `nil` when the server gave none. Without
  /// `remembersEvents` every event is read in full, which tests compare the fast path with.
  package static func decoder(
    mediaType: String?, remembersEvents: Bool = true
  ) -> any AnswerDecoder {
    ResponsesDecoder(
      body: BodyDecoder(ResponsesAnswer(), mediaType: mediaType, remembersEvents: remembersEvents))
  }
}

/// Decodes this dialect's bodies.
private struct ResponsesDecoder: DialectDecoder {
  var body: BodyDecoder<ResponsesAnswer>
}
