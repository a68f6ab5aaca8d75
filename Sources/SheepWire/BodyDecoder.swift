import SheepCore

/// What a dialect makes of the pieces of a body: of each event of a stream, or of a document.
protocol BodyReader {
  /// Whether the dialect's end marker has been seen.
  var isComplete: Bool { get }

  /// Takes an event of a kind that was read before, by comparing; false when it is none.
  /// `isNamed`: it has a name, which may change what it means.
  mutating func takeKnown(
    _ event: UnsafeRawBufferPointer, isNamed: Bool, _ emit: (Event) -> Void
  ) -> Bool

  /// Takes an event's data, never blank. `remembers`: similar events may be taken by comparing.
  /// - Returns: false when it is not JSON.
  /// - Throws: the failure that the event reports.
  mutating func take(
    event: UnsafeRawBufferPointer, named name: String?, remembers: Bool, _ emit: (Event) -> Void
  ) throws(Failure) -> Bool

  /// Takes a whole document.
  /// - Returns: false when it is not JSON.
  /// - Throws: the failure that it reports, `protocolViolation` when it is no answer.
  mutating func take(
    document: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) -> Bool

  /// Takes `[DONE]`, with which most servers of one dialect end a stream.
  /// - Returns: whether what follows is to be ignored.
  mutating func takeEndMark(_ emit: (Event) -> Void) -> Bool

  /// Nothing follows: passes on what was held back.
  mutating func finish(_ emit: (Event) -> Void)
}

extension BodyReader {
  mutating func takeEndMark(_ emit: (Event) -> Void) -> Bool { false }
}

/// Decodes the body of a successful response in the dialect of its reader: a stream of events
/// or one JSON document, whichever the server sent, into the same events.
struct BodyDecoder<Reader: BodyReader> {
  /// More events than this that cannot be read make the whole stream unreadable.
  static var malformedLimit: Int { 100 }
  /// More bytes than this of one JSON document are refused.
  static var documentLimit: Int { 64 << 20 }

  private var reader: Reader
  private let remembersEvents: Bool
  private var form: BodyForm
  private var events = SSEDecoder()
  private let document = ByteBuffer()
  private var malformed = 0
  private var strayRead = 0
  /// Whether the rest of the stream says nothing.
  private var isDone = false

  /// A decoder for a body of this media type (`nil` when the server gave none). Without
  /// `remembersEvents` every event is read in full, which tests compare the fast path with.
  init(_ reader: Reader, mediaType: String?, remembersEvents: Bool = true) {
    self.reader = reader
    self.remembersEvents = remembersEvents
    form = BodyForm(mediaType: mediaType)
  }

  var isComplete: Bool { reader.isComplete }

  mutating func feed(
    _ bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) {
    var cursor = 0
    if form.kind == .unknown { try form.recognize(bytes, &cursor) }
    switch form.kind {
    case .events:
      while let event = try events.next(bytes, &cursor) {
        // Between events, and not where a read happened to end: cuts must not matter.
        if events.stray.count != strayRead { try checkStray(emit) }
        if !reader.takeKnown(event, isNamed: events.isNamed, emit) { try takeInFull(event, emit) }
      }
    case .document:
      if document.count + bytes.count > Self.documentLimit {
        throw Failure(
          .protocolViolation, "the answer", "is larger than \(Self.documentLimit >> 20) MiB")
      }
      document.append(UnsafeRawBufferPointer(rebasing: bytes[cursor...]))
    case .unknown, .over: break
    }
  }

  mutating func finish(_ emit: (Event) -> Void) throws(Failure) {
    let kind = form.kind
    form.close()
    switch kind {
    case .events:
      if let event = try events.finish(), !reader.takeKnown(event, isNamed: events.isNamed, emit) {
        try takeInFull(event, emit)
      }
      try checkStray(emit)
      reader.finish(emit)
      if events.events == 0, events.comments == 0, events.unknownLines > 0 {
        throw BodyForm.notAnAnswer("is neither JSON nor an event stream")
      }
    case .document:
      let isJSON = try reader.take(document: document.bytes, emit)
      reader.finish(emit)
      // A cut document is an incomplete answer, and nothing in it can be shown.
      if !isJSON, !BodyForm.isCut(document.bytes) { throw BodyForm.notAnAnswer("is not valid JSON") }
    case .unknown, .over: break
    }
  }

  @inline(never)
  private mutating func takeInFull(
    _ event: UnsafeRawBufferPointer, _ emit: (Event) -> Void
  ) throws(Failure) {
    if isDone || event.allSatisfy({ $0 == 0x20 }) { return }
    if event.starts(with: "[DONE]".utf8) {
      isDone = reader.takeEndMark(emit)
      return
    }
    if try reader.take(event: event, named: events.eventName, remembers: remembersEvents, emit) { return }
    malformed += 1
    if malformed > Self.malformedLimit {
      throw Failure(
        .protocolViolation, "the answer",
        "has more than \(Self.malformedLimit) events that are not JSON objects")
    }
    emit(.notice("skipped an event that is not a JSON object"))
  }

  /// Looks for an error that was written into the stream as bare JSON, without `data:`.
  private mutating func checkStray(_ emit: (Event) -> Void) throws(Failure) {
    guard !isDone else { return }
    strayRead = events.stray.count
    let stray = events.stray
    // Most lines cannot be the last of a JSON text.
    guard stray.count > 1, stray[stray.count - 2] == 0x7d || stray[stray.count - 2] == 0x5d,
      let json = try? JSON.parse(stray), let body = ErrorBody(json: json)
    else { return }
    reader.finish(emit)
    throw ServerFailure.inside(body)
  }
}

/// A dialect's decoder as a type of its own.
///
/// Of a generic type's conformance the compiler makes one piece of code for all dialects, which
/// asks for sizes and functions with every chunk; of this one it makes one for each.
protocol DialectDecoder: AnswerDecoder {
  associatedtype Reader: BodyReader
  var body: BodyDecoder<Reader> { get set }
}

extension DialectDecoder {
  var isComplete: Bool { body.isComplete }

  mutating func feed(_ bytes: UnsafeRawBufferPointer, _ emit: (Event) -> Void) throws(Failure) {
    try body.feed(bytes, emit)
  }

  mutating func finish(_ emit: (Event) -> Void) throws(Failure) { try body.finish(emit) }
}
