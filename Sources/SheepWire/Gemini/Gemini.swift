package import SheepCore

/// Google's Gemini (`generateContent`), and gateways that take its body.
///
/// Wire facts, spellings and oddities: docs/dialects/gemini.md.
package struct Gemini: Dialect {
  /// The dialect; it has no state.
  package init() {}

  package var name: String { "gemini" }

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
      ? ["that a tool is strict is left out: Gemini's interface has no word for it"] : []
  }

  package func makeDecoder(for head: HTTPHead, streamed: Bool) -> any AnswerDecoder {
    Self.decoder(mediaType: head.mediaType)
  }

  /// A decoder for a body of this media type; `nil` when the server gave none. Without
  /// `remembersEvents` every event is read in full, which tests compare the fast path with.
  package static func decoder(
    mediaType: String?, remembersEvents: Bool = true
  ) -> any AnswerDecoder {
    GeminiDecoder(
      body: BodyDecoder(GeminiAnswer(), mediaType: mediaType, remembersEvents: remembersEvents))
  }
}

/// Where a server of the Gemini dialect takes requests.
package enum GeminiEndpoint: Sendable, Equatable {
  /// `models/MODEL:generateContent` and `:streamGenerateContent`, as Google has them.
  case google
  /// `models/MODEL/generate`, one address for both, with a bearer token: the HolySheep gateway.
  case generate
}

/// Decodes this dialect's bodies.
private struct GeminiDecoder: DialectDecoder {
  var body: BodyDecoder<GeminiAnswer>
}
