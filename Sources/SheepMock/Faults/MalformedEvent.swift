/// Events that no client should stumble over, or that it must refuse without harm.
package enum MalformedEvent: String, Sendable, CaseIterable {
  /// Data that is not JSON.
  case json
  /// A JSON string with bytes that are not UTF-8.
  case utf8
  /// Half of a surrogate pair as an escape.
  case surrogate
  /// 100,000 nested arrays.
  case deep
  /// Numbers beyond every type.
  case numbers
  /// A tool call whose index is 10⁹.
  case index
  /// Members of the wrong types.
  case types
  /// `null` where text is expected.
  case null
  /// An empty data line.
  case empty
  /// Terminal control sequences as text.
  case escapes
  /// A JSON array instead of an object.
  case array

  /// The bytes after `data: `.
  package var data: [UInt8] {
    switch self {
    case .json: return Array(#"{"choices":[{"index":0,"delta":{"content":"broken"#.utf8)
    case .utf8: return delta([0x22, 0x61, 0xff, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0x62, 0x22])
    case .surrogate: return delta(Array(#""\ud83d""#.utf8))
    case .deep:
      let depth = 100_000
      return delta(
        Array(repeating: UInt8(ascii: "["), count: depth)
          + Array(repeating: UInt8(ascii: "]"), count: depth))
    case .numbers:
      return Array(
        (#"{"choices":[{"index":1e999,"delta":{"content":""},"finish_reason":null}],"#
          + #""created":-1e400,"usage":{"prompt_tokens":9223372036854775807,"#
          + #""completion_tokens":-5,"total_tokens":1e40}}"#).utf8)
    case .index:
      return Array(
        (#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1000000000,"#
          + #""id":"x","function":{"name":"f","arguments":"{}"}}]},"finish_reason":null}]}"#).utf8)
    case .types:
      return Array(#"{"choices":{"delta":[7]},"id":{},"model":[],"usage":"no"}"#.utf8)
    case .null: return delta(Array("null".utf8))
    case .empty: return []
    case .escapes: return delta(Array(#""\u001b]0;owned\u0007\u001b[2J\u009b31m\r\b""#.utf8))
    case .array: return Array("[]".utf8)
    }
  }

  /// The JSON value that stands in the place of a text; `nil` for events that are wrong
  /// elsewhere.
  var textValue: [UInt8]? {
    switch self {
    case .json: Array(#""broken""#.utf8)
    case .utf8: [0x22, 0x61, 0xff, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0x62, 0x22]
    case .surrogate: Array(#""\ud83d""#.utf8)
    case .deep:
      Array(repeating: UInt8(ascii: "["), count: 100_000)
        + Array(repeating: UInt8(ascii: "]"), count: 100_000)
    case .numbers: Array("1e999".utf8)
    case .types: Array(#"{"text":[7]}"#.utf8)
    case .null: Array("null".utf8)
    case .escapes: Array(#""\u001b]0;owned\u0007\u001b[2J\u009b31m\r\b""#.utf8)
    case .index, .empty, .array: nil
    }
  }

  private func delta(_ content: [UInt8]) -> [UInt8] {
    Array(#"{"choices":[{"index":0,"delta":{"content":"#.utf8) + content
      + Array(#"},"finish_reason":null}]}"#.utf8)
  }
}
