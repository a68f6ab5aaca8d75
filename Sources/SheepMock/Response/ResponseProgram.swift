/// All that happens on a connection in answer to one request, in order.
///
/// The events of a stream are made when their turn comes, so that an answer of a million
/// chunks takes no more memory than one of ten.
struct ResponseProgram {
  /// What comes before the events: usually the head.
  private let opening: [MockAction]
  private var events: EventStream?
  private var position = 0

  /// The most bytes of one write; `nil` leaves that to the kernel.
  var bytesPerWrite: Int?
  /// The pause between such writes.
  var writePause: Duration = .zero
  /// Whether the client may send another request after `.finish`.
  var keepsAlive = true

  /// A program of actions, then of a stream's events.
  init(_ opening: [MockAction], events: EventStream? = nil) {
    self.opening = opening
    self.events = events
  }

  /// Takes the next action; `nil` after the last.
  mutating func next() -> MockAction? {
    if position < opening.count {
      defer { position += 1 }
      return opening[position]
    }
    return events?.next()
  }
}
