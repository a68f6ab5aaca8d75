import CSystem
package import SheepCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pipe by which one thread wakes another: a loop that watches its end, or one that waits here.
///
/// The owner closes it, after all who might write are gone.
package struct WakePipe: Sendable {
  /// The end that becomes readable.
  package let readEnd: Int32
  private let writeEnd: Int32

  /// Opens the pipe; `nil` when the process has no descriptors left.
  package init?() {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      guard sheep_pipe(&ends) == 0 else { return nil }
    #else
      guard pipe(&ends) == 0 else { return nil }
      for end in ends {
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
    #endif
    readEnd = ends[0]
    writeEnd = ends[1]
  }

  /// Makes the read end readable. A full pipe is readable already.
  package func wake() {
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  /// Empties the pipe, so that the next `wake` is seen as a new one.
  package func drain() {
    withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      while read(readEnd, buffer.baseAddress, buffer.count) > 0 {}
    }
  }

  /// Waits until the pipe is woken or the deadline is over.
  /// - Returns: whether it was woken.
  package func wait(until deadline: Instant) -> Bool {
    while true {
      let left = (deadline - MonotonicClock.now()).nanoseconds
      if left <= 0 { return false }
      var entry = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
      let count = poll(&entry, 1, Int32(min(60_000, left / 1_000_000 + 1)))
      if count > 0 { return true }
    }
  }

  /// Closes both ends.
  package func close() {
    #if canImport(Glibc)
      _ = Glibc.close(readEnd)
      _ = Glibc.close(writeEnd)
    #else
      _ = Darwin.close(readEnd)
      _ = Darwin.close(writeEnd)
    #endif
  }
}
