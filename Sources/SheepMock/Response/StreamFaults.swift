import SheepCore

/// Turns the stream's faults into insertions between its text events.
struct StreamFaults {
  private let fault: MockFault
  private let chunks: any AnswerChunks
  private var encoder: EventEncoder

  /// Plans the faults of one stream. The encoder is copied: insertions are encoded beforehand,
  /// with line ends of their own turn.
  init(fault: MockFault, chunks: any AnswerChunks, encoder: EventEncoder) {
    self.fault = fault
    self.chunks = chunks
    self.encoder = encoder
    // The byte order mark belongs to the first event of the stream, not to an insertion.
    _ = self.encoder.comment("")
  }

  /// What is inserted, in the order that holds at the same place.
  mutating func plan() -> [EventStream.Insertion] {
    var planned: [EventStream.Insertion] = []
    if fault.sendsUnknown { planned += unknown() }
    if let malformed = fault.malformed { insert(chunks.malformed(malformed), fault.insertAfter, &planned) }
    if let size = fault.eventBytes { insert(filled(to: size), fault.insertAfter, &planned) }
    if let after = fault.stallAfter {
      planned.append(.init(after: after, actions: silence(), ends: fault.gate == nil))
    }
    if let after = fault.errorAfter ?? (fault.echoesKey == .stream ? 1 : nil) {
      planned.append(.init(after: after, actions: error(), ends: true))
    }
    if let after = fault.cutAfter {
      planned.append(.init(after: after, actions: [fault.cutResets ? .reset : .close], ends: true))
    }
    return planned
  }

  private mutating func insert(
    _ event: StreamEvent, _ place: Int, _ planned: inout [EventStream.Insertion]
  ) {
    planned.append(.init(after: place, actions: [.send(encoder.framed(encoder.event(event)))]))
  }

  /// A text event whose data has so many bytes.
  private func filled(to size: Int) -> StreamEvent {
    let frame = chunks.text([])
    return chunks.text(repeatElement(UInt8(ascii: "x"), count: max(0, size - frame.data.count)))
  }

  private mutating func silence() -> [MockAction] {
    if let gate = fault.gate { return [.awaitGate(gate)] }
    guard let interval = fault.heartbeat else { return [.awaitClose] }
    return [.sendEvery(interval, encoder.framed(encoder.comment(": keep-alive")))]
  }

  private mutating func unknown() -> [EventStream.Insertion] {
    let ping = encoder.event(StreamEvent(named: "ping", #"{"type":"ping","nested":[{"a":null}]}"#))
    let fields = encoder.comment("id: 7\nretry: 10\nflavour: new\nlone")
    let member = encoder.event(chunks.novel)
    return [
      .init(after: 0, actions: [.send(encoder.framed(ping))]),
      .init(after: 1, actions: [.send(encoder.framed(fields))]),
      .init(after: 2, actions: [.send(encoder.framed(member))]),
    ]
  }

  private mutating func error() -> [MockAction] {
    var body = MockErrorBody(
      status: fault.status ?? 502, message: fault.errorMessage, type: fault.errorType,
      code: fault.errorCode, param: fault.errorParam)
    if let echoed = fault.echoedText { body.message += " " + echoed }
    var bytes: [UInt8] = []
    for piece in chunks.error(body, form: fault.errorForm) {
      switch piece {
      case .event(let event): bytes += encoder.event(event)
      case .raw(let raw): bytes += raw
      }
    }
    bytes = encoder.framed(bytes)
    bytes += encoder.bodyEnd
    return [.send(bytes), .finish]
  }
}
