package import SheepCore

/// OpenAI's chat completions, which most gateways and local servers speak.
///
/// Wire facts, spellings and oddities: docs/dialects/openai.md.
package struct OpenAIChat: Dialect {
  /// The dialect; it has no state.
  package init() {}

  package var id: DialectName { .openai }

  package var endpoint: String { "chat/completions" }

  package var embeddings: EmbeddingBatch.Form? { .openAI }

  package var credential: (header: String, prefix: String) { ("Authorization", "Bearer ") }

  package func encode(
    _ request: Request, to base: BaseURL, quirks: Quirks
  ) throws(Failure) -> HTTPRequest {
    let body = try OpenAIChatBody.json(request, quirks: quirks)
    let streams = body["stream"]?.bool ?? false
    return post(body, to: base.appending(endpoint), streams: streams)
  }

  package func decoder(mediaType: String?, remembersEvents: Bool) -> any AnswerDecoder {
    ChatDecoder(
      body: BodyDecoder(ChatAnswer(), mediaType: mediaType, remembersEvents: remembersEvents))
  }
}

/// Decodes this dialect's bodies.
private struct ChatDecoder: DialectDecoder {
  var body: BodyDecoder<ChatAnswer>
}
