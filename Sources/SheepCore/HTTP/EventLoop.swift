/// The single thread's event loop: transfers, timers and descriptors, served in turn.
///
/// Everything a loop calls back runs on the thread that called `run(until:)`, one at a time, so
/// nothing here needs a lock. The real loop is `SheepCurl.CurlLoop`; tests have a scripted one
/// with a clock they move by hand.
package protocol EventLoop: AnyObject {
  /// The monotonic clock's reading. Inside a callback it may be the instant at which the loop
  /// woke.
  var now: Instant { get }

  /// Begins a transfer and returns at once; `handler` hears of all that follows.
  ///
  /// A request that cannot even be begun (an invalid URL, a missing libcurl) is reported by
  /// `transferDidEnd` too, from inside a later turn of the loop.
  func start(_ request: HTTPRequest, handler: any TransferHandler) -> any Transfer

  /// Calls `action` once, not before `instant`.
  func schedule(at instant: Instant, _ action: @escaping () -> Void) -> TimerID

  /// Forgets a timer; nothing happens when it has fired already.
  func cancel(_ timer: TimerID)

  /// Calls `action` each time the descriptor can be read without blocking, until unwatched.
  func watch(descriptor: Int32, _ action: @escaping () -> Void)

  /// Ends the watch of a descriptor. The descriptor stays open.
  func unwatch(descriptor: Int32)

  /// Called before the loop waits: what was gathered since the last wait is to be written now.
  var beforeWait: (() -> Void)? { get set }

  /// Whether `unreadSince` is kept; false where nobody asks, for it costs two readings of the
  /// clock a turn.
  var keepsUnreadSince: Bool { get set }

  /// Inside a callback with bytes: they cannot have arrived before this instant, because nothing
  /// was there to be read then. What lies between it and their stamp is the most that the loop
  /// itself can have delayed them. `nil` when it is not kept.
  var unreadSince: Instant? { get }

  /// Serves events until `done` says so; it is asked after every turn.
  func run(until done: () -> Bool)
}

/// The name of a scheduled timer.
package struct TimerID: Hashable, Sendable {
  package let number: UInt64

  /// Names a timer; only loops make these.
  package init(number: UInt64) {
    self.number = number
  }
}

/// A running transfer.
package protocol Transfer: AnyObject {
  /// Stops the transfer at once: the connection is closed, the handler hears nothing more.
  func cancel()
}

/// Who hears of a transfer. Methods are called in the order they are written here, the body
/// method as often as bytes arrive, and the end exactly once unless the transfer is cancelled.
package protocol TransferHandler: AnyObject {
  /// A connection is ready and the request is about to be written on it.
  func transferWillSend(at instant: Instant)

  /// The final response's head has arrived.
  func transferDidReceive(_ head: HTTPHead, at instant: Instant)

  /// Bytes of the body have arrived, stamped in the transport's own callback. They are lent
  /// for the duration of the call. Returning false ends the transfer at once with
  /// `TransferEnd.Problem.aborted`.
  func transferDidReceive(_ bytes: UnsafeRawBufferPointer, at instant: Instant) -> Bool

  /// The transfer is over.
  func transferDidEnd(_ end: TransferEnd)
}
