import SheepCore
import SheepWire
import Testing

@Suite("Gemini: encoding")
struct GeminiEncodeTests {
  private static let google = "https://generativelanguage.googleapis.com/v1beta"

  private static func encode(
    _ request: Request, _ base: String = google, _ endpoint: GeminiEndpoint = .google
  ) throws -> HTTPRequest {
    var quirks = Quirks()
    quirks.geminiEndpoint = endpoint
    return try Gemini().encode(request, to: try BaseURL(base), quirks: quirks)
  }

  private static func body(_ request: Request) throws -> String {
    String(decoding: try encode(request).body ?? [], as: UTF8.self)
  }

  private static func plain(_ model: String = "gemini-2.5-flash") -> Request {
    Request(model: model, messages: [Message(.user, "Hi")])
  }

  @Test("a plain request has no field that is not needed")
  func plainRequest() throws {
    #expect(try Self.body(Self.plain()) == #"{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}"#)
    let request = try Self.encode(Self.plain())
    #expect(request.method == "POST")
    #expect(request.url == Self.google + "/models/gemini-2.5-flash:streamGenerateContent?alt=sse")
    #expect(request.headers["Accept"] == "text/event-stream")
    #expect(request.credential == nil)
    var whole = Self.plain()
    whole.streams = false
    #expect(try Self.encode(whole).url == Self.google + "/models/gemini-2.5-flash:generateContent")
    #expect(try Self.encode(whole).headers["Accept"] == "application/json")
  }

  @Test("every setting has its field")
  func everySetting() throws {
    var request = Request(
      model: "gemini-3-pro",
      messages: [
        Message(.system, "Be brief."), Message(.user, "a"),
        Message(
          role: .assistant,
          parts: [
            .state(ProviderState(dialect: "gemini", value: ["text": "", "thoughtSignature": "c2ln"])),
            .state(ProviderState(dialect: "anthropic", value: ["type": "thinking"])), .text("b"),
          ]),
        Message(
          role: .user, parts: [.text("c"), .image(bytes: [0xff, 0xd8, 0xff], mediaType: "image/jpeg")]),
      ])
    request.temperature = JSONNumber(text: "0.70")
    request.topP = JSONNumber(text: "1e-1")
    request.maxTokens = 5
    request.stop = ["x", "\n"]
    request.seed = -3
    request.reasoningEffort = "low"
    request.schema = ["type": "object"]
    request.extraFields = [
      .init(name: "generationConfig.topK", value: 4), .init(name: "safetySettings", value: []),
      .init(name: "generationConfig.seed", value: 9),
    ]
    #expect(
      try Self.body(request)
        == #"{"contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"","thoughtSignature":"c2ln"},{"text":"b"}]},"#
        + #"{"role":"user","parts":[{"text":"c"},{"inlineData":{"mimeType":"image/jpeg","data":"/9j/"}}]}],"#
        + #""systemInstruction":{"parts":[{"text":"Be brief."}]},"generationConfig":{"temperature":0.70,"topP":1e-1,"maxOutputTokens":5,"#
        + #""stopSequences":["x","\n"],"seed":9,"responseMimeType":"application/json","responseJsonSchema":{"type":"object"},"#
        + #""thinkingConfig":{"thinkingLevel":"LOW","includeThoughts":true},"topK":4},"safetySettings":[]}"#)
  }

