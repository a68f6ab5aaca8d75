import CSystem

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which descriptors are ready: epoll on Linux, `poll` elsewhere.
///
/// Used by the gateway's own thread only.
struct Poller: ~Copyable {
  /// What a descriptor is watched for.
  struct Interest: OptionSet, Hashable {
    let rawValue: UInt32
    static let reading = Interest(rawValue: SHEEP_READABLE)
    static let writing = Interest(rawValue: SHEEP_WRITABLE)
  }

  /// One descriptor that is ready.
  struct Report {
    /// The number it was registered with.
    var token: UInt64
    var readable: Bool
    var writable: Bool
    /// Both directions are closed, or the connection failed.
    var hungUp: Bool
  }

  #if os(Linux)
    private let epoll: Int32
    private var ready: [sheep_ready]

    /// Opens an epoll descriptor; `nil` when the process has none left.
    init?() {
      epoll = sheep_epoll_create()
      ready = Array(repeating: sheep_ready(), count: 256)
      if epoll < 0 { return nil }
    }

    deinit { _ = Glibc.close(epoll) }

    /// Begins to watch a descriptor.
    mutating func add(_ descriptor: Int32, _ interest: Interest, token: UInt64) -> Bool {
      sheep_epoll_add(epoll, descriptor, interest.rawValue, token) == 0
    }

    /// Changes what a descriptor is watched for.
    mutating func change(_ descriptor: Int32, _ interest: Interest, token: UInt64) {
      _ = sheep_epoll_change(epoll, descriptor, interest.rawValue, token)
    }

    /// Ends the watch; call it before closing the descriptor.
    mutating func remove(_ descriptor: Int32) {
      _ = sheep_epoll_remove(epoll, descriptor)
    }

    /// Waits for reports, at most `nanoseconds` (negative: without limit).
    mutating func wait(nanoseconds: Int64, _ handle: (Report) -> Void) {
      let count = sheep_epoll_wait(epoll, &ready, Int32(ready.count), nanoseconds)
      guard count > 0 else { return }
      for entry in ready.prefix(Int(count)) {
        handle(
          Report(
            token: entry.token, readable: entry.flags & SHEEP_READABLE != 0,
            writable: entry.flags & SHEEP_WRITABLE != 0, hungUp: entry.flags & SHEEP_HANGUP != 0))
      }
    }
  #else
    private var watched: [pollfd] = []
    private var tokens: [UInt64] = []

    /// Never fails here; on Linux `nil` means that the process has no descriptor left.
    init?() {}

    private func events(_ interest: Interest) -> Int16 {
      Int16(
        (interest.contains(.reading) ? POLLIN : 0) | (interest.contains(.writing) ? POLLOUT : 0))
    }

    /// Begins to watch a descriptor.
    mutating func add(_ descriptor: Int32, _ interest: Interest, token: UInt64) -> Bool {
      watched.append(pollfd(fd: descriptor, events: events(interest), revents: 0))
      tokens.append(token)
      return true
    }

    /// Changes what a descriptor is watched for.
    mutating func change(_ descriptor: Int32, _ interest: Interest, token: UInt64) {
      guard let index = watched.firstIndex(where: { $0.fd == descriptor }) else { return }
      watched[index].events = events(interest)
    }

    /// Ends the watch; call it before closing the descriptor.
    mutating func remove(_ descriptor: Int32) {
      guard let index = watched.firstIndex(where: { $0.fd == descriptor }) else { return }
      watched.remove(at: index)
      tokens.remove(at: index)
    }

    /// Waits for reports, at most `nanoseconds` (negative: without limit).
    mutating func wait(nanoseconds: Int64, _ handle: (Report) -> Void) {
      let milliseconds = nanoseconds < 0 ? -1 : min(1_000_000, (nanoseconds + 999_999) / 1_000_000)
      guard poll(&watched, nfds_t(watched.count), Int32(milliseconds)) > 0 else { return }
      // `handle` may add and remove descriptors, so the reports are copied out first.
      let reports = zip(watched, tokens).filter { $0.0.revents != 0 }.map { entry, token in
        let bits = Int32(entry.revents)
        return Report(
          token: token, readable: bits & POLLIN != 0, writable: bits & POLLOUT != 0,
          hungUp: bits & (POLLERR | POLLHUP | POLLNVAL) != 0)
      }
      reports.forEach(handle)
    }
  #endif
}
