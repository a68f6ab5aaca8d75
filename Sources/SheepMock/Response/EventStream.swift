import SheepCore
import SheepListener

/// The server-sent events of one streamed answer, made one after the other as they are due.
struct EventStream {
  /// Something between the text events that is not of the answer.
  struct Insertion: Sendable {
    /// How many text events come before it.
    var after: Int
    var actions: [MockAction]
    /// Whether nothing comes after it.
    var ends = false
  }

  private enum Stage { case beginning, content, ending, over }

  private let chunks: any AnswerChunks
  private let fault: MockFault
  private let schedule: PacingSchedule
  private var framing: BodyFraming
  private var encoder: EventEncoder
  private var insertions: ArraySlice<Insertion> = []
  private var stage = Stage.beginning
  private var index = 0
  private var queue: ArraySlice<MockAction> = []

  /// A stream of chunks with its faults.
  init(_ chunks: any AnswerChunks, fault: MockFault, schedule: PacingSchedule, framing: BodyFraming) {
    self.chunks = chunks
    self.fault = fault
    self.schedule = schedule
    self.framing = framing
    encoder = EventEncoder(fault: fault, framing: framing)
    var faults = StreamFaults(fault: fault, chunks: chunks, encoder: encoder)
    var planned = faults.plan()
    for place in planned.indices { planned[place].after = min(planned[place].after, chunks.count) }
    // Equal places keep the order in which the faults were planned.
    let order = planned.indices.sorted { (planned[$0].after, $0) < (planned[$1].after, $1) }
    insertions = order.map { planned[$0] }[...]
  }

  /// The next action; `nil` after the last.
  mutating func next() -> MockAction? {
    while true {
      if let action = queue.popFirst() { return action }
      if stage == .over { return nil }
      advance()
    }
  }

  /// All bytes of the complete body, without the framing of chunks and without waiting.
  ///
  /// Faults that break the stream off are left out: this is what a length is promised for.
  func completeBody() -> [UInt8] {
    var copy = EventStream(chunks, fault: fault, schedule: schedule, framing: .close)
    copy.insertions = insertions.filter { !$0.ends }[...]
    var bytes: [UInt8] = []
    while let action = copy.next() {
      if case .send(let piece) = action { bytes += piece }
    }
    return bytes
  }

  private mutating func advance() {
    switch stage {
    case .beginning: begin()
    case .content: goOn()
    case .ending: end()
    case .over: break
    }
  }

  private mutating func begin() {
    var first: [UInt8] = []
    for _ in 0..<fault.comments { first += encoder.comment(": MOCK PROCESSING") }
    if fault.emptyFirst { first += encoder.event(chunks.emptyFirst) }
    if !first.isEmpty { queue.append(.send(encoder.framed(first))) }
    if schedule.isPaced { queue.append(.waitUntil(schedule.due(piece: 0))) }
    let opening = encoder.events(chunks.opening)
    if !opening.isEmpty { queue.append(.send(encoder.framed(opening))) }
    stage = .content
  }

  private mutating func goOn() {
    if let insertion = insertions.first, insertion.after <= index {
      insertions.removeFirst()
      queue.append(contentsOf: insertion.actions)
      if insertion.ends { stage = .over }
      return
    }
    if index == chunks.count {
      stage = .ending
      return
    }
    if schedule.isPaced || fault.separateWrites {
      if schedule.isPaced { queue.append(.waitUntil(schedule.due(piece: index))) }
      queue.append(.send(encoder.framed(encoder.events(chunks.content(index)))))
      index += 1
      return
    }
    let limit = min(chunks.count, insertions.first?.after ?? .max)
    var batch: [UInt8] = []
    batch.reserveCapacity(20_480)
    while index < limit, batch.count < 16_384 {
      for event in chunks.content(index) { batch += encoder.framed(encoder.event(event)) }
      index += 1
    }
    queue.append(.send(batch))
  }

  private mutating func end() {
    stage = .over
    if fault.endless {
      let last = chunks.count > 0 ? chunks.content(chunks.count - 1).last : nil
      let event = encoder.framed(encoder.event(last ?? chunks.text(" more".utf8)))
      let pause = schedule.interval
      queue.append(pause > .zero ? .sendEvery(pause, event) : .sendForever(event))
      return
    }
    let payloads = chunks.closing(fault)
    var bytes: [UInt8] = []
    for (place, payload) in payloads.enumerated() {
      let isLast = place == payloads.count - 1
      let event = encoder.event(payload, closed: !(isLast && fault.omitsLastBlank))
      if fault.separateWrites {
        queue.append(.send(encoder.framed(event)))
      } else {
        bytes += encoder.framed(event)
      }
    }
    bytes += framing.end
    if !bytes.isEmpty { queue.append(.send(bytes)) }
    queue.append(.finish)
  }
}
