import SheepCore
import SheepWire
import Testing

@Suite("OpenAI chat: encoding")
struct OpenAIChatEncodeTests {
  private static func encode(_ request: Request, _ quirks: Quirks = Quirks()) throws -> HTTPRequest {
    try OpenAIChat().encode(request, to: try BaseURL("https://api.holysheep.ai"), quirks: quirks)
  }

  private static func body(_ request: Request, _ quirks: Quirks = Quirks()) throws -> String {
    String(decoding: try encode(request, quirks).body ?? [], as: UTF8.self)
  }

  private static var plain: Request { Request(model: "gpt-4.1", messages: [Message(.user, "Hi")]) }

  @Test("a plain request has no field that is not needed")
  func plainRequest() throws {
    #expect(
      try Self.body(Self.plain)
        == #"{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}"#
    )
    var request = Self.plain
    request.streams = false
    #expect(
      try Self.body(request)
        == #"{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}],"stream":false}"#)
  }

  @Test("every setting has its field, numbers as they were typed")
  func everySetting() throws {
    var request = Request(
      model: "openai/\u{1}gpt \"x\"",
      messages: [Message(.system, "한\n"), Message(.user, "a"), Message(.assistant, "b")])
    request.temperature = JSONNumber(text: "0.70")
    request.topP = JSONNumber(text: "1e-1")
    request.maxTokens = 5
    request.stop = ["x", "\n"]
    request.seed = -3
    request.reasoningEffort = "low"
    request.schema = ["type": "object"]
    #expect(
      try Self.body(request)
        == #"{"model":"openai/\u0001gpt \"x\"","messages":[{"role":"system","content":"한\n"},{"role":"user","content":"a"},"#
        + #"{"role":"assistant","content":"b"}],"max_tokens":5,"temperature":0.70,"top_p":1e-1,"stop":["x","\n"],"seed":-3,"#
        + #""reasoning_effort":"low","response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":true,"#
        + #""schema":{"type":"object"}}},"stream":true,"stream_options":{"include_usage":true}}"#)
  }

  @Test("quirks change the limit's name and leave the stream options out")
  func quirksChange() throws {
    var quirks = Quirks()
    quirks.maxTokensField = "max_completion_tokens"
    quirks.sendsStreamOptions = false
    var request = Self.plain
    request.maxTokens = 9
    #expect(
      try Self.body(request, quirks)
        == #"{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}],"max_completion_tokens":9,"stream":true}"#
    )
  }

  @Test("images are data URLs between the texts, texts alone are one text")
  func imagesData() throws {
    var request = Self.plain
    request.messages = [
      Message(
        role: .user, parts: [.text("What?"), .image(bytes: [0xff, 0xd8, 0xff], mediaType: "image/jpeg")])
    ]
    #expect(
      try Self.body(request).contains(
        #""content":[{"type":"text","text":"What?"},{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/"}}]"#
      ))
    request.messages = [Message(role: .user, parts: [.text("a"), .text("b")])]
    #expect(try Self.body(request).contains(#""content":"a\n\nb""#))
    request.messages = [Message(role: .system, parts: [.image(bytes: [1], mediaType: "image/png")])]
    #expect(throws: Failure.self) { try Self.body(request) }
  }

  @Test("the user's own fields come last and nest by dots")
  func userFields() throws {
    var request = Self.plain
    request.extraFields = [
      .init(name: "model", value: "other"), .init(name: "stream_options.include_usage", value: false),
      .init(name: "provider.order.first", value: ["a"]), .init(name: "stop", value: .null),
    ]
    #expect(
      try Self.body(request)
        == #"{"model":"other","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":false},"#
        + #""provider":{"order":{"first":["a"]}},"stop":null}"#)
    request.extraFields = [.init(name: "stream", value: false)]
    #expect(try Self.encode(request).headers["accept"] == "application/json")
  }

  @Test("a field that cannot be placed is refused", arguments: ["model.x", "a..b", ".a", "a.", ""])
  func fieldCannot(_ name: String) {
    var request = Self.plain
    request.extraFields = [.init(name: name, value: 1)]
    #expect {
      try Self.body(request)
    } throws: {
      ($0 as? Failure)?.kind == .usage
    }
  }

  @Test("a PDF is a document of the user's")
  func pdfDocument() throws {
    var request = Self.plain
    let part = Message.Part.image(bytes: Array("%PDF".utf8), mediaType: Message.documentType)
    request.messages = [Message(role: .user, parts: [.text("What?"), part])]
    #expect(
      try Self.body(request).contains(
        #"{"type":"file","file":{"filename":"document.pdf","file_data":"data:application/pdf;base64,JVBERg=="}}"#
      ))
    request.messages = [Message(role: .assistant, parts: [part])]
    #expect(throws: Failure.self) { try Self.body(request) }
  }

  @Test("tools and the choice among them are said in the dialect's words")
  func toolsChoice() throws {
    var request = Self.plain.withTools
    #expect(
      try Self.body(request)
        == #"{"model":"gpt-4.1","messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"now"}},"#
        + #"{"type":"function","function":{"name":"find","description":"Finds.","parameters":{"type":"object","properties":{"q":{"type":"string"}}},"strict":true}}],"stream":true,"stream_options":{"include_usage":true}}"#
    )
    for (choice, text) in [
      (ToolChoice.auto, #""auto""#), (.none, #""none""#), (.required, #""required""#),
      (.tool("find"), #"{"type":"function","function":{"name":"find"}}"#),
    ] {
      request.toolChoice = choice
      #expect(try Self.body(request).contains(#""tool_choice":"# + text + ",\"stream\""))
    }
  }

  @Test("the head has its fields and no credential")
  func headFields() throws {
    let request = try Self.encode(Self.plain)
    #expect(request.method == "POST")
    #expect(request.url == "https://api.holysheep.ai/v1/chat/completions")
    #expect(request.headers["Accept"] == "text/event-stream")
    #expect(request.headers["Content-Type"] == "application/json")
    #expect(request.headers["User-Agent"] == "sheep/" + Version.current)
    #expect(request.headers["Authorization"] == nil)
    #expect(request.credential == nil)
    #expect(OpenAIChat().credential == ("Authorization", "Bearer "))
  }
}
