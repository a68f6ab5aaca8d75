import SheepClient
import SheepCore
import SheepCurl
import SheepMock
import SheepTesting
import SheepWire
import Testing

@Suite("runs of embeddings")
struct EmbeddingRunTests {
  /// Everything that a run said.
  private final class Recorder: EmbeddingRun.Listener {
    var ranges: [Range<Int>] = []
    var vectors: [EmbeddingVector] = []
    var answers: [Answer] = []
    var retries = 0
    var ending: Failure??

    func run(
      _ run: EmbeddingRun, didEmbed range: Range<Int>, _ vectors: [EmbeddingVector], _ answer: Answer
    ) {
      ranges.append(range)
      self.vectors += vectors
      answers.append(answer)
    }

    func run(_ run: EmbeddingRun, willRetryAfter wait: Duration, because failure: Failure) { retries += 1 }

    func run(_ run: EmbeddingRun, didEnd failure: Failure?) { ending = .some(failure) }
  }

  private static func run(
    _ texts: [String], _ dialect: any Dialect, model: String = "mock-embedding",
    cancel: Bool = false
  ) throws -> (recorder: Recorder, requests: [RecordedRequest]) {
    let gateway = try MockGateway(MockConfiguration.instant())
    defer { gateway.stop() }
    let target = try Target(
      profile: "mock", dialect: dialect, baseURL: try BaseURL(gateway.baseURL), key: nil)
    let form = try #require(dialect.embeddings)
    var policy = CallPolicy()
    policy.random = { 0 }
    let recorder = Recorder()
    let loop = CurlLoop(environment: CurlEnvironment())
    let run = EmbeddingRun(
      .init(texts: texts, model: model, dimensions: 4), form: form, to: target, policy: policy, loop: loop,
      listener: recorder)
    run.begin()
    if cancel { run.cancel(because: Failure(.interrupted, "test", "was stopped")) }
    loop.run { recorder.ending != nil }
    return (recorder, gateway.requests)
  }

  @Test(
    "texts beyond one call's limit come back in their order",
    arguments: [(OpenAIChat() as any Dialect, 2), (Gemini(), 25)])
  func textsBeyond(
    _ dialect: any Dialect, _ calls: Int
  ) throws {
    let texts = (0..<2500).map { "text \($0)" }
    let (recorder, requests) = try Self.run(texts, dialect)
    #expect(recorder.ending == .some(nil))
    #expect(requests.count == calls)
    #expect(recorder.ranges.map(\.lowerBound) == recorder.ranges.map(\.lowerBound).sorted())
    #expect(recorder.vectors.count == 2500)
    let alone = try Self.run(["text 2400"], dialect).recorder
    #expect(alone.vectors.first == recorder.vectors[2400])
    let isReported = dialect.name == "openai"
    #expect(recorder.answers.allSatisfy { $0.usage?.source == (isReported ? .reported : .estimated) })
    #expect(recorder.answers.allSatisfy { $0.usage?.outputTotal == 0 })
  }

  @Test("a failed attempt is repeated, a server without base64 is asked again")
  func failedAttempt() throws {
    let busy = try Self.run(["a"], OpenAIChat(), model: "mock-embedding#status=503;times=1").recorder
    #expect(busy.retries == 1)
    #expect(busy.vectors.count == 1)
    let plain = try Self.run(["a"], OpenAIChat(), model: "mock-embedding#refuse=encoding_format")
    #expect(plain.requests.count == 2)
    #expect(plain.recorder.vectors == busy.vectors)
  }

  @Test("a failure ends the run and is told once")
  func failureEnds() throws {
    let (recorder, requests) = try Self.run(["a"], Gemini(), model: "nothing")
    #expect(recorder.ending.flatMap { $0 }?.kind == .model)
    #expect(recorder.vectors.isEmpty)
    #expect(requests.count == 1)
  }

  @Test("a cancelled run delivers nothing more")
  func cancelledRun() throws {
    let (recorder, _) = try Self.run(["a"], OpenAIChat(), cancel: true)
    #expect(recorder.ending.flatMap { $0 }?.kind == .interrupted)
    #expect(recorder.vectors.isEmpty)
  }

  @Test("the time limit holds for all calls of a run together")
  func timeLimit() throws {
    func reply(_ count: Int) -> TransferScript {
      let vectors = (0..<count).map { #"{"index":\#($0),"embedding":[0.5,1]}"# }.joined(separator: ",")
      return [
        .after(.seconds(6)), .head(200, [("Content-Type", "application/json")]),
        .text(#"{"data":[\#(vectors)]}"#), .end,
      ]
    }
    let loop = ScriptedLoop([reply(2048), reply(452)])
    let target = try Target(
      profile: "example", dialect: OpenAIChat(), baseURL: try BaseURL("https://api.example.com/v1"), key: nil)
    var policy = CallPolicy()
    policy.totalTime = .seconds(10)
    policy.totalTimeIsUsers = true
    let recorder = Recorder()
    let start = loop.now
    EmbeddingRun(
      .init(texts: (0..<2500).map { "\($0)" }, model: "m"), form: .openAI, to: target, policy: policy,
      loop: loop, listener: recorder
    ).begin()
    loop.run { recorder.ending != nil }
    #expect(recorder.vectors.count == 2048)
    #expect(recorder.ending.flatMap { $0 }?.kind == .limit)
    #expect(loop.now - start == .seconds(10))
  }

  @Test("the dialects without embeddings have no form")
  func dialectsWithout() {
    #expect(AnthropicMessages().embeddings == nil)
    #expect(OpenAIResponses().embeddings == .openAI)
  }
}
