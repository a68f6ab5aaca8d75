import SheepCore
import SheepOptions
import SheepRun
import SheepTesting
import Testing

@Suite("program: JSON")
struct ProgramJSONTests {
  private static func names(_ json: JSON?) -> [String] { json?.object?.members.map(\.name) ?? [] }

  @Test("--json has exactly the contract's fields, in one line in a pipe", arguments: ["chat", "stream"])
  func fields(_ command: String) throws {
    let trial = ProgramTrial(answer: "안", "녕")
    #expect(trial.run(command, "--json", "Hello") == .exit(.done))
    #expect(trial.output.text.utf8.filter { $0 == 0x0a }.count == 1)
    let json = try #require(trial.json)
    #expect(
      Self.names(json) == [
        "schema", "model", "requested_model", "profile", "api", "text", "complete", "finish_reason", "usage",
        "cost", "timing", "attempts", "retries", "request_id", "http_version",
      ])
    #expect(
      Self.names(json["usage"]) == [
        "input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens",
        "source",
      ])
    #expect(Self.names(json["cost"]) == ["usd", "input_usd", "output_usd", "source", "checked"])
    #expect(
      Self.names(json["timing"]) == [
        "dns_ms", "connect_ms", "tls_ms", "ttft_ms", "ttft_visible_ms", "ttft_total_ms", "e2e_ms", "total_ms",
        "tpot_ms", "tokens_per_second", "connection_reused",
      ])
    #expect(json["schema"] == 1)
    #expect(json["model"] == "served-1")
    #expect(json["requested_model"] == "gpt-4.1")
    #expect(json["profile"] == "holysheep")
    #expect(json["text"] == "안녕")
    #expect(json["complete"] == true)
    #expect(json["finish_reason"] == "stop")
    #expect(json["attempts"] == 1)
    #expect(json["retries"] == [])
    #expect(trial.errors.text.isEmpty)
  }

  @Test("what was not given is null, never 0")
  func nulls() throws {
    let trial = ProgramTrial([
      .stream([#"data: {"choices":[{"delta":{"content":"x"}}]}"# + "\n\n", ChatStream.done])
    ])
    #expect(trial.run("chat", "-m", "m-1", "--json", "Hello") == .exit(.done))
    let object = try #require(trial.json?.object)
    for name in ["model", "request_id", "http_version"] { #expect(object[name] == .null, "\(name)") }
    let usage = try #require(object["usage"]?.object)
    #expect(usage["source"] == "estimated")
    for name in ["cached_input_tokens", "cache_write_tokens", "reasoning_tokens"] {
      #expect(usage[name] == .null, "\(name)")
    }
    let cost = try #require(object["cost"]?.object)
    #expect(cost["source"] == "unknown")
    for name in ["usd", "input_usd", "output_usd", "checked"] { #expect(cost[name] == .null, "\(name)") }
    let timing = try #require(object["timing"]?.object)
    for name in ["dns_ms", "connect_ms", "tls_ms", "tpot_ms", "tokens_per_second", "connection_reused"] {
      #expect(timing[name] == .null, "\(name)")
    }
  }

  @Test("the timings follow their definitions")
  func timings() throws {
    let trial = ProgramTrial([
      [
        .after(.milliseconds(30)), .sent, .after(.milliseconds(100)), .head(200),
        .text(ChatStream.reasoning("hm")), .after(.milliseconds(50)), .text(ChatStream.text("a")),
        .after(.milliseconds(200)), .text(ChatStream.text("b")), .after(.milliseconds(7)),
        .text(ChatStream.finish() + ChatStream.usage(prompt: 9, completion: 11) + ChatStream.done), .end,
      ]
    ])
    #expect(trial.run("chat", "--json", "Hello") == .exit(.done))
    let timing = try #require(trial.json?["timing"])
    let expected = [
      "ttft_ms": "100", "ttft_visible_ms": "150", "ttft_total_ms": "130", "e2e_ms": "350", "total_ms": "387",
      "tpot_ms": "25", "tokens_per_second": "40.00",
    ]
    for (name, text) in expected { #expect(timing[name]?.serialized() == text, "\(name)") }
  }

  @Test("retries are listed with their cause and their wait; the served model stands beside the asked one")
  func retries() throws {
    let trial = ProgramTrial([
      .response(429, [("Retry-After", "2")], body: ErrorReply.body("slow down", code: "rate_limit_exceeded")),
      .response(503, body: ErrorReply.body("busy")), .stream(ChatStream.answer("ok")),
    ])
    #expect(trial.run("chat", "-u", "--json", "Hello") == .exit(.done))
    let json = try #require(trial.json)
    #expect(json["attempts"] == 3)
    #expect(
      json["retries"]?.serialized()
        == #"[{"model":"gpt-4.1","profile":"holysheep","kind":"rate_limit","status":429,"waited_ms":2100},"#
        + #"{"model":"gpt-4.1","profile":"holysheep","kind":"overloaded","status":503,"waited_ms":500}]"#)
    #expect(json["model"] == "served-1")
    #expect(trial.loop.sentCount == 3)
    #expect(trial.notes.count == 3)
    #expect(trial.notes[0].hasSuffix("; retrying in 2.10 s"))
    #expect(trial.notes[2].hasPrefix("served-1 for gpt-4.1 · "))
    #expect(trial.notes[2].hasSuffix(" · 3 attempts"))
  }

  @Test("tool calls are in the JSON, with the arguments as the model wrote them")
  func toolCalls() throws {
    let trial = ProgramTrial([
      .stream([
        ChatStream.chunk([
          "tool_calls": [["index": 0, "id": "t1", "function": ["name": "f", "arguments": "{\"a\""]]]
        ]),
        ChatStream.chunk(["tool_calls": [["index": 0, "function": ["arguments": ":1"]]]]),
        ChatStream.finish("tool_calls"), ChatStream.done,
      ])
    ])
    #expect(trial.run("chat", "--json", "Hello") == .exit(.done))
    let json = try #require(trial.json)
    #expect(json["tool_calls"]?.serialized() == #"[{"id":"t1","name":"f","arguments":"{\"a\":1"}]"#)
    #expect(json["finish_reason"] == "tool")
    #expect(json["text"] == "")
  }

  @Test("reasoning is a field of its own")
  func reasoning() {
    let trial = ProgramTrial([
      .stream([ChatStream.reasoning("hm"), ChatStream.text("42"), ChatStream.finish(), ChatStream.done])
    ])
    #expect(trial.run("chat", "--json", "Hello") == .exit(.done))
    #expect(trial.json?["reasoning"] == "hm")
    #expect(trial.json?["text"] == "42")
    #expect(trial.errors.text.isEmpty)
  }

  @Test("--jsonl has a line for each event, and the answer's fields less its text at the end")
  func lines() throws {
    let trial = ProgramTrial([
      [
        .sent, .after(.milliseconds(10)), .head(200), .text(ChatStream.role),
        .text(ChatStream.reasoning("hm")),
        .after(.milliseconds(5)), .text(ChatStream.text("안")),
        .text(
          ChatStream.chunk([
            "tool_calls": [["index": 0, "id": "t1", "function": ["name": "f", "arguments": "{}"]]]
          ])), .text(ChatStream.finish() + ChatStream.usage(prompt: 9, completion: 2) + ChatStream.done),
        .end,
      ]
    ])
    #expect(trial.run("stream", "--jsonl", "Hello") == .exit(.done))
    let lines = trial.output.text.split(separator: "\n").compactMap { try? JSON.parse(text: String($0)) }
    #expect(
      lines.map { $0["type"]?.string ?? "" } == [
        "started", "reasoning", "text", "tool_call", "usage", "finished",
      ])
    #expect(lines[0].serialized() == #"{"type":"started","id":"c1","model":"served-1","t_ms":10}"#)
    #expect(lines[1].serialized() == #"{"type":"reasoning","text":"hm","t_ms":10}"#)
    #expect(lines[2].serialized() == #"{"type":"text","text":"안","t_ms":15}"#)
    #expect(
      lines[3].serialized()
        == #"{"type":"tool_call","index":0,"id":"t1","name":"f","arguments":"{}","t_ms":15}"#)
    #expect(lines[4]["usage"]?["output_tokens"] == 2)
    #expect(lines[5]["finish_reason"] == "tool" || lines[5]["finish_reason"] == "stop")
    #expect(lines[5]["text"] == nil)
    #expect(lines[5]["usage"]?["input_tokens"] == 9)
    #expect(lines[5]["complete"] == true)
  }

  @Test("--sse has the texts as events and [DONE]; a failure is an event of its own instead")
  func serverSentEvents() {
    let trial = ProgramTrial(answer: "a\n", "\"b\"")
    #expect(trial.run("stream", "--sse", "Hello") == .exit(.done))
    #expect(
      trial.output.text == "data: {\"text\":\"a\\n\"}\n\ndata: {\"text\":\"\\\"b\\\"\"}\n\ndata: [DONE]\n\n")
    let cut = ProgramTrial([[.head(200), .text(ChatStream.text("a")), .end]])
    #expect(cut.run("stream", "--sse", "Hello") == .exit(.incomplete))
    #expect(
      cut.output.text.hasPrefix("data: {\"text\":\"a\"}\n\nevent: error\ndata: {\"error\":{\"code\":9,"))
    #expect(!cut.output.text.contains("[DONE]"))
  }

  @Test("JSON on a terminal escapes what could steer it")
  func terminalSafe() {
    let trial = ProgramTrial(answer: "\u{1b}[2J\u{9b}\u{202e}\u{7f}안")
    trial.output.isTerminal = true
    #expect(trial.run("chat", "--json", "Hello") == .exit(.done))
    #expect(trial.output.text.contains(#"\u001b[2J\u009b\u202e\u007f안"#))
    #expect(trial.output.bytes.allSatisfy { $0 == 0x0a || $0 >= 0x20 && $0 != 0x7f })
    #expect(trial.json?["text"]?.string == "\u{1b}[2J\u{9b}\u{202e}\u{7f}안")
  }

  @Test("21, 22: a partial answer is whole JSON that says it is not complete")
  func partial() throws {
    let trial = ProgramTrial([
      [.head(200), .text(ChatStream.text("par")), .text(ChatStream.text("tial")), .end]
    ])
    #expect(trial.run("chat", "--json", "Hello") == .exit(.incomplete))
    let json = try #require(trial.json)
    #expect(json["text"] == "partial")
    #expect(json["complete"] == false)
    #expect(json["finish_reason"] == "truncated")
    #expect(json["usage"]?["source"] == "estimated")
    #expect(trial.errorObject?["code"] == 9)
  }
}
