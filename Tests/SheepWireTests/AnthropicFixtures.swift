import SheepCore
import SheepWire
import Testing

/// Bodies as Anthropic and its imitators send them, and the events that they stand for.
struct AnthropicFixture: CustomTestStringConvertible, Sendable {
  let name: String
  var mediaType: String? = "text/event-stream"
  let body: String
  let lines: [String]
  var isComplete = true

  var testDescription: String { name }

  static let all: [AnthropicFixture] = streams + thinking + tools + ends + usages + failures + documents

  private static let streams: [AnthropicFixture] = [
    AnthropicFixture(
      name: "the golden stream: disjoint input, a ping, usage that replaces",
      body: named(
        start(
          usage:
            #"{"input_tokens":5,"cache_creation_input_tokens":2,"cache_read_input_tokens":3,"output_tokens":1}"#
        ),
        block(0, #"{"type":"text","text":""}"#), #"{"type":"ping"}"#, text("Bah"), stopBlock(0),
        end(#"{"output_tokens":4}"#),
        messageStop),
      lines: [
        "started a1 m", "usage in=5 read=3 write=2 partial", "text Bah",
        "usage in=5 read=3 write=2 out=4 reported", "finished stop end_turn",
      ]),
    AnthropicFixture(
      name: "events without names, blanks inside and behind the JSON, a random number of them",
      body: stream(
        start(), #"{"type":"content_block_start","index":0 ,"content_block":{"type":"text","text":"O"} }"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}           }"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"b"}}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"c"} } "#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"d","x":"e"}}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"f","x":" e"}}"#,
        #"{"type":"content_block_stop","index":0 }"#, end(), messageStop + "   "),
      lines: [
        "started a1 m", "usage in=5 partial", "text O", "text a", "text b", "text c", "text d", "text f",
        "usage in=5 out=4 reported", "finished stop end_turn",
      ]),
    AnthropicFixture(
      name: "unknown events, blocks and deltas are skipped",
      body: named(
        start(), #"{"type":"vibe","text":"no"}"#,
        block(0, #"{"type":"server_tool_use","id":"s","name":"web_search","input":{}}"#),
        delta(0, #"{"type":"input_json_delta","partial_json":"{\"q\":1}"}"#), stopBlock(0),
        block(
          1,
          #"{"type":"web_search_tool_result","tool_use_id":"s","content":[{"type":"web_search_result","title":"t"}]}"#
        ),
        stopBlock(1), block(2, #"{"type":"fallback","model":"other"}"#), stopBlock(2),
        block(3, #"{"type":"text","text":""}"#),
        delta(3, #"{"type":"citations_delta","citation":{"text":"no"}}"#), text("yes", at: 3),
        delta(3, #"{"type":"compaction_delta","text":"no"}"#), delta(3, #"{"text":"no"}"#),
        delta(3, #"{"type":"text_delta","text":null}"#),
        delta(3, #"{"type":"text_delta","text":{"a":1}}"#), #"{}"#, #"{"type":7,"delta":[1]}"#, stopBlock(3),
        end(), messageStop),
      lines: [
        "started a1 m", "usage in=5 partial", "text yes", "usage in=5 out=4 reported",
        "finished stop end_turn",
      ]),
    AnthropicFixture(
      name: "CR LF, no blank behind the colon, comments between, nothing behind the last event",
      body: "\u{feff}: hello\r\n\r\nevent:message_start\r\ndata:" + start()
        + "\r\n\r\nevent: content_block_delta\r\ndata:"
        + text("a") + "\r\n\r\n: ping\r\n\r\nevent: content_block_delta\ndata: " + text("b")
        + "\n\nevent: message_stop\rdata:"
        + messageStop,
      lines: ["started a1 m", "usage in=5 partial", "text a", "text b"]),
    AnthropicFixture(
      name: "names that change, that are missing, and that contradict the type",
      body: "event: content_block_delta\ndata: " + text("a") + "\n\nevent: content_block_delta\ndata: "
        + text("b")
        + "\n\ndata: " + text("c") + "\n\nevent: content_block_deltas\ndata: " + text("d")
        + "\n\nevent: content_block_delta\ndata: " + text("e") + "\n\nevent: message_stop\ndata: {}\n\n",
      lines: ["text a", "text b", "text c", "text d", "text e"]),
    AnthropicFixture(
      name: "halves of characters are joined; broken JSON costs its event only",
      body: named(
        text(#"a\ud83d"#), text(#"\ude00b"#), #"{"type":"content_block_delta","#, "[1]", text(#"\ud83d"#),
        text("\\n한\\\"x"), messageStop),
      lines: [
        "text a", "text 😀b", "notice skipped an event that is not a JSON object",
        "notice skipped an event that is not a JSON object", "text \u{fffd}\n한\"x",
      ]),
  ]

  private static let thinking: [AnthropicFixture] = [
    AnthropicFixture(
      name: "signed thinking is shown and kept, redacted thinking is kept",
      body: named(
        start(), block(0, #"{"type":"thinking","thinking":"","signature":""}"#), thought(#"Hm\n"#),
        thought("sheep"), thought(" 한"),
        delta(0, #"{"type":"signature_delta","signature":"c2ln"}"#), stopBlock(0),
        block(1, #"{"type":"redacted_thinking","data":"b3BhcXVl"}"#), stopBlock(1),
        block(2, #"{"type":"text","text":""}"#),
        text("Bah", at: 2), stopBlock(2),
        end(#"{"output_tokens":14,"output_tokens_details":{"thinking_tokens":9}}"#), messageStop),
      lines: [
        "started a1 m", "usage in=5 partial", "reasoning Hm\n", "reasoning sheep", "reasoning  한", "text Bah",
        "usage in=5 out=5 reasoning=9 reported", "finished stop end_turn",
        #"state anthropic {"type":"thinking","thinking":"Hm\nsheep 한","signature":"c2ln"}"#,
        #"state anthropic {"type":"redacted_thinking","data":"b3BhcXVl"}"#,
      ]),
    AnthropicFixture(
      name: "llama.cpp: the next block starts before the last stops, its signature comes later",
      body: named(
        start(), block(0, #"{"type":"thinking","thinking":"W"}"#), thought("ell"),
        block(1, #"{"type":"text","text":""}"#),
        text("one", at: 1), delta(0, #"{"type":"signature_delta","signature":"s"}"#), stopBlock(0),
        text(" two", at: 1),
        stopBlock(1), end(), messageStop),
      lines: [
        "started a1 m", "usage in=5 partial", "reasoning W", "reasoning ell", "text one", "text  two",
        "usage in=5 out=4 reported", "finished stop end_turn",
        #"state anthropic {"type":"thinking","thinking":"Well","signature":"s"}"#,
      ]),
    AnthropicFixture(
      name: "two thinking blocks are kept apart; unsigned ones are not sent back",
      body: named(
        block(0, #"{"type":"thinking"}"#), thought("a"), thought("b"),
        delta(0, #"{"type":"signature_delta","signature":"x"}"#),
        block(1, #"{"type":"thinking"}"#), thought("c", at: 1), thought("d", at: 1), thought("e", at: 0),
        block(2, #"{"type":"thinking"}"#), thought("f", at: 2),
        delta(2, #"{"type":"signature_delta","signature":"y\"\n"}"#), messageStop),
      lines: [
        "reasoning a", "reasoning b", "reasoning c", "reasoning d", "reasoning e", "reasoning f",
        #"state anthropic {"type":"thinking","thinking":"abe","signature":"x"}"#,
        #"state anthropic {"type":"thinking","thinking":"f","signature":"y\"\n"}"#,
      ]),
    AnthropicFixture(
      name: "thinking of an answer that is cut is not kept",
      body: named(
        block(0, #"{"type":"thinking"}"#), thought("a"),
        delta(0, #"{"type":"signature_delta","signature":"x"}"#)),
      lines: ["reasoning a"], isComplete: false),
  ]

  private static let tools: [AnthropicFixture] = [
    AnthropicFixture(
      name: "tool calls by block, in pieces that overlap",
      body: named(
        start(), block(1, #"{"type":"tool_use","id":"t1","name":"weather","input":{}}"#),
        delta(1, #"{"type":"input_json_delta","partial_json":""}"#),
        delta(1, #"{"type":"input_json_delta","partial_json":"{\"ci"}"#),
        block(2, #"{"type":"tool_use","id":"t2","name":"now","input":{}}"#),
        delta(1, #"{"type":"input_json_delta","partial_json":"ty\":\"서울\"}"}"#),
        stopBlock(2), stopBlock(1), end(reason: "tool_use"), messageStop),
      lines: [
        "started a1 m", "usage in=5 partial", "tool 0 t1 weather ", #"tool 0 - - {"ci"#, "tool 1 t2 now ",
        #"tool 0 - - ty":"서울"}"#,
        "tool 1 - - {}", "usage in=5 out=4 reported", "finished tool tool_use",
      ]),
    AnthropicFixture(
      name: "a gateway that gives the whole input at the start, and one that gives no block",
      body: named(
        block(0, #"{"type":"tool_use","id":"","name":"f","input":{"a":[1.50,null]}}"#), stopBlock(0),
        delta(9, #"{"type":"input_json_delta","partial_json":"{}"}"#), stopBlock(9), messageStop),
      lines: ["tool 0 - f ", #"tool 0 - - {"a":[1.50,null]}"#]),
  ]

  private static let ends: [AnthropicFixture] = [
    AnthropicFixture(
      name: "a stop reason without message_stop is a cut", body: named(start(), text("a"), end()),
      lines: [
        "started a1 m", "usage in=5 partial", "text a", "usage in=5 out=4 reported", "finished stop end_turn",
      ],
      isComplete: false),
    AnthropicFixture(
      name: "message_stop without a stop reason is complete", body: named(text("a"), messageStop),
      lines: ["text a"]),
    AnthropicFixture(
      name: "cut in the middle of an event",
      body: named(start(), text("a")) + "event: content_block_delta\ndata: {\"type\":\"con",
      lines: ["started a1 m", "usage in=5 partial", "text a"], isComplete: false),
    AnthropicFixture(
      name: "a refusal with no block at all, and its ground",
      body: named(
        start(),
        #"{"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{"type":"refusal","category":"bio"}},"usage":{"output_tokens":0}}"#,
        messageStop),
      lines: [
        "started a1 m", "usage in=5 partial", "usage in=5 out=0 reported",
        "notice the provider gives the reason for the refusal: bio", "finished refused refusal",
      ]),
    AnthropicFixture(
      name: "each reason; the first counts; nothing counts after the end",
      body: named(
        end(reason: "model_context_window_exceeded"), end(reason: "pause_turn"), end(reason: "max_tokens"),
        messageStop,
        text("late"), end(), #"{"type":"error","error":{"type":"api_error","message":"late"}}"#),
      lines: [
        "usage out=4 reported", "finished length model_context_window_exceeded", "usage out=4 reported",
        "notice the answer has two finish reasons, 'model_context_window_exceeded' and then 'pause_turn'; the first is used",
        "usage out=4 reported",
      ]),
    AnthropicFixture(
      name: "a pause", body: named(end(reason: "pause_turn"), messageStop),
      lines: ["usage out=4 reported", "finished paused pause_turn"]),
    AnthropicFixture(
      name: "a gateway's word and an unknown one", body: named(end(reason: "tired"), messageStop),
      lines: [
        "usage out=4 reported", "notice unknown finish reason 'tired'; treated as complete",
        "finished other tired",
      ]),
  ]

  private static let usages: [AnthropicFixture] = [
    AnthropicFixture(
      name: "server tools: all counts are repeated and the input grows",
      body: named(
        start(usage: #"{"input_tokens":2225,"cache_read_input_tokens":0,"output_tokens":3}"#),
        end(
          #"{"input_tokens":9447,"cache_read_input_tokens":0,"cache_creation_input_tokens":0,"output_tokens":55}"#
        ), messageStop),
      lines: [
        "started a1 m", "usage in=2225 read=0 partial", "usage in=9447 read=0 write=0 out=55 reported",
        "finished stop end_turn",
      ]),
    AnthropicFixture(
      name: "both lifetimes of the cache, and null erases nothing",
      body: named(
        start(
          usage:
            #"{"input_tokens":5,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"output_tokens":1}"#
        ), end(#"{"input_tokens":null,"cache_creation":null,"output_tokens":2}"#), messageStop),
      lines: [
        "started a1 m", "usage in=5 write=10 hour=20 partial", "usage in=5 write=10 hour=20 out=2 reported",
        "finished stop end_turn",
      ]),
    AnthropicFixture(
      name: "lifetimes that do not add up to the total",
      body: named(
        end(
          #"{"input_tokens":5,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":19},"output_tokens":2}"#
        ), messageStop),
      lines: ["usage in=5 write=10 hour=19 out=2 partial", "finished stop end_turn"]),
    AnthropicFixture(
      name: "lifetimes that are not the total, thinking beyond the output, hostile numbers",
      body: named(
        end(
          #"{"input_tokens":-1,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":1,"ephemeral_1h_input_tokens":2},"output_tokens":3,"output_tokens_details":{"thinking_tokens":9}}"#
        ),
        end(
          #"{"input_tokens":9223372036854775807,"cache_read_input_tokens":1e400,"cache_creation_input_tokens":"7","output_tokens":5.0}"#
        ),
        messageStop),
      lines: [
        "usage write=1 hour=2 out=0 reasoning=9 partial", "finished stop end_turn",
        "usage in=9223372036854775807 write=7 out=0 reasoning=9 partial",
      ]),
    AnthropicFixture(
      name: "a cost that the gateway reports",
      body: named(end(#"{"input_tokens":1,"output_tokens":2,"cost_usd":0.00125}"#), messageStop),
      lines: ["usage in=1 out=2 reported", "cost 0.00125", "finished stop end_turn"]),
    AnthropicFixture(
      name: "no usage, an empty one and nonsense",
      body: named(start(usage: "{}"), end("[1]"), end(#""no""#), messageStop),
      lines: ["started a1 m", "finished stop end_turn"]),
  ]

  private static let failures: [AnthropicFixture] = [
    AnthropicFixture(
      name: "overloaded in the middle",
      body: named(
        start(), text("a"), #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
        text("b")),
      lines: [
        "started a1 m", "usage in=5 partial", "text a",
        "failure overloaded: the provider is overloaded: Overloaded; try again later, or use another model with -m",
      ], isComplete: false),
    AnthropicFixture(
      name: "a gateway's error without a type",
      body: named(text("a")) + "data: {\"error\":{\"message\":\"upstream gone\",\"code\":502}}\n\n",
      lines: ["text a", "failure server: the provider failed (502): upstream gone; try again later"],
      isComplete: false),
    AnthropicFixture(
      name: "an event that is named error and is no JSON",
      body: named(text("a")) + "event: error\ndata: upstream gone\n\n",
      lines: ["text a", "failure server: the provider failed: upstream gone; try again later"],
      isComplete: false),
    AnthropicFixture(
      name: "an error without words", body: named(#"{"type":"error"}"#),
      lines: ["failure server: the provider reported an error without details"], isComplete: false),
    AnthropicFixture(
      name: "the other half of a character is given up before the error",
      body: named(
        text(#"a\ud83d"#), #"{"type":"error","error":{"type":"rate_limit_error","message":"slow"}}"#),
      lines: [
        "text a", "text \u{fffd}",
        "failure rate_limit: the provider: too many requests or tokens: slow; slow down, or use another model with -m",
      ], isComplete: false),
  ]

  private static let documents: [AnthropicFixture] = [
    AnthropicFixture(
      name: "a document, also where a stream was asked for; the first block is no text",
      mediaType: "application/json",
      body:
        #" {"id":"d1","type":"message","role":"assistant","model":"m","content":[{"type":"thinking","thinking":"Hm","signature":"s"},{"type":"text","text":"Bah 😀"},{"type":"mcp_tool_use","id":"x","input":{"a":1}},{"type":"tool_use","id":"t","name":"f","input":{"a":1}},{"type":"tool_use","id":"u","name":"g","input":{}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":7,"output_tokens_details":{"thinking_tokens":2}}}"#,
      lines: [
        "started d1 m", "reasoning Hm", "text Bah 😀", "tool 0 t f ", #"tool 0 - - {"a":1}"#, "tool 1 u g ",
        "tool 1 - - {}",
        "usage in=3 out=5 reasoning=2 reported", "finished tool tool_use",
        #"state anthropic {"type":"thinking","thinking":"Hm","signature":"s"}"#,
      ]),
    AnthropicFixture(
      name: "an error document in a 200", mediaType: "application/json",
      body:
        #"{"type":"error","error":{"type":"not_found_error","message":"model: claude-9"},"request_id":"req_1"}"#,
      lines: [
        "failure model: the model is not available at the provider: model: claude-9; check the spelling; 'sheep models' lists the models"
      ],
      isComplete: false),
    AnthropicFixture(
      name: "another dialect's document", mediaType: "application/json",
      body: #"{"id":"c","choices":[{"message":{"content":"a"}}]}"#,
      lines: [
        "failure protocol: the answer has no content blocks; it looks like a chat completion; try --api openai"
      ], isComplete: false),
    AnthropicFixture(
      name: "a document that is cut", mediaType: "application/json",
      body: #"{"id":"d1","type":"message","content":[{"type":"te"#, lines: [],
      isComplete: false),
    AnthropicFixture(
      name: "a page", mediaType: "text/html", body: "<html></html>",
      lines: [
        "failure protocol: the answer is an HTML page, not an API response; check the base URL, which usually ends in /v1"
      ],
      isComplete: false),
  ]

  // MARK: - Pieces

  /// Events with their names, as Anthropic writes them.
  static func named(_ events: String...) -> String {
    events.map { event in
      let type = (try? JSON.parse(text: event))?["type"]?.string
      return (type.map { "event: \($0)\n" } ?? "") + "data: \(event)\n\n"
    }.joined()
  }

  static func start(usage: String = #"{"input_tokens":5,"output_tokens":1}"#) -> String {
    #"{"type":"message_start","message":{"id":"a1","type":"message","role":"assistant","content":[],"model":"m","stop_reason":null,"usage":\#(usage)}}"#
  }

  static func block(_ index: Int, _ block: String) -> String {
    #"{"type":"content_block_start","index":\#(index),"content_block":\#(block)}"#
  }

  static func delta(_ index: Int, _ delta: String) -> String {
    #"{"type":"content_block_delta","index":\#(index),"delta":\#(delta)}"#
  }

  static func text(_ text: String, at index: Int = 0) -> String {
    delta(index, #"{"type":"text_delta","text":"\#(text)"}"#)
  }

  static func thought(_ text: String, at index: Int = 0) -> String {
    delta(index, #"{"type":"thinking_delta","thinking":"\#(text)"}"#)
  }

  static func stopBlock(_ index: Int) -> String { #"{"type":"content_block_stop","index":\#(index)}"# }

  static func end(_ usage: String = #"{"output_tokens":4}"#, reason: String = "end_turn") -> String {
    #"{"type":"message_delta","delta":{"stop_reason":"\#(reason)","stop_sequence":null},"usage":\#(usage)}"#
  }

  static let messageStop = #"{"type":"message_stop"}"#
}
