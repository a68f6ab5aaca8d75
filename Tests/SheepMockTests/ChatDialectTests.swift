import SheepCore
import SheepMock
import Testing

@Suite("The OpenAI dialect of the gateway")
struct ChatDialectTests {
  static let messages = #""messages":[{"role":"user","content":"hello"}]"#

  @Test("a stream has role, text, finish, usage and DONE in chunked framing")
  func streamShape() throws {
    let gateway = try MockGateway.make()
    let response = try gateway.stream(more: #","stream_options":{"include_usage":true}"#)
    #expect(response.status == 200)
    #expect(response.headers["content-type"] == "text/event-stream; charset=utf-8")
    #expect(response.headers["x-request-id"]?.isEmpty == false)
    #expect(response.isComplete)
    #expect(response.events.last == "[DONE]")
    #expect(response.chunks.first?["choices"]?[0]?["delta"]?["role"]?.string == "assistant")
    #expect(response.finishReasons == ["stop"])
    #expect(!response.answer.isEmpty)
    let usage = try #require(response.chunks.last?["usage"])
    #expect(response.chunks.last?["choices"]?.array?.isEmpty == true)
    #expect(usage["completion_tokens"]?.count == response.textEvents)
    let total = (usage["prompt_tokens"]?.count ?? 0) + (usage["completion_tokens"]?.count ?? 0)
    #expect(usage["total_tokens"]?.count == total)
  }

  @Test("without include_usage no chunk carries one")
  func noUsage() throws {
    let gateway = try MockGateway.make()
    #expect(try gateway.stream().chunks.allSatisfy { $0["usage"] == nil })
  }

  @Test("the same prompt gets the same words, streamed or whole; another seed gets others")
  func determinism() throws {
    let gateway = try MockGateway.make()
    let streamed = try gateway.stream("gpt-4.1")
    #expect(try streamed.body == gateway.stream("gpt-4.1").body)
    let whole = try gateway.fetch(
      "POST", "/v1/chat/completions", #"{"model":"gpt-4.1",\#(Self.messages)}"#)
    #expect(whole.json?["choices"]?[0]?["message"]?["content"]?.string == streamed.answer)
    #expect(whole.headers["content-type"] == "application/json")
    let other = try MockGateway.make(seed: 2)
    #expect(try other.stream("gpt-4.1").answer != streamed.answer)
    #expect(try gateway.stream("gpt-4o-mini").answer != streamed.answer)
    #expect(try gateway.stream("gpt-4.1", prompt: "bye").answer != streamed.answer)
  }

  @Test("Korean prompts get Korean answers, others English ones")
  func language() throws {
    let gateway = try MockGateway.make()
    let hangul: (String) -> Bool = { text in
      text.unicodeScalars.contains { (0xac00...0xd7a3).contains($0.value) }
    }
    #expect(hangul(try gateway.stream(prompt: "양은 왜 풀을 먹나요?").answer))
    #expect(!hangul(try gateway.stream(prompt: "Why do sheep eat grass?").answer))
  }

  @Test("a token limit cuts the answer and says length")
  func tokenLimit() throws {
    let gateway = try MockGateway.make()
    let response = try gateway.stream(more: #","max_tokens":7"#)
    #expect(response.textEvents == 7)
    #expect(response.finishReasons == ["length"])
    let reasoned = try gateway.stream("mock-reasoning", more: #","max_completion_tokens":10"#)
    #expect(reasoned.answer.isEmpty)
    #expect(reasoned.finishReasons == ["length"])
  }

  @Test("reasoning comes first, in its own member, and is counted inside the completion")
  func reasoning() throws {
    let gateway = try MockGateway.make()
    let response = try gateway.stream(
      "deepseek-v3.2", more: #","stream_options":{"include_usage":true}"#)
    #expect(!response.reasoning.isEmpty)
    #expect(!response.answer.isEmpty)
    let usage = try #require(response.chunks.last?["usage"])
    let reasoned = usage["completion_tokens_details"]?["reasoning_tokens"]?.count
    #expect(reasoned == 48)
    #expect(usage["completion_tokens"]?.count == 48 + response.textEvents)
  }

  @Test("a stop sequence ends the text before it")
  func stopSequence() throws {
    let gateway = try MockGateway.make()
    let response = try gateway.fetch(
      "POST", "/chat/completions",
      #"{"model":"mock-instant#text=one two three","stop":["zz"," thr"],\#(Self.messages)}"#)
    #expect(response.json?["choices"]?[0]?["message"]?["content"]?.string == "one two")
    #expect(response.json?["choices"]?[0]?["finish_reason"]?.string == "stop")
  }

  @Test("a required tool is called with arguments of its schema, in pieces")
  func toolCall() throws {
    let gateway = try MockGateway.make()
    let tools = """
      ,"tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object",\
      "properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":1,"maximum":3}}}}}],\
      "tool_choice":"required"
      """
    let response = try gateway.stream(more: tools)
    let calls = response.chunks.compactMap {
      $0["choices"]?[0]?["delta"]?["tool_calls"]?[0]
    }
    #expect(calls.count > 2)
    #expect(calls.first?["function"]?["name"]?.string == "weather")
    let text = calls.compactMap { $0["function"]?["arguments"]?.string }.joined()
    let arguments = try JSON.parse(text: text)
    #expect(arguments["city"]?.string != nil)
    #expect((1...3).contains(arguments["days"]?.count ?? 0))
    #expect(response.finishReasons == ["tool_calls"])
  }

  @Test("a JSON schema is answered with an instance of it")
  func schema() throws {
    let gateway = try MockGateway.make()
    let format = """
      ,"response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object",\
      "properties":{"kind":{"enum":["x","y"]},"list":{"type":"array","minItems":3,"items":\
      {"$ref":"#/$defs/n"}},"flag":{"type":["boolean","null"]}},"required":["kind","list"],\
      "$defs":{"n":{"type":"number","multipleOf":5,"minimum":12,"maximum":30}}}}}
      """
    let value = try JSON.parse(text: gateway.stream(more: format).answer)
    #expect(["x", "y"].contains(value["kind"]?.string))
    let list = try #require(value["list"]?.array)
    #expect(list.count >= 3)
    #expect(list.allSatisfy { [15, 20, 25, 30].contains($0.count) })
    #expect(value["flag"]?.bool != nil)
  }

  @Test(
    "a request that cannot be meant gets OpenAI's error",
    arguments: [
      ("POST", "/v1/chat/completions", "{", 400, nil),
      ("POST", "/v1/chat/completions", "[]", 400, nil),
      ("POST", "/v1/chat/completions", #"{"model":"gpt-4.1"}"#, 400, nil),
      ("POST", "/v1/chat/completions", #"{"model":"gpt-4.1","messages":[]}"#, 400, nil),
      ("POST", "/v1/chat/completions", #"{"messages":[{"role":"user"}]}"#, 400, nil),
      (
        "POST", "/v1/chat/completions", #"{"model":"gpt-9",\#(messages)}"#, 404, "model_not_found"
      ),
      (
        "POST", "/v1/chat/completions", #"{"model":"gpt-4.1","max_tokens":1e99,\#(messages)}"#, 400,
        nil
      ),
      ("POST", "/v1/nothing", "", 404, "unknown_url"),
      ("GET", "/v1/chat/completions", "", 405, "method_not_supported"),
      ("DELETE", "/v1/models", "", 405, "method_not_supported"),
      ("GET", "/v1/models/gpt-9", "", 404, "model_not_found"),
    ] as [(String, String, String, Int, String?)])
  func errors(
    method: String, path: String, body: String, status: Int, code: String?
  ) throws {
    let response = try MockGateway.make().fetch(method, path, body)
    #expect(response.status == status)
    #expect(response.json?["error"]?["message"]?.string?.isEmpty == false)
    #expect(response.json?["error"]?["code"]?.string == code)
  }

  @Test(
    "every prefix of the path is served, with and without /v1",
    arguments: ["/v1/models", "/models", "/api/v1/models", "/a/b/models?limit=3"])
  func prefixes(path: String) throws {
    let response = try MockGateway.make().fetch("GET", path)
    let ids = response.json?["data"]?.array?.compactMap { $0["id"]?.string } ?? []
    #expect(ids.contains("gpt-4.1"))
    #expect(ids.contains("deepseek-v3.2"))
  }

  @Test("HEAD has the head only, OPTIONS the methods")
  func headAndOptions() throws {
    let gateway = try MockGateway.make()
    let client = try RawClient(gateway.port)
    client.send(MockGateway.request("HEAD", "/v1/models", headers: ["Connection: close"]))
    let head = client.read().bytes
    #expect(head.ends(with: "\r\n\r\n"))
    #expect(Response(head)?.status == 200)
    let options = try gateway.fetch("OPTIONS", "/v1/chat/completions")
    #expect(options.status == 204)
    #expect(options.headers["allow"] == "POST, OPTIONS")
  }

  @Test("a key is checked and never repeated")
  func keys() throws {
    let gateway = try MockGateway.make(keys: ["sk-right", "sk-second"])
    let right = try gateway.fetch("GET", "/v1/models", headers: ["Authorization: Bearer sk-right"])
    #expect(right.status == 200)
    let second = try gateway.fetch("GET", "/v1/models", headers: ["x-api-key: sk-second"])
    #expect(second.status == 200)
    let wrong = try gateway.fetch("GET", "/v1/models", headers: ["Authorization: Bearer sk-wrong"])
    #expect(wrong.status == 401)
    #expect(wrong.json?["error"]?["code"]?.string == "invalid_api_key")
    #expect(!(wrong.head + wrong.text).contains("sk-wrong"))
    #expect(try gateway.fetch("GET", "/v1/models").status == 401)
  }

  @Test(
    "a model is known by its dated and its prefixed name",
    arguments: [
      "claude-sonnet-4-20250514", "openai/gpt-4.1", "gpt-4.1-2026-08-01", "mock-anything",
    ])
  func spellings(model: String) throws {
    let response = try MockGateway.make().stream(model)
    #expect(response.status == 200)
    #expect(response.chunks.first?["model"]?.string == model)
  }

  @Test("images are accepted and counted")
  func images() throws {
    let body =
      #"{"model":"mock-instant","messages":[{"role":"user","content":[{"type":"text","text":"look"},"#
      + #"{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}"#
    let response = try MockGateway.make().fetch("POST", "/v1/chat/completions", body)
    #expect((response.json?["usage"]?["prompt_tokens"]?.count ?? 0) > 85)
  }
}

extension [UInt8] {
  func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
