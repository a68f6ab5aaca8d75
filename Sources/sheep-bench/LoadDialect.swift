/// The forms in which the load server streams, by the path that is asked: one for each dialect.
///
/// A chunk is as long as real ones of its dialect are. Word, number and padding differ from chunk
/// to chunk as they do there, so that nothing is compared that would not repeat in earnest.
enum LoadDialect: String, CaseIterable {
  case chat, responses, anthropic, gemini

  /// The dialect whose endpoint a path is; chat completions for any other.
  init(path: Substring) {
    if path.hasSuffix("/responses") {
      self = .responses
    } else if path.hasSuffix("/messages") {
      self = .anthropic
    } else if path.hasSuffix(":streamGenerateContent?alt=sse") {
      self = .gemini
    } else {
      self = .chat
    }
  }

  /// The events before the first word.
  var opening: [[UInt8]] {
    switch self {
    case .chat, .gemini: []
    case .responses:
      [
        named(
          "response.created", 0,
          #""response":{"id":"resp_0123456789","object":"response","status":"in_progress","model":"bench","output":[]}"#
        ),
        named(
          "response.output_item.added", 1,
          #""output_index":0,"item":{"id":"\#(Self.item)","type":"message","status":"in_progress","content":[],"role":"assistant"}"#
        ),
        named(
          "response.content_part.added", 2,
          #"\#(Self.place),"part":{"type":"output_text","annotations":[],"logprobs":[],"text":""}"#),
      ]
    case .anthropic:
      [
        event(
          "message_start",
          #""message":{"id":"msg_0123456789","type":"message","role":"assistant","model":"bench","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":12,"output_tokens":1}}"#
        ),
        event("content_block_start", #""index":0,"content_block":{"type":"text","text":""}"#),
      ]
    }
  }

  /// The event of the word at `index`; `content` is JSON's spelling of it.
  func event(content: String, index: Int) -> [UInt8] {
    switch self {
    case .chat: ChunkText.event(content: content)
    case .responses:
      named(
        "response.output_text.delta", index + 3,
        #"\#(Self.place),"delta":"\#(content)","logprobs":[],"obfuscation":"\#(String(repeating: "x", count: max(0, 16 - content.utf8.count)))""#
      )
    case .anthropic:
      event("content_block_delta", #""index":0,"delta":{"type":"text_delta","text":"\#(content)"}"#)
    case .gemini: chunk(content, "", count: index + 1)
    }
  }

  /// The events behind the last word, the usage among them.
  func ending(chunks: Int) -> [[UInt8]] {
    switch self {
    case .chat: ChunkText.endingEvents(chunks: chunks)
    case .responses:
      [
        named(
          "response.completed", chunks + 3,
          #""response":{"id":"resp_0123456789","object":"response","status":"completed","model":"bench","output":[],"usage":{"input_tokens":12,"output_tokens":\#(chunks),"total_tokens":\#(chunks + 12)}}"#
        )
      ]
    case .anthropic:
      [
        event("content_block_stop", #""index":0"#),
        event(
          "message_delta",
          #""delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":\#(chunks)}"#),
        event("message_stop", nil),
      ]
    case .gemini: [chunk("", #","finishReason": "STOP""#, count: chunks)]
    }
  }

  private static let item = "msg_68a0c0ffee0123456789abcdef0123456789abcdef012345"
  private static let place = #""item_id":"\#(item)","output_index":0,"content_index":0"#

  /// An event of the Responses with its number.
  private func named(_ type: String, _ number: Int, _ members: String) -> [UInt8] {
    event(type, #""sequence_number":\#(number),\#(members)"#)
  }

  /// An event whose name repeats its type.
  private func event(_ type: String, _ members: String?) -> [UInt8] {
    let tail = members.map { "," + $0 } ?? ""
    return Array("event: \(type)\ndata: {\"type\":\"\(type)\"\(tail)}\n\n".utf8)
  }

  /// A chunk of Gemini, with blanks and line ends as its servers write them.
  private func chunk(_ content: String, _ finish: String, count: Int) -> [UInt8] {
    let json =
      #"{"candidates": [{"content": {"parts": [{"text": "\#(content)"}],"role": "model"}\#(finish),"index": 0}],"#
      + #""usageMetadata": {"promptTokenCount": 12,"candidatesTokenCount": \#(count),"totalTokenCount": \#(count + 12),"#
      + #""promptTokensDetails": [{"modality": "TEXT","tokenCount": 12}]},"modelVersion": "bench","responseId": "abcdefghijklmnop"}"#
    return Array("data: \(json)\r\n\r\n".utf8)
  }
}
