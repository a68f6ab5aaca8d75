import SheepClient
import SheepCore
import SheepTesting
import SheepWire
import Testing

@Suite("asking an endpoint for its models")
struct ModelListingTests {
  private static let key = "sk-test-0123456789abcdef"
  private static let json = [("Content-Type", "application/json")]

  private static func answer(_ body: String, status: Int = 200) -> TransferScript {
    [.head(status, json), .text(body), .end]
  }

  private struct Ended {
    var result: Result<ModelListing.List, Failure>
    var loop: ScriptedLoop
    var retries: Int

    var list: ModelListing.List? { try? result.get() }
    var failure: Failure? {
      guard case .failure(let failure) = result else { return nil }
      return failure
    }
    var urls: [String] { loop.received.map(\.request.url) }
  }

  private func run(
    _ scripts: [TransferScript], last: TransferScript? = nil, policy: CallPolicy = CallPolicy()
  ) throws -> Ended {
    let base = try BaseURL("https://api.example.com/v1")
    let target = try Target(
      profile: "example", dialect: OpenAIChat(), baseURL: base,
      key: Target.BoundKey(Secret(Self.key), origin: base.origin))
    let loop = ScriptedLoop(scripts)
    loop.lastScript = last
    var policy = policy
    policy.random = { 0.5 }
    var result: Result<ModelListing.List, Failure>?
    var retries = 0
    let listing = ModelListing(
      of: target, policy: policy, loop: loop, onRetry: { _, _ in retries += 1 }, onEnd: { result = $0 })
    listing.begin()
    loop.run { result != nil }
    #expect(loop.running == 0)
    #expect(loop.waitingTimers == 0)
    return Ended(result: try #require(result), loop: loop, retries: retries)
  }

  @Test("one page, asked with the key and without a body")
  func onePage() throws {
    let ended = try run([Self.answer(#"{"data":[{"id":"a"},{"id":"b"},{"id":"a"}]}"#)])
    #expect(ended.list?.models.map(\.id) == ["a", "b"])
    #expect(ended.list?.notices == [])
    let request = try #require(ended.loop.received.first?.request)
    #expect(request.method == "GET" && request.body == nil)
    #expect(request.url == "https://api.example.com/v1/models")
    #expect(request.credential?.secret.exposed == Self.key)
  }

  @Test("all pages by cursor, whose text is encoded")
  func cursors() throws {
    let ended = try run([
      Self.answer(#"{"data":[{"id":"a"}],"has_more":true,"last_id":"a&b c/é"}"#),
      Self.answer(#"{"data":[{"id":"b"}],"has_more":false,"last_id":"b"}"#),
    ])
    #expect(ended.list?.models.map(\.id) == ["a", "b"])
    #expect(
      ended.urls.last == "https://api.example.com/v1/models?limit=1000&after_id=a%26b%20c%2F%C3%A9")
  }

  @Test(
    "all pages by link, at the same origin only",
    arguments: [
      ("/v1/models?p=2", "https://api.example.com/v1/models?p=2"),
      ("https://api.example.com/v1/models?p=2", "https://api.example.com/v1/models?p=2"),
    ])
  func links(_ link: String, _ url: String) throws {
    let ended = try run([
      Self.answer(#"{"data":[{"id":"a"}],"links":{"next":"\#(link)"}}"#),
      Self.answer(#"{"data":[{"id":"b"}]}"#),
    ])
    #expect(ended.list?.models.map(\.id) == ["a", "b"])
    #expect(ended.urls.last == url)
  }

  @Test(
    "no key is sent where a link leads elsewhere",
    arguments: [
      "https://evil.example/v1/models", "//evil.example/models", "https://api.example.com.evil.example/x",
      "https://api.example.com@evil.example/", "http://api.example.com/v1/models", "models?p=2", "/a b",
    ])
  func foreignLinks(_ link: String) throws {
    let ended = try run([Self.answer(#"{"data":[{"id":"a"}],"links":{"next":"\#(link)"}}"#)])
    #expect(ended.list?.models.map(\.id) == ["a"])
    #expect(ended.list?.notices.count == 1)
    #expect(ended.loop.received.count == 1)
  }

  @Test("a cursor that repeats ends the list")
  func repeatedCursor() throws {
    let page = Self.answer(#"{"data":[{"id":"a"}],"has_more":true,"last_id":"a"}"#)
    let ended = try run([page, page])
    #expect(ended.loop.received.count == 2)
    #expect(ended.list?.notices.count == 1)
  }

  @Test("a list without an end is cut, and says so")
  func pageCap() throws {
    let scripts = (0..<ModelListing.mostPages).map {
      Self.answer(#"{"data":[{"id":"m\#($0)"}],"has_more":true,"last_id":"m\#($0)"}"#)
    }
    let ended = try run(scripts)
    #expect(ended.list?.models.count == ModelListing.mostPages)
    #expect(ended.list?.notices.count == 1)
  }

  @Test("more models than anybody has are cut, and say so")
  func modelCap() throws {
    let entries = (0...ModelListing.mostModels).map { #"{"id":"m\#($0)"}"# }.joined(separator: ",")
    let ended = try run([Self.answer(#"{"data":[\#(entries)],"has_more":true,"last_id":"x"}"#)])
    #expect(ended.list?.models.count == ModelListing.mostModels)
    #expect(ended.list?.notices.count == 1)
  }

  @Test("a failure that may pass is repeated; the list comes all the same")
  func retries() throws {
    let ended = try run([
      Self.answer("{}", status: 503), [.fail(.connect)], Self.answer(#"{"data":[{"id":"a"}]}"#),
    ])
    #expect(ended.list?.models.count == 1)
    #expect(ended.retries == 2)
  }

  @Test(
    "what each answer means",
    arguments: [
      (401, #"{"error":{"message":"bad key sk-test-0123456789abcdef"}}"#, Failure.Kind.authentication),
      (404, "<html>not here</html>", .badRequest), (405, "{}", .badRequest), (302, "", .redirect),
      (200, "<html>hello</html>", .protocolViolation), (200, "{}", .protocolViolation),
      (200, "", .protocolViolation),
    ])
  func failures(_ status: Int, _ body: String, _ kind: Failure.Kind) throws {
    let failure = try #require(try run([Self.answer(body, status: status)]).failure)
    #expect(failure.kind == kind, "\(failure.sentence)")
    #expect(!failure.sentence.contains(Self.key))
    #expect(failure.attempts == (status == 200 ? 0 : 1))
  }

  @Test(
    "silence ends it, before and during the answer",
    arguments: [
      ([TransferScript.Step.silence], Failure.Kind.connect), ([.sent, .silence], .timeout),
      ([.head(200), .text("{"), .silence], .timeout),
    ])
  func silence(_ steps: [TransferScript.Step], _ kind: Failure.Kind) throws {
    let ended = try run([], last: TransferScript(steps))
    #expect(ended.failure?.kind == kind)
  }

  @Test(
    "a list is free: nothing is said of a bill when none comes",
    arguments: [[.sent, .silence], [.head(200), .text("{"), .fail(.connectionLost)]] as [TransferScript])
  func free(_ script: TransferScript) throws {
    let failure = try #require(try run([], last: script).failure)
    #expect(!failure.sentence.contains("billed"), "\(failure.sentence)")
  }

  @Test("the user's time limit holds over all attempts")
  func deadline() throws {
    var policy = CallPolicy()
    policy.totalTime = .seconds(3)
    policy.totalTimeIsUsers = true
    let ended = try run([[.sent, .silence]], policy: policy)
    #expect(ended.failure?.kind == .limit)
    #expect(ended.loop.received.first?.wasCancelled == true)
  }

  @Test("a compressed answer is refused, for it was not asked for")
  func compressed() throws {
    let ended = try run([[.head(200, [("Content-Encoding", "gzip")]), .text("x"), .end]])
    #expect(ended.failure?.kind == .protocolViolation)
  }
}
