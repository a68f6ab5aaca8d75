import SheepWire

/// Bodies of the Responses dialect.
enum ResponsesFixtures {
  static let all: [DialectFixture] = streams + items + parts + ends + failures + documents

  private static func fixture(
    _ name: String, _ body: String, _ lines: [String], isComplete: Bool = true,
    mediaType: String? = "text/event-stream"
  ) -> DialectFixture {
    DialectFixture(
      name: "responses: " + name,
      decoder: { OpenAIResponses().decoder(mediaType: $0, remembersEvents: $1) }, mediaType: mediaType,
      body: body, lines: lines, isComplete: isComplete)
  }

  private static func event(_ type: String, _ number: Int, _ members: String) -> String {
    named(type, #"{"type":"\#(type)","sequence_number":\#(number),\#(members)}"#)
  }

  private static let created = event(
    "response.created", 0, #""response":{"id":"r1","model":"m","status":"in_progress","output":[]}"#)

  private static func delta(_ text: String, _ number: Int, _ tail: String = "", part: Int = 0) -> String {
    event(
      "response.output_text.delta", number,
      #""item_id":"i","output_index":0,"content_index":\#(part),"delta":"\#(text)","logprobs":[]\#(tail)"#)
  }

  private static func whole(_ text: String, _ number: Int, part: Int = 0) -> String {
    event(
      "response.output_text.done", number,
      #""item_id":"i","output_index":0,"content_index":\#(part),"text":"\#(text)","logprobs":[]"#)
  }

  private static func completed(_ members: String = "", status: String = "completed") -> String {
    event(
      "response.\(status)", 99,
      #""response":{"id":"r1","model":"m","status":"\#(status)"\#(members),"output":[],"usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":6,"cache_write_tokens":1},"output_tokens":4,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":14}}"#
    )
  }

  private static let usage = "usage in=3 read=6 write=1 out=1 reasoning=3 reported"

  private static let streams: [DialectFixture] = [
    fixture(
      "the golden stream with all its envelopes and padding",
      created + event("response.in_progress", 1, #""response":{"id":"r1","status":"in_progress"}"#)
        + event(
          "response.output_item.added", 2,
          #""output_index":0,"item":{"id":"i","type":"message","content":[]}"#)
        + event(
          "response.content_part.added", 3,
          #""item_id":"i","output_index":0,"content_index":0,"part":{"type":"output_text","text":""}"#)
        + delta("Bah", 4, #","obfuscation":"abc""#) + delta(",", 5, #","obfuscation":"x""#)
        + delta(" bah", 6, #","obfuscation":"""#) + delta("안", 7) + delta(#"\n\ud83d"#, 10)
        + delta(#"\ude00"#, 11)
        + whole(#"Bah, bah안\n😀"#, 12)
        + event(
          "response.output_item.done", 14,
          #""output_index":0,"item":{"id":"i","type":"message","content":[{"type":"output_text","text":"Bah"}]}"#
        )
        + completed(),
      [
        "started r1 m", "text Bah", "text ,", "text  bah", "text 안", "text \n", "text 😀", usage,
        "finished stop completed",
      ]),
    fixture(
      "a part without deltas is read when it is whole, others are not repeated",
      created + delta("a", 1) + delta("b", 2) + whole("ab", 3) + whole("second", 4, part: 1)
        + delta("c", 5, part: 2)
        + whole("c", 6, part: 2) + completed(),
      ["started r1 m", "text a", "text b", "text second", "text c", usage, "finished stop completed"]),
    fixture(
      "no deltas at all: the answer stands in the last event",
      created
        + event(
          "response.completed", 2,
          #""response":{"id":"r1","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"whole"}]}]}"#
        ),
      ["started r1 m", "text whole", "finished stop completed"]),
    fixture(
      "unknown events, events without names, CR LF, what comes after the end",
      (created + delta("a", 1)).replacingLines()
        + stream(
          #"{"type":"response.web_search_call.searching","item_id":"w"}"#,
          #"{"type":"response.output_text.delta","delta":"b"}"#,
          #"{"type":"response.output_text.delta","delta":"c"}"#, "{oops", "[1]", "[DONE]")
        + completed() + delta("after", 100),
      [
        "started r1 m", "text a", "text b", "text c",
        "notice skipped an event that is not a JSON object",
        "notice skipped an event that is not a JSON object", usage,
        "finished stop completed",
      ]),
    fixture(
      "cut after text", created + delta("a", 1) + delta("b", 2), ["started r1 m", "text a", "text b"],
      isComplete: false),
  ]

  private static let items: [DialectFixture] = [
    fixture(
      "summaries of reasoning, several parts, and the reasoning itself to be sent back",
      created
        + event(
          "response.reasoning_summary_text.delta", 1,
          #""item_id":"s","output_index":0,"summary_index":0,"delta":"hm""#)
        + event(
          "response.reasoning_summary_text.delta", 2,
          #""item_id":"s","output_index":0,"summary_index":0,"delta":" hm""#)
        + event(
          "response.reasoning_summary_text.done", 3,
          #""item_id":"s","output_index":0,"summary_index":0,"text":"hm hm""#)
        + event(
          "response.reasoning_summary_text.delta", 4,
          #""item_id":"s","output_index":0,"summary_index":1,"delta":"so""#)
        + event(
          "response.output_item.done", 5,
          #""output_index":0,"item":{"id":"s","type":"reasoning","summary":[],"encrypted_content":"gAAA"}"#)
        + event(
          "response.reasoning_text.delta", 6,
          #""item_id":"s2","output_index":1,"content_index":0,"delta":"raw""#)
        + event(
          "response.output_text.delta", 7, #""item_id":"i","output_index":2,"content_index":0,"delta":"A""#)
        + completed(),
      [
        "started r1 m", "reasoning hm", "reasoning  hm", "reasoning \n\n", "reasoning so",
        #"state responses {"id":"s","type":"reasoning","summary":[],"encrypted_content":"gAAA"}"#,
        "reasoning \n\n", "reasoning raw", "text A", usage, "finished stop completed",
      ]),
    fixture(
      "function calls: in pieces, whole at the end, and by name alone",
      created
        + event(
          "response.output_item.added", 1,
          #""output_index":0,"item":{"id":"f1","type":"function_call","call_id":"c1","name":"f","arguments":""}"#
        )
        + event(
          "response.function_call_arguments.delta", 2, #""item_id":"f1","output_index":0,"delta":"{\"a\":""#)
        + event("response.function_call_arguments.delta", 3, #""item_id":"f1","output_index":0,"delta":"1}""#)
        + event(
          "response.function_call_arguments.done", 4,
          #""item_id":"f1","output_index":0,"arguments":"{\"a\":1}""#)
        + event(
          "response.output_item.added", 5,
          #""output_index":1,"item":{"id":"f2","type":"function_call","call_id":"c2","name":"g"}"#)
        + event(
          "response.output_item.done", 6,
          #""output_index":1,"item":{"id":"f2","type":"function_call","call_id":"c2","name":"g","arguments":"{}"}"#
        )
        + event(
          "response.output_item.done", 7,
          #""output_index":2,"item":{"id":"f3","type":"custom_tool_call","call_id":"c3","name":"h","input":"x"}"#
        )
        + completed(),
      [
        "started r1 m", "tool 0 c1 f ", #"tool 0 - - {"a":"#, "tool 0 - - 1}", "tool 1 c2 g ",
        "tool 1 - - {}",
        "tool 2 c3 h x", usage, "finished tool completed",
      ]),
    fixture(
      "a refusal",
      created + event("response.refusal.delta", 1, #""output_index":0,"content_index":0,"delta":"I can't""#)
        + event("response.refusal.done", 2, #""output_index":0,"content_index":0,"refusal":"I can't""#)
        + completed(),
      ["started r1 m", "refusal I can't", usage, "finished refused completed"]),
  ]

  private static let parts: [DialectFixture] = [
    fixture(
      "a part of the summary and a part of the reasoning that have one number are two parts",
      created
        + event(
          "response.reasoning_summary_text.delta", 1,
          #""item_id":"s","output_index":0,"summary_index":0,"delta":"hm""#)
        + event(
          "response.reasoning_text.done", 2,
          #""item_id":"s","output_index":0,"content_index":0,"text":"aha""#)
        + event(
          "response.reasoning_summary_text.done", 3,
          #""item_id":"s","output_index":0,"summary_index":0,"text":"hm""#)
        + completed(),
      [
        "started r1 m", "reasoning hm", "reasoning \n\n", "reasoning aha", usage, "finished stop completed",
      ]),
    fixture(
      "reasoning that is counted beside the output, as only the total tells",
      event(
        "response.completed", 1,
        #""response":{"id":"r1","model":"m","status":"completed","output":[],"usage":{"input_tokens":10,"output_tokens":4,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":17}}"#
      ), ["started r1 m", "usage in=10 out=4 reasoning=3 reported", "finished stop completed"]),
    fixture(
      "a total that neither sum explains",
      event(
        "response.completed", 1,
        #""response":{"id":"r1","model":"m","status":"completed","output":[],"usage":{"input_tokens":10,"output_tokens":4,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":18}}"#
      ), ["started r1 m", "usage in=10 out=1 reasoning=3 partial", "finished stop completed"]),
  ]

  private static let ends: [DialectFixture] = [
    fixture(
      "the token limit",
      created + delta("a", 1)
        + completed(#","incomplete_details":{"reason":"max_output_tokens"}"#, status: "incomplete"),
      ["started r1 m", "text a", usage, "finished length max_output_tokens"]),
    fixture(
      "the filter",
      created + completed(#","incomplete_details":{"reason":"content_filter"}"#, status: "incomplete"),
      ["started r1 m", usage, "finished filtered content_filter"]),
    fixture(
      "an unknown reason",
      created + completed(#","incomplete_details":{"reason":"tired"}"#, status: "incomplete"),
      [
        "started r1 m", usage, "notice unknown finish reason 'tired'; treated as complete",
        "finished other tired",
      ]),
  ]

  private static let failures: [DialectFixture] = [
    fixture(
      "failed, with its usage",
      created + delta("a", 1)
        + completed(#","error":{"code":"server_error","message":"It broke."}"#, status: "failed"),
      ["started r1 m", "text a", usage, "failure server: the provider failed: It broke; try again later"],
      isComplete: false),
    fixture(
      "an error event, flat",
      created + delta(#"a\ud83d"#, 1)
        + event(
          "error", 2, #""code":"rate_limit_exceeded","message":"Slow down. Try again in 1.5s","param":null"#),
      [
        "started r1 m", "text a", "text \u{fffd}",
        "failure rate_limit: the provider: too many requests or tokens: Slow down. Try again in 1.5s; slow down, or use another model with -m",
      ], isComplete: false),
    fixture(
      "an error event, nested",
      created
        + named("error", #"{"type":"error","error":{"type":"x","code":"invalid_prompt","message":"No."}}"#),
      ["started r1 m", "failure bad_request: the provider failed: No; try again later"], isComplete: false),
    fixture(
      "an error event without a type", named("error", #"{"message":"No."}"#),
      ["failure server: the provider failed: No; try again later"], isComplete: false),
    fixture(
      "an error as a bare line", created + delta("a", 1) + #"{"error":"gone"}"# + "\n",
      ["started r1 m", "text a", "failure server: the provider failed: gone; try again later"],
      isComplete: false),
    fixture(
      "a document with an error where a stream was asked",
      #"{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","code":"invalid_api_key"}}"#,
      [
        "failure authentication: the provider: the key was not accepted: Incorrect API key provided; use 'sheep validate-key' to check that it is current and belongs to this gateway"
      ], isComplete: false, mediaType: "application/json"),
  ]

  private static let documents: [DialectFixture] = [
    fixture(
      "a document",
      #"{"id":"r1","object":"response","status":"completed","model":"m","error":null,"output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"hm"},{"type":"summary_text","text":"so"}]},{"type":"message","content":[{"type":"output_text","text":"A","annotations":[]},{"type":"output_text","text":"B"}]},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}],"usage":{"input_tokens":2,"output_tokens":3,"total_tokens":5,"cost":0.5}}"#,
      [
        "started r1 m", "reasoning hm\n\nso", "text A", "text B", "tool 0 c f {}",
        "usage in=2 out=3 reported",
        "cost 0.5", "finished tool completed",
      ], mediaType: "application/json"),
    fixture(
      "a document that is not done",
      #"{"id":"r1","object":"response","status":"queued","model":"m","output":[]}"#,
      ["started r1 m", "finished paused queued"], mediaType: "application/json"),
    fixture(
      "a document that failed",
      #"{"id":"r1","object":"response","status":"failed","error":{"code":"server_error","message":"Oh"},"output":[]}"#,
      ["started r1 -", "failure server: the provider failed: Oh; try again later"], isComplete: false,
      mediaType: "application/json"),
    fixture(
      "a cut document", #"{"id":"r1","object":"response","outp"#, [], isComplete: false,
      mediaType: "application/json"),
    fixture(
      "something else", #"{"choices":[]}"#,
      [
        "failure protocol: the answer is not a response object; check the base URL, which usually ends in /v1"
      ],
      isComplete: false, mediaType: "application/json"),
  ]
}

extension String {
  /// The text with CR LF for LF.
  fileprivate func replacingLines() -> String {
    String(decoding: utf8.flatMap { $0 == 0x0a ? [0x0d, 0x0a] : [$0] }, as: UTF8.self)
  }
}
