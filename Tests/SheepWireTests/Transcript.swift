import SheepCore
import SheepWire

/// What a decoder made of a body, one line for each event, for comparison and for reading.
struct Transcript: Equatable, CustomStringConvertible {
  private(set) var lines: [String] = []
  private(set) var isComplete = false

  var description: String { lines.joined(separator: "\n") + (isComplete ? "\ncomplete" : "\nincomplete") }

  /// All answer text, as bytes.
  private(set) var text: [UInt8] = []

  /// Decodes a body that arrives in pieces which end at `cuts`.
  init(
    _ body: [UInt8], mediaType: String? = "text/event-stream", cuts: [Int] = [], remembersEvents: Bool = true
  ) {
    self.init(
      body, cuts: cuts, decoder: OpenAIChat().decoder(mediaType: mediaType, remembersEvents: remembersEvents))
  }

  /// The same with a decoder of any dialect.
  init(_ body: [UInt8], cuts: [Int] = [], decoder: any AnswerDecoder) {
    var decoder = decoder
    do {
      var start = 0
      for end in cuts + [body.count] {
        // A copy of its own for each piece: reading beyond it, or later, would be found.
        let piece = Array(body[start..<end])
        try piece.withUnsafeBytes { bytes in
          try decoder.feed(bytes) { add($0) }
        }
        start = end
      }
      try decoder.finish { add($0) }
    } catch let error as Failure {
      lines.append("failure \(error.kind.rawValue): \(error.sentence)")
    } catch {
      lines.append("another error \(error)")
    }
    isComplete = decoder.isComplete
  }

  init(_ body: String, mediaType: String? = "text/event-stream") {
    self.init(Array(body.utf8), mediaType: mediaType)
  }

  /// The answer's text.
  var answer: String { String(decoding: text, as: UTF8.self) }

  private mutating func add(_ event: Event) {
    switch event {
    case .started(let id, let model): lines.append("started \(id ?? "-") \(model ?? "-")")
    case .text(let piece):
      lines.append("text \(piece.string)")
      text += Array(piece.bytes)
    case .reasoning(let piece): lines.append("reasoning \(piece.string)")
    case .refusal(let piece): lines.append("refusal \(piece.string)")
    case .toolCall(let call):
      lines.append("tool \(call.index) \(call.id ?? "-") \(call.name ?? "-") \(call.arguments)")
    case .state(let state): lines.append("state \(state.dialect) \(state.value.serialized())")
    case .usage(let usage): lines.append(Self.line(usage))
    case .cost(let money): lines.append("cost \(money.decimal)")
    case .finished(let reason, let raw): lines.append("finished \(reason.rawValue) \(raw)")
    case .notice(let text): lines.append("notice \(text)")
    }
  }

  static func line(_ usage: Usage) -> String {
    let parts: [(String, Int?)] = [
      ("in", usage.input), ("read", usage.cacheRead), ("write", usage.cacheWrite),
      ("hour", usage.cacheWriteHour), ("out", usage.output), ("reasoning", usage.reasoning),
    ]
    let known = parts.compactMap { name, count in count.map { "\(name)=\($0)" } }
    return (["usage"] + known + [usage.source.rawValue]).joined(separator: " ")
  }
}

/// The events of a stream, each with a `data:` line.
func stream(_ events: String...) -> String {
  events.map { "data: " + $0 + "\n\n" }.joined()
}

/// A chunk that says one piece of text.
func chunk(_ text: String, _ tail: String = "") -> String {
  #"{"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"\#(text)"},"finish_reason":null}]\#(tail)}"#
}

/// A chunk with this delta.
func delta(_ delta: String) -> String {
  #"{"id":"c1","model":"m","choices":[{"index":0,"delta":\#(delta),"finish_reason":null}]}"#
}

/// The chunk that ends an answer.
func end(_ reason: String = "stop") -> String {
  #"{"id":"c1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"\#(reason)"}]}"#
}

/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}
