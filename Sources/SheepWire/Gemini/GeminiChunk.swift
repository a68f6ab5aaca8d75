import SheepCore

/// What one event of a stream, or a document, says: where its parts lie in the bytes. The two
/// have one shape. `null` is the same as missing.
struct GeminiChunk: InPlaceObject {
  /// A part of the first candidate's content.
  struct Part {
    /// All of it, for what is rare.
    var range: Range<Int>
    var text: RawText?
    /// Whether the text is reasoning.
    var isThought = false
    /// What the provider wants back with the next turn.
    var signature: RawText?
    /// Whether it has members besides these.
    var hasOther = false

    fileprivate var isPlain: Bool { text != nil && signature == nil && !hasOther }
  }

  var parts: [Part] = []
  /// A word, or a number where the server writes enumerations so.
  var finishReason: Range<Int>?
  var finishMessage: RawText?
  var hasCandidates = false
  var hasOtherCandidates = false
  var promptFeedback: Range<Int>?
  /// `usageMetadata`.
  var usage: Range<Int>?
  /// `usage` as gateways of other dialects write it.
  var gatewayUsage: Range<Int>?
  var id: RawText?
  var model: RawText?
  var error: Range<Int>?

  init() {}

  mutating func readMember(_ scanner: inout JSONScanner) throws(MalformedJSON) {
    let name = try scanner.memberName()
    if scanner.matches(name, "candidates"), scanner.next == 0x5b {
      try readCandidates(&scanner)
    } else if scanner.matches(name, "usageMetadata") {
      usage = try scanner.value() ?? usage
    } else if scanner.matches(name, "modelVersion") {
      model = try scanner.text() ?? model
    } else if scanner.matches(name, "responseId") {
      id = try scanner.text() ?? id
    } else if scanner.matches(name, "promptFeedback") {
      promptFeedback = try scanner.value() ?? promptFeedback
    } else if scanner.matches(name, "error") {
      error = try scanner.value() ?? error
    } else if scanner.matches(name, "usage") {
      gatewayUsage = try scanner.value() ?? gatewayUsage
    } else {
      _ = try scanner.skipValue(depth: 1)
    }
  }

  private mutating func readCandidates(_ scanner: inout JSONScanner) throws(MalformedJSON) {
    guard try scanner.enterArray() else { return }
    repeat {
      if scanner.next == 0x7b, !hasCandidates {
        hasCandidates = try readCandidate(&scanner)
        if !hasCandidates { hasOtherCandidates = true }
      } else {
        hasOtherCandidates = hasOtherCandidates || scanner.next == 0x7b
        _ = try scanner.skipValue(depth: 2)
      }
    } while try scanner.hasAnotherElement()
  }

  /// Reads a candidate; false, and nothing kept, when it is not the first one.
  private mutating func readCandidate(_ scanner: inout JSONScanner) throws(MalformedJSON) -> Bool {
    var isFirst = true
    if try scanner.enterObject() {
      repeat {
        let name = try scanner.memberName()
        if scanner.matches(name, "content"), scanner.next == 0x7b {
          try readContent(&scanner)
        } else if scanner.matches(name, "finishReason") {
          finishReason = try scanner.value(depth: 3)
        } else if scanner.matches(name, "finishMessage") {
          finishMessage = try scanner.text(depth: 3)
        } else if scanner.matches(name, "index") {
          let range = try scanner.skipValue(depth: 3)
          let first = scanner.bytes[range.lowerBound]
          isFirst = first == 0x30 || !(0x31...0x39).contains(first)
        } else {
          _ = try scanner.skipValue(depth: 3)
        }
      } while try scanner.hasAnotherMember()
    }
    if !isFirst {
      parts = []
      finishReason = nil
      finishMessage = nil
    }
    return isFirst
  }

  private mutating func readContent(_ scanner: inout JSONScanner) throws(MalformedJSON) {
    guard try scanner.enterObject() else { return }
    repeat {
      let name = try scanner.memberName()
      if scanner.matches(name, "parts"), scanner.next == 0x5b {
        parts = []
        if try scanner.enterArray() {
          repeat {
            if scanner.next == 0x7b {
              parts.append(try Part(&scanner))
            } else {
              _ = try scanner.skipValue(depth: 5)
            }
          } while try scanner.hasAnotherElement()
        }
      } else {
        _ = try scanner.skipValue(depth: 4)
      }
    } while try scanner.hasAnotherMember()
  }

  /// Whether it says a piece of text and nothing else, usage aside: the text, and whether it is
  /// reasoning; `nil` when it says more.
  var plainText: (text: RawText, isThought: Bool)? {
    guard hasCandidates, !hasOtherCandidates, finishReason == nil, finishMessage == nil,
      promptFeedback == nil, error == nil, gatewayUsage == nil, parts.count == 1, parts[0].isPlain,
      let text = parts[0].text
    else { return nil }
    return (text, parts[0].isThought)
  }

  /// What this chunk, which fills `bytes` and says `text` alone, has in common with others that
  /// differ in their counters: in those that grow with an answer, or in any.
  func template(
    _ bytes: UnsafeRawBufferPointer, text: RawText, anyCounter: Bool
  ) -> EventTemplate? {
    var counters: [Range<Int>] = []
    if let usage {
      counters = anyCounter ? JSONScanner.numbers(in: usage, of: bytes) : Self.growing(in: usage, of: bytes)
    }
    return EventTemplate(bytes, holes: [.text(text)] + counters.map { .digits($0) })
  }

  /// The counters of a usage that was read already which grow from chunk to chunk; the prompt's
  /// stay the same, and what stays the same need not be looked at by itself.
  private static func growing(in usage: Range<Int>, of bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
    var scanner = JSONScanner(bytes, at: usage.lowerBound)
    var found: [Range<Int>] = []
    do {
      guard try scanner.enterObject() else { return [] }
      repeat {
        let name = try scanner.memberName()
        let value = try scanner.skipValue()
        if scanner.matches(name, "candidatesTokenCount") || scanner.matches(name, "totalTokenCount")
          || scanner.matches(name, "thoughtsTokenCount") || scanner.matches(name, "responseTokenCount")
        {
          found += JSONScanner.numbers(in: value, of: bytes)
        }
      } while try scanner.hasAnotherMember()
    } catch {
      return []
    }
    return found
  }
}

extension GeminiChunk.Part {
  fileprivate init(_ scanner: inout JSONScanner) throws(MalformedJSON) {
    let start = scanner.index
    range = start..<start
    if try scanner.enterObject() {
      repeat {
        let name = try scanner.memberName()
        if scanner.matches(name, "text") {
          if scanner.next == 0x22 {
            text = try scanner.string()
          } else {
            _ = try scanner.skipValue(depth: 6)
          }
        } else if scanner.matches(name, "thought") {
          isThought = scanner.next == 0x74
          _ = try scanner.skipValue(depth: 6)
        } else if scanner.matches(name, "thoughtSignature") {
          signature = try scanner.text(depth: 6)
        } else {
          hasOther = true
          _ = try scanner.skipValue(depth: 6)
        }
      } while try scanner.hasAnotherMember()
    }
    range = start..<scanner.index
  }
}
