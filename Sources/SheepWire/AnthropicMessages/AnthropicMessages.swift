package import SheepCore

/// Anthropic's Messages, and gateways and local servers that speak it.
///
/// Wire facts, spellings and oddities: docs/dialects/anthropic.md.
package struct AnthropicMessages: Dialect {
  /// The version of the interface that is spoken; every request must name one.
  package static let version = "2023-06-01"

  /// The dialect; it has no state.
  package init() {}

  package var name: String { "anthropic" }

  package var credential: (header: String, prefix: String) { ("x-api-key", "") }

  package func encode(
    _ request: Request, to base: BaseURL, quirks: Quirks
  ) throws(Failure) -> HTTPRequest {
    let body = try AnthropicBody.json(request, quirks: quirks)
    let streams = body["stream"]?.bool ?? false
    return post(
      body, to: base.appending("messages"), streams: streams, [.init("anthropic-version", Self.version)])
  }

  package func omissions(in request: Request) -> [String] {
    request.seed == nil ? [] : ["the seed is left out: Anthropic's interface has none"]
  }

  package func makeDecoder(for head: HTTPHead, streamed: Bool) -> any AnswerDecoder {
    Self.decoder(mediaType: head.mediaType)
  }

  /// A decoder for a body of this media type; `nil` when the server gave none. Without
  /// `remembersEvents` every event is read in full, which tests compare the fast path with.
  package static func decoder(
    mediaType: String?, remembersEvents: Bool = true
  ) -> any AnswerDecoder {
    AnthropicDecoder(
      body: BodyDecoder(AnthropicAnswer(), mediaType: mediaType, remembersEvents: remembersEvents))
  }

  package func failure(head: HTTPHead, body: [UInt8], request: FailedRequest) -> Failure {
    var failure = ServerFailure.of(head: head, body: body, request: request)
    if failure.kind == .rateLimit, failure.retryAfter == nil {
      failure.retryAfter = AnthropicRateLimit.delay(head.headers, epochSeconds: request.epochSeconds)
    }
    return failure
  }
}

/// Decodes this dialect's bodies.
private struct AnthropicDecoder: DialectDecoder {
  var body: BodyDecoder<AnthropicAnswer>
}
