package import SheepCore

/// Anthropic's Messages, and gateways and local servers that speak it.
///
/// Wire facts, spellings and oddities: docs/dialects/anthropic.md.
package struct AnthropicMessages: Dialect {
  /// The version of the interface that is spoken; every request must name one.
  package static let version = "2023-06-01"

  /// The dialect; it has no state.
  package init() {}

  package var id: DialectName { .anthropic }

  package var endpoint: String { "messages" }

  package var credential: (header: String, prefix: String) { ("x-api-key", "") }

  package func encode(
    _ request: Request, to base: BaseURL, quirks: Quirks
  ) throws(Failure) -> HTTPRequest {
    let body = try AnthropicBody.json(request, quirks: quirks)
    let streams = body["stream"]?.bool ?? false
    return post(
      body, to: base.appending(endpoint), streams: streams, [.init("anthropic-version", Self.version)])
  }

  package func omissions(in request: Request) -> [String] {
    request.seed == nil ? [] : ["Anthropic's API has no seed; it was left out"]
  }

  package func decoder(mediaType: String?, remembersEvents: Bool) -> any AnswerDecoder {
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
