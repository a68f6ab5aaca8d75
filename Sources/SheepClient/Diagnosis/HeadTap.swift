import SheepCore

/// An event loop that lets a call run as it is and keeps the head of its last response: the
/// rate limits stand there, and no answer carries them.
final class HeadTap: EventLoop {
  private(set) var head: HTTPHead?
  private let loop: any EventLoop

  /// Listens in on transfers that begin through it.
  init(_ loop: any EventLoop) {
    self.loop = loop
  }

  var now: Instant { loop.now }
  var beforeWait: (() -> Void)? {
    get { loop.beforeWait }
    set { loop.beforeWait = newValue }
  }
  var keepsUnreadSince: Bool {
    get { loop.keepsUnreadSince }
    set { loop.keepsUnreadSince = newValue }
  }
  var unreadSince: Instant? { loop.unreadSince }

  func start(_ request: HTTPRequest, handler: any TransferHandler) -> any Transfer {
    head = nil
    return loop.start(request, handler: Listener(handler) { [weak self] in self?.head = $0 })
  }

  func schedule(at instant: Instant, _ action: @escaping () -> Void) -> TimerID {
    loop.schedule(at: instant, action)
  }

  func cancel(_ timer: TimerID) { loop.cancel(timer) }
  func watch(descriptor: Int32, _ action: @escaping () -> Void) {
    loop.watch(descriptor: descriptor, action)
  }
  func unwatch(descriptor: Int32) { loop.unwatch(descriptor: descriptor) }
  func run(until done: () -> Bool) { loop.run(until: done) }

  private final class Listener: TransferHandler {
    private let handler: any TransferHandler
    private let hear: (HTTPHead) -> Void

    init(_ handler: any TransferHandler, _ hear: @escaping (HTTPHead) -> Void) {
      self.handler = handler
      self.hear = hear
    }

    func transferWillSend(at instant: Instant) { handler.transferWillSend(at: instant) }

    func transferDidReceive(_ head: HTTPHead, at instant: Instant) {
      hear(head)
      handler.transferDidReceive(head, at: instant)
    }

    func transferDidReceive(_ bytes: UnsafeRawBufferPointer, at instant: Instant) -> Bool {
      handler.transferDidReceive(bytes, at: instant)
    }

    func transferDidEnd(_ end: TransferEnd) { handler.transferDidEnd(end) }
  }
}
