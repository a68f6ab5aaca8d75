package import SheepCore

/// Google's Gemini (`generateContent`), and gateways that take its body.
///
/// Wire facts, spellings and oddities: docs/dialects/gemini.md.
package struct Gemini: Dialect {
  /// The dialect; it has no state.
  package init() {}

  package var id: DialectName { .gemini }

  /// The model's name comes behind it.
  package var endpoint: String { "models" }

  package var embeddings: EmbeddingBatch.Form? { .gemini }

  package var credential: (header: String, prefix: String) { ("x-goog-api-key", "") }

  package func credential(_ quirks: Quirks) -> (header: String, prefix: String) {
    quirks.geminiEndpoint == .generate ? ("Authorization", "Bearer ") : credential
  }

  package func encode(
    _ request: Request, to base: BaseURL, quirks: Quirks
  ) throws(Failure) -> HTTPRequest {
    let body = try GeminiBody.json(request)
    let method = request.streams ? "streamGenerateContent" : "generateContent"
    var url = try GeminiPath.url(
      of: request.model, method: method, at: base, endpoint: quirks.geminiEndpoint)
    if request.streams { url += "?alt=sse" }
    return post(body, to: url, streams: request.streams)
  }

  package func omissions(in request: Request) -> [String] {
    request.tools.contains { $0.isStrict == true }
      ? ["Gemini has no strict tools; 'strict' was left out"] : []
  }

  package func decoder(mediaType: String?, remembersEvents: Bool) -> any AnswerDecoder {
    GeminiDecoder(
      body: BodyDecoder(GeminiAnswer(), mediaType: mediaType, remembersEvents: remembersEvents))
  }
}

/// Decodes this dialect's bodies.
private struct GeminiDecoder: DialectDecoder {
  var body: BodyDecoder<GeminiAnswer>
}
