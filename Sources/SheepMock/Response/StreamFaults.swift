import SheepCore

/// Turns the stream's faults into insertions between its text events.
struct StreamFaults {
  private let fault: MockFault
  private let chunks: ChatChunks
  private var encoder: EventEncoder

  /// Plans the faults of one stream. The encoder is copied: insertions are encoded beforehand,
  /// with line ends of their own turn.
  init(fault: MockFault, chunks: ChatChunks, encoder: EventEncoder) {
    self.fault = fault
    self.chunks = chunks
    self.encoder = encoder
    // The byte order mark belongs to the first event of the stream, not to an insertion.
    _ = self.encoder.comment("")
  }

  /// What is inserted, in the order that holds at the same place.
  var insertions: [EventStream.Insertion] {
    var planner = self
    return planner.plan()
  }

  private mutating func plan() -> [EventStream.Insertion] {
    var planned: [EventStream.Insertion] = []
    if fault.sendsUnknown { planned += unknown() }
    if let malformed = fault.malformed { insert(malformed.data, fault.insertAfter, &planned) }
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
    _ data: [UInt8], _ place: Int, _ planned: inout [EventStream.Insertion]
  ) {
    planned.append(.init(after: place, actions: [.send(encoder.framed(encoder.event(data)))]))
  }

  /// A text event whose data has so many bytes.
  private func filled(to size: Int) -> [UInt8] {
    let frame = chunks.text([])
    return chunks.text(repeatElement(0x78, count: max(0, size - frame.count)))
  }

  private mutating func silence() -> [MockAction] {
    if let gate = fault.gate { return [.awaitGate(gate)] }
    guard let interval = fault.heartbeat else { return [.awaitClose] }
    return [.sendEvery(interval, encoder.framed(encoder.comment(": keep-alive")))]
  }

  private mutating func unknown() -> [EventStream.Insertion] {
    let ping = encoder.event(named: "ping", Array(#"{"type":"ping","nested":[{"a":null}]}"#.utf8))
    let fields = encoder.comment("id: 7\nretry: 10\nflavour: new\nlone")
    let member = encoder.event(
      Array(#"{"choices":[],"object":"chat.completion.note","novel":{"x":[1,2]}}"#.utf8))
    return [
      .init(after: 0, actions: [.send(encoder.framed(ping))]),
      .init(after: 1, actions: [.send(encoder.framed(fields))]),
      .init(after: 2, actions: [.send(encoder.framed(member))]),
    ]
  }

  private mutating func error() -> [MockAction] {
    var body = ErrorBody(
      status: fault.status ?? 502, message: fault.errorMessage, type: fault.errorType,
      code: fault.errorCode, param: fault.errorParam)
    if let echoed = fault.echoedText { body.message += " " + echoed }
    let data = Array(body.openAI.serialized().utf8)
    var bytes: [UInt8]
    switch fault.errorForm {
    case .openai: bytes = encoder.event(data)
    case .groq: bytes = encoder.event(named: "error", data)
    case .openrouter:
      bytes = encoder.event(chunks.errorBesideChoices(body))
      bytes += encoder.event(Array("[DONE]".utf8))
    case .line:
      var line = Array(#"{"error":"#.utf8)
      JSON.write(body.message, to: &line)
      bytes = line + [0x7d, 0x0a]
    case .bare:
      bytes = Array(body.openAI.serialized(JSONStyle(indented: true, terminalSafe: false)).utf8)
      bytes.append(0x0a)
    }
    bytes = encoder.framed(bytes)
    bytes += encoder.bodyEnd
    return [.send(bytes), .finish]
  }
}
