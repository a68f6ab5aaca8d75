import Testing

/// Bodies as servers send them and the events that they stand for.
struct ChatFixture: CustomTestStringConvertible, Sendable {
  let name: String
  var mediaType: String? = "text/event-stream"
  let body: String
  let lines: [String]
  var isComplete = true

  var testDescription: String { name }

  static let all: [ChatFixture] = streams + reasoning + tools + usages + failures + documents

  private static let streams: [ChatFixture] = [
    ChatFixture(
      name: "the golden stream with comment, usage chunk and [DONE]",
      body: ": keep\n"
        + stream(
          #"{"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}"#,
          chunk("Bah"), end(),
          #"{"id":"c1","model":"m","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":4,"total_tokens":14,"prompt_tokens_details":{"cached_tokens":6,"cache_write_tokens":1},"completion_tokens_details":{"reasoning_tokens":3}}}"#,
          "[DONE]"),
      lines: [
        "started c1 m", "text Bah", "finished stop stop",
        "usage in=3 read=6 write=1 out=1 reasoning=3 reported",
      ]),
    ChatFixture(
      name: "many equal chunks with padding, escapes and Korean",
      body: stream(
        chunk("안녕", #","obfuscation":"abc""#), chunk("하세요", #","obfuscation":"x""#),
        chunk(#"\n\"q\" \u00e9 \\"#, #","obfuscation":"""#), chunk(" d", #","obfuscation":"longer""#), end(),
        "[DONE]"),
      lines: ["started c1 m", "text 안녕", "text 하세요", "text \n\"q\" é \\", "text  d", "finished stop stop"]),
    ChatFixture(
      name: "tails of equal length that say something else, with padding and without",
      body: stream(
        chunk("a", #","obfuscation":"ab","cost":null"#), chunk("b", #","obfuscation":"c","cost":null"#),
        chunk("c", #","obfuscation":"de","cost":0.25"#), chunk("d", #","cost":null"#),
        chunk("e", #","cost":0.75"#),
        chunk("f", #","cost":nul1"#), chunk("g", #","obfuscation":"a\u000"#), "[DONE]"),
      lines: [
        "started c1 m", "text a", "text b", "text c", "cost 0.25", "text d", "text e", "cost 0.75",
        "notice skipped an event that is not a JSON object",
        "notice skipped an event that is not a JSON object",
      ]),
    ChatFixture(
      name: "a call in the old form, and its finish reason",
      body: stream(
        delta(#"{"function_call":{"name":"f","arguments":"{\"a\""}}"#),
        delta(#"{"function_call":{"arguments":":1}"}}"#), end("function_call"), "[DONE]"),
      lines: ["started c1 m", #"tool 0 - f {"a""#, "tool 0 - - :1}", "finished tool function_call"]),
    ChatFixture(
      name: "a refusal without a finish reason",
      body: stream(delta(#"{"refusal":"I cannot."}"#), "[DONE]"),
      lines: ["started c1 m", "refusal I cannot.", "finished refused refusal"]),
    ChatFixture(
      name: "calls with neither number nor id: a name begins another one, arguments alone do not",
      body: stream(
        delta(#"{"tool_calls":[{"id":"t","function":{"name":"f","arguments":"1"}}]}"#),
        delta(#"{"tool_calls":[{"function":{"arguments":"2"}}]}"#),
        delta(#"{"tool_calls":[{"function":{"name":"g","arguments":"3"}}]}"#), end("tool_calls"), "[DONE]"),
      lines: [
        "started c1 m", "tool 0 t f 1", "tool 0 - - 2", "tool 1 - g 3", "finished tool tool_calls",
      ]),
    ChatFixture(
      name: "no finish_reason but [DONE]", body: stream(chunk("a"), chunk("b"), "[DONE] "),
      lines: ["started c1 m", "text a", "text b"]),
    ChatFixture(
      name: "finish_reason but no [DONE]", body: stream(chunk("a"), end("length")),
      lines: ["started c1 m", "text a", "finished length length"]),
    ChatFixture(
      name: "cut after text", body: stream(chunk("a"), chunk("b")) + "data: {\"id\":\"c1\",\"cho",
      lines: ["started c1 m", "text a", "text b"], isComplete: false),
    ChatFixture(
      name: "the last event not closed", body: stream(chunk("a")) + "data: " + end(),
      lines: ["started c1 m", "text a", "finished stop stop"]),
    ChatFixture(
      name: "[DONE] not closed", body: stream(chunk("a")) + "data: [DONE]", lines: ["started c1 m", "text a"]),
    ChatFixture(
      name: "CR LF, CR alone and LF mixed, no blank behind the colon, ids and retries",
      body: "\u{feff}: c\r\nid: 1\r\nretry: 5\r\ndata:" + chunk("a") + "\r\n\r\ndata: " + chunk("b")
        + "\r\rdata:"
        + chunk("c") + "\n\n: x\n\ndata:" + end() + "\r\n\n",
      lines: ["started c1 m", "text a", "text b", "text c", "finished stop stop"]),
    ChatFixture(
      name: "one event in several data lines",
      body:
        "data: {\"id\":\"c1\",\ndata:\"model\":\"m\",\"choices\":[{\"delta\":\ndata: {\"content\":\"a\"}}]}\n\n"
        + stream("[DONE]"),
      lines: ["started c1 m", "text a"]),
    ChatFixture(
      name: "Azure's empty first chunk, text in the finishing chunk, text after it, a second reason",
      body: stream(
        #"{"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{}]}"#,
        #"{"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}"#,
        chunk("b"), end("length"), "[DONE]"),
      lines: [
        "started - -", "text a", "finished stop stop", "text b",
        "notice the answer has two finish reasons, 'stop' and then 'length'; the first is used",
      ]),
    ChatFixture(
      name: "an unknown reason", body: stream(chunk("a"), end("tired"), "[DONE]"),
      lines: [
        "started c1 m", "text a", "notice unknown finish reason 'tired'; treated as complete",
        "finished other tired",
      ]),
    ChatFixture(
      name: "other choices are left out",
      body: stream(
        #"{"id":"c1","model":"m","choices":[{"index":1,"delta":{"content":"no"}},{"index":0,"delta":{"content":"yes"}}]}"#,
        #"{"choices":[{"index":1,"delta":{"content":"no"}}]}"#, "[DONE]"),
      lines: ["started c1 m", "notice the answer has several choices; only the first is shown", "text yes"]),
    ChatFixture(
      name: "message and delta in one choice: streams read delta",
      body: stream(
        #"{"id":"p","choices":[{"index":0,"message":{"content":"a"},"delta":{"content":"a"}}]}"#,
        #"{"id":"p","choices":[{"index":0,"message":{"content":"ab"},"delta":{"content":"b"},"finish_reason":"stop"}]}"#
      ),
      lines: ["started p -", "text a", "text b", "finished stop stop"]),
    ChatFixture(
      name: "halves of characters: surrogates joined and alone",
      body: stream(
        chunk(#"a\ud83d"#), chunk(#"\ude00b"#), chunk(#"\ude00"#), chunk(#"\ud83d"#), chunk("x"),
        chunk(#"\ud83d"#), end(),
        "[DONE]"),
      lines: [
        "started c1 m", "text a", "text 😀b", "text \u{fffd}", "text \u{fffd}x", "finished stop stop",
        "text \u{fffd}",
      ]),
    ChatFixture(
      name: "events that are not JSON are left out, unknown ones ignored",
      body: stream(chunk("a"), "{oops", #"{"type":"ping"}"#, "[1]", chunk("b"), "[DONE]", "{after")
        + "event: ping\ndata: {}\n\n",
      lines: [
        "started c1 m", "text a", "notice skipped an event that is not a JSON object",
        "notice skipped an event that is not a JSON object", "text b",
      ]),
    ChatFixture(
      name: "Avian: another id in each chunk, one answer",
      body: stream(
        chunk("a"), #"{"id":"c2","model":"m2","choices":[{"index":0,"delta":{"content":"b"}}]}"#,
        #"{"id":"c3","created":0,"object":"","model":"","choices":[{"index":0,"delta":{"content":"c"},"finish_reason":"stop"}]}"#
      ),
      lines: ["started c1 m", "text a", "text b", "text c", "finished stop stop"]),
    ChatFixture(
      name: "null and empty members, blanks inside the JSON",
      body: stream(
        #" { "id" : "c1" , "model" : null , "choices" : [ { "index" : 0 , "delta" : { "role":"assistant", "content" : null , "tool_calls":null,"refusal":"" } , "finish_reason" : null } ] , "usage" : null } "#,
        #"{"choices":[{"delta":{"content":"a"},"finish_reason":""}]}"#,
        #"{"choices":[{"delta":null,"finish_reason":"stop"}]}"#),
      lines: ["started c1 -", "text a", "finished stop stop"]),
    ChatFixture(
      name: "a stream that calls itself JSON", mediaType: "application/json",
      body: "\n" + stream(chunk("a"), "[DONE]"),
      lines: ["started c1 m", "text a"]),
    ChatFixture(
      name: "only comments", body: ": one\n\n: two\n\n", lines: [], isComplete: false),
    ChatFixture(name: "nothing", body: "", lines: [], isComplete: false),
  ]

  private static let reasoning: [ChatFixture] = [
    ChatFixture(
      name: "reasoning_content, then text",
      body: stream(
        delta(#"{"content":null,"reasoning_content":"h"}"#),
        delta(#"{"content":null,"reasoning_content":"mm"}"#),
        delta(#"{"content":null,"reasoning_content":"!\n"}"#), chunk("a"), chunk("b"), end()),
      lines: [
        "started c1 m", "reasoning h", "reasoning mm", "reasoning !\n", "text a", "text b",
        "finished stop stop",
      ]),
    ChatFixture(
      name: "reasoning and reasoning_details with the same words count once",
      body: stream(
        delta(#"{"reasoning":"h","reasoning_details":[{"type":"reasoning.text","text":"h"}]}"#),
        delta(
          #"{"content":"","reasoning_details":[{"type":"reasoning.summary","summary":"i"},{"type":"reasoning.encrypted","data":"x"}]}"#
        ),
        end()),
      lines: ["started c1 m", "reasoning h", "reasoning i", "finished stop stop"]),
    ChatFixture(
      name: "a list of parts with thinking, then strings",
      body: stream(
        delta(
          #"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"h"}]},{"type":"text","text":"a"}]}"#
        ),
        chunk("b"), end()),
      lines: ["started c1 m", "reasoning h", "text a", "text b", "finished stop stop"]),
    ChatFixture(
      name: "a refusal",
      body: stream(delta(#"{"refusal":"I "}"#), delta(#"{"refusal":"can't."}"#), end(), "[DONE]"),
      lines: ["started c1 m", "refusal I ", "refusal can't.", "finished refused stop"]),
  ]

  private static let tools: [ChatFixture] = [
    ChatFixture(
      name: "stop after a call, as OpenAI ends one that was demanded by name",
      body: stream(
        delta(
          #"{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"f","arguments":"{}"}}]}"#
        ),
        end("stop")),
      lines: ["started c1 m", "tool 0 t1 f {}", "finished tool stop"]),
    ChatFixture(
      name: "two tool calls in pieces",
      body: stream(
        delta(
          #"{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"f","arguments":""}}]}"#),
        delta(#"{"tool_calls":[{"index":0,"id":"","function":{"name":"","arguments":"{\"a\""}}]}"#),
        delta(
          #"{"tool_calls":[{"index":0,"function":{"arguments":":1}"}},{"index":1,"id":"t2","function":{"name":"g","arguments":null}}]}"#
        ),
        end("tool_calls")),
      lines: [
        "started c1 m", "tool 0 t1 f ", #"tool 0 - - {"a""#, "tool 0 - - :1}", "tool 1 t2 g ",
        "finished tool tool_calls",
      ]),
    ChatFixture(
      name: "indices far apart, repeated, missing",
      body: stream(
        delta(#"{"tool_calls":[{"index":1000000000,"id":"a","function":{"name":"f","arguments":"1"}}]}"#),
        delta(#"{"tool_calls":[{"index":7,"id":"b","function":{"name":"g","arguments":"2"}}]}"#),
        delta(#"{"tool_calls":[{"index":1000000000,"function":{"arguments":"3"}}]}"#),
        delta(#"{"tool_calls":[{"index":7,"id":"c","function":{"name":"h","arguments":{"x":4}}}]}"#),
        delta(
          #"{"tool_calls":[{"id":"d","function":{"name":"i","arguments":"5"}},{"function":{"arguments":"6"}}]}"#
        ),
        end("tool_calls")),
      lines: [
        "started c1 m", "tool 0 a f 1", "tool 1 b g 2", "tool 0 - - 3", #"tool 2 c h {"x":4}"#,
        "tool 3 d i 5",
        "tool 3 - - 6", "finished tool tool_calls",
      ]),
  ]

  private static let usages: [ChatFixture] = [
    ChatFixture(
      name: "usage growing in every chunk is replaced, null erases nothing, cost in it",
      body: stream(
        chunk("a", #","usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6}"#),
        chunk("b", #","usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7,"cost":0.0000125}"#),
        end(),
        #"{"choices":[{"index":0,"delta":{}}],"usage":null}"#, "[DONE]"),
      lines: [
        "started c1 m", "text a", "usage in=5 out=1 reported", "text b", "usage in=5 out=2 reported",
        "cost 0.0000125", "finished stop stop",
      ]),
    ChatFixture(
      name: "Groq's usage",
      body: stream(
        chunk("a"),
        #"{"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"x_groq":{"id":"r","usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5,"queue_time":0.01}}}"#
      ),
      lines: ["started c1 m", "text a", "usage in=3 out=2 reported", "finished stop stop"]),
    ChatFixture(
      name: "Groq with include_usage: the same in both places, once in a chunk without choices",
      body: stream(
        chunk("a"),
        #"{"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"x_groq":{"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}},"usage":null}"#,
        #"{"id":"c1","choices":[],"x_groq":{"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}},"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}"#,
        "[DONE]"),
      lines: [
        "started c1 m", "text a", "usage in=3 out=2 reported", "finished stop stop",
        "usage in=3 out=2 reported",
      ]),
    ChatFixture(
      name: "llama.cpp's timings",
      body: stream(
        chunk("a"),
        #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"timings":{"cache_n":4,"prompt_n":6,"predicted_n":9,"predicted_ms":1.5}}"#
      ),
      lines: ["started c1 m", "text a", "usage in=6 read=4 out=9 reported", "finished stop stop"]),
  ]

  private static let failures: [ChatFixture] = [
    ChatFixture(
      name: "an error beside choices",
      body: stream(
        chunk("Ba"),
        #"{"id":"c1","error":{"code":502,"message":"upstream gone"},"choices":[{"index":0,"delta":{"content":"h"},"finish_reason":"error"}]}"#,
        "[DONE]"),
      lines: [
        "started c1 m", "text Ba", "text h",
        "failure server: the provider failed (502): upstream gone; try again later",
      ], isComplete: false),
    ChatFixture(
      name: "OpenRouter: an error after a finish that came twice, beside choices and usage",
      body: stream(
        chunk("Ba"), end("length"), end("length"),
        #"{"id":"c1","error":{"code":502,"message":"upstream gone"},"choices":[{"index":0,"delta":{"content":""},"finish_reason":null}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}"#,
        "[DONE]"),
      lines: [
        "started c1 m", "text Ba", "finished length length", "usage in=3 out=1 reported",
        "failure server: the provider failed (502): upstream gone; try again later",
      ]),
    ChatFixture(
      name: "Groq: a named error event after so many like chunks that they are taken by comparing",
      body: String(repeating: stream(chunk("a")), count: 90) + "event: error\n"
        + stream(#"{"error":{"message":"Failed to call a function.","status_code":400}}"#),
      lines: ["started c1 m"] + Array(repeating: "text a", count: 90) + [
        "failure bad_request: the provider refused the request (400): Failed to call a function"
      ], isComplete: false),
    ChatFixture(
      name: "Groq's named error event",
      body: stream(chunk("a")) + "event: error\n"
        + stream(#"{"error":{"message":"Tool failed.","type":"invalid_request_error","status_code":400}}"#),
      lines: [
        "started c1 m", "text a", "failure bad_request: the provider refused the request (400): Tool failed",
      ],
      isComplete: false),
    ChatFixture(
      name: "an error as a text, before anything else", body: stream(#"{"error":"model is loading"}"#),
      lines: ["failure server: the provider failed: model is loading; try again later"], isComplete: false),
    ChatFixture(
      name: "an error object of vLLM",
      body: stream(#"{"object":"error","message":"boom","type":"InternalServerError","code":500}"#),
      lines: ["failure server: the provider failed (500): boom; try again later"], isComplete: false),
    ChatFixture(
      name: "a JSON error where a stream was asked for", mediaType: "application/octet-stream",
      body: #" {"error":{"message":"Slow down","type":"rate_limit_error","code":429}}"#,
      lines: [
        "failure rate_limit: the provider: too many requests or tokens (429): Slow down; "
          + "slow down, or use another model with -m"
      ], isComplete: false),
    ChatFixture(
      name: "a web page", mediaType: "text/html", body: "\n<!doctype html><title>Hi</title>",
      lines: [
        "failure protocol: the answer is an HTML page, not an API response; check the base URL, which "
          + "usually ends in /v1"
      ], isComplete: false),
    ChatFixture(
      name: "a text", mediaType: "text/plain", body: "upstream connect error",
      lines: [
        "failure protocol: the answer is neither JSON nor an event stream; check the base URL, which "
          + "usually ends in /v1"
      ], isComplete: false),
  ]

  private static let documents: [ChatFixture] = [
    ChatFixture(
      name: "a document", mediaType: "application/json; charset=utf-8",
      body: "\n\n  \r\n"
        + #"{"id":"c1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Bah\n","reasoning_content":"h"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3},"cost_usd":"0.5"}"#
        + "\n",
      lines: [
        "started c1 m", "reasoning h", "text Bah\n", "usage in=1 out=2 reported", "cost 0.5",
        "finished stop stop",
      ]),
    ChatFixture(
      name: "OpenRouter: a document behind its keep-alives, 88 bytes of blanks and line ends",
      mediaType: "application/json",
      body: String(repeating: "\n         \n", count: 8)
        + #"{"id":"o","choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}"#,
      lines: ["started o -", "text a", "finished stop stop"]),
    ChatFixture(
      name: "a document without finish_reason, message beside an empty delta", mediaType: nil,
      body: #"{"id":"s","choices":[{"message":{"content":"a"},"delta":{"content":""}}]}"#,
      lines: ["started s -", "text a"]),
    ChatFixture(
      name: "a document where a stream was promised",
      body:
        #"{"id":"c1","choices":[{"message":{"tool_calls":[{"id":"t","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}"#,
      lines: ["started c1 -", "tool 0 t f {}", "finished tool tool_calls"]),
    ChatFixture(
      name: "Azure's filtered document without a message", mediaType: "application/json",
      body:
        #"{"id":"z","choices":[{"index":0,"finish_reason":"content_filter","content_filter_results":{"hate":{"filtered":true}}}]}"#,
      lines: ["started z -", "finished filtered content_filter"]),
    ChatFixture(
      name: "Azure's filter that failed", mediaType: "application/json",
      body:
        #"{"id":"z","choices":[{"index":0,"message":{"content":"a"},"finish_reason":"stop","content_filter_result":{"error":{"code":"content_filter_error","message":"timed out"}}}]}"#,
      lines: [
        "started z -", "text a", "notice the provider's content filter failed: timed out",
        "finished stop stop",
      ]),
    ChatFixture(
      name: "a cut document", mediaType: "application/json",
      body: #"{"id":"c1","choices":[{"index":0,"message":{"content":"half of i"#, lines: [], isComplete: false
    ),
    ChatFixture(
      name: "a document of something else", mediaType: "application/json", body: #"{"status":"ok"}"#,
      lines: ["failure protocol: the answer has no choices; check the base URL, which usually ends in /v1"],
      isComplete: false),
  ]
}
