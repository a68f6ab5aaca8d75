package import SheepCore

/// OpenAI's Responses interface.
///
/// Wire facts, spellings and oddities: docs/dialects/responses.md.
package struct OpenAIResponses: Dialect {
  /// The dialect; it has no state.
  package init() {}

  package var id: DialectName { .responses }

  package var endpoint: String { "responses" }

  package var embeddings: EmbeddingBatch.Form? { .openAI }

  package var credential: (header: String, prefix: String) { ("Authorization", "Bearer ") }

  package func encode(
    _ request: Request, to base: BaseURL, quirks: Quirks
  ) throws(Failure) -> HTTPRequest {
    let body = try ResponsesBody.json(request)
    let streams = body["stream"]?.bool ?? false
    return post(body, to: base.appending(endpoint), streams: streams)
  }

  /// What of a request is left out because the dialect has no word for it, as clauses.
  package func omissions(in request: Request) -> [String] {
    request.seed == nil ? [] : ["the Responses API has no seed; it was left out"]
  }

  package func decoder(mediaType: String?, remembersEvents: Bool) -> any AnswerDecoder {
    ResponsesDecoder(
      body: BodyDecoder(ResponsesAnswer(), mediaType: mediaType, remembersEvents: remembersEvents))
  }
}

/// Decodes this dialect's bodies.
private struct ResponsesDecoder: DialectDecoder {
  var body: BodyDecoder<ResponsesAnswer>
}
