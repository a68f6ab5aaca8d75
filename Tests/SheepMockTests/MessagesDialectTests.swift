import SheepCore
import SheepMock
import Testing

extension Response {
  /// The types of the events, in order.
  fileprivate var types: [String] { chunks.compactMap { $0["type"]?.string } }

  /// A member of all deltas, put together.
  fileprivate func deltas(_ member: String) -> String {
    chunks.compactMap { $0["delta"]?[member]?.string }.joined()
  }

  fileprivate var textDeltas: Int { chunks.count { $0["delta"]?["type"]?.string == "text_delta" } }
  fileprivate var stopReasons: [String] { chunks.compactMap { $0["delta"]?["stop_reason"]?.string } }
}

@Suite("The Anthropic dialect of the gateway")
struct MessagesDialectTests {
  private static func ask(
    _ gateway: MockGateway, _ model: String = "mock-instant", fault: String = "", streams: Bool = true,
    more: String = #","max_tokens":1000"#, prompt: String = "hello", headers: [String] = []
  ) throws -> Response {
    try gateway.fetch(
      "POST", "/v1/messages",
      #"{"model":"\#(model)","stream":\#(streams),"messages":[{"role":"user","content":"\#(prompt)"}]\#(more)}"#,
      headers: ["anthropic-version: 2023-06-01"] + headers + (fault.isEmpty ? [] : ["x-mock-fault: \(fault)"])
    )
  }

  @Test("a stream's events are named, balanced and end with message_stop")
  func streamShape() throws {
    let gateway = try MockGateway.make()
    let response = try Self.ask(gateway, "deepseek-v3.2")
    #expect(response.status == 200)
    #expect(response.headers["request-id"]?.isEmpty == false)
    #expect(response.headers["x-request-id"] == nil)
    #expect(response.isComplete)
    let types = response.types
    #expect(types.first == "message_start")
    #expect(types.last == "message_stop")
    #expect(types.count { $0 == "content_block_start" } == 2)
    #expect(types.count { $0 == "content_block_stop" } == 2)
    let names = response.text.split(separator: "\n").filter { $0.hasPrefix("event: ") }.map {
      String($0.dropFirst(7))
    }
    #expect(names == types)
    #expect(!response.deltas("thinking").isEmpty)
    #expect(!response.deltas("signature").isEmpty)
    #expect(response.stopReasons == ["end_turn"])
  }

  @Test("the same prompt gets the same words as in the other dialect, streamed or whole")
  func determinism() throws {
    let gateway = try MockGateway.make()
    let words = try gateway.stream("gpt-4.1").answer
    #expect(try Self.ask(gateway, "gpt-4.1").deltas("text") == words)
    let whole = try Self.ask(gateway, "gpt-4.1", streams: false)
    #expect(whole.headers["content-type"] == "application/json")
    #expect(whole.json?["content"]?[0]?["text"]?.string == words)
    #expect(whole.json?["stop_reason"]?.string == "end_turn")
    #expect(whole.json?["type"]?.string == "message")
  }

  @Test("the input leaves out what was cached, and the end repeats all counts")
  func usage() throws {
    let gateway = try MockGateway.make()
    let prompt = String(repeating: "grass ", count: 3_000)
    let response = try Self.ask(gateway, prompt: prompt)
    let first = try #require(response.chunks.first?["message"]?["usage"])
    let last = try #require(response.chunks.last { $0["type"]?.string == "message_delta" }?["usage"])
    let cached = try #require(last["cache_read_input_tokens"]?.count)
    #expect(cached >= 1_000)
    #expect(first["input_tokens"] == last["input_tokens"])
    #expect(last["output_tokens"]?.count == response.textDeltas)
    let chat = try gateway.stream(prompt: prompt, more: #","stream_options":{"include_usage":true}"#)
    #expect(
      chat.chunks.last?["usage"]?["prompt_tokens"]?.count == cached + (last["input_tokens"]?.count ?? 0))
    let count = try gateway.fetch(
      "POST", "/v1/messages/count_tokens",
      #"{"model":"mock-instant","messages":[{"role":"user","content":"\#(prompt)"}]}"#,
      headers: ["anthropic-version: 2023-06-01"])
    #expect(count.json?["input_tokens"]?.count == cached + (last["input_tokens"]?.count ?? 0))
  }

