import CCurl
package import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The event loop of the program: one thread, one multi handle of libcurl, timers, descriptors.
///
/// libcurl tells which sockets and how much time it wants (`curl_multi_socket_action`), and the
/// loop waits for them with epoll, so that one transfer costs no more than with
/// `curl_multi_poll` and a thousand do not make each wake-up walk a thousand descriptors.
/// libcurl is opened when the first transfer begins.
///
/// All calls must come from the thread that runs it. It may be dropped at any time outside its
/// own callbacks: transfers still running are stopped and their handlers hear nothing.
package final class CurlLoop: EventLoop {
  package var beforeWait: (() -> Void)?
  package var keepsUnreadSince = false
  package private(set) var unreadSince: Instant?
  /// When the last wait ended.
  private var lastWake = Instant(nanoseconds: 0)

  // Seen by `CurlLoop+Transfers.swift`.
  let environment: CurlEnvironment
  let libraryNames: [String]
  let poller: OpaquePointer
  var multi: UnsafeMutableRawPointer?
  var library: CurlLibrary?
  /// The transfers in the multi handle; each knows its place here.
  var running: [CurlTransfer] = []
  /// Begun inside a callback of libcurl, where nothing may be added.
  var toStart: [CurlTransfer] = []
  /// Cancelled inside a callback of libcurl, where nothing may be removed.
  var toStop: [CurlTransfer] = []
  /// Could not be begun; their handlers hear of it in the next turn.
  var failed: [(transfer: CurlTransfer, problem: TransferEnd.Problem)] = []
  var isInsideCurl = false
  var mayHaveEnded = false
  /// When libcurl wants to be called whatever happens; `.max` for never. It is told once and
  /// forgotten when it has passed.
  var curlDeadline = Instant(nanoseconds: .max)
  /// How many bytes of bodies arrived in this round. Transfers count it up by this pointer.
  let roundBytes: UnsafeMutablePointer<Int>
  /// Where handshakes are noted. A connection may write there for as long as it is kept for
  /// later transfers, so the notes go when the multi handle has gone.
  private var tlsFacts: [UnsafeMutablePointer<sheep_tls_facts>] = []

  private struct Watch {
    var descriptor: Int32
    var tag: UInt64
    var action: () -> Void
  }

  private var timers = TimerHeap()
  /// One or two, so an array: the first dictionary of a process costs 100,000 instructions.
  private var watches: [Watch] = []
  /// Watched descriptors that no poller takes, such as regular files: they never block.
  private var alwaysReady: [Int32] = []
  private var lastTag: UInt64 = 0
  private let events: UnsafeMutablePointer<sheep_poll_event>
  private static let eventCapacity = 512
  /// The nanoseconds that this loop's clock leaves out. Behind a pointer, as `roundBytes`, for
  /// transfers to read without asking for the loop.
  let stopped: UnsafeMutablePointer<Int64>
  /// Begins anew when no transfer is left, so that the next one's first bytes are read at once.
  var gather = GatherRule()
  /// When the wait of this turn began; of no meaning without a deadline.
  private var turnBegan = Instant(nanoseconds: 0)

  /// A loop without anything to do.
  ///
  /// `libraryNames` are the file names to try for libcurl; without `prefersEpoll` it waits with
  /// poll(2), as it does where there is no epoll.
  package init(
    environment: CurlEnvironment, libraryNames: [String] = CurlLibrary.usualNames,
    prefersEpoll: Bool = true
  ) {
    guard let poller = sheep_poller_make(prefersEpoll ? 1 : 0) else { fatalError("out of memory") }
    self.poller = poller
    self.environment = environment
    self.libraryNames = libraryNames
    roundBytes = .allocate(capacity: 1)
    roundBytes.initialize(to: 0)
    stopped = .allocate(capacity: 1)
    stopped.initialize(to: 0)
    events = .allocate(capacity: Self.eventCapacity)
  }

  deinit {
    endAll()
    tlsFacts.forEach { $0.deallocate() }
    sheep_poller_free(poller)
    roundBytes.deallocate()
    stopped.deallocate()
    events.deallocate()
  }

  /// Room for the notes of one more handshake.
  func makeTLSFacts() -> UnsafeMutablePointer<sheep_tls_facts> {
    let facts = UnsafeMutablePointer<sheep_tls_facts>.allocate(capacity: 1)
    facts.initialize(to: sheep_tls_facts())
    tlsFacts.append(facts)
    return facts
  }

  /// The machine's monotonic clock, less the time in which the process was stopped: who suspends
  /// a call and resumes it has not used up its limits.
  package var now: Instant { MonotonicClock.now(leavingOut: stopped.pointee) }

  package func schedule(at instant: Instant, _ action: @escaping () -> Void) -> TimerID {
    timers.insert(at: instant, action)
  }

  package func cancel(_ timer: TimerID) {
    timers.remove(timer)
  }

  package func watch(descriptor: Int32, _ action: @escaping () -> Void) {
    unwatch(descriptor: descriptor)
    lastTag += 1
    watches.append(Watch(descriptor: descriptor, tag: lastTag, action: action))
    if sheep_poller_set(poller, descriptor, UInt32(SHEEP_POLL_READ), lastTag) != 0 {
      alwaysReady.append(descriptor)
    }
  }

  package func unwatch(descriptor: Int32) {
    guard let place = watches.firstIndex(where: { $0.descriptor == descriptor }) else { return }
    watches.remove(at: place)
    if let index = alwaysReady.firstIndex(of: descriptor) {
      alwaysReady.remove(at: index)
    } else {
      _ = sheep_poller_set(poller, descriptor, 0, 0)
    }
  }

  /// Serves events until `done` says so; it is asked before the first turn, after every turn
  /// and after `beforeWait`. A signal that is caught ends a turn.
  ///
  /// It also returns when nothing is left that could ever happen: no transfer, no timer and
  /// no watched descriptor.
  package func run(until done: () -> Bool) {
    // What was done between two runs, in an editor for example, was no stop.
    turnBegan = now
    while !done() {
      var milliseconds = timeToWait()
      if milliseconds != 0, let beforeWait {
        beforeWait()
        if done() { return }
        milliseconds = timeToWait()
      }
      if milliseconds < 0, running.isEmpty, watches.isEmpty { return }
      takeTurn(waitingAtMost: milliseconds)
    }
  }

  /// In whole milliseconds, upwards, so that no timer fires early; 0 when something is due,
  /// -1 when nothing ever will be.
  private func timeToWait() -> Int32 {
    turnBegan = nowLessStop()
    if !failed.isEmpty || !alwaysReady.isEmpty { return 0 }
    let deadline = min(curlDeadline, timers.nextInstant() ?? Instant(nanoseconds: .max))
    guard deadline.nanoseconds != .max else { return -1 }
    let left = deadline.nanoseconds &- turnBegan.nanoseconds
    guard left > 0 else { return 0 }
    return Int32(min(left / 1_000_000 + (left % 1_000_000 == 0 ? 0 : 1), Self.longestWait))
  }

  /// In milliseconds. A wait that takes much longer was one in which the process was stopped, so
  /// the longest wait is the most that a stop can go unnoticed.
  private static let longestWait: Int64 = 2_000

  /// The clock, less this turn where it was one in which the process was stopped while it worked:
  /// no wait is as long. Asked before timers are served and when the next turn begins.
  private func nowLessStop() -> Instant {
    let instant = now
    guard instant - turnBegan > .milliseconds(Self.longestWait + 500) else { return instant }
    stopped.pointee &+= (instant - turnBegan).nanoseconds
    return turnBegan
  }

  /// Leaves a wait out of the clock in which the process was stopped (Ctrl-Z, and later fg).
  private func leaveOutStop(_ milliseconds: Int32) {
    let wait = now - turnBegan
    if wait > .milliseconds(Int64(milliseconds) + 500) { stopped.pointee &+= wait.nanoseconds }
  }

  private func takeTurn(waitingAtMost milliseconds: Int32) {
    // Before the wait, so that whatever comes during the sleep is served in one round.
    let isGathering = gather.isGathering
    if isGathering {
      var pause = timespec(tv_sec: 0, tv_nsec: Int(gather.pauseNanoseconds))
      nanosleep(&pause, nil)
    }
    let asked = keepsUnreadSince ? now : lastWake
    var count = Int(sheep_poller_wait(poller, milliseconds, events, Int32(Self.eventCapacity)))
    if count == 0, milliseconds > 0 {
      // What arrived during a stop is served before a timer can say that nothing did.
      leaveOutStop(milliseconds)
      count = Int(sheep_poller_wait(poller, 0, events, Int32(Self.eventCapacity)))
    } else if milliseconds < 0 {
      turnBegan = now
    }
    if keepsUnreadSince { noteWake(after: asked) }
    if count > 0 {
      serve(UnsafeBufferPointer(start: events, count: count), isGathering: isGathering)
    }
    for descriptor in alwaysReady { watch(of: descriptor)?.action() }
    fireTimers()
    settleTransfers()
  }

  /// A wait that slept was ended by what is served now. One that did not may have found bytes
  /// that came at any time after the last one ended.
  private func noteWake(after asked: Instant) {
    let woke = now
    unreadSince = woke - asked > Self.leastSleep ? woke : lastWake
    lastWake = woke
  }

  /// Asking for what is ready takes a microsecond or two; what takes longer was a sleep.
  private static let leastSleep: Duration = .microseconds(20)

  private func serve(_ ready: UnsafeBufferPointer<sheep_poll_event>, isGathering: Bool) {
    var sockets = 0
    for event in ready where event.tag == 0 { sockets &+= 1 }
    if sockets > 0 { gather.woke(at: now, sockets: sockets) }
    roundBytes.pointee = 0
    for event in ready {
      if event.tag == 0 {
        // The poller's bits are those of libcurl's CURL_CSELECT_….
        callCurl(socket: event.descriptor, events: Int32(event.ready))
      } else if let watch = watch(of: event.descriptor), watch.tag == event.tag {
        watch.action()
      }
    }
    if isGathering, sockets > 0 {
      gather.gathered(bytes: roundBytes.pointee, sockets: sockets, isAlone: running.count < 2)
    }
  }

  private func watch(of descriptor: Int32) -> Watch? {
    watches.first { $0.descriptor == descriptor }
  }

  /// Fires what is due now, but nothing that was set meanwhile: a timer that sets itself again
  /// for at once must not keep the loop from its descriptors.
  private func fireTimers() {
    if !timers.isEmpty {
      let instant = nowLessStop()
      let latest = timers.latestNumber
      while timers.isDue(at: instant, upTo: latest), let action = timers.popDue(at: instant) { action() }
    }
    if curlDeadline.nanoseconds != .max, curlDeadline <= now {
      curlDeadline = Instant(nanoseconds: .max)
      callCurl(socket: -1, events: 0)
    }
  }
}
