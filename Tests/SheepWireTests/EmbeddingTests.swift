import SheepCore
import SheepWire
import Testing

@Suite("embeddings")
struct EmbeddingTests {
  /// What a batch of texts made of a body, arriving in pieces.
  private static func decode(
    _ body: String, count: Int, form: EmbeddingBatch.Form = .openAI, pieces: Int = 1
  ) -> (vectors: [EmbeddingVector], lines: [String], isComplete: Bool) {
    let batch = EmbeddingBatch(form: form, count: count, dimensions: nil)
    let decoder = batch.makeDecoder(for: HTTPHead(status: 200))
    let bytes = Array(body.utf8)
    let cuts = (1..<max(1, pieces)).map { bytes.count * $0 / pieces }
    let transcript = Transcript(bytes, cuts: cuts, decoder: decoder)
    return (batch.vectors, transcript.lines, transcript.isComplete)
  }

  private static let two = [EmbeddingVector([0.5, -1]), EmbeddingVector([2, 0.1])]

  @Test("numbers and base64 give the same vectors, in the order of the texts", arguments: [1, 2, 7, 60])
  func numbersBase64(_ pieces: Int) {
    let body =
      #"{"object":"list","data":[{"index":1,"embedding":"AAAAQM3MzD0="},{"object":"embedding","embedding":[0.5,-1],"index":0}],"#
      + #""model":"m","usage":{"prompt_tokens":7,"total_tokens":7,"cost":"0.000001"}}"#
    let read = Self.decode(body, count: 2, pieces: pieces)
    #expect(read.vectors == Self.two)
    #expect(read.lines == ["started - m", "usage in=7 out=0 reported", "cost 0.000001"])
    #expect(read.isComplete)
  }

