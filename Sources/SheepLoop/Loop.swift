import CSystem
package import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One thread's event loop: descriptors, timers and the moment before a wait, served in turn.
///
/// The client's transfers and the local gateway's connections stand on it; both can share one.
/// Descriptors are waited for with epoll, or with poll(2) where there is none, timers to the
/// nanosecond where the kernel can. A wake-up from another thread is a `WakePipe` that is watched.
///
/// Sockets whose bytes arrive in streams are watched as such (`watchStream`): when they come fast,
/// the loop lets bytes gather before it reads (`GatherRule`). All others are served at once.
///
/// All calls must come from the thread that runs it.
package final class Loop {
  /// A descriptor became ready: which one, and for what.
  package typealias Action = (_ descriptor: Int32, _ readiness: Readiness) -> Void

  /// Called before a wait that may block: what was gathered since the last one is written now.
  package var beforeWait: (() -> Void)?
  /// Called at the end of every turn, before `run` asks whether it is done.
  package var afterTurn: (() -> Void)?
  /// Whether `unreadSince` is kept; it costs two readings of the clock a turn.
  package var keepsUnreadSince = false
  /// Inside an action: what can be read now cannot have arrived before this instant. `nil` when
  /// it is not kept.
  package private(set) var unreadSince: Instant?
  /// When the last wait ended.
  private var lastWake = Instant(nanoseconds: 0)

  /// How many transfers are under way on stream sockets. While there are any, `run` goes on even
  /// if nothing is watched for the moment.
  package var streamCount = 0 {
    // The next transfer's first bytes are to be read at once.
    didSet { if streamCount == 0 { gather = GatherRule() } }
  }
  /// How many bytes of streams arrived in this round; whoever reads them counts them here. Behind
  /// a pointer, so that it can be done without asking for the loop.
  package let roundBytes: UnsafeMutablePointer<Int>
  /// The nanoseconds that this loop's clock leaves out, for the same readers.
  package let stopped: UnsafeMutablePointer<Int64>
  private var gather = GatherRule()

  private struct Watch {
    /// Told to the poller with the descriptor: an event of an earlier watch has another number.
    var tag: UInt64 = 0
    /// `nil` when the descriptor is not watched.
    var action: Action?
  }

  private let poller: OpaquePointer
  private let events: UnsafeMutablePointer<sheep_poll_event>
  private static let eventCapacity = 512
  private var timers = TimerHeap()
  /// By descriptor. Not a dictionary: the first one of a process costs 100,000 instructions.
  private var watches: [Watch] = []
  private var streamSockets = 0
  private var watchCount = 0
  private var lastTag: UInt64 = 0
  /// Marks the tags of streams.
  private static let streamBit: UInt64 = 1
  /// Watched descriptors that no poller takes: regular files, which never block, and closed ones,
  /// which a read says at once.
  private var alwaysReady: [Int32] = []
  private var isHurried = false
  /// When the wait of this turn began; of no meaning without a deadline.
  private var turnBegan = Instant(nanoseconds: 0)

  /// A loop without anything to do; without `prefersEpoll` it waits with poll(2) everywhere.
  package init(prefersEpoll: Bool = true) {
    guard let poller = sheep_poller_make(prefersEpoll ? 1 : 0) else { fatalError("out of memory") }
    self.poller = poller
    roundBytes = .allocate(capacity: 1)
    roundBytes.initialize(to: 0)
    stopped = .allocate(capacity: 1)
    stopped.initialize(to: 0)
    events = .allocate(capacity: Self.eventCapacity)
  }

  deinit {
    sheep_poller_free(poller)
    roundBytes.deallocate()
    stopped.deallocate()
    events.deallocate()
  }

  /// The machine's monotonic clock, less the time in which the process was stopped: who suspends
  /// a call and resumes it has not used up its limits.
  package var now: Instant { MonotonicClock.now(leavingOut: stopped.pointee) }

  // MARK: Timers

  /// Calls `action` once, not before `instant`.
  package func schedule(at instant: Instant, _ action: @escaping () -> Void) -> TimerID {
    timers.insert(at: instant, action)
  }

  /// Forgets a timer; nothing happens when it has fired already.
  package func cancel(_ timer: TimerID) {
    timers.remove(timer)
  }

  /// Makes the next turn begin without a wait.
  package func hurry() {
    isHurried = true
  }

  // MARK: Descriptors

  /// Calls `action` each time the descriptor is ready for any of `readiness`, until unwatched. A
  /// failed one is reported whatever is waited for. An earlier watch is replaced.
  /// - Returns: false when the system cannot watch it.
  @discardableResult
  package func watch(
    _ descriptor: Int32, for readiness: Readiness = .readable, _ action: @escaping Action
  ) -> Bool {
    begin(descriptor, readiness, 0, action)
  }

  /// The same for a socket that brings streams of bytes.
  @discardableResult
  package func watchStream(
    _ socket: Int32, for readiness: Readiness, _ action: @escaping Action
  ) -> Bool {
    begin(socket, readiness, Self.streamBit, action)
  }

  /// Changes what a watched descriptor is waited for; with nothing it is not even heard when the
  /// connection fails.
  package func change(_ descriptor: Int32, to readiness: Readiness) {
    guard isWatched(descriptor) else { return }
    _ = sheep_poller_set(poller, descriptor, readiness.rawValue, watches[Int(descriptor)].tag)
  }

  /// Ends a watch. The descriptor stays open.
  package func unwatch(_ descriptor: Int32) {
    guard isWatched(descriptor) else { return }
    forget(descriptor)
    _ = sheep_poller_set(poller, descriptor, 0, 0)
  }

  /// Ends the watches of all streams.
  package func unwatchStreams() {
    for place in 0..<watches.count where isStream(watches[place].tag) { unwatch(Int32(place)) }
  }

  private func begin(
    _ descriptor: Int32, _ readiness: Readiness, _ kind: UInt64, _ action: @escaping Action
  ) -> Bool {
    guard descriptor >= 0 else { return false }
    let place = Int(descriptor)
    while watches.count <= place { watches.append(Watch()) }
    forget(descriptor)
    lastTag += 2
    let tag = lastTag | kind
    let problem = sheep_poller_set(poller, descriptor, readiness.rawValue, tag)
    let isAlwaysReady = kind == 0 && (problem == EPERM || problem == EBADF)
    guard problem == 0 || isAlwaysReady else {
      _ = sheep_poller_set(poller, descriptor, 0, 0)
      return false
    }
    if isAlwaysReady { alwaysReady.append(descriptor) }
    watches[place] = Watch(tag: tag, action: action)
    count(tag, 1)
    return true
  }

  /// Takes a watch out of the list here; the poller still has it.
  private func forget(_ descriptor: Int32) {
    guard isWatched(descriptor) else { return }
    count(watches[Int(descriptor)].tag, -1)
    watches[Int(descriptor)] = Watch()
    alwaysReady.removeAll { $0 == descriptor }
  }

  private func isWatched(_ descriptor: Int32) -> Bool {
    descriptor >= 0 && descriptor < watches.count && watches[Int(descriptor)].action != nil
  }

  private func isStream(_ tag: UInt64) -> Bool { tag & Self.streamBit != 0 }

  private func count(_ tag: UInt64, _ change: Int) {
    if isStream(tag) { streamSockets += change } else { watchCount += change }
  }

  // MARK: Turns

  /// Serves events until `done` says so; it is asked before the first turn, after every turn
  /// and after `beforeWait`. A signal that is caught ends a turn.
  ///
  /// It also returns when nothing is left that could ever happen: no transfer, no timer and
  /// no watched descriptor.
  package func run(until done: () -> Bool) {
    // What was done between two runs, in an editor for example, was no stop.
    turnBegan = now
    while !done() {
      var nanoseconds = timeToWait()
      if nanoseconds != 0, let beforeWait {
        beforeWait()
        if done() { return }
        nanoseconds = timeToWait()
      }
      if nanoseconds < 0, streamCount == 0, watchCount == 0 { return }
      takeTurn(waitingAtMost: nanoseconds)
    }
  }

  /// In nanoseconds; 0 when something is due, -1 when nothing ever will be.
  private func timeToWait() -> Int64 {
    turnBegan = nowLessStop()
    if isHurried || !alwaysReady.isEmpty { return 0 }
    guard let deadline = timers.nextInstant else { return -1 }
    return min(max(0, deadline.nanoseconds &- turnBegan.nanoseconds), Self.longestWait)
  }

  /// In nanoseconds. A wait that takes much longer was one in which the process was stopped, so
  /// the longest wait is the most that a stop can go unnoticed.
  private static let longestWait: Int64 = 2_000_000_000
  /// By how much a wait may be late on a busy machine, in nanoseconds.
  private static let stopMargin: Int64 = 500_000_000

  /// The clock, less this turn where it was one in which the process was stopped while it worked:
  /// no wait is as long. Asked before timers are served and when the next turn begins.
  private func nowLessStop() -> Instant {
    let instant = now
    let turn = (instant - turnBegan).nanoseconds
    guard turn > Self.longestWait + Self.stopMargin else { return instant }
    stopped.pointee &+= turn
    return turnBegan
  }

  /// Leaves a wait out of the clock in which the process was stopped (Ctrl-Z, and later fg).
  private func leaveOutStop(_ nanoseconds: Int64) {
    let wait = (now - turnBegan).nanoseconds
    if wait > nanoseconds + Self.stopMargin { stopped.pointee &+= wait }
  }

  private func takeTurn(waitingAtMost nanoseconds: Int64) {
    isHurried = false
    // Before the wait, so that whatever comes during the sleep is served in one round.
    let isGathering = gather.isGathering
    if isGathering {
      var pause = timespec(tv_sec: 0, tv_nsec: Int(gather.pauseNanoseconds))
      nanosleep(&pause, nil)
    }
    let asked = keepsUnreadSince ? now : lastWake
    var count = poll(nanoseconds)
    if count == 0, nanoseconds > 0 {
      // What arrived during a stop is served before a timer can say that nothing did.
      leaveOutStop(nanoseconds)
      count = poll(0)
    } else if nanoseconds < 0 {
      turnBegan = now
    }
    if keepsUnreadSince { noteWake(after: asked) }
    if count > 0 {
      serve(UnsafeBufferPointer(start: events, count: count), isGathering: isGathering)
    }
    for descriptor in alwaysReady where isWatched(descriptor) {
      watches[Int(descriptor)].action?(descriptor, .readable)
    }
    fireTimers()
    afterTurn?()
  }

  private func poll(_ nanoseconds: Int64) -> Int {
    Int(sheep_poller_wait(poller, nanoseconds, events, Int32(Self.eventCapacity)))
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
    if streamSockets > 0 {
      for event in ready where isStream(event.tag) { sockets &+= 1 }
      if sockets > 0 { gather.woke(at: now, sockets: sockets) }
      roundBytes.pointee = 0
    }
    for event in ready {
      // An action may have ended the watch, or begun another one of the same descriptor.
      let watch = watches[Int(event.descriptor)]
      if watch.tag == event.tag { watch.action?(event.descriptor, Readiness(rawValue: event.ready)) }
    }
    if isGathering, sockets > 0 {
      gather.gathered(bytes: roundBytes.pointee, sockets: sockets, isAlone: streamCount < 2)
    }
  }

  /// Fires what is due now, but nothing that was set meanwhile: a timer that sets itself again
  /// for at once must not keep the loop from its descriptors.
  private func fireTimers() {
    if timers.isEmpty { return }
    let instant = nowLessStop()
    let latest = timers.latestNumber
    while let action = timers.popDue(at: instant, upTo: latest) { action() }
  }
}
