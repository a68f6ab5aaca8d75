import SheepCore

/// Vectors of length 1 that a text and a model decide, for `/embeddings` and
/// `:batchEmbedContents`.
struct MockEmbedding {
  /// As many inputs as OpenAI takes in one call.
  static let inputLimit = 2048

  private let seed: UInt64
  private let model: String
  private let dimensions: Int

  /// Embeds for a model that is asked for by this name; `dimensions` 1 to 4096.
  init(model: String, dimensions: Int?, seed: UInt64) {
    self.model = model
    self.seed = seed
    self.dimensions = min(max(1, dimensions ?? 1536), 4096)
  }

  /// Whether a model of that name makes embeddings.
  static func serves(_ model: String) -> Bool {
    model.mentions("embed") || model.utf8.starts(with: "mock-".utf8)
  }

  /// The route of a dialect's embeddings; `form` makes the answer of the body, the model's name and
  /// the seed.
  static func route(
    _ dialect: any MockDialect.Type, model: String? = nil,
    form: @escaping @Sendable (JSON, _ model: String, _ seed: UInt64) throws(ChatProblem) -> [UInt8]
  ) -> Route {
    .posts(dialect, model: model) { (exchange, seed) throws(ChatProblem) in
      let (body, model) = try exchange.asked()
      guard serves(model) else { throw MockModel.unknown(model) }
      return try form(body, model, seed)
    }
  }

  /// The vector of a text.
  func vector(of text: String) -> [Float] {
    var hash = ContentHash(String(seed).utf8)
    hash.add(model.utf8)
    hash.add(text.utf8)
    var random = SeededRandom(seed: hash.value)
    var vector = (0..<dimensions).map { _ in Float(Int(random.next() >> 40) - 1 << 23) }
    let length = vector.reduce(0 as Double) { $0 + Double($1) * Double($1) }.squareRoot()
    if length > 0 { vector = vector.map { Float(Double($0) / length) } }
    return vector
  }

  // MARK: - OpenAI

  /// The answer to a body of OpenAI's form.
  static func openAI(_ body: JSON, model: String, seed: UInt64) throws(ChatProblem) -> [UInt8] {
    let texts = body["input"]?.string.map { [$0] } ?? body["input"]?.array?.compactMap(\.string) ?? []
    try check(texts)
    let embedding = MockEmbedding(model: model, dimensions: body["dimensions"]?.count, seed: seed)
    let isBase64 = body["encoding_format"]?.string == "base64"
    var bytes = Array(#"{"object":"list","data":["#.utf8)
    var tokens = 0
    for (index, text) in texts.enumerated() {
      tokens += TokenRule.count(text.utf8)
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += Array(#"{"object":"embedding","index":\#(index),"embedding":"#.utf8)
      write(embedding.vector(of: text), isBase64: isBase64, to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    bytes += Array(#"],"model":"#.utf8)
    JSONText.write(model, into: &bytes)
    return bytes + Array(#","usage":{"prompt_tokens":\#(tokens),"total_tokens":\#(tokens)}}"#.utf8)
  }

  // MARK: - Gemini

  /// The answer to a body of Gemini's form.
  static func gemini(_ body: JSON, model: String, seed: UInt64) throws(ChatProblem) -> [UInt8] {
    let requests = body["requests"]?.array ?? []
    let texts = requests.map { request in
      (request["content"]?["parts"]?.array ?? []).compactMap { $0["text"]?.string }.joined()
    }
    try check(texts)
    let dimensions = requests.first?["outputDimensionality"]?.count
    let embedding = MockEmbedding(model: model, dimensions: dimensions, seed: seed)
    var bytes = Array(#"{"embeddings":["#.utf8)
    for (index, text) in texts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += Array(#"{"values":"#.utf8)
      write(embedding.vector(of: text), isBase64: false, to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    return bytes + Array("]}".utf8)
  }

  private static func check(_ texts: [String]) throws(ChatProblem) {
    guard !texts.isEmpty, texts.count <= inputLimit else {
      throw ChatProblem(
        body: MockErrorBody(
          status: 400, message: "'input' must have 1 to \(inputLimit) texts; got \(texts.count).",
          param: "input"))
    }
    guard texts.allSatisfy({ !$0.isEmpty }) else {
      throw ChatProblem(
        body: MockErrorBody(status: 400, message: "'input' cannot be an empty string.", param: "input"))
    }
  }

  private static func write(_ vector: [Float], isBase64: Bool, to bytes: inout [UInt8]) {
    if isBase64 {
      let raw = vector.flatMap { value in
        (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
      }
      JSONText.write(Base64.encode(raw), into: &bytes)
      return
    }
    bytes.append(UInt8(ascii: "["))
    for (index, value) in vector.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += value.description.utf8
    }
    bytes.append(UInt8(ascii: "]"))
  }
}
