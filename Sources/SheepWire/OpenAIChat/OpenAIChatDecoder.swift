package import SheepCore

/// Decodes the body of a successful chat-completions response: a stream of events or one JSON
/// document, whichever the server sent, into the same events.
package struct OpenAIChatDecoder: AnswerDecoder {
  /// How the body is written.
  private enum Form { case unknown, events, document, ignored }

  /// More events than this that cannot be read make the whole stream unreadable.
  static let malformedLimit = 100
  /// More bytes than this of one JSON document are refused.
  static let documentLimit = 64 << 20

  private let mediaType: String?
  private let remembersEvents: Bool
  private var form = Form.unknown
  private var markBytes = 0
  private var events = SSEDecoder()
  private let document = ByteBuffer()
  private var answer = ChatAnswer()
  private var textTemplate: ChatTemplate?
  private var reasoningTemplate: ChatTemplate?
  private var malformed = 0
  private var isDone = false

  /// A decoder for a body of this media type (`nil` when the server gave none). Without
  /// `remembersEvents` every event is read in full, which tests compare the fast path with.
  package init(mediaType: String?, limits: SSEDecoder.Limits = .init(), remembersEvents: Bool = true) {
    self.mediaType = mediaType
    self.remembersEvents = remembersEvents
    events = SSEDecoder(limits: limits)
  }

  /// A finish reason, `[DONE]` or the end of a JSON document: some servers never send the one,
  /// some never the other.
  package var isComplete: Bool { isDone || answer.finishWord != nil }

  package mutating func feed(
    _ bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) {
    var cursor = 0
    if form == .unknown { try recognize(bytes, &cursor) }
    switch form {
    case .events:
      while let event = try events.next(bytes, &cursor) { try take(event, emit) }
    case .document:
      if document.count + bytes.count > Self.documentLimit {
        throw Failure(
          .protocolViolation, "the answer", "is a document of more than \(Self.documentLimit >> 20) MiB")
      }
      document.append(UnsafeRawBufferPointer(rebasing: bytes[cursor...]))
    case .unknown, .ignored: break
    }
  }

  package mutating func finish(_ emit: (Event) -> Void) throws(Failure) {
    switch form {
    case .events:
      if let event = try events.finish() { try take(event, emit) }
      answer.finish(emit)
      // An error that stands there without `data:`, as Ollama and some proxies write it.
      if !isComplete, !events.stray.isEmpty, let body = ErrorBody(bytes: events.stray) {
        throw OpenAIChatFailure.inside(body)
      }
      if events.events == 0, events.comments == 0, events.unknownLines > 0 {
        throw Self.notAnAnswer("is neither JSON nor an event stream")
      }
    case .document:
      try takeDocument(emit)
      answer.finish(emit)
    case .unknown, .ignored: break
    }
    form = .ignored
  }

  // MARK: - Events

  @inline(__always)
  private mutating func take(
    _ event: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) {
    if events.eventName == nil, !isDone {
      if let text = textTemplate?.match(event) {
        answer.take(text: text, isReasoning: false, in: event, emit)
        return
      }
      if let text = reasoningTemplate?.match(event) {
        answer.take(text: text, isReasoning: true, in: event, emit)
        return
      }
    }
    try takeInFull(event, emit)
  }

  @inline(never)
  private mutating func takeInFull(
    _ event: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) {
    if isDone || event.allSatisfy({ $0 == 0x20 }) { return }
    if event.starts(with: "[DONE]".utf8) {
      isDone = true
      answer.finish(emit)
      return
    }
    if events.eventName == "error" {
      answer.finish(emit)
      throw OpenAIChatFailure.inside(event)
    }
    do {
      let chunk = try ChatChunk(event)
      try answer.take(chunk, in: event, isWhole: false, emit)
      if remembersEvents, events.eventName == nil { remember(chunk, event) }
    } catch let failure as Failure {
      throw failure
    } catch {
      malformed += 1
      if malformed > Self.malformedLimit {
        throw Failure(
          .protocolViolation, "the answer",
          "has more than \(Self.malformedLimit) events that are not JSON objects")
      }
      emit(.notice("an event of the answer is not a JSON object; it is left out"))
    }
  }

  private mutating func remember(_ chunk: ChatChunk, _ event: UnsafeRawBufferPointer) {
    guard let plain = chunk.plainText else { return }
    let template = ChatTemplate(event, text: plain.text, padding: chunk.padding)
    if plain.isReasoning { reasoningTemplate = template } else { textTemplate = template }
  }

  // MARK: - Documents

  private mutating func takeDocument(_ emit: (Event) -> Void) throws(Failure) {
    let bytes = document.bytes
    let chunk: ChatChunk
    do {
      chunk = try ChatChunk(bytes)
    } catch {
      if let json = try? JSON.parse(Array(bytes)), let body = ErrorBody(json: json) {
        throw OpenAIChatFailure.inside(body)
      }
      // A cut document is an incomplete answer, and nothing in it can be shown.
      if Self.isCut(bytes) { return }
      throw Self.notAnAnswer("is not valid JSON")
    }
    try answer.take(chunk, in: bytes, isWhole: true, emit)
    if chunk.choice == nil {
      if let json = try? JSON.parse(Array(bytes)), let body = ErrorBody(json: json) {
        throw OpenAIChatFailure.inside(body)
      }
      throw Self.notAnAnswer("has no choices")
    }
    isDone = true
  }

  /// Whether a document that cannot be read lacks its end, rather than being wrong inside.
  private static func isCut(_ bytes: UnsafeRawBufferPointer) -> Bool {
    do {
      _ = try JSON.parse(Array(bytes))
      return false
    } catch {
      // Right up to the last byte, or up to a word or number that the end cuts.
      return bytes[min(error.offset, bytes.count)...].allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20) || "+-.\\".utf8.contains(byte)
      }
    }
  }

  // MARK: - Form

  /// Decides by the first byte that is not blank what the body is: gateways send a document
  /// where a stream was asked for, streams as `application/json`, and errors as
  /// `application/octet-stream`.
  private mutating func recognize(
    _ bytes: UnsafeRawBufferPointer, _ cursor: inout Int
  ) throws(Failure) {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    while cursor < bytes.count {
      let byte = bytes[cursor]
      if markBytes < 3, byte == mark[markBytes] {
        markBytes += 1
        cursor += 1
        continue
      }
      switch byte {
      case 0x20, 0x09, 0x0a, 0x0d:
        cursor += 1
        continue
      case 0x7b, 0x5b: form = .document
      case 0x3c:
        throw Self.notAnAnswer("is an HTML page and not an API's answer")
      default:
        // The first letter of data, event, id and retry, or a comment's colon.
        let beginsField = "deir:".utf8.contains(byte)
        guard mediaType == "text/event-stream" || beginsField else {
          throw Self.notAnAnswer("is neither JSON nor an event stream")
        }
        form = .events
      }
      return
    }
  }

  private static func notAnAnswer(_ problem: String) -> Failure {
    Failure(
      .protocolViolation, "the answer", problem,
      advice: "check the base URL, which usually ends in /v1")
  }
}