  @Test("a PDF is a document of the user's")
  func pdfDocument() throws {
    var request = Self.plain()
    let part = Message.Part.image(bytes: Array("%PDF".utf8), mediaType: Message.documentType)
    request.messages = [Message(role: .user, parts: [.text("What?"), part])]
    #expect(
      try Self.body(request).contains(
        #"{"inlineData":{"mimeType":"application/pdf","data":"JVBERg=="}}"#))
    request.messages = [Message(role: .assistant, parts: [part])]
    #expect(throws: Failure.self) { try Self.body(request) }
  }

  @Test("tools and the choice among them are said in the dialect's words")
  func toolsChoice() throws {
    var request = Self.plain().withTools
    #expect(
      try Self.body(request)
        == #"{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"tools":[{"functionDeclarations":[{"name":"now"},"#
        + #"{"name":"find","description":"Finds.","parametersJsonSchema":{"type":"object","properties":{"q":{"type":"string"}}}}]}]}"#
    )
    for (choice, text) in [
      (ToolChoice.auto, #"{"mode":"AUTO"}"#), (.none, #"{"mode":"NONE"}"#), (.required, #"{"mode":"ANY"}"#),
      (.tool("find"), #"{"mode":"ANY","allowedFunctionNames":["find"]}"#),
    ] {
      request.toolChoice = choice
      #expect(try Self.body(request).contains(#""toolConfig":{"functionCallingConfig":"# + text + "}}"))
    }
    #expect(Gemini().omissions(in: request).count == 1, "no word for strict")
    request.tools.removeLast()
    #expect(Gemini().omissions(in: request).isEmpty)
  }

  @Test(
    "an effort is a budget or a level, as the generation has it",
    arguments: [
      ("gemini-2.5-flash", "none", #"{"thinkingBudget":0}"#),
      ("gemini-2.5-flash", "low", #"{"thinkingBudget":1024,"includeThoughts":true}"#),
      ("google/gemini-2.5-pro", "High", #"{"thinkingBudget":24576,"includeThoughts":true}"#),
      ("gemini-2.5-flash", "auto", #"{"thinkingBudget":-1,"includeThoughts":true}"#),
      ("gemini-3-pro", "high", #"{"thinkingLevel":"HIGH","includeThoughts":true}"#),
      ("gemini-3-pro", "minimal", #"{"thinkingLevel":"MINIMAL","includeThoughts":true}"#),
      ("gemini-3-pro", "none", #"{"thinkingBudget":0}"#),
      ("gemini-3-pro", "512", #"{"thinkingBudget":512,"includeThoughts":true}"#),
      ("gemini-2.5-flash", "xhigh", #"{"thinkingLevel":"XHIGH","includeThoughts":true}"#),
    ])
  func effortBudget(
    _ model: String, _ effort: String, _ config: String
  ) throws {
    var request = Self.plain(model)
    request.reasoningEffort = effort
    #expect(try Self.body(request).hasSuffix(#""generationConfig":{"thinkingConfig":\#(config)}}"#))
  }

  @Test(
    "a model's name is one segment of the path",
    arguments: [
      ("gemini-2.5-flash", "models/gemini-2.5-flash"), ("models/x", "models/x"),
      ("tunedModels/my-1", "tunedModels/my-1"), ("google/gemini", "models/google%2Fgemini"),
      ("a:b c", "models/a%3Ab%20c"), ("../x", "models/..%2Fx"), ("models/../x", "models/..%2Fx"),
      ("a\u{1}\u{7f}?#%", "models/a%01%7F%3F%23%25"), ("안", "models/%EC%95%88"),
    ])
  func modelName(_ model: String, _ path: String) throws {
    var request = Self.plain(model)
    request.streams = false
    #expect(try Self.encode(request).url == Self.google + "/" + path + ":generateContent")
    #expect(
      try Self.encode(request, "https://api.holysheep.ai/v1", .generate).url
        == "https://api.holysheep.ai/v1/" + path + "/generate")
  }

  @Test(
    "a name that would leave the path is refused",
    arguments: ["", "..", ".", "models/", "models/..", "tunedModels/."])
  func nameWould(_ model: String) {
    #expect {
      try Self.encode(Self.plain(model))
    } throws: {
      ($0 as? Failure)?.kind == .usage
    }
  }

  @Test(
    "a base with and without its version leads to v1beta",
    arguments: [
      ("https://generativelanguage.googleapis.com", "https://generativelanguage.googleapis.com/v1beta"),
      ("https://generativelanguage.googleapis.com/v1/", "https://generativelanguage.googleapis.com/v1beta"),
      (
        "https://generativelanguage.googleapis.com/v1beta/",
        "https://generativelanguage.googleapis.com/v1beta"
      ),
      ("https://g.example/prefix", "https://g.example/prefix/v1beta"),
      ("https://g.example/v1alpha", "https://g.example/v1alpha"),
      ("http://127.0.0.1:4000/v1beta/models", "http://127.0.0.1:4000/v1beta"),
    ])
  func baseWithout(_ base: String, _ root: String) throws {
    #expect(try Self.encode(Self.plain("m"), base).url == root + "/models/m:streamGenerateContent?alt=sse")
  }

  @Test("the key is never in the address, and a gateway wants it as a bearer token")
  func keyNever() {
    #expect(Gemini().credential == ("x-goog-api-key", ""))
    var quirks = Quirks()
    #expect(Gemini().credential(quirks) == ("x-goog-api-key", ""))
    quirks.geminiEndpoint = .generate
    #expect(Gemini().credential(quirks) == ("Authorization", "Bearer "))
  }

  @Test("an image outside the user's turn is refused")
  func imageOutside() {
    var request = Self.plain()
    request.messages = [Message(role: .system, parts: [.image(bytes: [1], mediaType: "image/png")])]
    #expect(throws: Failure.self) { try Self.body(request) }
  }

  private static let daily =
    #"{"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},{"retryDelay":"34.4s"}]}}"#

  @Test(
    "an error response has its kind and its wait",
    arguments: [
      (
        400,
        #"{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}"#,
        .authentication, nil
      ),
      (
        403,
        #"{"error":{"code":403,"message":"Method doesn't allow unregistered callers","status":"PERMISSION_DENIED"}}"#,
        .authentication, nil
      ),
      (
        404,
        #"{"error":{"code":404,"message":"models/x is not found for API version v1beta","status":"NOT_FOUND"}}"#,
        .model, nil
      ),
      (429, daily, .quota, .milliseconds(34_400)),
      (429, daily.replacing("PerDay", "PerMinute"), .rateLimit, .milliseconds(34_400)),
      (503, #"[{"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}}]"#, .overloaded, nil),
      (
        400,
        #"{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"x\"","status":"INVALID_ARGUMENT"}}"#,
        .badRequest, nil
      ),
    ] as [(Int, String, Failure.Kind, Duration?)])
  func errorResponse(
    _ status: Int, _ body: String, _ kind: Failure.Kind, _ wait: Duration?
  ) {
    let failure = Gemini().failure(
      head: HTTPHead(status: status), body: Array(body.utf8),
      request: FailedRequest(model: "x", provider: "gemini"))
    #expect(failure.kind == kind)
    #expect(failure.retryAfter == wait)
  }
}

extension String {
  fileprivate func replacing(_ old: String, _ new: String) -> String {
    var rest = Array(utf8)
    let wanted = Array(old.utf8)
    guard let place = rest.indices.first(where: { rest[$0...].starts(with: wanted) }) else { return self }
    rest.replaceSubrange(place..<place + wanted.count, with: Array(new.utf8))
    return String(decoding: rest, as: UTF8.self)
  }
}
