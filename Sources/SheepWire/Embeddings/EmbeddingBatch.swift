package import SheepCore
import Synchronization

/// Some texts to be embedded in one call.
///
/// It speaks as a dialect, so that a `Call` with all its policies carries it: the texts are the
/// request's messages, one each. The vectors are no events and are found here afterwards.
package final class EmbeddingBatch: Dialect {
  /// The interfaces that embed.
  package enum Form: Sendable {
    /// `POST embeddings`.
    case openAI
    /// `POST models/MODEL:batchEmbedContents`.
    case gemini

    /// The most texts of one call, as the vendors document them (2026): beyond, calls fail.
    package var inputLimit: Int { self == .openAI ? 2048 : 100 }

    /// The model that embeds when none is named.
    package var defaultModel: String {
      self == .openAI ? "text-embedding-3-small" : "gemini-embedding-001"
    }

    fileprivate var dialect: any Dialect { self == .openAI ? OpenAIChat() : Gemini() }
  }

  private let form: Form
  private let count: Int
  private let dimensions: Int?
  private let found = Mutex<[EmbeddingVector]>([])

  /// A call for `count` texts; `dimensions` where shorter vectors are wanted than the model's.
  package init(form: Form, count: Int, dimensions: Int?) {
    self.form = form
    self.count = count
    self.dimensions = dimensions
  }

  /// The vectors in the order of the texts; empty until the call has ended well.
  package var vectors: [EmbeddingVector] { found.withLock { $0 } }

  package var id: DialectName { form.dialect.id }

  package var endpoint: String { form == .openAI ? "embeddings" : form.dialect.endpoint }

  package var credential: (header: String, prefix: String) { form.dialect.credential }

  package func encode(
    _ request: Request, to base: BaseURL, quirks: Quirks
  ) throws(Failure) -> HTTPRequest {
    let texts = request.messages.map { message in
      message.parts.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()
    }
    let url: String
    let body: JSON
    switch form {
    case .openAI:
      url = base.appending(endpoint)
      body = try openAI(texts, request, quirks)
    case .gemini:
      url = try GeminiPath.url(
        of: request.model, method: "batchEmbedContents", at: base, endpoint: .google)
      body = try gemini(texts, request)
    }
    let headers = HTTPHeaders([
      .init("Content-Type", "application/json"), .init("Accept", "application/json"),
      .init("User-Agent", "sheep/" + Version.current),
    ])
    var bytes: [UInt8] = []
    body.write(to: &bytes)
    return HTTPRequest(method: "POST", url: url, headers: headers, body: bytes)
  }

  private func openAI(_ texts: [String], _ request: Request, _ quirks: Quirks) throws(Failure) -> JSON {
    var body = JSONObject()
    body["model"] = .string(request.model)
    body["input"] = .array(texts.map(JSON.string))
    // A fifth of the bytes, and exact.
    if quirks.sendsEncodingFormat { body["encoding_format"] = "base64" }
    if let dimensions { body["dimensions"] = .number(JSONNumber(dimensions)) }
    try ExtraFields.merge(request.extraFields, into: &body)
    return .object(body)
  }

  /// Every text is a request of its own, with the user's fields in each.
  private func gemini(_ texts: [String], _ request: Request) throws(Failure) -> JSON {
    let model = request.model
    let isResource =
      model.utf8.starts(with: "models/".utf8) || model.utf8.starts(with: "tunedModels/".utf8)
    var requests: [JSON] = []
    for text in texts {
      var object = JSONObject()
      object["model"] = .string(isResource ? model : "models/" + model)
      object["content"] = ["parts": [["text": .string(text)]]]
      if let dimensions { object["outputDimensionality"] = .number(JSONNumber(dimensions)) }
      try ExtraFields.merge(request.extraFields, into: &object)
      requests.append(.object(object))
    }
    return ["requests": .array(requests)]
  }

  package func decoder(mediaType: String?, remembersEvents: Bool) -> any AnswerDecoder {
    EmbeddingDecoder(count: count) { [self] vectors in found.withLock { $0 = vectors } }
  }

  package func failure(head: HTTPHead, body: [UInt8], request: FailedRequest) -> Failure {
    form.dialect.failure(head: head, body: body, request: request)
  }

  /// Cuts texts into runs that fit one call each: no more than the form's number of texts, and
  /// no more than 300,000 estimated tokens (OpenAI's limit, 2026). A text that is too long by
  /// itself is a run of its own, for the server to refuse in its own words.
  package static func runs(of texts: [String], form: Form) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    var tokens = 0
    for (index, text) in texts.enumerated() {
      let more = TokenEstimate(of: text).high
      if index > start, index - start >= form.inputLimit || tokens + more > 300_000 {
        runs.append(start..<index)
        start = index
        tokens = 0
      }
      tokens += more
    }
    if start < texts.count { runs.append(start..<texts.count) }
    return runs
  }
}