  @Test("Gemini's form has values in the order asked and no usage")
  func geminiForm() {
    let read = Self.decode(
      #"{"embeddings":[{"values":[0.5,-1.0]},{"values":[2,1e-1]}]}"#, count: 2, form: .gemini)
    #expect(read.vectors == Self.two)
    #expect(read.lines == ["started - -"])
  }

  @Test(
    "a body that is not an answer is a failure and gives no vector",
    arguments: [
      (#"{"data":[{"embedding":[1]}]}"#, "protocol"), (#"{"data":[]}"#, "protocol"),
      (#"{"data":[{"embedding":[1],"index":0},{"embedding":[1],"index":0}]}"#, "protocol"),
      (#"{"data":[{"embedding":[1],"index":5},{"embedding":[1],"index":0}]}"#, "protocol"),
      (#"{"data":[{"embedding":[1],"index":-1},{"embedding":[1],"index":0}]}"#, "protocol"),
      (#"{"data":[{"embedding":[]},{"embedding":[1]}]}"#, "protocol"),
      (#"{"data":[{"embedding":[1e400]},{"embedding":[1]}]}"#, "protocol"),
      (#"{"data":[{"embedding":["x"]},{"embedding":[1]}]}"#, "protocol"),
      (#"{"data":[{"embedding":"AAAA"},{"embedding":[1]}]}"#, "protocol"),
      (#"{"data":[{"embedding":"AADAfw=="},{"embedding":[1]}]}"#, "protocol"),
      (#"{"data":[null,7]}"#, "protocol"), (#"{"hello":1}"#, "protocol"), ("<html>", "protocol"),
      (#"{"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}"#, "authentication"),
      (#"[{"error":{"code":503,"message":"x","status":"UNAVAILABLE"}}]"#, "overloaded"),
    ])
  func notAnAnswer(_ body: String, _ kind: String) {
    let read = Self.decode(body, count: 2)
    #expect(read.vectors.isEmpty)
    #expect(read.lines.last?.hasPrefix("failure \(kind)") == true, "\(read.lines)")
    #expect(!read.isComplete)
  }

  @Test("a cut document is incomplete")
  func cutDocument() {
    let read = Self.decode(#"{"data":[{"embedding":[1,"#, count: 1)
    #expect(read.lines.isEmpty)
    #expect(!read.isComplete)
  }

  @Test("damaged documents never trap", arguments: 0..<4)
  func damagedDocuments(_ part: UInt64) {
    var random = SeededGenerator(seed: 0xe3b + part)
    let bodies = [
      #"{"data":[{"index":1,"embedding":"AAAAQM3MzD0="},{"embedding":[0.5,-1],"index":0}],"usage":{"prompt_tokens":7}}"#,
      #"{"embeddings":[{"values":[0.5,-1.0]},{"values":[2,1e-1]}]}"#,
    ].map { Array($0.utf8) }
    for round in 0..<500 {
      let body = MutationTests.mutated(bodies[round % 2], &random)
      let read = Self.decode(String(decoding: body, as: UTF8.self), count: 2)
      #expect(read.isComplete == (read.vectors.count == 2), "part \(part), round \(round)")
    }
  }

  @Test("requests have their fields, and the base64 only where the server takes it")
  func requestsFields() throws {
    var request = Request(model: "m", messages: [Message(.user, "a"), Message(.user, "b")])
    request.extraFields = [.init(name: "user", value: "u")]
    let base = try BaseURL("https://api.openai.com")
    let batch = EmbeddingBatch(form: .openAI, count: 2, dimensions: 8)
    let http = try batch.encode(request, to: base, quirks: Quirks())
    #expect(http.url == "https://api.openai.com/v1/embeddings")
    #expect(
      String(decoding: http.body ?? [], as: UTF8.self)
        == #"{"model":"m","input":["a","b"],"encoding_format":"base64","dimensions":8,"user":"u"}"#)
    var quirks = Quirks()
    quirks.sendsEncodingFormat = false
    let plain = EmbeddingBatch(form: .openAI, count: 2, dimensions: nil)
    request.extraFields = []
    #expect(
      String(decoding: try plain.encode(request, to: base, quirks: quirks).body ?? [], as: UTF8.self)
        == #"{"model":"m","input":["a","b"]}"#)
    let gemini = EmbeddingBatch(form: .gemini, count: 2, dimensions: 8)
    request.extraFields = [.init(name: "taskType", value: "RETRIEVAL_QUERY")]
    let other = try gemini.encode(request, to: base, quirks: quirks)
    #expect(other.url == "https://api.openai.com/v1beta/models/m:batchEmbedContents")
    #expect(
      String(decoding: other.body ?? [], as: UTF8.self)
        == #"{"requests":[{"model":"models/m","content":{"parts":[{"text":"a"}]},"outputDimensionality":8,"taskType":"RETRIEVAL_QUERY"},"#
        + #"{"model":"models/m","content":{"parts":[{"text":"b"}]},"outputDimensionality":8,"taskType":"RETRIEVAL_QUERY"}]}"#
    )
    #expect(gemini.credential == ("x-goog-api-key", ""))
  }

  @Test("runs keep the order, the number and the tokens within the limits")
  func runsKeep() {
    let many = (0..<5000).map { "text \($0)" }
    #expect(EmbeddingBatch.runs(of: many, form: .openAI) == [0..<2048, 2048..<4096, 4096..<5000])
    #expect(EmbeddingBatch.runs(of: many, form: .gemini).count == 50)
    #expect(EmbeddingBatch.runs(of: [], form: .openAI).isEmpty)
    let long = String(repeating: "word ", count: 100_000)
    let runs = EmbeddingBatch.runs(of: ["a", long, long, long, long, "b"], form: .openAI)
    #expect(runs.first?.lowerBound == 0)
    #expect(runs.last?.upperBound == 6)
    #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    #expect(runs.count > 1)
  }

  @Test("numbers are written in the fewest digits that mean them")
  func numbersWritten() {
    var bytes: [UInt8] = []
    EmbeddingVector([0.1, -2, 1.5e-8]).write(to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "0.1,-2.0,1.5e-08")
    #expect(EmbeddingVector([1]).bytes == [0, 0, 0x80, 0x3f])
  }
}
