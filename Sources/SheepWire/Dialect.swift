package import SheepCore

/// A provider family's language on the wire, as pure functions: values and bytes in, values out.
package protocol Dialect: Sendable {
  /// The dialect's name in `--api`, the profiles and the JSON output.
  var id: DialectName { get }

  /// What stands behind the base in the address of an answer, so that a pasted one is understood:
  /// `chat/completions`.
  var endpoint: String { get }

  /// The form in which it embeds texts; `nil` where the vendor has none.
  var embeddings: EmbeddingBatch.Form? { get }

  /// Says a request in this dialect: URL, header fields and body; never the credential.
  /// - Throws: a `Failure` of kind `usage` when the dialect cannot say it.
  func encode(_ request: Request, to base: BaseURL, quirks: Quirks) throws(Failure) -> HTTPRequest

  /// What of a request `encode` leaves out because the dialect has no word for it, as clauses
  /// for the user; wishes that change how an answer comes about, never what is asked.
  func omissions(in request: Request) -> [String]

  /// The header that carries a key: its name, and what stands before the key in its value.
  var credential: (header: String, prefix: String) { get }

  /// The same for a server with these quirks.
  func credential(_ quirks: Quirks) -> (header: String, prefix: String)

  /// A decoder for the body of a successful response.
  ///
  /// - Parameters:
  ///   - mediaType: what the server says it sends, which counts, not what was asked for: a gateway
  ///     may answer a streamed request with one JSON document. `nil` when the server gave none.
  ///   - remembersEvents: false to read every event in full, which tests compare the fast path with.
  func decoder(mediaType: String?, remembersEvents: Bool) -> any AnswerDecoder

  /// What a response with an error status means. `body` is its first 64 KiB.
  func failure(head: HTTPHead, body: [UInt8], request: FailedRequest) -> Failure
}

extension Dialect {
  /// The name that `--api` and the JSON output use: `openai`.
  package var name: String { id.rawValue }

  package var embeddings: EmbeddingBatch.Form? { nil }

  /// A decoder for the body of a response with this head.
  package func makeDecoder(for head: HTTPHead) -> any AnswerDecoder {
    decoder(mediaType: head.mediaType, remembersEvents: true)
  }

  /// A request with this body, streamed or whole, and what all dialects say around it.
  func post(
    _ body: JSON, to url: String, streams: Bool, _ more: [HTTPHeaders.Field] = []
  ) -> HTTPRequest {
    let headers = HTTPHeaders(
      [
        .init("Content-Type", "application/json"),
        .init("Accept", streams ? "text/event-stream" : "application/json"),
      ] + more + [.init("User-Agent", "sheep/" + Version.current)])
    var bytes: [UInt8] = []
    body.write(to: &bytes)
    return HTTPRequest(method: "POST", url: url, headers: headers, body: bytes)
  }

  package func failure(head: HTTPHead, body: [UInt8], request: FailedRequest) -> Failure {
    ServerFailure.of(head: head, body: body, request: request)
  }

  package func credential(_ quirks: Quirks) -> (header: String, prefix: String) { credential }
  package func omissions(in request: Request) -> [String] { [] }

  /// Refuses a response whose body cannot be read as it is: compression is never asked for, and
  /// a small compressed body can stand for gigabytes.
  /// - Throws: `protocolViolation`.
  package func check(_ head: HTTPHead) throws(Failure) {
    guard let encoding = head.headers["content-encoding"], !encoding.isEmpty,
      !HTTPHeaders.same(encoding, "identity")
    else { return }
    throw Failure(
      .protocolViolation, "the answer",
      "is encoded as '\(ErrorText.sanitized(encoding, limit: 40))', which was not requested",
      advice: "look for a proxy in between that compresses responses", status: head.status)
  }
}

/// What an error message may name of the request that failed.
package struct FailedRequest: Sendable {
  /// The model that was asked for.
  package var model: String
  /// Who refused: the profile's name, or the host when there is no profile.
  package var provider: String
  /// The local clock in seconds since 1970, for a server that names a date without its own;
  /// `nil` when it is not known.
  package var epochSeconds: Int64?

  /// A request to `provider` for an answer of `model`.
  package init(model: String, provider: String, epochSeconds: Int64? = nil) {
    self.model = model
    self.provider = provider
    self.epochSeconds = epochSeconds
  }
}

/// Turns the bytes of a successful response's body into events, however they are split.
package protocol AnswerDecoder {
  /// Takes the next bytes, which are lent for the call, and passes on what they complete.
  /// - Throws: a `Failure` when the server reports one inside the body (kind by its words) or
  ///   breaks the dialect's rules (`protocolViolation`). Nothing is emitted after a throw.
  mutating func feed(_ bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void) throws(Failure)

  /// The body has ended: passes on what only now is known.
  /// - Throws: as `feed`.
  mutating func finish(_ emit: (Event) -> Void) throws(Failure)

  /// Whether the dialect's end marker has been seen: without it the answer is incomplete,
  /// however well the connection was closed.
  var isComplete: Bool { get }
}
