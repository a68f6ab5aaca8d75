import SheepWire

/// Bodies of the Gemini dialect.
enum GeminiFixtures {
  static let all: [DialectFixture] = streams + ends + parts + failures + documents

  private static func fixture(
    _ name: String, _ body: String, _ lines: [String], isComplete: Bool = true,
    mediaType: String? = "text/event-stream"
  ) -> DialectFixture {
    DialectFixture(
      name: "gemini: " + name,
      decoder: { Gemini().decoder(mediaType: $0, remembersEvents: $1) }, mediaType: mediaType, body: body,
      lines: lines, isComplete: isComplete)
  }

  /// A chunk with these parts and with what follows in the candidate and behind it.
  private static func chunk(_ parts: String, _ candidate: String = "", _ tail: String = "") -> String {
    #"{"candidates": [{"content": {"parts": [\#(parts)],"role": "model"}\#(candidate),"index": 0}]\#(tail),"#
      + #""modelVersion": "g","responseId": "r1"}"#
  }

  private static func text(_ text: String, out: Int? = nil, finish: String? = nil) -> String {
    chunk(
      #"{"text": "\#(text)"}"#, finish.map { #","finishReason": "\#($0)""# } ?? "",
      out.map { usage(#""candidatesTokenCount": \#($0),"totalTokenCount": \#($0 + 8)"#) } ?? "")
  }

  private static func usage(_ counts: String) -> String {
    #","usageMetadata": {"promptTokenCount": 8,\#(counts),"promptTokensDetails": [{"modality": "TEXT","tokenCount": 8}]}"#
  }

  private static func crlf(_ events: String...) -> String {
    events.map { "data: " + $0 + "\r\n\r\n" }.joined()
  }

  private static let streams: [DialectFixture] = [
    fixture(
      "a usage of zeros, as LiteLLM's streams have it, says nothing",
      crlf(
        text("Bah"),
        chunk(
          "", #","finishReason": "STOP""#,
          #","usageMetadata": {"promptTokenCount": 0,"candidatesTokenCount": 0,"totalTokenCount": 0}"#)),
      ["started r1 g", "text Bah", "finished stop STOP"]),
    fixture(
      "the ordinary stream in CR LF with a usage that grows in every chunk",
      crlf(
        text("Bah", out: 1), text(", bah", out: 9), text(" black", out: 10),
        text(" sheep.", out: 1234, finish: "STOP")),
      [
        "started r1 g", "text Bah", "text , bah", "text  black", "text  sheep.",
        "usage in=8 out=1234 reported", "finished stop STOP",
      ]),
    fixture(
      "thoughts, then text; the thoughts are not the answer and not among the candidates",
      crlf(
        chunk(
          #"{"text": "hm","thought": true}"#, "", usage(#""totalTokenCount": 20,"thoughtsTokenCount": 12"#)),
        chunk(
          #"{"text": "so","thought": true}"#, "", usage(#""totalTokenCount": 31,"thoughtsTokenCount": 23"#)),
        chunk(
          #"{"text": "A"}"#, "",
          usage(#""candidatesTokenCount": 1,"totalTokenCount": 32,"thoughtsTokenCount": 23"#)),
        chunk(
          #"{"text": "B"}"#, "",
          usage(#""candidatesTokenCount": 2,"totalTokenCount": 33,"thoughtsTokenCount": 23"#)),
        chunk(
          #"{"text": "C"}"#, #","finishReason": "STOP""#,
          usage(
            #""cachedContentTokenCount": 5,"toolUsePromptTokenCount": 7,"candidatesTokenCount": 3,"totalTokenCount": 41,"thoughtsTokenCount": 23"#
          ))),
      [
        "started r1 g", "reasoning hm", "reasoning so", "text A", "text B", "text C",
        "usage in=10 read=5 out=3 reasoning=23 reported", "finished stop STOP",
      ]),
    fixture(
      "escapes, Korean and halves of a character",
      crlf(
        text("안", out: 1), text("녕", out: 2), text(#"\n\"q\""#, out: 3), text(#"\ud83d"#, out: 4),
        text(#"\ude00"#, out: 5), text(#"\ud83d"#, out: 6), text("", out: 6, finish: "STOP")),
      [
        "started r1 g", "text 안", "text 녕", "text \n\"q\"", "text 😀", "text \u{fffd}",
        "usage in=8 out=6 reported", "finished stop STOP",
      ]),
    fixture(
      "counts that are no counts leave the template",
      crlf(
        text("a", out: 1), text("b", out: 2),
        chunk(#"{"text": "c"}"#, "", usage(#""candidatesTokenCount": -3,"totalTokenCount": 9"#)),
        chunk(#"{"text": "d"}"#, "", usage(#""candidatesTokenCount": 03,"totalTokenCount": 9"#)),
        chunk(
          #"{"text": "e"}"#, #","finishReason": "STOP""#,
          usage(#""candidatesTokenCount": 3.0,"totalTokenCount": 1e1"#))),
      [
        "started r1 g", "text a", "text b", "text c",
        "notice skipped an event that is not a JSON object", "text e",
        "usage in=8 out=3 partial", "finished stop STOP",
      ]),
  ]

  private static let ends: [DialectFixture] = [
    fixture(
      "STOP in every chunk: the last word counts",
      crlf(text("a", finish: "STOP"), text("b", finish: "STOP"), text("c", out: 3, finish: "MAX_TOKENS")),
      [
        "started r1 g", "text a", "text b", "text c", "usage in=8 out=3 reported",
        "finished length MAX_TOKENS",
      ]),
    fixture(
      "cut: no finish reason, the last usage is kept",
      crlf(text("a", out: 1), text("b", out: 2)) + "data: {\"candidates\": [{\"con",
      ["started r1 g", "text a", "text b", "usage in=8 out=2 reported"], isComplete: false),
    fixture(
      "a blocked prompt has no candidates",
      crlf(
        #"{"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},"usageMetadata": {"promptTokenCount": 8,"totalTokenCount": 8},"modelVersion": "g"}"#
      ),
      ["started - g", "usage in=8 out=0 reported", "finished filtered PROHIBITED_CONTENT"]),
    fixture(
      "SAFETY with content that has no parts, MAX_TOKENS without text",
      crlf(#"{"candidates": [{"content": {"role": "model"},"finishReason": "SAFETY","index": 0}]}"#),
      ["started - -", "finished filtered SAFETY"]),
    fixture(
      "all output tokens went into thinking",
      crlf(
        #"{"candidates": [{"content": {},"finishReason": "MAX_TOKENS"}],"usageMetadata": {"promptTokenCount": 8,"totalTokenCount": 70,"thoughtsTokenCount": 62}}"#
      ),
      ["started - -", "usage in=8 out=0 reasoning=62 reported", "finished length MAX_TOKENS"]),
    fixture(
      "no content at all",
      crlf(
        #"{"candidates": [{"finishReason": "MODEL_ARMOR","finishMessage": "Blocked\u001b[31m by armor."}]}"#),
      ["started - -", "notice the provider says: Blocked by armor.", "finished filtered MODEL_ARMOR"]),
    fixture(
      "a number for a word", crlf(chunk(#"{"text": "a"}"#, #","finishReason": 1"#)),
      ["started r1 g", "text a", "finished stop STOP"]),
    fixture(
      "an image filter and a second word",
      crlf(text("a", finish: "IMAGE_SAFETY"), text("", finish: "STOP")),
      [
        "started r1 g", "text a",
        "notice the answer has two finish reasons, 'IMAGE_SAFETY' and then 'STOP'; the first is used",
        "finished filtered IMAGE_SAFETY",
      ]),
    fixture(
      "an unknown word", crlf(text("a", finish: "TIRED")),
      [
        "started r1 g", "text a", "notice unknown finish reason 'TIRED'; treated as complete",
        "finished other TIRED",
      ]),
    fixture(
      "a total that does not fit",
      crlf(
        chunk(
          #"{"text": "a"}"#, #","finishReason": "STOP""#,
          usage(#""candidatesTokenCount": 1,"totalTokenCount": 99"#))),
      ["started r1 g", "text a", "usage in=8 out=1 partial", "finished stop STOP"]),
  ]

  private static let parts: [DialectFixture] = [
    fixture(
      "function calls and a signature that must go back",
      crlf(
        chunk(
          #"{"functionCall": {"name": "f","args": {"a": 1}},"thoughtSignature": "c2ln"},{"functionCall": {"id": "x","name": "g"}}"#,
          #","finishReason": "STOP""#)),
      [
        #"started r1 g"#, #"tool 0 - f {"a":1}"#,
        #"state gemini {"functionCall":{"name":"f","args":{"a":1}},"thoughtSignature":"c2ln"}"#,
        "tool 1 x g {}", "finished tool STOP",
      ]),
    fixture(
      "a signature in an empty part, unknown parts, a part that is null",
      crlf(
        text("a"),
        chunk(
          #"{"text": "","thoughtSignature": "c2ln"},{},null,{"executableCode": {"code": "1"}},{"text": "b"}"#),
        chunk(#"{"inlineData": {"mimeType": "image/png","data": "AA=="}}"#, #","finishReason": "STOP""#)),
      [
        "started r1 g", "text a", #"state gemini {"text":"","thoughtSignature":"c2ln"}"#, "text b",
        "notice skipped a part of type image/png in the answer", "finished stop STOP",
      ]),
    fixture(
      "the index before and behind the content; other candidates",
      crlf(
        #"{"candidates": [{"index": 1,"content": {"parts": [{"text": "no"}]}},{"content": {"parts": [{"text": "yes"}]},"finishReason": "STOP"}]}"#,
        #"{"candidates": [{"content": {"parts": [{"text": "no"}]},"finishReason": "SAFETY","index": 2}]}"#),
      [
        "started - -", "notice the answer has several candidates; only the first is shown", "text yes",
        "finished stop STOP",
      ]),
    fixture(
      "a gateway's own usage and cost",
      crlf(
        text("a"),
        #"{"candidates": [{"finishReason": "STOP"}],"usage": {"prompt_tokens": 3,"completion_tokens": 1,"cost_usd": 0.0021}}"#
      ),
      ["started r1 g", "text a", "usage in=3 out=1 reported", "cost 0.0021", "finished stop STOP"]),
  ]

  private static let error =
    #"{"error": {"code": 503,"message": "The model is overloaded.","status": "UNAVAILABLE"}}"#

  private static let overloaded =
    "failure overloaded: the provider is overloaded (503): The model is overloaded; try again later, or use another model with -m"

  private static let failures: [DialectFixture] = [
    fixture(
      "an error event after text", crlf(text("a", out: 1), error),
      ["started r1 g", "text a", "usage in=8 out=1 reported", overloaded], isComplete: false),
    fixture(
      "bare pretty-printed JSON in the stream, without data:",
      crlf(text("a", out: 1))
        + "{\r\n  \"error\": {\r\n    \"code\": 503,\r\n    \"message\": \"The model is overloaded.\",\r\n    \"status\": \"UNAVAILABLE\"\r\n  }\r\n}\r\n",
      ["started r1 g", "text a", "usage in=8 out=1 reported", overloaded], isComplete: false),
    fixture(
      "the same in an array and as an event that is an array", crlf("[" + error + "]"),
      [overloaded], isComplete: false),
    fixture(
      "bare JSON alone", error + "\n", [overloaded], isComplete: false),
    fixture(
      "an array of one error", "[" + error + "]", [overloaded], isComplete: false,
      mediaType: "application/json"),
    fixture(
      "a page", "<!doctype html>",
      [
        "failure protocol: the answer is an HTML page, not an API response; check the base URL, which usually ends in /v1"
      ], isComplete: false, mediaType: "text/html"),
  ]

  private static let documents: [DialectFixture] = [
    fixture(
      "a document", "\n " + text("Bah", out: 2, finish: "STOP"),
      ["started r1 g", "text Bah", "usage in=8 out=2 reported", "finished stop STOP"],
      mediaType: "application/json"),
    fixture(
      "an array of chunks: a stream without alt=sse",
      "[" + text("a", out: 1) + "\r\n,\r\n" + text("b", out: 2, finish: "MAX_TOKENS") + "]",
      ["started r1 g", "text a", "text b", "usage in=8 out=2 reported", "finished length MAX_TOKENS"],
      mediaType: "application/json"),
    fixture(
      "a cut document", #"{"candidates": [{"content": {"parts": [{"text": "Ba"#, [], isComplete: false,
      mediaType: "application/json"),
    fixture(
      "something else", #"{"hello": 1}"#,
      ["failure protocol: the answer has no candidates; check the base URL, which usually ends in /v1"],
      isComplete: false, mediaType: "application/json"),
  ]
}
