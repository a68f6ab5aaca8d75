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
    return post(body, to: base.appending("chat/completions"), streams: streams)
  }

  package func makeDecoder(for head: HTTPHead, streamed: Bool) -> any AnswerDecoder {
    Self.decoder(mediaType: head.mediaType)
  }

  /// A decoder for a body of this media type; `nil` when the server gave none. Without
  /// `remembersEvents` every event is read in full, which tests compare the fast path with.
  package static func decoder(
    mediaType: String?, remembersEvents: Bool = true
  ) -> any AnswerDecoder {
    ChatDecoder(
      body: BodyDecoder(ChatAnswer(), mediaType: mediaType, remembersEvents: remembersEvents))
  }
}

/// Decodes this dialect's bodies.
private struct ChatDecoder: DialectDecoder {
  var body: BodyDecoder<ChatAnswer>
}
