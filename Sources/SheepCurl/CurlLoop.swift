import CCurl
package import SheepCore
package import SheepLoop

/// The program's event loop: libcurl's transfers on a `Loop`.
///
/// libcurl tells which sockets and how much time it wants (`curl_multi_socket_action`); its sockets
/// are watched and its time is a timer like all others, so that one transfer costs no more than
/// with `curl_multi_poll` and a thousand do not make each wake-up walk a thousand descriptors.
/// libcurl is opened when the first transfer begins.
///
/// All calls must come from the thread that runs it. It may be dropped at any time outside its
/// own callbacks: transfers still running are stopped and their handlers hear nothing.
package final class CurlLoop: EventLoop {
  // Seen by `CurlLoop+Transfers.swift`.
  let loop: Loop
  let environment: CurlEnvironment
  let libraryNames: [String]
  var multi: UnsafeMutableRawPointer?
  var library: CurlLibrary?
  /// The transfers in the multi handle; each knows its place here.
  var running: [CurlTransfer] = [] {
    didSet { loop.streamCount = running.count }
  }
  /// Begun inside a callback of libcurl, where nothing may be added.
  var toStart: [CurlTransfer] = []
  /// Cancelled inside a callback of libcurl, where nothing may be removed.
  var toStop: [CurlTransfer] = []
  /// Could not be begun; their handlers hear of it in the next turn.
  var failed: [(transfer: CurlTransfer, problem: TransferEnd.Problem)] = []
  var isInsideCurl = false
  var mayHaveEnded = false
  /// When libcurl wants to be called whatever happens; it is told once and forgotten.
  var curlTimer: TimerID?
  /// Made once, not for each socket and each time that libcurl asks for.
  private(set) lazy var serveSocket: Loop.Action = { [unowned self] socket, readiness in
    // The loop's bits are those of libcurl's CURL_CSELECT_….
    callCurl(socket: socket, events: Int32(readiness.rawValue))
  }
  private(set) lazy var serveTimeout: () -> Void = { [unowned self] in
    curlTimer = nil
    callCurl(socket: -1, events: 0)
  }
  /// Where handshakes are noted. A connection may write there for as long as it is kept for
  /// later transfers, so the notes go when the multi handle has gone.
  private var tlsFacts: [UnsafeMutablePointer<sheep_tls_facts>] = []

  /// Transfers on a loop, which may serve others besides; only one `CurlLoop` may stand on it.
  ///
  /// `libraryNames` are the file names to try for libcurl.
  package init(
    environment: CurlEnvironment, libraryNames: [String] = CurlLibrary.usualNames, on loop: Loop = Loop()
  ) {
    self.loop = loop
    self.environment = environment
    self.libraryNames = libraryNames
    loop.afterTurn = { [unowned self] in settleTransfers() }
  }

  deinit {
    endAll()
    loop.afterTurn = nil
    tlsFacts.forEach { $0.deallocate() }
  }

  /// Room for the notes of one more handshake.
  func makeTLSFacts() -> UnsafeMutablePointer<sheep_tls_facts> {
    let facts = UnsafeMutablePointer<sheep_tls_facts>.allocate(capacity: 1)
    facts.initialize(to: sheep_tls_facts())
    tlsFacts.append(facts)
    return facts
  }
}

// What is the loop's own.
extension CurlLoop {
  package var now: Instant { loop.now }

  package var beforeWait: (() -> Void)? {
    get { loop.beforeWait }
    set { loop.beforeWait = newValue }
  }

  package var keepsUnreadSince: Bool {
    get { loop.keepsUnreadSince }
    set { loop.keepsUnreadSince = newValue }
  }

  package var unreadSince: Instant? { loop.unreadSince }

  package func schedule(at instant: Instant, _ action: @escaping () -> Void) -> TimerID {
    loop.schedule(at: instant, action)
  }

  package func cancel(_ timer: TimerID) { loop.cancel(timer) }

  package func watch(descriptor: Int32, _ action: @escaping () -> Void) {
    loop.watch(descriptor) { _, _ in action() }
  }

  package func unwatch(descriptor: Int32) { loop.unwatch(descriptor) }

  package func run(until done: () -> Bool) { loop.run(until: done) }
}
