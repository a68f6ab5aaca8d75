import SheepRun

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file descriptor as a place for bytes.
final class DescriptorSink: ByteSink {
  private let descriptor: Int32
  /// Asked once: the answer cannot change, and `isatty` is a system call.
  private(set) lazy var isTerminal = isatty(descriptor) == 1

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  var columns: Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  func isSame(as other: any ByteSink) -> Bool {
    guard let other = other as? DescriptorSink else { return false }
    var own = stat()
    var others = stat()
    guard fstat(descriptor, &own) == 0, fstat(other.descriptor, &others) == 0 else { return false }
    return own.st_dev == others.st_dev && own.st_ino == others.st_ino
  }

  func write(_ bytes: UnsafeRawBufferPointer) -> WriteResult {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = systemWrite(UnsafeRawBufferPointer(rebasing: rest))
      if written >= 0 {
        rest = rest.dropFirst(written)
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Somebody made the descriptor non-blocking: wait until it takes more.
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, 1000)
      case EPIPE: return .closed
      default: return .failed(errno)
      }
    }
    return .written
  }

  private func systemWrite(_ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
