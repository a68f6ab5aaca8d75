import SheepCore
import SheepWire
import Testing

@Suite("Responses: encoding")
struct ResponsesEncodeTests {
  private static func encode(_ request: Request) throws -> HTTPRequest {
    try OpenAIResponses().encode(request, to: try BaseURL("https://api.openai.com"), quirks: Quirks())
  }

  private static func body(_ request: Request) throws -> String {
    String(decoding: try encode(request).body ?? [], as: UTF8.self)
  }

  private static var plain: Request { Request(model: "gpt-4.1", messages: [Message(.user, "Hi")]) }

  @Test("a plain request has no field that is not needed, and stores nothing")
  func plainRequest() throws {
    #expect(
      try Self.body(Self.plain)
        == #"{"model":"gpt-4.1","input":[{"role":"user","content":"Hi"}],"store":false,"stream":true}"#)
    let request = try Self.encode(Self.plain)
    #expect(request.url == "https://api.openai.com/v1/responses")
    #expect(request.headers["Accept"] == "text/event-stream")
    #expect(OpenAIResponses().credential == ("Authorization", "Bearer "))
    var whole = Self.plain
    whole.streams = false
    #expect(try Self.encode(whole).headers["Accept"] == "application/json")
  }

  @Test("every setting has its field")
  func everySetting() throws {
    let state: JSON = ["type": "reasoning", "encrypted_content": "gAAA"]
    var request = Request(
      model: "o4-mini",
      messages: [
        Message(.system, "Be brief."), Message(.user, "a"),
        Message(
          role: .assistant,
          parts: [.state(ProviderState(dialect: "responses", value: state)), .text("b")]),
        Message(
          role: .user, parts: [.text("c"), .image(bytes: [0xff, 0xd8, 0xff], mediaType: "image/jpeg")]),
      ])
    request.temperature = JSONNumber(text: "0.70")
    request.topP = JSONNumber(text: "1e-1")
    request.maxTokens = 16
    request.reasoningEffort = "low"
    request.schema = ["type": "object"]
    request.extraFields = [.init(name: "text.verbosity", value: "low"), .init(name: "store", value: true)]
    #expect(
      try Self.body(request)
        == #"{"model":"o4-mini","input":[{"role":"user","content":"a"},{"type":"reasoning","encrypted_content":"gAAA"},"#
        + #"{"role":"assistant","content":"b"},{"role":"user","content":[{"type":"input_text","text":"c"},"#
        + #"{"type":"input_image","image_url":"data:image/jpeg;base64,/9j/","detail":"auto"}]}],"#
        + #""instructions":"Be brief.","max_output_tokens":16,"temperature":0.70,"top_p":1e-1,"#
        + #""reasoning":{"effort":"low","summary":"auto"},"include":["reasoning.encrypted_content"],"#
        + #""text":{"format":{"type":"json_schema","name":"answer","strict":true,"schema":{"type":"object"}},"verbosity":"low"},"#
        + #""store":true,"stream":true}"#)
  }

  @Test("a PDF is a document of the user's")
  func pdfDocument() throws {
    var request = Self.plain
    let part = Message.Part.image(bytes: Array("%PDF".utf8), mediaType: Message.documentType)
    request.messages = [Message(role: .user, parts: [.text("What?"), part])]
    #expect(
      try Self.body(request).contains(
        #"{"type":"input_file","filename":"document.pdf","file_data":"data:application/pdf;base64,JVBERg=="}"#
      ))
    request.messages = [Message(role: .assistant, parts: [part])]
    #expect(throws: Failure.self) { try Self.body(request) }
  }

  @Test("tools and the choice among them are said in the dialect's words")
  func toolsChoice() throws {
    var request = Self.plain.withTools
    #expect(
      try Self.body(request)
        == #"{"model":"gpt-4.1","input":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","name":"now","#
        + #""parameters":{"type":"object","properties":{}},"strict":false},{"type":"function","name":"find","description":"Finds.","parameters":{"type":"object","properties":{"q":{"type":"string"}}},"strict":true}],"#
        + #""store":false,"stream":true}"#)
    for (choice, text) in [
      (ToolChoice.auto, #""auto""#), (.none, #""none""#), (.required, #""required""#),
      (.tool("find"), #"{"type":"function","name":"find"}"#),
    ] {
      request.toolChoice = choice
      #expect(try Self.body(request).contains(#""tool_choice":"# + text + ",\"store\""))
    }
  }

  @Test("what the interface cannot do is refused, a seed only left out")
  func interfaceCannot() throws {
    var stops = Self.plain
    stops.stop = ["x"]
    var short = Self.plain
    short.maxTokens = 15
    var image = Self.plain
    image.messages = [Message(role: .assistant, parts: [.image(bytes: [1], mediaType: "image/png")])]
    for request in [stops, short, image] {
      #expect {
        try Self.body(request)
      } throws: {
        ($0 as? Failure)?.kind == .usage
      }
    }
    var seeded = Self.plain
    seeded.seed = 1
    #expect(try Self.body(seeded) == Self.body(Self.plain))
    #expect(OpenAIResponses().omissions(in: seeded).count == 1)
    #expect(OpenAIResponses().omissions(in: Self.plain).isEmpty)
  }
}