  @Test("limits, stop sequences, schemas, tools and thinking do what they say")
  func settings() throws {
    let gateway = try MockGateway.make()
    let short = try Self.ask(gateway, more: #","max_tokens":7"#)
    #expect(short.textDeltas == 7)
    #expect(short.stopReasons == ["max_tokens"])
    let stopped = try Self.ask(
      gateway, fault: "text=one two three", streams: false,
      more: #","max_tokens":99,"stop_sequences":["zz"," thr"]"#)
    #expect(stopped.json?["content"]?[0]?["text"]?.string == "one two")
    #expect(stopped.json?["stop_reason"]?.string == "stop_sequence")
    #expect(stopped.json?["stop_sequence"]?.string == " thr")
    let schema = #"{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}"#
    let json = try Self.ask(
      gateway,
      more: #","max_tokens":99,"output_config":{"format":{"type":"json_schema","schema":\#(schema)}}"#)
    #expect(try JSON.parse(text: json.deltas("text"))["n"]?.number?.integer != nil)
    let tool = try Self.ask(
      gateway,
      more:
        #","max_tokens":99,"tools":[{"name":"f","input_schema":\#(schema)}],"tool_choice":{"type":"tool","name":"f"}"#
    )
    #expect(tool.stopReasons == ["tool_use"])
    #expect(tool.chunks.contains { $0["content_block"]?["name"]?.string == "f" })
    #expect(try JSON.parse(text: tool.deltas("partial_json"))["n"]?.number?.integer != nil)
    let thought = try Self.ask(
      gateway, more: #","max_tokens":2000,"thinking":{"type":"enabled","budget_tokens":1024}"#)
    #expect(!thought.deltas("thinking").isEmpty)
  }

  @Test(
    "what the interface refuses is refused in its words",
    arguments: [
      (#"{"model":"mock-x","messages":[{"role":"user","content":"a"}]}"#, "max_tokens: Field required"),
      (#"{"model":"mock-x","max_tokens":0,"messages":[{"role":"user","content":"a"}]}"#, "max_tokens"),
      (#"{"model":"mock-x","max_tokens":9,"messages":[]}"#, "messages"),
      (#"{"model":"mock-x","max_tokens":9}"#, "messages: Field required"),
      (#"{"model":"mock-x","max_tokens":9,"messages":[{"role":"system","content":"a"}]}"#, "messages.0.role"),
      (#"{"model":"mock-x","max_tokens":9,"messages":[{"role":"user","content":""}]}"#, "non-empty"),
      (
        #"{"model":"mock-x","max_tokens":9,"messages":[{"role":"user","content":[{"type":"text","text":""}]}]}"#,
        "non-empty"
      ),
      (
        #"{"model":"mock-x","max_tokens":9,"thinking":{"type":"enabled","budget_tokens":1024},"messages":[{"role":"user","content":"a"}]}"#,
        "greater than"
      ),
      ("[", "JSON object"),
    ])
  func refusals(body: String, words: String) throws {
    let response = try MockGateway.make().fetch(
      "POST", "/v1/messages", body, headers: ["anthropic-version: 2023-06-01"])
    #expect(response.status == 400)
    #expect(response.json?["type"]?.string == "error")
    #expect(response.json?["error"]?["type"]?.string == "invalid_request_error")
    #expect(response.json?["error"]?["message"]?.string?.contains(words) == true)
  }

  @Test("version, key and model are asked for")
  func admission() throws {
    let gateway = try MockGateway.make(keys: ["sk-right"])
    let body = #"{"model":"mock-x","max_tokens":9,"messages":[{"role":"user","content":"a"}]}"#
    let version = "anthropic-version: 2023-06-01"
    #expect(try gateway.fetch("POST", "/v1/messages", body, headers: ["x-api-key: sk-right"]).status == 400)
    #expect(
      try gateway.fetch("POST", "/v1/messages", body, headers: ["x-api-key: sk-right", version]).status == 200
    )
    for headers in [[version], [version, "x-api-key: wrong"]] {
      let response = try gateway.fetch("POST", "/v1/messages", body, headers: headers)
      #expect(response.status == 401)
      #expect(response.json?["error"]?["type"]?.string == "authentication_error")
    }
    let unknown = try Self.ask(gateway, "claude-9", headers: ["x-api-key: sk-right"])
    #expect(unknown.status == 404)
    #expect(unknown.json?["error"]?["type"]?.string == "not_found_error")
  }

  @Test("the model list comes in pages and in this dialect's form, when its version is named")
  func models() throws {
    let gateway = try MockGateway.make()
    let version = ["anthropic-version: 2023-06-01"]
    let all = try gateway.fetch("GET", "/v1/models", headers: version)
    let ids = all.json?["data"]?.array?.compactMap { $0["id"]?.string } ?? []
    #expect(ids.count == MockModel.all.count)
    #expect(all.json?["has_more"]?.bool == false)
    #expect(all.json?["data"]?[0]?["type"]?.string == "model")
    var seen: [String] = []
    var after = ""
    for _ in 0..<20 {
      let page = try gateway.fetch("GET", "/v1/models?limit=2" + after, headers: version)
      seen += page.json?["data"]?.array?.compactMap { $0["id"]?.string } ?? []
      after = "&after_id=" + (page.json?["last_id"]?.string ?? "")
      if page.json?["has_more"]?.bool != true { break }
    }
    #expect(seen == ids)
    #expect(try gateway.fetch("GET", "/v1/models").json?["object"]?.string == "list")
    #expect(
      try gateway.fetch("GET", "/v1/models/gpt-4.1", headers: version).json?["display_name"]?.string
        == "gpt-4.1")
  }

  // MARK: Faults

  @Test(
    "a status has this dialect's body and type",
    arguments: [
      (400, "invalid_request_error"), (401, "authentication_error"), (402, "billing_error"),
      (403, "permission_error"),
      (404, "not_found_error"), (413, "request_too_large"), (429, "rate_limit_error"), (500, "api_error"),
      (504, "timeout_error"), (529, "overloaded_error"),
    ])
  func statuses(status: Int, type: String) throws {
    let response = try Self.ask(try MockGateway.make(), fault: "status=\(status);message=words")
    #expect(response.status == status)
    #expect(response.json?["error"]?["type"]?.string == type)
    #expect(response.json?["error"]?["message"]?.string == "words")
    #expect(response.json?["request_id"]?.string != nil)
  }

  @Test("an error comes inside the stream in each form", arguments: StreamErrorForm.allCases, [0, 3])
  func streamError(form: StreamErrorForm, after: Int) throws {
    let response = try Self.ask(
      try MockGateway.make(),
      fault: "error-after=\(after);error-form=\(form.rawValue);message=gone;status=529")
    #expect(response.textDeltas == after)
    #expect(response.text.contains("gone"))
    #expect(response.text.contains("event: error\n") == (form == .openai || form == .groq))
    #expect(!response.types.contains("message_stop"))
  }

  @Test(
    "what a stream leaves out, adds and breaks",
    arguments: [
      ("no-done", 1, false), ("no-finish", 0, true), ("text-after-finish", 2, true), ("empty-first", 1, true),
      ("unknown;comments=2", 1, true), ("cut-after=5", 0, false),
    ])
  func ends(fault: String, finishes: Int, hasStop: Bool) throws {
    let response = try Self.ask(try MockGateway.make(), fault: fault)
    #expect(response.stopReasons.count == finishes)
    #expect(response.types.contains("message_stop") == hasStop)
  }

  @Test("malformed events come and the rest follows", arguments: MalformedEvent.allCases)
  func malformed(kind: MalformedEvent) throws {
    let response = try Self.ask(try MockGateway.make(), fault: "malformed=\(kind.rawValue);at=2;tokens=4")
    #expect(response.types.last == "message_stop")
    #expect(response.isComplete)
  }

  @Test("an event has exactly the size that was asked for")
  func bigEvent() throws {
    let response = try Self.ask(try MockGateway.make(), fault: "event-bytes=1M")
    #expect(response.events.map(\.utf8.count).max() == 1 << 20)
  }

  @Test("usage, cost, refusal and finish reason are as asked for")
  func content() throws {
    let gateway = try MockGateway.make()
    #expect(try !Self.ask(gateway, fault: "usage=none").text.contains("usage"))
    #expect(
      try Self.ask(gateway, fault: #"usage-json={"output_tokens":-1}"#).text.contains(
        #""usage":{"output_tokens":-1}}"#))
    #expect(try Self.ask(gateway, fault: "cost=0.5").text.contains(#""cost_usd":0.5"#))
    #expect(try Self.ask(gateway, fault: "refusal=I will not").stopReasons == ["refusal"])
    #expect(try Self.ask(gateway, fault: "finish=pause_turn").stopReasons == ["pause_turn"])
    let document = try Self.ask(gateway, fault: "wrong-kind;comments=2")
    #expect(document.text.hasPrefix("\n\n{"))
    #expect(document.json?["type"]?.string == "message")
    let client = try RawClient(gateway.port)
    client.send(
      MockGateway.request(
        "POST", "/v1/messages",
        #"{"model":"mock-x#endless","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"a"}]}"#,
        headers: ["anthropic-version: 2023-06-01"]))
    #expect(client.read { $0.count > 500_000 }.end == .enough)
    client.close()
  }
}
