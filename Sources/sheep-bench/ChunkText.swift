/// What the load server answers: by default chat-completion chunks of 323 bytes, as real ones look.
///
/// Such a chunk has the id, model, fingerprint, delta, log probabilities, usage and padding of a
/// hosted model's; the padding makes all of them equally long, whatever the word.
enum ChunkText {
  /// The length of one event, `data: ` and the empty line included.
  static let eventLength = 323

  /// The words that the answer repeats; Korean, an escape and an emoji are among them.
  private static let words = [
    " the", " flock", " crosses", " a", " green", " hill", ",", " 양", " 떼가", " and", " rests",
    " by", " the", " river", " \\\"quietly\\\"", " until", " 새벽", " 🐑", ".", "\\n",
  ]

  /// The same words as they read once the JSON is undone.
  private static let plainWords = words.map { word in
    switch word {
    case " \\\"quietly\\\"": " \"quietly\""
    case "\\n": "\n"
    default: word
    }
  }

  /// The whole text of an answer of `chunks` chunks.
  static func answer(chunks: Int) -> [UInt8] {
    var text: [UInt8] = []
    for index in 0..<chunks { text += Array(plainWords[index % plainWords.count].utf8) }
    return text
  }

  /// The bytes of the body for `chunks` chunks, framed as one HTTP chunk per event, to the end.
  static func body(chunks: Int, _ dialect: LoadDialect = .chat) -> (bytes: [UInt8], frames: [Range<Int>]) {
    var bytes: [UInt8] = []
    var frames: [Range<Int>] = []
    bytes.reserveCapacity((chunks + 3) * (eventLength + 8))
    func append(_ frame: [UInt8]) {
      frames.append(bytes.count..<bytes.count + frame.count)
      bytes += frame
    }
    for event in dialect.opening { append(framed(event)) }
    for index in 0..<chunks {
      append(framed(dialect.event(content: words[index % words.count], index: index)))
    }
    append(dialect.ending(chunks: chunks).flatMap(framed) + framed([]))
    return (bytes, frames)
  }

  /// A framed event whose content is the instant of its sending: `@NANOSECONDS;`.
  static func stamped(_ nanoseconds: Int64) -> [UInt8] {
    framed(event(content: "@\(nanoseconds);"))
  }

  /// The events at the end of a chat completion, then the end of the chunked body.
  static func ending(chunks: Int) -> [UInt8] {
    endingEvents(chunks: chunks).flatMap(framed) + framed([])
  }

  /// The finish, the usage and `[DONE]`.
  static func endingEvents(chunks: Int) -> [[UInt8]] {
    let finish = object(
      choices: #"[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]"#, usage: "null")
    let counted = object(
      choices: "[]",
      usage: #"{"prompt_tokens":12,"completion_tokens":\#(chunks),"total_tokens":\#(chunks + 12)}"#)
    return [line(finish), line(counted), line("[DONE]")]
  }

  /// A chat completion's event with this content.
  static func event(content: String) -> [UInt8] {
    let choices =
      #"[{"index":0,"delta":{"content":"\#(content)"},"logprobs":null,"finish_reason":null}]"#
    let bare = object(choices: choices, usage: #"null,"obfuscation":"""#)
    let padding = String(repeating: "x", count: max(0, eventLength - line(bare).count))
    return line(object(choices: choices, usage: #"null,"obfuscation":"\#(padding)""#))
  }

  private static func object(choices: String, usage: String) -> String {
    #"{"id":"chatcmpl-BXyz0123456789abcdefghijklm","object":"chat.completion.chunk","#
      + #""created":1700000000,"model":"bench","service_tier":"default","#
      + #""system_fingerprint":"fp_0123456789","choices":\#(choices),"usage":\#(usage)}"#
  }

  private static func line(_ json: String) -> [UInt8] { Array("data: \(json)\n\n".utf8) }

  private static func framed(_ data: [UInt8]) -> [UInt8] {
    Array("\(String(data.count, radix: 16))\r\n".utf8) + data + [13, 10]
  }
}
