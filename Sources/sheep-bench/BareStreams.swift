import CCurl
import CSystem
import SheepCore
import SheepCurl
import SheepLoop

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The streams of `Streams` by libcurl and nothing else: what it hands over is counted and thrown
/// away. No program that uses libcurl takes less, so that the rest is the client's own share.
///
/// Prints one line, separated by tabs: streams, bytes, wall time in nanoseconds and processor time
/// in microseconds.
final class BareStreams {
  private static let body =
    #"{"model":"bench","messages":[{"role":"user","content":"go"}],"stream":true}"#
  /// The client's own sleep before it reads many streams, in nanoseconds.
  private static let pause = Int(GatherRule.longestPauseOfManyNanoseconds)

  private let poller: OpaquePointer
  private let multi: UnsafeMutableRawPointer
  private var running: Int32 = 0
  /// In milliseconds, as libcurl wants to be called; negative for never.
  private var timeout = -1
  private var bytes = 0

  /// `count` calls to `address`, a base URL.
  static func run(count: Int, address: String) throws {
    raiseDescriptorLimit()
    do throws(CurlLibrary.Unavailable) {
      _ = try CurlLibrary.open(needsTLS: false)
    } catch {
      throw BenchFailure(description: error.problem.detail)
    }
    try BareStreams().run(count, address + "/chat/completions")
  }

  private init() throws {
    guard let poller = sheep_poller_make(1), let multi = curl_multi_init() else {
      throw BenchFailure(description: "no libcurl")
    }
    self.poller = poller
    self.multi = multi
  }

  private func run(_ count: Int, _ address: String) throws {
    let context = Unmanaged.passUnretained(self).toOpaque()
    _ = sheep_multi_set_callbacks(
      multi,
      { _, socket, what, context, _ in
        guard let context else { return 0 }
        let streams = Unmanaged<BareStreams>.fromOpaque(context).takeUnretainedValue()
        let interest = what == CURL_POLL_REMOVE ? 0 : UInt32(what & 3)
        return sheep_poller_set(streams.poller, socket, interest, 0)
      },
      { _, milliseconds, context in
        guard let context else { return 0 }
        Unmanaged<BareStreams>.fromOpaque(context).takeUnretainedValue().timeout = milliseconds
        return 0
      }, context)
    let started = Clock.now()
    try address.withCString { url in
      try Self.body.withCString { body in
        for _ in 0..<count { try add(url, body, context) }
        serve()
      }
    }
    let wall = Clock.now() - started
    let line = [Int64(count), Int64(bytes), wall, Int64(processorTime())].map { "\($0)" }
    try Output.write(Array((line.joined(separator: "\t") + "\n").utf8), to: STDOUT_FILENO)
  }

  private func add(
    _ url: UnsafePointer<CChar>, _ body: UnsafePointer<CChar>, _ context: UnsafeMutableRawPointer
  ) throws {
    guard let easy = curl_easy_init() else { throw BenchFailure(description: "out of memory") }
    _ = sheep_easy_set_text(easy, CURLOPT_URL, url)
    _ = sheep_easy_set_text(easy, CURLOPT_POSTFIELDS, body)
    _ = sheep_easy_set_pointer(easy, CURLOPT_WRITEDATA, context)
    _ = sheep_easy_set_receiver(easy, CURLOPT_WRITEFUNCTION) { _, size, count, context in
      guard let context else { return 0 }
      Unmanaged<BareStreams>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.bytes &+= size &* count }
      return size &* count
    }
    _ = sheep_easy_set_number(easy, CURLOPT_NOPROGRESS, 1)
    _ = sheep_easy_set_number(easy, CURLOPT_NOSIGNAL, 1)
    guard curl_multi_add_handle(multi, easy) == CURLM_OK else {
      throw BenchFailure(description: "libcurl does not take a transfer")
    }
    running += 1
  }

  private func serve() {
    let capacity = 512
    withUnsafeTemporaryAllocation(of: sheep_poll_event.self, capacity: capacity) { events in
      while running > 0 {
        if timeout == 0 { callCurl(socket: -1, events: 0) }
        var pause = timespec(tv_sec: 0, tv_nsec: Self.pause)
        nanosleep(&pause, nil)
        let wait = Int64(timeout < 0 ? 1000 : timeout) * 1_000_000
        let count = Int(sheep_poller_wait(poller, wait, events.baseAddress, Int32(capacity)))
        if count == 0, timeout > 0 { timeout = 0 }
        for event in events[..<count] { callCurl(socket: event.descriptor, events: Int32(event.ready)) }
        var code = CURLE_OK
        while let easy = sheep_multi_next_done(multi, &code) {
          curl_multi_remove_handle(multi, easy)
          curl_easy_cleanup(easy)
        }
      }
    }
  }

  private func callCurl(socket: Int32, events: Int32) {
    if socket < 0 { timeout = -1 }
    curl_multi_socket_action(multi, socket, events, &running)
  }
}

/// Allows as many descriptors as the system lets this process have: every stream is one, and the
/// usual limit is 1,024.
func raiseDescriptorLimit() {
  var limit = rlimit()
  #if canImport(Glibc)
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    let resource = RLIMIT_NOFILE
  #endif
  getrlimit(resource, &limit)
  limit.rlim_cur = limit.rlim_max
  setrlimit(resource, &limit)
}

/// What this process has used of the processor so far, in microseconds.
func processorTime() -> Int {
  var usage = rusage()
  #if canImport(Glibc)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  #else
    getrusage(RUSAGE_SELF, &usage)
  #endif
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000_000
    + Int(usage.ru_utime.tv_usec) + Int(usage.ru_stime.tv_usec)
}
