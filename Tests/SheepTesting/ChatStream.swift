package import SheepCore

/// Server-sent events of an OpenAI chat-completions stream, as texts for scripts.
package enum ChatStream {
  /// A chunk whose one choice has this delta.
  package static func chunk(_ delta: JSON, finish: String? = nil) -> String {
    let choice: JSON = [
      "index": 0, "delta": delta, "finish_reason": finish.map { .string($0) } ?? .null,
    ]
    return event([
      "id": "c1", "object": "chat.completion.chunk", "model": "served-1", "choices": [choice],
    ])
  }

  /// The first chunk of most servers: a role and no text.
  package static var role: String { chunk(["role": "assistant", "content": ""]) }
  /// A piece of the answer.
  package static func text(_ text: String) -> String { chunk(["content": .string(text)]) }
  /// A piece of reasoning.
  package static func reasoning(_ text: String) -> String { chunk(["reasoning_content": .string(text)]) }
  /// The chunk with the finish reason.
  package static func finish(_ reason: String = "stop") -> String { chunk([:], finish: reason) }

  /// The chunk with the usage and no choice.
  package static func usage(prompt: Int, completion: Int) -> String {
    event([
      "id": "c1", "object": "chat.completion.chunk", "model": "served-1", "choices": [],
      "usage": [
        "prompt_tokens": .number(JSONNumber(prompt)), "completion_tokens": .number(JSONNumber(completion)),
        "total_tokens": .number(JSONNumber(prompt + completion)),
      ],
    ])
  }

  /// An error inside the stream.
  package static func error(_ message: String, code: JSON = .null, type: String = "server_error") -> String {
    event(["error": ["message": .string(message), "type": .string(type), "code": code]])
  }

  /// The end marker.
  package static let done = "data: [DONE]\n\n"
  /// A keep-alive.
  package static let comment = ": keep-alive\n\n"

  /// Any JSON as an event.
  package static func event(_ json: JSON) -> String { "data: " + json.serialized() + "\n\n" }

  /// A whole answer: role, the pieces, finish reason, usage and end marker.
  package static func answer(_ pieces: String...) -> [String] {
    [role] + pieces.map { text($0) } + [finish(), usage(prompt: 9, completion: pieces.count), done]
  }
}

/// Bodies of error responses as OpenAI-like servers write them.
package enum ErrorReply {
  /// `{"error":{…}}`
  package static func body(
    _ message: String, type: String = "error", code: String? = nil, param: String? = nil
  )
    -> String
  {
    let error: JSON = [
      "message": .string(message), "type": .string(type), "param": param.map { .string($0) } ?? .null,
      "code": code.map { .string($0) } ?? .null,
    ]
    return (["error": error] as JSON).serialized()
  }
}
